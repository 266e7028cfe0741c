"""The facts that reminders follow from, in a fixed number of queries; only what some rule asks about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from sqlmodel import Session

from branding.accounts import queries as accounts
from branding.core import clock
from branding.organisation import queries as organisation
from branding.reminders.queries import log
from branding.reminders.queries.of_consents import consent_occasions
from branding.reminders.queries.of_plan import plan_occasions
from branding.reminders.queries.of_posts import post_occasions
from branding.reminders.queries.of_takeovers import takeover_occasions
from branding.reminders.queries.rules import quiet_hours, rules
from branding.reminders.queries.span import Span
from branding.reminders.values.reminding import Directory, Facts, Occasion, Person
from branding.reminders.values.triggers import Trigger
from branding.rotation.public_holidays import public_holidays_between

#: What was told longer ago than this has nothing to do with what is told now.
_REMEMBERED = timedelta(days=400)
_PUT_OFF = timedelta(days=14)
#: Holidays are asked for so far around.
_AROUND = timedelta(days=40)


def facts(session: Session, now: datetime, *, ahead: timedelta = timedelta(0)) -> Facts:
    """What is the case at ``now``, and what rules can speak about until ``ahead`` of it."""
    found = rules(session)
    today = clock.local(now).date()
    span = Span.of(found, now, today, ahead)
    units = {one.id: one for one in organisation.units(session, archived=True)}
    takeovers = takeover_occasions(session, span, units)
    sources: tuple[Iterable[Occasion], ...] = (
        takeovers.occasions,
        post_occasions(session, span, units, takeovers.running),
        consent_occasions(session, span, units),
        plan_occasions(session, span),
    )
    occasions: dict[Trigger, list[Occasion]] = {}
    for source in sources:
        for one in source:
            occasions.setdefault(one.trigger, []).append(one)
    people = {**staff(session), **takeovers.people}
    return Facts(
        rules=found,
        occasions={trigger: tuple(each) for trigger, each in occasions.items()},
        directory=Directory(people, {key: unit.area_id for key, unit in units.items()}),
        closed=closed_days(today - _AROUND, today + ahead + _AROUND),
        quiet=quiet_hours(session),
        told=log.told_since(session, today - _REMEMBERED),
        modes=log.modes(session),
        passed=log.passed(session),
        again=log.put_off_since(session, now - _PUT_OFF),
    )


def closed_days(first: date, last: date) -> frozenset[date]:
    """Holidays, and the days that public employers keep as such."""
    return frozenset(one.day for one in public_holidays_between(first, last))


def staff(session: Session) -> Mapping[str, Person]:
    """People with an account that is open, and where they are written to."""
    return {
        f"user:{one.id}": Person(
            f"user:{one.id}", one.name, one.email, one.language, roles=one.roles, areas=one.area_ids
        )
        for one in accounts.people(session)
        if one.joined_at is not None and one.deactivated_at is None and one.email
    }
