"""``rules.standing`` said in SQL: what an answer counts as, and whose signatures wait for a check."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, func, or_, select, tuple_, union
from sqlalchemy.orm import aliased
from sqlmodel import col

from branding.consent.models import Consent, FormVersion, Subject, Withdrawal
from branding.consent.rules.standing import BEST_FIRST, SOON
from branding.consent.values.people import Kind
from branding.consent.values.records import WRITTEN, Channel
from branding.consent.values.standing import State

#: How good an answer is: the best one is each person's word.
RANK = {state: n for n, state in enumerate(BEST_FIRST)}


def counted(now: datetime) -> ColumnElement[bool]:
    """The answers that count: no defect, and nothing newer about the same thing."""
    return and_(
        col(Consent.invalidated_at).is_(None),
        or_(~col(Consent.is_refusal), col(Consent.expires_at) > now),
        col(Consent.id).not_in(_superseded()),
    )


@cache
def _superseded() -> Any:
    """Answers that a newer one has replaced.

    Whoever is in such a pair was written down after another, and so has ``supersedes_id``, or was
    written down before one that has: most answers are in no pair, and are never compared.
    """
    linked, other = aliased(Consent), aliased(Consent)
    same = and_(
        col(linked.subject_id) == other.subject_id,
        col(linked.target) == other.target,
        col(linked.target_ref) == other.target_ref,
        col(linked.id) != other.id,
        col(linked.supersedes_id).is_not(None),
    )

    def given(one: type[Consent]) -> Any:
        return tuple_(one.signed_at, one.recorded_at, one.id)

    older_is_other = select(col(other.id)).where(
        same, given(linked) > given(other), col(linked.invalidated_at).is_(None)
    )
    older_is_linked = select(col(linked.id)).where(
        same, given(other) > given(linked), col(other.invalidated_at).is_(None)
    )
    return union(older_is_other, older_is_linked)


def rank(reflection: timedelta, now: datetime) -> ColumnElement[int]:
    """The state of one answer as a number; what decides most often is asked first."""
    is_citizen = or_(col(Subject.kind) == Kind.CITIZEN, col(Subject.also_citizen))
    pending = or_(
        _is_unchecked(),
        and_(col(Consent.signed_at) > now - reflection, is_citizen),
        col(Consent.valid_from) > now,
    )
    return case(
        (col(Consent.id).is_(None), None),
        (col(Consent.is_refusal), RANK[State.REFUSED]),
        (col(Consent.id).in_(_withdrawn()), RANK[State.WITHDRAWN]),
        (col(Consent.form_id).in_(recalled_forms(now)), RANK[State.MISSING]),
        (col(Consent.expires_at) <= now, RANK[State.EXPIRED]),
        (pending, RANK[State.PENDING]),
        (col(Consent.expires_at) <= now + SOON, RANK[State.EXPIRING]),
        else_=RANK[State.VALID],
    )


def _is_unchecked() -> ColumnElement[bool]:
    return and_(col(Consent.verified_at).is_(None), col(Consent.evidence).in_(sorted(WRITTEN)))


def recalled_forms(now: datetime) -> Any:
    """Forms that were found defective: no yes on them counts."""
    return select(col(FormVersion.id)).where(
        col(FormVersion.recalled_at).is_not(None), col(FormVersion.recalled_at) <= now
    )


def unchecked_people(now: datetime, reader: tuple[str, int | None] | None = None) -> Any:
    """People with a yes that waits for a second pair of eyes, and for those of others than ``reader``."""
    kind, number = reader or ("", None)
    asked = and_(col(Consent.asked_by_kind) == kind, col(Consent.asked_by_id) == number)
    recorded = and_(col(Consent.recorded_by_kind) == kind, col(Consent.recorded_by_id) == number)
    return select(col(Consent.subject_id)).where(
        *([] if reader is None else [~func.coalesce(or_(asked, recorded), False)]),
        col(Consent.form_id).not_in(recalled_forms(now)),
        _is_unchecked(),
        ~col(Consent.is_refusal),
        col(Consent.expires_at) > now,
        counted(now),
        col(Consent.id).not_in(_withdrawn()),
    )


@cache
def _withdrawn() -> Any:
    """Answers that were taken back for Instagram."""
    taken = aliased(Withdrawal)
    given = aliased(Consent)
    quoted = cast(taken.channels, String).contains(f'"{Channel.INSTAGRAM.value}"')
    return select(col(given.id)).where(
        col(given.subject_id) == taken.subject_id,
        or_(of_every_channel(taken), quoted),
        or_(
            col(taken.consent_id) == given.id,
            and_(col(taken.consent_id).is_(None), col(given.signed_at) <= taken.received_at),
        ),
    )


def of_every_channel(taken: type[Withdrawal]) -> ColumnElement[bool]:
    """Taken back for all channels; what is empty is JSON's null, which is no NULL."""
    return or_(col(taken.channels).is_(None), cast(taken.channels, String) == "null")
