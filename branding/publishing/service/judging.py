"""The gate, asked for a publication: the facts are read, the answer is kept, a no as well (R4, R8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from branding.consent.service.decisions import check_decision, decide
from branding.consent.values.gate import Decision, GateFacts, Stage
from branding.consent.values.people import Kind
from branding.consent.values.records import Channel
from branding.core.actor import Actor
from branding.core.errors import Missing
from branding.drafts.queries.facts import Judged
from branding.drafts.queries.going_out import judged_by_id
from branding.publishing.models import Publication
from branding.publishing.values.states import Shows


@dataclass(frozen=True, slots=True)
class Asked:
    """The gate's answer, where it is kept, and what it was given."""

    decision_id: str
    decision: Decision
    judged: Judged

    @property
    def code(self) -> str:
        """The first reason, as people read them."""
        return self.decision.reasons[0].code.value if self.decision.reasons else ""

    @property
    def shows(self) -> Shows:
        """Whom it shows; visitors and relatives are kept as short as citizens."""
        people = self.judged.facts.people.values()
        if any(person.is_citizen or person.kind is not Kind.COLLEAGUE for person in people):
            return Shows.CITIZENS
        return Shows.COLLEAGUES if people else Shows.NOBODY


def reference_of(draft_id: str) -> str:
    """What the gate and the consents know a post by."""
    return f"draft:{draft_id}"


def ask(
    session: Session,
    actor: Actor,
    row: Publication,
    stage: Stage,
    *,
    at: datetime | None = None,
    now: datetime,
) -> Asked:
    """``at`` is the slot; publishing is always judged for now.  A draft that is gone raises Missing."""
    one = judged_by_id(session, [row.draft_id], now=now).get(row.draft_id)
    if one is None:
        raise Missing("draft", row.draft_id)
    return ask_with(session, actor, row.draft_id, Channel(row.channel), one, stage, at=at, now=now)


def ask_with(
    session: Session,
    actor: Actor,
    draft_id: str,
    channel: Channel,
    one: Judged,
    stage: Stage,
    *,
    at: datetime | None = None,
    now: datetime,
) -> Asked:
    """The same, when the facts have been read already."""
    reference = reference_of(draft_id)
    facts = GateFacts(one.facts.draft, one.facts.people)
    found = decide(session, actor, reference, facts, channel, stage=stage, at=at, now=now)
    return Asked(found.id, found.decision, one)


def note_answer(row: Publication, asked: Asked) -> None:
    """What the row rests on, as the gate has just said."""
    row.decision_id, row.shows = asked.decision_id, asked.shows
    row.consents, row.holds_until = list(asked.decision.consents), asked.decision.holds_until


def check_yes(session: Session, asked: Asked, row: Publication, now: datetime) -> None:
    """The last line of defence: raises unless the stored answer is a fresh yes to exactly this (R4)."""
    channel = Channel(row.channel)
    check_decision(session, asked.decision_id, reference_of(row.draft_id), channel, now)
