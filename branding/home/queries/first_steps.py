"""A new organisation: what comes first, and how much of it is done."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from branding.core.actor import Actor
from branding.core.policy import may
from branding.core.text import say
from branding.home.values import FirstStep
from branding.organisation import queries as organisation
from branding.organisation.values import UnitView
from branding.plan import queries as plan
from branding.reminders.queries.rules import codes


def first_steps(
    session: Session, actor: Actor, units: Sequence[UnitView], has_plans: bool
) -> tuple[FirstStep, ...]:
    """For those who can take them; four queries that only a new organisation asks."""
    if not may(actor, "organisation:manage"):
        return ()
    steps = [
        FirstStep(say("Units that take turns"), "organisation.organisation_page", bool(units)),
        FirstStep(
            say("A profile to lend out"), "organisation.profiles_page", bool(organisation.profiles(session))
        ),
    ]
    if may(actor, "rotation:plan:edit"):
        steps += [
            FirstStep(say("The first plan: whose turn it is"), "rotation.plans_page", has_plans),
            FirstStep(
                say("The first activity on a channel"), "plan.plan_page", plan.has_activities(session)
            ),
            FirstStep(say("Reminders, so that nobody has to remember"), "reminders.rules_page",
                      bool(codes(session))),
        ]  # fmt: skip
    return tuple(steps)
