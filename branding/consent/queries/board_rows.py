"""One page of the consent board: who, where they stand, why not, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session

from branding.consent.queries import rulebook
from branding.consent.queries.board import Found, board_page, open_requests_of, to_do
from branding.consent.queries.gate_facts import person_facts
from branding.consent.queries.settings import consent_rules
from branding.consent.queries.uses import uses_of_subjects
from branding.consent.rules.board import next_step
from branding.consent.rules.gate.wording import because
from branding.consent.rules.standing import standing, to_verify
from branding.consent.values.board import Board, BoardFilter, BoardRow, OpenRequest, Step, Tab, ToDo
from branding.consent.values.gate import ConsentFacts, PersonFacts, actor_ref
from branding.consent.values.records import Channel
from branding.consent.values.standing import Standing, State
from branding.consent.values.uses import UseView
from branding.core import clock
from branding.core.actor import Actor
from branding.core.policy import covers
from branding.core.text import Text
from branding.organisation.values import UnitView


def board(
    session: Session,
    actor: Actor,
    wanted: BoardFilter,
    units: Sequence[UnitView],
    *,
    now: datetime,
) -> Board:
    """Nine queries, however many people there are; ``units`` are all of them, also those out of use."""
    by_id = {unit.id: unit for unit in units}
    book = rulebook.read(session, by_id, units=by_id)
    found = board_page(session, wanted, book.rules.reflection, now)
    people = person_facts(session, found.subject_ids, now=now, book=book)
    uses = uses_of_subjects(session, people) if people else {}
    asked = open_requests_of(session, list(people), now) if people else {}
    rows = tuple(
        _row(actor, people[one], by_id, asked.get(one), uses.get(one, []), now)
        for one in found.subject_ids
        if one in people
    )
    return Board(rows, found.counts, found.found, wanted.page, _is_empty(found, wanted))


def person_row(session: Session, actor: Actor, subject_id: str, unit: UnitView, *, now: datetime) -> BoardRow:
    """The same row of one person, for the person's own page; that page lists the posts itself."""
    person = person_facts(session, [subject_id], now=now)[subject_id]
    asked = open_requests_of(session, [subject_id], now).get(subject_id)
    return _row(actor, person, {unit.id: unit}, asked, (), now)


def consents_to_do(
    session: Session,
    unit_ids: frozenset[int] | None,
    *,
    now: datetime,
    reader: Actor | None = None,
    reflection_hours: int | None = None,
) -> ToDo:
    """What the front page counts for ``reader``, of these units (None: of all).

    One query, and one more for ``reflection_hours`` where nobody has read them (``reflection_query``).
    """
    hours = consent_rules(session).reflection_hours if reflection_hours is None else reflection_hours
    reflection = timedelta(hours=hours)
    who = None if reader is None else (reader.kind, reader.id)
    return to_do(session, unit_ids, reflection, now, who)


def _is_empty(found: Found, wanted: BoardFilter) -> bool:
    """Nobody at all is there, rather than nobody who fits."""
    is_filtered = wanted.kind or wanted.text.strip() or wanted.references is not None
    return not found.counts[Tab.ALL] and not is_filtered


def _row(
    actor: Actor,
    person: PersonFacts,
    units: Mapping[int, UnitView],
    asked: OpenRequest | None,
    uses: Sequence[UseView],
    now: datetime,
) -> BoardRow:
    says = standing(person, Channel.INSTAGRAM, now)
    unchecked, me = to_verify(person, now), actor_ref(actor.kind, actor.id)
    waiting = [one for one in unchecked if me not in (one.asked_by, one.recorded_by)]
    step = next_step(
        says,
        is_asked=asked is not None,
        waits_for_check=bool(waiting),
        waits_for_another=bool(unchecked),
        may_ask=covers(actor, "consent:consent:ask", person.unit_id),
        may_check=covers(actor, "consent:evidence:verify", person.unit_id),
    )
    return BoardRow(
        subject_id=person.id,
        label=person.label,
        unit=units[person.unit_id],
        kind=person.kind,
        standing=says,
        why_not=_why_not(says),
        step=step,
        key=_key(step, waiting, asked),
        request=asked,
        uses=tuple(use for use in uses if use.is_live(now)),
        ask_from=_ask_from(says),
    )


def _why_not(says: Standing) -> tuple[Text, ...]:
    """The first two things that stand in the way, none of them twice."""
    found: list[Text] = []
    for text in map(because, says.reasons):
        if text not in found:
            found.append(text)
    return tuple(found[:2])


def _ask_from(says: Standing) -> date | None:
    """Until then a no stands, and nobody asks again."""
    is_no = says.state is State.REFUSED and says.answer is not None
    return clock.local(says.answer.expires_at).date() if is_no and says.answer else None


def _key(step: Step, waiting: Sequence[ConsentFacts], asked: OpenRequest | None) -> str:
    if step is Step.VERIFY:
        return waiting[0].id
    return asked.id if step is Step.REQUEST and asked is not None else ""
