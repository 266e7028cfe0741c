"""The one button of a row on the board: what somebody should do next about a person."""

from __future__ import annotations

from branding.consent.values.board import Step
from branding.consent.values.gate import Code
from branding.consent.values.standing import Standing, State

#: Asking again would not help, or would be nagging.
_NOT_ASKED = frozenset({State.REFUSED, State.WITHDRAWN, State.PENDING})
_CLOSED = frozenset({Code.HOLD, Code.POLICY_BLOCKED, Code.NO_VALID_SIGNATORY, Code.WITHDRAWAL_UNRESOLVED})


def next_step(
    standing: Standing,
    *,
    is_asked: bool,
    waits_for_check: bool,
    waits_for_another: bool = False,
    may_ask: bool,
    may_check: bool,
) -> Step:
    """Check what waits for a check, else follow up the question, else ask; else the person's page."""
    if waits_for_check and may_check:
        return Step.VERIFY
    if waits_for_another and may_check:
        return Step.WAIT
    if not may_ask:
        return Step.SEE
    if is_asked:
        return Step.REQUEST
    codes = {reason.code for reason in standing.reasons}
    if standing.state in _NOT_ASKED or codes & _CLOSED:
        return Step.SEE
    if standing.state is State.EXPIRING:
        return Step.RENEW
    return Step.SEE if standing.allowed else Step.ASK
