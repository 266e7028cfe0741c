"""The page of a person, and of one answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import request, url_for

from branding.audit.service import record_apart
from branding.consent.queries import people_pages as queries
from branding.consent.queries.retention import uses_in_force
from branding.consent.queries.subjects import representations_of, subject_by_id
from branding.consent.service import journal, standings
from branding.consent.values import names
from branding.consent.values.gate import Code, Standing, State
from branding.consent.values.people import Hold
from branding.consent.values.register import SubjectView
from branding.consent.values.timeline import Event
from branding.consent.views import papers
from branding.consent.views.blueprint import bp
from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.core.text import Text, say
from branding.organisation import queries as organisation
from branding.web.filters import day_and_year
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
    standing = standings.standings(db(), [subject_id], now=now).get(subject_id)
    events = standings.story(queries.events_of_subject(db(), subject_id), now=now)
    states = standings.states_of_answers(db(), subject_id, now=now)
    return page(
        "consent/subject.html",
        **words(),
        person=person,
        unit=organisation.unit_by_id(db(), person.unit_id),
        standing=standing,
        sentences=standings.sentences(standing) if standing else (),
        next_step=_next_step(person, standing),
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


@dataclass(frozen=True, slots=True)
class NextStep:
    """The page's one button."""

    label: Text
    url: str


def _next_step(person: SubjectView, standing: Standing | None) -> NextStep | None:
    """Check the proof when that is all there is to wait for, else ask; nothing when all is well.

    After a no it says from when somebody may ask again, and leads nowhere.
    """
    if standing is None or standing.state == State.VALID or person.hold != Hold.NONE:
        return None
    if standing.state == State.REFUSED and standing.answer:
        day = day_and_year(clock.local(standing.answer.expires_at).date())
        return NextStep(say("We do not ask before %(day)s", day=day), "")
    codes = {reason.code for reason in standing.reasons}
    if Code.UNVERIFIED_EVIDENCE in codes and standing.answer:
        if not policy.covers(actor(), "consent:evidence:verify", person.unit_id):
            return None
        url = url_for("consent.verify_page", consent_id=standing.answer.id)
        return NextStep(say("Check the proof"), url)
    if standing.state == State.PENDING or not policy.covers(actor(), "consent:consent:ask", person.unit_id):
        return None
    return NextStep(say("Ask for consent"), url_for("home.ask_about_page", subject_id=person.id))


def note_reading(kind: str, thing_id: str) -> None:
    """That somebody looked at a person's data goes into the log, in audit's own short transaction."""
    note = partial(record_apart, stafet().database, actor(), "consent:subject:read", kind, thing_id)
    afterwards(partial(note, clock.now()))


def _names(events: Iterable[Event]) -> Any:
    return stafet().people_names({event.user_id for event in events if event.user_id})
