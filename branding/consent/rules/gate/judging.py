"""The rule of consent.md section 2c, put together from its parts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from branding.consent.rules.gate.channel import reach
from branding.consent.rules.gate.depiction import People
from branding.consent.rules.gate.draft import draft_reasons
from branding.consent.values.gate import Code, Decision, GateFacts, Reason, Stage
from branding.consent.values.records import Channel

_ORDER = {code: n for n, code in enumerate(Code)}
#: What goes away by waiting, at an instant that the reason names.
_TIME_HEALS = frozenset({Code.REFLECTION, Code.NOT_YET_VALID})


def may_publish(facts: GateFacts, channel: Channel, *, stage: Stage, at: datetime) -> Decision:
    """Whether the post may be seen on the channel at the instant.  Never raises: an error is a no (R6)."""
    try:
        decision = judge(facts, channel, stage=stage, at=at)
        if decision.allowed or not decision.codes <= _TIME_HEALS:
            return decision
        return _with_earliest(facts, channel, stage, decision)
    except Exception:  # noqa: BLE001 - whatever it is, nothing goes out
        return Decision(False, (Reason(Code.EVALUATION_ERROR),))


def judge(facts: GateFacts, channel: Channel, *, stage: Stage, at: datetime) -> Decision:
    """The rule itself; what it cannot understand raises."""
    channel, stage = Channel(channel), Stage(stage)
    people = People(facts, stage, reach(facts.draft, channel, at), at)
    people.judge()
    people.reasons.update(draft_reasons(facts.draft, stage))
    if people.reasons:
        return Decision(False, _sorted(people.reasons), _sorted(people.warnings))
    return Decision(
        True,
        (),
        _sorted(people.warnings),
        None,
        tuple(sorted(people.used)),
        min((one.expires_at for one in people.used.values()), default=None),
    )


def _with_earliest(facts: GateFacts, channel: Channel, stage: Stage, decision: Decision) -> Decision:
    """The same no, with the instant at which it would be a yes, if waiting is all it takes."""
    days = [reason.day for reason in decision.reasons if reason.day is not None]
    soonest = max(days)
    if not judge(facts, channel, stage=stage, at=soonest).allowed:
        return decision
    return Decision(False, decision.reasons, decision.warnings, soonest)


def _sorted(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """In the order of the codes, then of names: never in the order in which they were found."""
    return tuple(
        sorted(
            reasons,
            key=lambda one: (_ORDER[one.code], one.label, one.subject_id, one.channel or "", one.media),
        )
    )
