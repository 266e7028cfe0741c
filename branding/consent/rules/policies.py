"""What an assessment and the time limits must be, before they are written down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from branding.consent.rules.periods import months_after
from branding.consent.values.policies import PolicyKind
from branding.consent.values.rulebook import MOST_MONTHS, NewAssessment, RulesRequest
from branding.core.errors import RuleBroken
from branding.core.text import say

#: Least and most of each time limit (R27, R29, R56, R59, R61; consent.md section 6).
LIMITS: Mapping[str, tuple[int, int]] = {
    "reflection_hours": (24, 24 * 14),
    "citizen_months": (1, 12),
    "colleague_months": (1, 24),
    "citizen_live_days": (1, 180),
    "evidence_days": (1, 180),
    "refusal_months": (1, 24),
    "log_months": (1, 24),
}


def check_assessment(new: NewAssessment, today: date) -> None:
    """Decided, complete, about somebody and somewhere, and looked at again within a year."""
    if new.decided_on > today:
        raise RuleBroken("future", say("The day cannot be in the future."), "decided_on")
    if new.review_on <= new.decided_on or new.review_on <= today:
        raise RuleBroken("review_over", say("Choose a day after today."), "review_on")
    latest = months_after(new.decided_on, MOST_MONTHS)
    if new.review_on > latest:
        text = say("It must be looked at again within 12 months: %(day)s at the latest.", day=latest)
        raise RuleBroken("review_late", text, "review_on")
    for name, chosen in (
        ("unit_ids", new.unit_ids),
        ("kinds", new.kinds),
        ("purposes", new.purposes),
        ("channels", new.channels),
    ):
        if not chosen:
            raise RuleBroken("none_chosen", say("Choose at least one."), name)
    for name, answer in new.answers:
        if not answer.strip():
            raise RuleBroken("no_answer", say("Fill in this field."), name)
    if PolicyKind.COLLEAGUE in new.kinds:
        raise RuleBroken("colleagues", say("Colleagues need no assessment."), "kinds")


def check_limits(request: RulesRequest) -> None:
    for name, (least, most) in LIMITS.items():
        if not least <= getattr(request, name) <= most:
            text = say("Write a number from %(least)s to %(most)s.", least=least, most=most)
            raise RuleBroken("limit", text, name)
