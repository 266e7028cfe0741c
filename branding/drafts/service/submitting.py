"""Sending a post for approval: its author stands by who is in it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.drafts.models import Draft
from branding.drafts.queries.facts import judged
from branding.drafts.rules.states import check_submit
from branding.drafts.service.access import WRITE, draft_for, ref_of
from branding.drafts.service.drafts import check_days, check_version
from branding.drafts.service.saving import close_version
from branding.drafts.service.standing import asked
from branding.drafts.values.drafts import DraftState, Outcome


def submit(session: Session, actor: Actor, draft_id: str, version: int, *, now: datetime) -> Outcome:
    """Send it, when nothing is left that the author can do; the gate's answer is kept either way."""
    row = draft_for(session, actor, draft_id, WRITE)
    check_submit(DraftState(row.state))
    check_version(row, version)
    if row.takeover_id is None:
        raise RuleBroken("idea", say("An idea is sent when it is used in a takeover."))
    check_days(session, row, row.due_at)
    me = ref_of(actor)
    draft, standing = asked(session, actor, row, now=now)
    if not standing.may_be_sent:
        return Outcome(False, standing)
    _declare(row, draft.people_hash, me, now)
    changes = {"state": (row.state, DraftState.SUBMITTED.value)}
    row.state, row.state_since, row.submitted_at = DraftState.SUBMITTED, now, now
    row.changed_at, row.version = now, row.version + 1
    close_version(session, row)
    record(session, actor, "drafts:draft:submitted", "draft", row.id, changes=changes, now=now)
    session.flush()
    return Outcome(True, standing)


def declare(session: Session, actor: Actor, draft_id: str, *, now: datetime) -> None:
    """Say again who is in it, after something about the people was changed on the way."""
    row = draft_for(session, actor, draft_id, WRITE)
    draft = judged(session, [row], now=now)[row.id].facts.draft
    _declare(row, draft.people_hash, ref_of(actor), now)
    row.version += 1
    record(session, actor, "drafts:draft:declared", "draft", row.id, now=now)


def _declare(row: Draft, sha256: str, by: str, now: datetime) -> None:
    """The same said again by the same person changes nothing; anything else must be confirmed anew."""
    if (row.declared_hash, row.declared_by) != (sha256, by):
        row.confirmed_by, row.confirmed_at = "", None
    row.declared_hash, row.declared_by, row.declared_at = sha256, by, now
