"""What people can be reminded of: a closed list, and what a rule about each of them may say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Trigger(StrEnum):
    """What a reminder is about."""

    # before the week
    LEADER_EARLY = "leader_early"
    NO_HOST = "no_host"
    INVITED = "invited"
    GUIDE = "guide"
    CITIZENS_READY = "citizens_ready"
    LOGIN_CHECK = "login_check"
    # while it lasts
    FIRST_POST = "first_post"
    NO_POST = "no_post"
    COMMENTS = "comments"
    DRAFT_WAITS = "draft_waits"
    LAST_POST = "last_post"
    # afterwards
    EVALUATION = "evaluation"
    PASSWORD = "password"  # noqa: S105 - the name of a trigger
    # consent, and what is out
    CONSENT_MISSING = "consent_missing"
    CONSENT_ENDS = "consent_ends"
    UNVERIFIED = "unverified"
    TAKEDOWN = "takedown"
    ASSESSMENT = "assessment"
    ATTESTATION = "attestation"
    # plan and goals
    PLAN_GAP = "plan_gap"
    INDICATOR = "indicator"
    WEEK = "week"


class Audience(StrEnum):
    """Whom a rule is for."""

    HOST = "host"
    COORDINATOR = "coordinator"
    LEADER = "leader"
    COMMUNICATIONS = "communications"
    ADMIN = "admin"
    DPO = "dpo"
    #: Who is named on the activity or the indicator.
    RESPONSIBLE = "responsible"
    #: Who made the post.
    AUTHOR = "author"
    #: Who may approve it: the unit's coordinators, and communications.
    REVIEWER = "reviewer"
    #: Who answers comments on the takeover's posts.
    ANSWERER = "answerer"


class Section(StrEnum):
    """Where a rule stands on the page."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    CONSENT = "consent"
    PLAN = "plan"


class Counted(StrEnum):
    """What a rule's number counts."""

    DAYS = "days"
    HOURS = "hours"
    #: The Friday of the week before; the number means nothing.
    FRIDAY = "friday"


class Writer(StrEnum):
    """Who writes the letter: we do, or the room below, which makes a link or a task as it writes."""

    US = "us"
    ROOM = "room"
    #: The room's letter, and a word of ours above it.
    ROOM_AND_US = "room_and_us"


#: In every text.
ALWAYS = ("name", "link", "organisation")


@dataclass(frozen=True, slots=True)
class Means:
    """What a rule about a trigger may say."""

    section: Section
    audiences: tuple[Audience, ...]
    #: How far from the day it may be, in days: first and last.
    days: tuple[int, int]
    #: Besides the common ones.
    placeholders: tuple[str, ...] = ("unit", "week", "period", "day")
    counted: tuple[Counted, ...] = (Counted.DAYS,)
    #: Nobody can turn it off for themselves.
    is_duty: bool = False
    #: Found late, it is still told: in the next morning.
    catches_up: bool = False
    #: Told again for another day when the plan moves by more days than these.
    again_after: int = 7
    #: Several of one unit are one line with a number.
    is_counted: bool = False
    writer: Writer = Writer.US
    #: Monday's letter would be in time for it.
    can_wait: bool = True


_K, _C, _H = Audience.COORDINATOR, Audience.COMMUNICATIONS, Audience.HOST
_DAYS, _HOURS, _FRIDAY = Counted.DAYS, Counted.HOURS, Counted.FRIDAY
_TAKEOVER = ("unit", "week", "period", "day", "handle", "days")
_POST = ("unit", "day", "time", "hours")

MEANS: Mapping[Trigger, Means] = {
    Trigger.LEADER_EARLY: Means(
        Section.BEFORE,
        (Audience.LEADER,),
        (-84, -14),
        ("unit", "week", "period"),
        catches_up=True,
        again_after=400,
        writer=Writer.ROOM_AND_US,
    ),
    Trigger.NO_HOST: Means(Section.BEFORE, (_K, _C), (-84, -1), _TAKEOVER, (_DAYS, _FRIDAY), catches_up=True),
    Trigger.INVITED: Means(Section.BEFORE, (_H, _K, _C), (1, 21), _TAKEOVER),
    Trigger.GUIDE: Means(Section.BEFORE, (_H, _K), (-21, -1), _TAKEOVER, (_DAYS, _FRIDAY), catches_up=True),
    Trigger.CITIZENS_READY: Means(
        Section.BEFORE, (_K, _H, _C), (-21, -1), _TAKEOVER, (_DAYS, _FRIDAY), catches_up=True
    ),
    Trigger.LOGIN_CHECK: Means(Section.BEFORE, (_C, Audience.ADMIN), (-14, -1), _TAKEOVER, (_DAYS, _FRIDAY)),
    Trigger.FIRST_POST: Means(
        Section.DURING, (_H, _K), (-3, 0), _TAKEOVER, (_DAYS, _FRIDAY), again_after=0, can_wait=False
    ),
    Trigger.NO_POST: Means(Section.DURING, (_H, _K), (0, 0), _TAKEOVER, again_after=0, can_wait=False),
    Trigger.COMMENTS: Means(
        Section.DURING,
        (Audience.ANSWERER,),
        (0, 0),
        ("unit",),
        again_after=0,
        writer=Writer.ROOM,
        can_wait=False,
    ),
    Trigger.DRAFT_WAITS: Means(
        Section.DURING, (Audience.REVIEWER, _K, _C), (0, 14), _POST, (_HOURS, _DAYS), again_after=0
    ),
    Trigger.LAST_POST: Means(Section.DURING, (_H, _K), (-2, 0), _TAKEOVER, again_after=0, can_wait=False),
    Trigger.EVALUATION: Means(
        Section.AFTER,
        (_H,),
        (1, 13),
        ("unit", "week", "period"),
        catches_up=True,
        again_after=400,
        writer=Writer.ROOM_AND_US,
    ),
    Trigger.PASSWORD: Means(
        Section.AFTER, (_C, Audience.ADMIN), (0, 30), ("handle", "days"), is_duty=True, again_after=0
    ),
    Trigger.CONSENT_MISSING: Means(
        Section.CONSENT,
        (Audience.AUTHOR, _K, _C),
        (-7, -1),
        _POST,
        (_HOURS, _DAYS),
        is_duty=True,
        again_after=2,
    ),
    Trigger.CONSENT_ENDS: Means(
        Section.CONSENT, (_K, _C), (-90, -1), ("unit", "count", "days", "day"), is_counted=True
    ),
    Trigger.UNVERIFIED: Means(
        Section.CONSENT, (_K, _C), (1, 30), ("unit", "count", "days"), is_counted=True, again_after=0
    ),
    Trigger.TAKEDOWN: Means(
        Section.CONSENT, (_K, _C), (-7, 0), ("unit", "day", "time"), is_duty=True, again_after=0
    ),
    Trigger.ASSESSMENT: Means(
        Section.CONSENT, (Audience.DPO, _C), (-90, 0), ("title", "day", "days"), again_after=0
    ),
    Trigger.ATTESTATION: Means(
        Section.CONSENT, (_C, Audience.ADMIN), (1, 60), ("handle", "days"), again_after=0
    ),
    Trigger.PLAN_GAP: Means(
        Section.PLAN,
        (Audience.RESPONSIBLE, _C),
        (-84, -1),
        ("title", "channel", "day", "week", "days"),
        catches_up=True,
        again_after=0,
    ),
    Trigger.INDICATOR: Means(Section.PLAN, (Audience.RESPONSIBLE, _C), (0, 27), ("title",), again_after=0),
    Trigger.WEEK: Means(
        Section.PLAN,
        (_K, _C, Audience.DPO, Audience.ADMIN),
        (0, 4),
        ("week",),
        again_after=0,
        can_wait=False,
    ),
}


def placeholders_of(trigger: Trigger) -> tuple[str, ...]:
    """What a text about it may hold in braces."""
    return (*ALWAYS, *MEANS[trigger].placeholders)
