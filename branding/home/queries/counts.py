"""What the front page counts, as one query: each room says what, and this asks them together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from branding.consent.queries.oversight import assessments_to_review_query
from branding.consent.queries.rights import open_wish_query
from branding.consent.queries.settings import reflection_query
from branding.consent.queries.withdrawals import open_message_query
from branding.core.actor import Actor
from branding.core.policy import covers, may
from branding.drafts.queries.queue import waiting_query
from branding.organisation.values import UnitView
from branding.outbox.queries import failed_query
from branding.publishing.queries.standing import pause_query
from branding.rotation.queries import open_swap_query
from branding.takeovers.queries import logins_to_change_query, refused_hosts_query

ASK, REVIEW = "consent:consent:ask", "drafts:draft:review"


def to_count(actor: Actor, units: Mapping[int, UnitView], today: date) -> dict[str, Any]:
    """Only what this reader can do something about."""
    asked: dict[str, Any] = {}
    if may(actor, REVIEW):
        own = None if covers(actor, REVIEW, None) else actor.units
        asked["posts"] = waiting_query(own, f"user:{actor.id}")
    if may(actor, ASK):
        without_unit = covers(actor, "consent:consent:withdraw", None)
        asked["reflection"] = reflection_query()
        asked["messages"] = open_message_query(own_units(actor, ASK, units), without_unit=without_unit)
    if may(actor, "outbox:message:view"):
        asked["mails"] = failed_query()
    if may(actor, "rotation:slot:swap"):
        asked["swaps"] = open_swap_query()
    if may(actor, "takeovers:takeover:edit"):
        asked["refused"] = refused_hosts_query(today)
    if may(actor, "takeovers:login:manage"):
        asked["logins"] = logins_to_change_query()
    if may(actor, "publishing:publication:view"):
        asked["pauses"] = pause_query()
    if may(actor, "consent:oversight:view"):
        asked["wishes"], asked["late_wishes"] = open_wish_query(None), open_wish_query(None, today)
    if may(actor, "consent:assessment:edit"):
        asked["assessments"] = assessments_to_review_query(today)
    return asked


def own_units(actor: Actor, action: str, units: Mapping[int, UnitView]) -> frozenset[int]:
    """Every unit that the reader has the action for."""
    return frozenset(unit_id for unit_id in units if covers(actor, action, unit_id))
