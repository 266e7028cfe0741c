"""The page of a person, and of one answer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from flask import request

from branding.audit.service import record_apart
from branding.consent.queries import people_pages as queries
from branding.consent.queries.board_rows import person_row
from branding.consent.queries.retention import uses_in_force
from branding.consent.queries.subjects import representations_of, subject_by_id
from branding.consent.service import journal, standings
from branding.consent.values import names
from branding.consent.values.timeline import Event
from branding.consent.views import papers
from branding.consent.views.blueprint import bp
from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.stafet import stafet
from branding.web.transaction import afterwards, db

_VIEW = "consent:subject:view"
#: So many answers are listed; the story beside them tells of all.
_ANSWERS = 20


@bp.get("/consent/people/<id:subject_id>")
@requires(_VIEW)
def subject_page(subject_id: str) -> Any:
    """May the person be shown today, what is next, and everything that has happened."""
    now = clock.now()
    person = subject_by_id(db(), subject_id)
    policy.check(actor(), _VIEW, person.unit_id, thing="subject", key=subject_id)
    note_reading("subject", subject_id)
    unit = organisation.unit_by_id(db(), person.unit_id)
    row = person_row(db(), actor(), subject_id, unit, now=now)
    events = standings.story(queries.events_of_subject(db(), subject_id), now=now)
    states = standings.states_of_answers(db(), subject_id, now=now)
    return page(
        "consent/subject.html",
        **words(),
        person=person,
        unit=unit,
        row=row,
        standing=row.standing,
        sentences=standings.sentences(row.standing),
        answers=[
            (answer, states.get(answer.id)) for answer in queries.answers_of(db(), subject_id, _ANSWERS)
        ],
        representations=representations_of(db(), subject_id),
        uses=uses_in_force(db(), subject_id),
        events=events,
        names=_names(events),
    )


@bp.get("/consent/consents/<id:consent_id>")
@requires(_VIEW)
def consent_page(consent_id: str) -> Any:
    """One answer: what it covers, who gave it, how it was checked and where it is in use."""
    found = queries.consent_page(db(), consent_id)
    policy.check(actor(), _VIEW, found.unit_id, thing="consent", key=consent_id)
    note_reading("consent", consent_id)
    states = standings.states_of_answers(db(), found.subject_id, now=clock.now())
    events = standings.story(found.events, now=clock.now())
    return page(
        "consent/consent.html",
        **words(),
        consent=found,
        form_name=papers.form_name(found.form_id),
        unit=organisation.unit_by_id(db(), found.unit_id),
        state_now=states.get(consent_id),
        events=events,
        names=_names(events),
    )


@bp.post("/consent/consents/<id:consent_id>/journal")
@requires("consent:rights:manage")
def note_journal(consent_id: str) -> Any:
    reference = request.form.get("reference", "")
    try:
        journal.note_reference(db(), actor(), consent_id, reference, now=clock.now())
    except RuleBroken as error:
        return go("consent.consent_page", consent_id=consent_id, notice=error.text, kind="error")
    notice = say("The case number is noted.")
    return go("consent.consent_page", consent_id=consent_id, notice=notice)


def words() -> dict[str, Any]:
    """What the pages of consent call things."""
    return {
        "kinds": names.KINDS,
        "states": names.STATES,
        "channels": names.CHANNELS,
        "mandates": names.MANDATES,
        "holds": names.HOLDS,
    }


def note_reading(kind: str, thing_id: str) -> None:
    """That somebody looked at a person's data goes into the log, in audit's own short transaction."""
    note = partial(record_apart, stafet().database, actor(), "consent:subject:read", kind, thing_id)
    afterwards(partial(note, clock.now()))


def _names(events: Iterable[Event]) -> Any:
    return stafet().people_names({event.user_id for event in events if event.user_id})
