"""Asking the gate, and keeping what it answered: every attempt leaves a row (R8)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from branding.consent.models import GateDecision
from branding.consent.rules.gate import earliest_lawful, may_publish
from branding.consent.values.gate import Decision, GateFacts, PersonFacts, Stage
from branding.consent.values.records import Channel
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.ids import new_id
from branding.core.text import say

#: A yes is for the act that asked for it, not for later (decisions.md 7, R5).
LASTS = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Decided:
    """``id`` is what a publisher shows."""

    id: str
    decision: Decision
    judged_for: datetime


def decide(
    session: Session,
    actor: Actor,
    reference: str,
    facts: GateFacts,
    channel: Channel,
    *,
    stage: Stage,
    at: datetime | None = None,
    now: datetime,
) -> Decided:
    """Ask the gate and keep the answer, a no as well as a yes.

    ``at`` is the slot, or the host's wished time; without it the earliest lawful instant is judged,
    or this moment where there is none (decisions.md 1).  Publishing is always judged for now.
    A no is an answer, not an error: what is rolled back is not kept.
    """
    at = _instant(facts, channel, stage, at, now)
    decision = may_publish(facts, channel, stage=stage, at=at)
    inputs = _kept(facts)
    row = GateDecision(
        id=new_id(),
        reference=reference,
        channel=channel,
        stage=stage,
        judged_for=at,
        asked_at=now,
        asked_by_kind=actor.kind,
        asked_by_id=actor.id,
        is_allowed=decision.allowed,
        reasons=[reason.stored() for reason in (*decision.reasons, *decision.warnings)],
        inputs=inputs,
        inputs_sha256=digest(inputs),
    )
    session.add(row)
    session.flush()
    return Decided(row.id, decision, at)


def _instant(
    facts: GateFacts, channel: Channel, stage: Stage, at: datetime | None, now: datetime
) -> datetime:
    if stage == Stage.PUBLISH:
        return now
    if at is not None:
        return at
    try:
        return earliest_lawful(facts, channel, stage=stage, start=now) or now
    except Exception:  # noqa: BLE001 - the gate itself will say that it cannot judge this
        return now


def _kept(facts: GateFacts) -> dict[str, Any]:
    """The inputs, also of what the gate could not understand: that attempt leaves a row too."""
    try:
        inputs = inputs_of(facts)
        digest(inputs)
    except Exception as error:  # noqa: BLE001 - whatever it is, the no is kept
        return {"unreadable": type(error).__name__}
    return inputs


def check_decision(
    session: Session, decision_id: str, reference: str, channel: Channel, now: datetime
) -> None:
    """What every publisher calls first: raises unless the gate said yes to exactly this, just now (R4)."""
    row = session.get(GateDecision, decision_id)
    if (
        row is None
        or not row.is_allowed
        or row.stage != Stage.PUBLISH
        or row.reference != reference
        or row.channel != channel
        or not row.asked_at <= now <= row.asked_at + LASTS
    ):
        raise RuleBroken("gate", say("The consents were not checked just now, so nothing goes out."))


def digest(inputs: Mapping[str, Any]) -> str:
    """SHA-256 over the inputs, written in one way."""
    text = json.dumps(inputs, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def inputs_of(facts: GateFacts) -> dict[str, Any]:
    """Ids and versions of everything the answer rests on; no names."""
    draft = facts.draft
    declaration = draft.declaration
    return {
        "draft": {
            "reference": draft.reference,
            "version": draft.version_hash,
            "people": draft.people_hash,
            "declared": None if declaration is None else declaration.sha256,
            "declared_by": None if declaration is None else declaration.by,
            "confirmed_by": None if declaration is None else declaration.confirmed_by,
            "approved": draft.approved_hash,
            "approved_by": draft.approved_by,
            "media": {media.ref: media.sha256 for media in draft.media},
            "depictions": [
                {"media": one.media, "subject": one.subject_id, "visibility": one.visibility}
                for one in draft.depictions
            ],
            "previews": {key: shown.version_hash for key, shown in draft.previews.items()},
        },
        "people": {key: _person(person) for key, person in facts.people.items()},
    }


def _person(person: PersonFacts) -> dict[str, Any]:
    return {
        "version": person.version,
        "hold": person.hold,
        "answers": {
            one.id: {
                "form": one.form.id,
                "verified_at": _moment(one.verified_at),
                "invalidated_at": _moment(one.invalidated_at),
                "evidence": one.evidence_intact,
            }
            for one in person.answers
        },
        "withdrawals": [
            {"consent": one.consent_id, "received_at": _moment(one.received_at)} for one in person.withdrawals
        ],
        "representations": [one.id for one in person.representations],
        "messages": len(person.open_messages),
        "policy": dict(person.policy.openness),
        "assessments": [one.id for one in person.policy.assessments],
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
