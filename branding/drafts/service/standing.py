"""What stands in a draft's way, live: what its author lacks, and the gate's own answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from branding.consent.rules.gate import earliest_lawful, may_publish
from branding.consent.service.decisions import decide
from branding.consent.values.gate import DraftFacts, GateFacts, Stage
from branding.core.actor import Actor
from branding.drafts.models import Draft
from branding.drafts.queries.facts import Judged, judged
from branding.drafts.rules.after import after_approve, after_submit
from branding.drafts.rules.lacks import lacks
from branding.drafts.rules.names import named_only
from branding.drafts.service.access import ref_of
from branding.drafts.values.drafts import WITH_AUTHOR, DraftState, Standing


def standings(session: Session, rows: Sequence[Draft], *, by: str = "", now: datetime) -> dict[str, Standing]:
    """Each draft's standing for its next step; ``by`` is who would take it."""
    found = judged(session, rows, now=now)
    return {row.id: standing_of(row, found[row.id], by=by, now=now) for row in rows}


def asked(session: Session, actor: Actor, row: Draft, *, now: datetime) -> tuple[DraftFacts, Standing]:
    """The gate is asked for the next step on every channel, and each answer is kept, a no as well (R8).

    Returns the draft as it will be after the step, and what stands in its way.
    """
    me, stage = ref_of(actor), stage_of(DraftState(row.state))
    one = judged(session, [row], now=now)[row.id]
    standing = standing_of(row, one, by=me, now=now)
    facts = GateFacts(next_draft(one, stage, me), one.facts.people)
    for channel in one.content.channels:
        decide(session, actor, facts.draft.reference, facts, channel, stage=stage, at=standing.at, now=now)
    return facts.draft, standing


def standing_of(row: Draft, one: Judged, *, by: str, now: datetime) -> Standing:
    """For the author: may it be sent?  For the second person: may it be approved?  Then: may it go out?"""
    stage = stage_of(DraftState(row.state))
    facts = GateFacts(next_draft(one, stage, by or row.author), one.facts.people)
    at = row.due_at if row.due_at is not None and row.due_at > now else None
    channels = one.content.channels
    instant = at or earliest_lawful(facts, channels[0], stage=stage, start=now) or now
    answers = {channel: may_publish(facts, channel, stage=stage, at=instant) for channel in channels}
    shown = {person.subject_id for person in one.facts.draft.depictions}
    return Standing(
        lacks(one.content, one.items, one.findings), answers, instant, named_only(one.findings, shown)
    )


def stage_of(state: DraftState) -> Stage:
    if state in (*WITH_AUTHOR, DraftState.DROPPED):
        return Stage.SUBMIT
    return Stage.SCHEDULE if state == DraftState.APPROVED else Stage.APPROVE


def next_draft(one: Judged, stage: Stage, by: str) -> DraftFacts:
    """The draft as it will be when the next step is taken."""
    draft = one.facts.draft
    if stage is Stage.SUBMIT:
        return after_submit(draft, by)
    return after_approve(draft, by, one.blurred) if stage is Stage.APPROVE else draft
