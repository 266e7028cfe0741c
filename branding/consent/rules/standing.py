"""Where an answer and a person stand at an instant: the word, and whether they may be shown today."""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import datetime, timedelta

from branding.consent.rules.answers import in_force, is_invalid, is_withdrawn
from branding.consent.rules.gate.person import person_findings
from branding.consent.rules.gate.use import Use
from branding.consent.values.gate import Code, ConsentFacts, PersonFacts, Reason
from branding.consent.values.reasons import TOLD_FIRST
from branding.consent.values.records import WRITTEN, Channel, Format, Purpose, Target
from branding.consent.values.standing import Standing, State

#: A yes that ends within these days is "udløber snart".
SOON = timedelta(days=30)
#: The best of a person's answers is the person's word; the earlier in this list, the better.
BEST_FIRST = (
    State.VALID,
    State.EXPIRING,
    State.PENDING,
    State.REFUSED,
    State.WITHDRAWN,
    State.EXPIRED,
    State.MISSING,
)
#: An answer on a form that was recalled counts like none.
_RANK = {**{state: n for n, state in enumerate(BEST_FIRST)}, State.INVALID: len(BEST_FIRST) - 1}


def state_of(
    answer: ConsentFacts, person: PersonFacts, at: datetime, channel: Channel = Channel.INSTAGRAM
) -> State:
    """Where one answer stands, by its times alone: what it covers, the gate asks."""
    if is_invalid(answer, at):
        return State.INVALID
    if answer not in in_force(person.answers, at):
        return State.SUPERSEDED
    return _state(answer, person, at, channel)


def standing(
    person: PersonFacts, channel: Channel, at: datetime, targets: Set[tuple[Target, str]] | None = None
) -> Standing:
    """The person's word, and the gate's own answer for an ordinary photo post, whichever it is.

    With ``targets`` for a post about one of these; the word is the person's all the same.
    """
    reach = ((channel, Code.CHANNEL_NOT_COVERED),)
    use = Use(reach, Format.FEED, Purpose.RECRUITING, targets=targets, before_review=True)
    state, answer = person_state(person, at, channel)
    findings, granting = person_findings(person, use, at)
    reasons = dict.fromkeys(
        Reason(one.code, person.id, person.label, one.channel, day=one.day, closed=one.closed)
        for one in findings
    )
    told = tuple(sorted(reasons, key=lambda one: TOLD_FIRST.index(one.remedy)))
    return Standing(state, not reasons, told, (granting if not reasons else None) or answer)


def person_state(
    person: PersonFacts, at: datetime, channel: Channel = Channel.INSTAGRAM
) -> tuple[State, ConsentFacts | None]:
    """The best word among the answers that count, and the answer that it is about."""
    found = [
        (_state(answer, person, at, channel), answer)
        for answer in in_force(person.answers, at)
        if answer.recorded_at <= at and not (answer.is_refusal and at >= answer.expires_at)
    ]
    state, answer = min(found, key=_best) if found else (State.MISSING, None)
    return (State.MISSING, None) if state is State.INVALID else (state, answer)


def to_verify(person: PersonFacts, at: datetime, channel: Channel = Channel.INSTAGRAM) -> list[ConsentFacts]:
    """Answers that count but for a second pair of eyes on the signature, the oldest first."""
    found = [
        answer
        for answer in in_force(person.answers, at)
        if answer.recorded_at <= at < answer.expires_at
        and not answer.is_refusal
        and not _is_checked(answer, at)
        and not _is_recalled(answer, at)
        and not is_withdrawn(answer, person.withdrawals, channel, at)
    ]
    return sorted(found, key=lambda answer: (answer.recorded_at, answer.id))


def _best(found: tuple[State, ConsentFacts]) -> tuple[int, float, str]:
    state, answer = found
    return _RANK[state], -answer.expires_at.timestamp(), answer.id


def _state(answer: ConsentFacts, person: PersonFacts, at: datetime, channel: Channel) -> State:
    if answer.is_refusal:
        return State.REFUSED if at < answer.expires_at else State.EXPIRED
    if is_withdrawn(answer, person.withdrawals, channel, at):
        return State.WITHDRAWN
    if _is_recalled(answer, at):
        return State.INVALID
    if at >= answer.expires_at:
        return State.EXPIRED
    if any(not is_met for is_met in _conditions(answer, person, at)):
        return State.PENDING
    return State.EXPIRING if answer.expires_at <= at + SOON else State.VALID


def _conditions(answer: ConsentFacts, person: PersonFacts, at: datetime) -> Iterable[bool]:
    """What a yes waits for: its beginning, the time to think, and a second pair of eyes."""
    yield max(answer.valid_from, answer.recorded_at) <= at
    yield not person.is_citizen or answer.signed_at + person.rules.reflection <= at
    yield _is_checked(answer, at)


def _is_recalled(answer: ConsentFacts, at: datetime) -> bool:
    """The form was found defective: no yes on it counts (G4)."""
    return answer.form.recalled_at is not None and answer.form.recalled_at <= at


def _is_checked(answer: ConsentFacts, at: datetime) -> bool:
    """What was said is checked by the review of a post, what was signed by a second person."""
    return answer.evidence not in WRITTEN or (answer.verified_at is not None and answer.verified_at <= at)
