"""Where people stand today: the gate's own answer for an ordinary picture on Instagram."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from branding.consent.queries.asked import people_asked
from branding.consent.queries.gate_facts import person_facts
from branding.consent.rules.gate.wording import because, sentence
from branding.consent.rules.standing import standing, state_of
from branding.consent.rules.timeline import told
from branding.consent.values.gate import Code
from branding.consent.values.records import Channel, Target
from branding.consent.values.requests import AskedPerson
from branding.consent.values.standing import Standing, State
from branding.consent.values.timeline import Event
from branding.core.text import Text, say


def standings(
    session: Session, subject_ids: Iterable[str], *, now: datetime, channel: Channel = Channel.INSTAGRAM
) -> dict[str, Standing]:
    """Each person's word, and why not where it is no."""
    facts = person_facts(session, list(subject_ids), now=now)
    return {subject_id: standing(person, channel, now) for subject_id, person in facts.items()}


def asked_about(session: Session, target: Target, ref: str, *, now: datetime) -> list[AskedPerson]:
    """Everybody who was asked about this, each with the gate's answer for it and what stands in the way."""
    found = []
    for one, person in people_asked(session, target, ref, now):
        says = standing(person, Channel.INSTAGRAM, now, frozenset({(target, ref)}))
        why = because(says.reasons[0]) if says.reasons else None
        found.append(replace(one, is_allowed=says.allowed, why_not=why))
    return found


def states_of_answers(session: Session, subject_id: str, *, now: datetime) -> Mapping[str, State]:
    """Where each of a person's answers stands, by its id."""
    person = person_facts(session, [subject_id], now=now).get(subject_id)
    return {one.id: state_of(one, person, now) for one in person.answers} if person else {}


def why_closed(session: Session, subject_id: str, *, now: datetime) -> Text | None:
    """Why a yes would open nothing: the unit has not said that such people may be shown."""
    person = person_facts(session, [subject_id], now=now).get(subject_id)
    for reason in standing(person, Channel.INSTAGRAM, now).reasons if person else ():
        if reason.code is Code.POLICY_BLOCKED:
            text = say("%(name)s cannot be shown before the unit has an assessment.", name=reason.label)
            return because(reason) if reason.closed else text
    return None


def sentences(standing: Standing) -> list[Text]:
    """Why not, one sentence for each reason and none twice."""
    said = [sentence(reason) for reason in standing.reasons]
    return [text for n, text in enumerate(said) if text not in said[:n]]


def story(events: Iterable[Event], *, now: datetime) -> tuple[Event, ...]:
    """A person's story, the newest first."""
    return told(events, now)
