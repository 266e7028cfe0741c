"""Giving an approved post its time on each channel, moving it, taking it out and putting it back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from branding.audit.service import record
from branding.consent.values.gate import Decision, Stage, actor_ref
from branding.consent.values.records import Channel
from branding.core import clock, policy
from branding.core.actor import SYSTEM, Actor
from branding.core.errors import Conflict, RuleBroken
from branding.core.ids import new_id
from branding.core.text import Text, say
from branding.drafts.queries.facts import Judged
from branding.drafts.queries.going_out import approved_since, find_approved, judged_by_id
from branding.drafts.service import going_out
from branding.drafts.values.drafts import Approved
from branding.organisation import queries as organisation
from branding.publishing.models import Publication
from branding.publishing.queries.publications import (
    find_of_draft,
    neighbours,
    publication_row,
)
from branding.publishing.rules.profiles import profile_there
from branding.publishing.rules.states import MOVABLE
from branding.publishing.rules.times import LATE, begin_at
from branding.publishing.service.alerts import end_alerts
from branding.publishing.service.hand import stop, take_back_packages, tell_stopped
from branding.publishing.service.judging import ask, ask_with, note_answer
from branding.publishing.service.moving import move, release
from branding.publishing.service.outlets import token_ends_at, way_of
from branding.publishing.service.packing import form_of
from branding.publishing.service.stopping import take_out
from branding.publishing.values.alerts import Event
from branding.publishing.values.states import State

PLAN = "publishing:publication:plan"
#: So many posts are planned in one go; the next tick goes on.
_AT_ONCE = 50
#: What lies ready at a channel dies after a day; with this much to go it is made anew.
_KEEPS = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class Planned:
    """What came of it; a no of the gate's is an answer that is kept, not an error."""

    is_done: bool
    publication_id: str = ""
    decision: Decision | None = None
    #: What is odd about the time, and stops nothing.
    warnings: tuple[Text, ...] = ()


def plan_approved(session: Session, *, now: datetime) -> int:
    """Every approved post with a time gets its place in the plan on each of its channels.

    Approving and planning are one act to people (decisions.md 2); drafts know nothing of channels, so
    this follows a few seconds after.  Returns how many publications were written.
    """
    wanted = approved_since(session, now - LATE)[:_AT_ONCE]
    facts = judged_by_id(session, [draft.id for draft in wanted], now=now)
    count = 0
    for draft in wanted:
        assert draft.due_at is not None
        for channel in facts[draft.id].content.channels:
            row = _row_for(session, SYSTEM, draft, channel, facts[draft.id], draft.due_at, now)
            if row is not None:
                _judge_slot(session, row, facts[draft.id], now)
                count += 1
        going_out.mark_planned(session, draft.id, now=now)
    return count


def anything_to_plan(session: Session, *, now: datetime) -> bool:
    """Looked at without the write lock: most ticks find nothing."""
    return bool(approved_since(session, now - LATE))


def move_to(
    session: Session, actor: Actor, publication_id: str, due_at: datetime, version: int, *, now: datetime
) -> Planned:
    """Another time, or a time again for what was missed, failed or taken out; the gate is asked for it."""
    row = _for_person(session, actor, publication_id, version, wanted=due_at)
    due_at = max(due_at, now)
    _check_token(session, row, due_at)
    going_out.check_slot(session, row.draft_id, due_at)
    asked = ask(session, actor, row, Stage.SCHEDULE, at=due_at, now=now)
    if not asked.decision.allowed:
        return Planned(False, row.id, asked.decision)
    if _is_main(session, row):
        going_out.retime(session, actor, row.draft_id, due_at, now=now)
    draft = find_approved(session, row.draft_id)
    assert draft is not None, "the gate says no to what is not approved"
    _fill(row, draft, asked.judged, Channel(row.channel))
    note_answer(row, asked)
    changes: dict[str, tuple[object, object]] = {"due_at": (row.due_at.isoformat(), due_at.isoformat())}
    given = take_back_packages(session, row, now=now)
    _set_time(session, row, due_at, now)
    move(session, actor, row, State.SCHEDULED, now=now)
    row.version += 1
    if due_at > now:  # given anew at once, the next mail brings the next link
        tell_stopped(session, row, given, "moved", now=now)
    record(session, actor, "publishing:publication:moved", "publication", row.id, changes=changes, now=now)
    end_alerts(session, *_DEALT_WITH, publication_id=row.id, now=now)
    return Planned(True, row.id, asked.decision, warnings(session, row, due_at))


def take_off(session: Session, actor: Actor, publication_id: str, version: int, *, now: datetime) -> None:
    """Out of the plan by a person's wish; the post stays approved."""
    row = _for_person(session, actor, publication_id, version)
    if row.state == State.CANCELLED:
        return
    given = take_back_packages(session, row, now=now)
    move(session, actor, row, State.CANCELLED, code="by_person", now=now)
    tell_stopped(session, row, given, "by_person", now=now)
    end_alerts(session, *_DEALT_WITH, publication_id=row.id, now=now)


def warnings(session: Session, row: Publication, at: datetime) -> tuple[Text, ...]:
    """What people should think of before they keep a time."""
    same_hour, same_words = neighbours(session, row, at)
    found = []
    if same_hour:
        found.append(say("Another post goes out on the same profile within the hour."))
    if same_words:
        found.append(say("The same text has been on this profile, or will be, within thirty days."))
    return tuple(found)


_DEALT_WITH = (Event.MISSED, Event.FAILED, Event.TAKEN_OUT, Event.HAND_DUE, Event.HAND_CHASE)


def _row_for(
    session: Session,
    actor: Actor,
    draft: Approved,
    channel: Channel,
    one: Judged,
    due_at: datetime,
    now: datetime,
) -> Publication | None:
    """The row of this draft on this channel, new or used again; None when it is planned as it is, or out.

    What was handed over of an earlier version is left where it is: it was never seen, and dies by itself.
    """
    row = find_of_draft(session, draft.id, channel)
    profile_id = _profile_for(session, draft, channel)
    if profile_id is None or (row is not None and not _is_outdated(row, draft)):
        return None
    if row is None:
        row = _new_row(draft, channel, profile_id, actor, due_at, now)
        changes: dict[str, tuple[object, object]] = {"due_at": (None, due_at.isoformat())}
        record(
            session, actor, "publishing:publication:planned", "publication", row.id, changes=changes, now=now
        )
    else:
        if row.state == State.HANDED:
            stop(session, row, "content_changed", now=now)  # whoever has the earlier version is told
        move(session, actor, row, State.SCHEDULED, now=now)
    _fill(row, draft, one, channel)
    _set_time(session, row, due_at, now)
    session.add(row)
    session.flush()
    return row


def _new_row(
    draft: Approved, channel: Channel, profile_id: int, actor: Actor, due_at: datetime, now: datetime
) -> Publication:
    """Approving and planning are one act: what Stafet plans by itself, the approver has planned."""
    by_approver = actor.kind == "system" and draft.approved_by.startswith("user:")
    return Publication(
        id=new_id(),
        draft_id=draft.id,
        channel=channel,
        profile_id=profile_id,
        unit_id=draft.unit_id,
        takeover_id=draft.takeover_id,
        kind=draft.kind,
        author=draft.author,
        version_hash="",
        state_since=now,
        due_at=due_at,
        next_attempt_at=due_at,
        planned_by=draft.approved_by if by_approver else actor_ref(actor.kind, actor.id),
        planned_at=now,
        made={},
        before=[],
        left=[],
        consents=[],
    )


def _judge_slot(session: Session, row: Publication, one: Judged, now: datetime) -> None:
    """The gate is asked for the slot; a no leaves the row out of the plan, with the reason."""
    channel = Channel(row.channel)
    asked = ask_with(session, SYSTEM, row.draft_id, channel, one, Stage.SCHEDULE, at=row.due_at, now=now)
    note_answer(row, asked)
    if not asked.decision.allowed:
        take_out(session, row, asked.code, decision_id=asked.decision_id, now=now)


def _fill(row: Publication, draft: Approved, one: Judged, channel: Channel) -> None:
    if row.version_hash != draft.version_hash:
        row.made = {}  # what lies ready at the channel has other words or pictures
    row.version_hash, row.title = draft.version_hash, draft.title
    words = " ".join(one.content.text_for(channel).split()).casefold()
    row.text_hash = hashlib.sha256(words.encode()).hexdigest() if words else ""


def _set_time(session: Session, row: Publication, due_at: datetime, now: datetime) -> None:
    way = way_of(session, row.profile_id)
    form = form_of(session, row.draft_id)
    row.due_at, row.next_attempt_at = due_at, max(now, begin_at(due_at, way, form))
    row.failures = 0
    if due_at - now > _KEEPS:
        row.made = {}
    release(row)


def _is_outdated(row: Publication, draft: Approved) -> bool:
    """Left the plan before this approval, or waits in it as another version of the post."""
    if row.state in (State.CANCELLED, State.FAILED, State.MISSED):
        return True
    return row.state in MOVABLE and row.version_hash != draft.version_hash


def _profile_for(session: Session, draft: Approved, channel: Channel) -> int | None:
    """The takeover's own profile on its channel; elsewhere the organisation's profile there, if any."""
    profiles = organisation.profiles(session, archived=True)
    return profile_there(profiles, draft.profile_id, channel)


def _is_main(session: Session, row: Publication) -> bool:
    """Whether it is the channel that the post is made for: the post's own time follows it."""
    draft = find_approved(session, row.draft_id)
    return draft is not None and draft.profile_id == row.profile_id


def _check_token(session: Session, row: Publication, due_at: datetime) -> None:
    ends_at = token_ends_at(session, row.profile_id)
    if ends_at is not None and due_at >= ends_at:
        text = say(
            "The connection to the channel ends before that time. Renew it first, or choose an earlier time."
        )
        raise RuleBroken("token_ends", text, "day")


def _for_person(
    session: Session, actor: Actor, publication_id: str, version: int, *, wanted: datetime | None = None
) -> Publication:
    row = publication_row(session, publication_id)
    policy.check(actor, PLAN, row.unit_id, thing="publication", key=publication_id)
    if row.version != version:
        text = say("This has changed since you opened it.")
        mine, theirs = (_labelled(wanted), _labelled(row.due_at)) if wanted else ([], [])
        raise Conflict("publication_changed", text, mine, theirs)
    if row.state not in MOVABLE:
        raise RuleBroken("on_its_way", say("The post is out, or on its way, so its time cannot be changed."))
    return row


def _labelled(due_at: datetime) -> list[tuple[Text, Any]]:
    """A time as the page of a conflict shows it."""
    local = clock.local(due_at)
    return [(say("Day"), local.date()), (say("Time of day"), f"{local:%H.%M}")]
