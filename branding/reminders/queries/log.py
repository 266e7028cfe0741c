"""Reads of what was sent, and of what people decided for themselves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlmodel import Session, col, select

from branding.accounts import queries as accounts
from branding.core.errors import Missing
from branding.organisation import queries as organisation
from branding.reminders.models import (
    ReminderChoice,
    ReminderPassed,
    ReminderPutOff,
    ReminderRule,
    ReminderSent,
)
from branding.reminders.rules.due import AGAIN
from branding.reminders.values.choosing import Again, Mode, Outcome, Reason, SentView
from branding.reminders.values.triggers import MEANS, Trigger
from branding.takeovers import queries as takeovers

ROWS_A_PAGE = 50


def sent_page(session: Session, page: int, outcome: str = "") -> tuple[list[SentView], bool]:
    """The newest first, and whether there are more."""
    query = select(ReminderSent, ReminderRule.trigger).join(
        ReminderRule, col(ReminderRule.id) == ReminderSent.rule_id
    )
    if outcome:
        query = query.where(ReminderSent.outcome == outcome)
    query = query.order_by(col(ReminderSent.decided_at).desc(), col(ReminderSent.id).desc())
    rows = session.exec(query.offset((page - 1) * ROWS_A_PAGE).limit(ROWS_A_PAGE + 1)).all()
    return [_view(row, trigger) for row, trigger in rows[:ROWS_A_PAGE]], len(rows) > ROWS_A_PAGE


def sent_by_id(session: Session, sent_id: int) -> SentView:
    found = session.exec(
        select(ReminderSent, ReminderRule.trigger)
        .join(ReminderRule, col(ReminderRule.id) == ReminderSent.rule_id)
        .where(ReminderSent.id == sent_id)
    ).first()
    if found is None:
        raise Missing("reminder_sent", sent_id)
    return _view(*found)


def same_line(session: Session, sent: SentView) -> list[SentView]:
    """What stands in the same line of the same mail: several where they are counted."""
    if not MEANS[Trigger(sent.trigger)].is_counted:
        return [sent]
    rows = session.exec(
        select(ReminderSent)
        .where(
            ReminderSent.outbox_key == sent.outbox_key,
            ReminderSent.rule_id == sent.rule_id,
            ReminderSent.unit_id == sent.unit_id,
        )
        .order_by(col(ReminderSent.id))
    )
    return [_view(row, sent.trigger) for row in rows]


def of_mails(session: Session, keys: Collection[str]) -> list[SentView]:
    """What these messages of the outbox say."""
    rows = session.exec(
        select(ReminderSent, ReminderRule.trigger)
        .join(ReminderRule, col(ReminderRule.id) == ReminderSent.rule_id)
        .where(col(ReminderSent.outbox_key).in_(keys))
        .order_by(col(ReminderSent.id))
    )
    return [_view(row, trigger) for row, trigger in rows]


def names_of(session: Session, refs: Collection[str]) -> dict[str, str]:
    """What those are called who were told: users, hosts and leaders."""
    ids: dict[str, list[int]] = {"user": [], "host": [], "leader": []}
    for ref in refs:
        kind, _, number = ref.partition(":")
        ids[kind].append(int(number))
    found = {f"user:{key}": name for key, name in accounts.people_names(session, ids["user"]).items()}
    found |= {f"host:{key}": name for key, name in takeovers.host_names(session, ids["host"]).items()}
    units = {one.id: one.leader_name for one in organisation.units(session, archived=True)}
    return found | {f"leader:{key}": units[key] for key in ids["leader"] if key in units}


def kept_for_digest(session: Session, since: datetime) -> Mapping[str, set[tuple[int, str]]]:
    """By person: the rules and things that were kept for Monday's letter since then."""
    query = select(ReminderSent.recipient, ReminderSent.rule_id, ReminderSent.occasion).where(
        ReminderSent.outcome == Outcome.FOR_DIGEST, col(ReminderSent.decided_at) >= since
    )
    found: dict[str, set[tuple[int, str]]] = {}
    for ref, rule_id, occasion in session.exec(query):
        found.setdefault(ref, set()).add((rule_id, occasion))
    return found


def told_since(session: Session, since: date) -> dict[str, tuple[date, ...]]:
    """The days for which each base key has been told since that day."""
    query = select(col(ReminderSent.base_key), col(ReminderSent.for_on)).where(
        col(ReminderSent.for_on) >= since, ReminderSent.reason != Reason.TAKEN_BACK
    )
    found: dict[str, tuple[date, ...]] = {}
    for base_key, for_on in session.exec(query.order_by(col(ReminderSent.id))):
        found[base_key] = (*found.get(base_key, ()), for_on)
    return found


def modes(session: Session) -> dict[tuple[str, int], Mode]:
    """What people have chosen, by person and rule."""
    return {
        (f"user:{row.user_id}", row.rule_id): Mode(row.mode) for row in session.exec(select(ReminderChoice))
    }


def choice_rows(session: Session, user_id: int) -> dict[int, ReminderChoice]:
    rows = session.exec(select(ReminderChoice).where(ReminderChoice.user_id == user_id))
    return {row.rule_id: row for row in rows}


def passed(session: Session) -> dict[tuple[Trigger, str, str], str]:
    """Who said "not me" of what, and who hears of it instead."""
    rows = session.exec(select(ReminderPassed))
    return {(Trigger(row.trigger), row.occasion, row.recipient): row.instead for row in rows}


def find_passed(session: Session, trigger: str, occasion: str, ref: str) -> ReminderPassed | None:
    query = select(ReminderPassed).where(
        ReminderPassed.trigger == trigger,
        ReminderPassed.occasion == occasion,
        ReminderPassed.recipient == ref,
    )
    return session.exec(query).first()


def put_off_since(session: Session, since: datetime) -> tuple[Again, ...]:
    """What was put off until then or later."""
    rows = session.exec(
        select(ReminderPutOff).where(col(ReminderPutOff.until) >= since).order_by(col(ReminderPutOff.id))
    )
    return tuple(Again(row.id or 0, row.rule_id, row.occasion, row.recipient, row.until) for row in rows)


def find_put_off(session: Session, sent_id: int) -> ReminderPutOff | None:
    return session.exec(select(ReminderPutOff).where(ReminderPutOff.sent_id == sent_id)).first()


def _view(row: ReminderSent, trigger: str) -> SentView:
    return SentView(
        row.id or 0,
        row.rule_id,
        trigger,
        row.occasion,
        row.recipient,
        row.via,
        row.planned_at,
        row.decided_at,
        Outcome(row.outcome),
        Reason(row.reason),
        row.unit_id,
        row.outbox_key,
        row.for_on,
        AGAIN in row.base_key,
    )
