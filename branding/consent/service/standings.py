"""Where people stand today: the gate's own answer for an ordinary picture on Instagram."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Session

from branding.consent.queries.gate_facts import person_facts
from branding.consent.rules.gate.wording import sentence
from branding.consent.rules.standing import standing, state_of
from branding.consent.rules.timeline import told
from branding.consent.values.gate import Standing, State
from branding.consent.values.records import Channel
from branding.consent.values.timeline import Event
from branding.core.text import Text


def standings(
    session: Session, subject_ids: Iterable[str], *, now: datetime, channel: Channel = Channel.INSTAGRAM
) -> dict[str, Standing]:
    """Each person's word, and why not where it is no."""
    facts = person_facts(session, list(subject_ids), now=now)
    return {subject_id: standing(person, channel, now) for subject_id, person in facts.items()}


def states_of_answers(session: Session, subject_id: str, *, now: datetime) -> Mapping[str, State]:
    """Where each of a person's answers stands, by its id."""
    person = person_facts(session, [subject_id], now=now).get(subject_id)
    return {one.id: state_of(one, person, now) for one in person.answers} if person else {}


def sentences(standing: Standing) -> list[Text]:
    """Why not, one sentence for each reason and none twice."""
    said = [sentence(reason) for reason in standing.reasons]
    return [text for n, text in enumerate(said) if text not in said[:n]]


def story(events: Iterable[Event], *, now: datetime) -> tuple[Event, ...]:
    """A person's story, the newest first."""
    return told(events, now)
