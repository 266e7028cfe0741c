"""What the gate's answer means for a post that is out: the column Live of the truth table (consent.md 2e).

Approval and content mean nothing any more; every other reason keeps the post, asks somebody, or
takes it down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from branding.consent.rules.answers import in_force, is_withdrawn
from branding.consent.rules.gate.person import policy_kind
from branding.consent.rules.signers import PERSONAL, Band, band
from branding.consent.rules.withdrawing import next_working_day
from branding.consent.values.gate import (
    ATTESTATION_LASTS,
    Code,
    ConsentFacts,
    CrosspostFacts,
    Decision,
    GateFacts,
    PersonFacts,
    Reason,
)
from branding.consent.values.people import Hold
from branding.consent.values.policies import PolicyKind
from branding.consent.values.records import Channel, SignerRole
from branding.publishing.values.days import day_of, end_of
from branding.publishing.values.down import CROSSPOST, PARTNER, Duty, Live, Need

_DAY, _FORTNIGHT = timedelta(days=1), timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Act:
    """What one reason asks for; without a duty the post stays."""

    duty: Duty | None = None
    within: timedelta | None = None


KEEP, DOWN = Act(), Act(Duty.TAKEDOWN)
REVIEW_DAY, REVIEW = Act(Duty.REVIEW, _DAY), Act(Duty.REVIEW, _FORTNIGHT)
ASK_DAY, ASK = Act(Duty.ASK, _DAY), Act(Duty.ASK, _FORTNIGHT)

#: Every code; those that :func:`act_of` looks at more closely stand here as they are mostly meant.
ACTS: Mapping[Code, Act] = {
    Code.EVALUATION_ERROR: REVIEW,
    Code.NOT_APPROVED: KEEP,
    Code.CONTENT_CHANGED: KEEP,
    Code.NO_DECLARATION: REVIEW_DAY,
    Code.DECLARATION_STALE: KEEP,
    Code.DECLARATION_UNCONFIRMED: KEEP,
    Code.FACE_COUNT_MISMATCH: REVIEW_DAY,
    Code.UNKNOWN_PERSON: DOWN,
    Code.UNVERIFIED_VISIBILITY: REVIEW_DAY,
    Code.OBSCURE_UNVERIFIED: DOWN,
    Code.HOLD: REVIEW,
    Code.POLICY_BLOCKED: REVIEW,
    Code.NO_VALID_SIGNATORY: DOWN,
    Code.WITHDRAWAL_UNRESOLVED: REVIEW_DAY,
    Code.REFUSED: DOWN,
    Code.WITHDRAWN: DOWN,
    Code.NO_CONSENT: DOWN,
    Code.PREVIEW_MISSING: REVIEW_DAY,
    Code.OUTSIDE_SCOPE: DOWN,
    Code.NOT_YET_VALID: REVIEW,
    Code.EXPIRED: DOWN,
    Code.REFLECTION: KEEP,
    Code.WRONG_EVIDENCE: DOWN,
    Code.NOT_TOLD_INSTAGRAM: ASK_DAY,
    Code.UNVERIFIED_EVIDENCE: KEEP,
    Code.INVALID_EVIDENCE: REVIEW_DAY,
    Code.FORM_RECALLED: REVIEW,
    Code.WRONG_SIGNATORY: DOWN,
    Code.AGE_TRANSITION: ASK,
    Code.REPRESENTATION_ENDED: ASK,
    Code.EMPLOYEE_LEFT: KEEP,
    Code.CHANNEL_NOT_COVERED: DOWN,
    Code.CROSSPOST_NOT_COVERED: DOWN,
    Code.FORMAT_NOT_COVERED: DOWN,
    Code.PURPOSE_NOT_COVERED: REVIEW,
    Code.MEDIA_NOT_COVERED: DOWN,
    Code.NAME_NOT_COVERED: DOWN,
    Code.VOICE_NOT_COVERED: DOWN,
    Code.PAID_NOT_COVERED: DOWN,
    Code.ASKER_POWER: KEEP,
    Code.EXPIRES_SOON: KEEP,
}


def comes_down(decision: Decision) -> bool:
    """Whoever has just put it up by hand takes it down again: a duty is coming, and asking takes longer."""
    return any(ACTS[reason.code] != KEEP for reason in decision.reasons)


_ORDER = {Duty.TAKEDOWN: 0, Duty.ASK: 1, Duty.REVIEW: 2}
_NOBODY_LOOKED = CrosspostFacts()


def live(
    decision: Decision,
    facts: GateFacts,
    channel: Channel,
    *,
    published_at: datetime,
    since: Mapping[str, datetime],
    now: datetime,
) -> Live:
    """``decision`` is the gate's answer for now; ``since`` when each ground was first seen."""
    needs: list[Need] = []
    beside: list[Need] = []
    left: list[str] = []
    for reason in decision.reasons:
        if reason.code is Code.EMPLOYEE_LEFT:
            left.append(reason.subject_id)
        act = act_of(reason, facts, published_at, now)
        code = _elsewhere(reason, channel)
        if act.duty is None or (code == CROSSPOST and _was_not_shared(facts, channel, published_at)):
            continue
        need = _need(reason, act, code, facts, published_at, since, now)
        (beside if need.is_beside else needs).append(need)
    needs.sort(key=lambda one: (_ORDER[one.duty], one.due_at))
    return Live(tuple(needs), tuple(beside), tuple(sorted(set(left))))


def act_of(reason: Reason, facts: GateFacts, published_at: datetime, now: datetime) -> Act:
    """What a reason asks for, with the table's exceptions."""
    person = facts.people.get(reason.subject_id)
    if reason.code is Code.NAME_NOT_COVERED:
        # A word that is somebody's name has come to the register since: a person looks first (A13).
        is_told = any(one.is_named and one.subject_id == reason.subject_id for one in facts.draft.depictions)
        return DOWN if is_told else REVIEW_DAY
    if person is None:
        return ACTS[reason.code]
    if reason.code is Code.POLICY_BLOCKED and policy_kind(person, now) is PolicyKind.MINOR:
        return DOWN
    if reason.code is Code.WRONG_SIGNATORY and _was_not_asked(person, published_at):
        return REVIEW
    if reason.code is Code.FORM_RECALLED and not _is_recalled(person, now):
        return ASK
    if reason.code is Code.HOLD and person.hold is Hold.PROTECTED_ADDRESS:
        return REVIEW_DAY
    return ACTS[reason.code]


def end_of_next_working_day(moment: datetime) -> datetime:
    """By when what must come down is down (R52)."""
    return end_of(next_working_day(day_of(moment)))


def opens_on(remove_by: date) -> date:
    """The last working day before the day on which it must be gone: somebody can still do it then."""
    day = remove_by - timedelta(days=1)
    while next_working_day(day - timedelta(days=1)) != day:
        day -= timedelta(days=1)
    return day


def _need(
    reason: Reason,
    act: Act,
    code: str,
    facts: GateFacts,
    published_at: datetime,
    since: Mapping[str, datetime],
    now: datetime,
) -> Need:
    """A question nobody answered in time becomes a takedown."""
    assert act.duty is not None
    where = reason.channel.value if reason.channel is not None else ""
    ground = f"{reason.code.value}:{reason.subject_id or reason.media}:{where}"
    is_beside = code in (PARTNER, CROSSPOST) or reason.code is Code.PAID_NOT_COVERED
    opened = since.get(ground, now)
    if act.within is None:
        said = _said_at(reason, facts, published_at) or opened
        return Need(act.duty, code, end_of_next_working_day(said), ground, is_beside)
    due_at = end_of(day_of(opened + act.within))
    if now <= due_at:
        return Need(act.duty, code, due_at, ground, is_beside)
    return Need(Duty.TAKEDOWN, code, end_of_next_working_day(due_at), ground, is_beside)


def _elsewhere(reason: Reason, channel: Channel) -> str:
    """A reason that is about another place than the channel: a co-author's account, a shared copy."""
    if reason.code is Code.CROSSPOST_NOT_COVERED:
        return CROSSPOST
    if reason.code is not Code.POLICY_BLOCKED and reason.channel not in (None, channel):
        return PARTNER if reason.channel is Channel.PARTNER else CROSSPOST
    return reason.code.value


def _was_not_shared(facts: GateFacts, channel: Channel, published_at: datetime) -> bool:
    """Somebody had looked when it went out: it was not shared, however old the word is now (R69)."""
    word = facts.draft.crossposts.get(channel, _NOBODY_LOOKED)
    return (
        word.attested_at is not None
        and not word.shares_to
        and published_at < word.attested_at + ATTESTATION_LASTS
    )


def _said_at(reason: Reason, facts: GateFacts, published_at: datetime) -> datetime | None:
    """When it was taken back: the day that was promised to the person counts from there (R51)."""
    person = facts.people.get(reason.subject_id)
    if reason.code is not Code.WITHDRAWN or person is None:
        return None
    newest = max(_given(person), key=lambda one: one.signed_at, default=None)
    said = [
        taken.received_at
        for taken in person.withdrawals
        if newest is not None
        and reason.channel is not None
        and is_withdrawn(newest, [taken], reason.channel, taken.received_at)
    ]
    return max(min(said), published_at) if said else None


def _given(person: PersonFacts) -> Iterator[ConsentFacts]:
    return (one for one in person.answers if not one.is_refusal)


def _was_not_asked(person: PersonFacts, at: datetime) -> bool:
    """A guardian who may sign did, and the person was not asked (D7); every other signature is wrong (D8)."""
    allowed = {one.id for one in person.representations if one.mandate in PERSONAL and one.covers_images}
    return band(person, at) is Band.ADULT and any(
        any(by.role is SignerRole.GUARDIAN and by.representation_id in allowed for by in one.signatures)
        and not any(by.role in (SignerRole.SELF, SignerRole.ASSENT) for by in one.signatures)
        for one in _given(person)
    )


def _is_recalled(person: PersonFacts, now: datetime) -> bool:
    """The form itself was recalled (G3), not only retired before it was signed (G4)."""
    answers = in_force(person.answers, now)
    return any(one.form.recalled_at is not None and one.form.recalled_at <= now for one in answers)
