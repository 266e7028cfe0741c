"""Giving an approved post that has no time its first one; and what the gate says of a time, unasked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from branding.consent.rules.gate import may_publish
from branding.consent.rules.gate.wording import sentence
from branding.consent.values.gate import Decision, GateFacts, Reason, Stage, actor_ref
from branding.consent.values.records import Channel
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Missing, RuleBroken
from branding.core.text import Text, say
from branding.drafts.queries.going_out import find_approved, judged_by_id
from branding.drafts.service import going_out
from branding.drafts.values.drafts import Standing
from branding.publishing.models import Publication
from branding.publishing.queries.publications import of_drafts, publication_row
from branding.publishing.service.judging import ask_with
from branding.publishing.service.planning import PLAN, Planned, plan_approved, warnings

VIEW = "publishing:publication:view"


def seen_by(session: Session, actor: Actor, publication_id: str) -> Publication:
    """The row, for somebody who may see it; another unit's answers as if it were not there."""
    row = publication_row(session, publication_id)
    policy.check(actor, VIEW, row.unit_id, thing="publication", key=publication_id)
    return row


def plan_at(session: Session, actor: Actor, draft_id: str, due_at: datetime, *, now: datetime) -> Planned:
    """A place in the plan, when the gate says yes to that time on the channel that the post is made for.

    A no on another channel stops that channel only (R9): planning writes it down with its reason.
    """
    draft = find_approved(session, draft_id)
    if draft is None:
        raise Missing("draft", draft_id)
    policy.check(actor, PLAN, draft.unit_id, thing="draft", key=draft_id)
    if of_drafts(session, [draft_id]):
        raise RuleBroken("planned", say("The post is in the plan already. Move it instead."))
    check_ahead(due_at, now)
    going_out.check_slot(session, draft_id, due_at)
    one = judged_by_id(session, [draft_id], now=now)[draft_id]
    main = one.content.channels[0]
    asked = ask_with(session, actor, draft_id, main, one, Stage.SCHEDULE, at=due_at, now=now)
    if not asked.decision.allowed:
        return Planned(False, "", asked.decision)
    going_out.retime(session, actor, draft_id, due_at, now=now)
    while not of_drafts(session, [draft_id]) and plan_approved(session, now=now):
        pass  # older ones come first, some at a time
    rows = of_drafts(session, [draft_id]).get(draft_id, [])
    if not rows:
        raise Missing("publication", draft_id)
    for row in rows:
        row.planned_by = actor_ref(actor.kind, actor.id)
    return Planned(True, rows[0].id, None, warnings(session, rows[0], due_at))


def check_ahead(due_at: datetime, now: datetime) -> None:
    """A time that has passed would mean "at once", and nobody asked for that."""
    if due_at < now:
        raise RuleBroken("time_passed", say("The time has passed. Choose a new one."), "day")


def standing_at(session: Session, row: Publication, at: datetime, *, now: datetime) -> Standing | None:
    """The gate's answer for a time, for a page: nothing is written.  None when the post is gone."""
    one = judged_by_id(session, [row.draft_id], now=now).get(row.draft_id)
    if one is None:
        return None
    channel = Channel(row.channel)
    facts = GateFacts(one.facts.draft, one.facts.people)
    answer = may_publish(facts, channel, stage=Stage.SCHEDULE, at=max(at, now))
    return Standing((), {channel: answer}, at)


def as_standing(decision: Decision, at: datetime) -> Standing:
    """A kept answer, as the pages of posts show one."""
    return Standing((), {Channel.INSTAGRAM: decision}, at)


def first_sentence(reasons: Sequence[Reason]) -> Text | None:
    """What people are told first of a no."""
    return sentence(reasons[0]) if reasons else None
