"""Which answers count at an instant: the newest about each thing, without those found defective."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from branding.consent.values.gate import ConsentFacts, WithdrawalFacts
from branding.consent.values.records import Channel, Target


def in_force(answers: Sequence[ConsentFacts], at: datetime) -> list[ConsentFacts]:
    """Every answer that no newer one about the same thing has replaced.

    Newer is what was *given* later: a paper that is written down late does not overrule what the
    person said since.
    """
    if len(answers) == 1:
        return [] if is_invalid(answers[0], at) else [answers[0]]
    newest: dict[tuple[Target, str], ConsentFacts] = {}
    later: list[ConsentFacts] = []
    for answer in answers:
        if is_invalid(answer, at):
            continue
        if answer.signed_at > at:
            later.append(answer)
            continue
        about = (answer.target, answer.target_ref)
        known = newest.get(about)
        if known is None or _given(answer) > _given(known):
            newest[about] = answer
    return [*newest.values(), *later]


def is_invalid(answer: ConsentFacts, at: datetime) -> bool:
    """A defect was found by then."""
    return answer.invalidated_at is not None and answer.invalidated_at <= at


def is_withdrawn(
    answer: ConsentFacts, withdrawals: Sequence[WithdrawalFacts], channel: Channel, at: datetime
) -> bool:
    """Taken back for this channel; it counts from when it was said (R51)."""
    return any(
        taken.received_at <= at
        and (taken.channels is None or channel in taken.channels)
        and (taken.consent_id == answer.id if taken.consent_id else answer.signed_at <= taken.received_at)
        for taken in withdrawals
    )


def _given(answer: ConsentFacts) -> tuple[datetime, datetime, str]:
    return answer.signed_at, answer.recorded_at, answer.id
