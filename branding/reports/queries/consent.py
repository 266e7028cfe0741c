"""The facts of the consent status."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from branding.consent.queries.oversight import forms_in_use, unverified
from branding.consent.queries.reporting import answers_between, people_counts
from branding.consent.values.names import AUDIENCES
from branding.consent.values.oversight import FormInUse
from branding.consent.values.records import Audience
from branding.consent.values.reporting import AnswerDay, PeopleCount
from branding.core import clock
from branding.core.text import Text, say
from branding.media.queries.reporting import undeclared_by_unit
from branding.publishing.queries.down import open_by_unit
from branding.reports.values.orders import Order


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """``forms``: version, yeses that stand, yeses given; the rest: how many by unit."""

    people: list[PeopleCount]
    answers: list[AnswerDay]
    forms: list[tuple[Text, int, int]]
    takedowns: dict[int, int]
    undeclared: dict[int, int]
    unverified: dict[int, int]


def consent_facts(session: Session, order: Order, now: datetime) -> ConsentFacts:
    """Eleven queries however many people there are."""
    return ConsentFacts(
        people_counts(session, now),
        answers_between(session, clock.at_local(order.first), clock.at_local(order.last + timedelta(days=1))),
        [(_version(one), one.standing, one.given) for one in forms_in_use(session, now)],
        open_by_unit(session),
        undeclared_by_unit(session),
        Counter(one.unit_id for one in unverified(session, now, now)),
    )


def _version(form: FormInUse) -> Text:
    """Several forms have the same title: they differ by who is asked."""
    who = AUDIENCES[Audience(form.audience)]
    return say("%(who)s, version %(number)s: “%(title)s”", who=who, number=form.number, title=form.title)
