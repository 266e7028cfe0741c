"""Who may do what: one table.  Everything that asks for permission asks here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from branding.core.actor import Actor, Role
from branding.core.errors import Missing, NotAllowed
from branding.core.text import Text, say

_A, _C, _K, _D, _R = Role.ADMIN, Role.COMMUNICATIONS, Role.COORDINATOR, Role.DPO, Role.READER
_H, _V = Role.HOST, Role.REVIEWER
_STAFF = frozenset({_A, _C, _K, _D, _R})


@dataclass(frozen=True, slots=True)
class Action:
    """``own_unit`` roles have the action only inside the units they answer for."""

    label: Text
    everywhere: frozenset[Role] = frozenset()
    own_unit: frozenset[Role] = frozenset()


def _action(label: Text, *everywhere: Role, own_unit: tuple[Role, ...] = ()) -> Action:
    return Action(label, frozenset(everywhere), frozenset(own_unit))


ACTIONS: Mapping[str, Action] = {
    "accounts:self:manage": _action(say("See and change one's own account"), *_STAFF),
    "accounts:user:manage": _action(say("Invite people and give roles"), _A),
    "audit:entry:view": _action(say("Read the audit log"), _A, _D),
    "outbox:message:view": _action(say("See the mails that Stafet sends"), _A),
    "organisation:view": _action(say("See the organisation"), *_STAFF),
    "organisation:manage": _action(say("Change units, professions and profiles"), _A, _C),
    "calendar:view": _action(say("See the calendar"), *_STAFF),
    "rotation:plan:view": _action(say("See plans"), *_STAFF),
    "rotation:plan:edit": _action(say("Make and change plans"), _C),
    "rotation:request:view": _action(say("See wishes and blocked weeks"), _A, _C, _D, _R, own_unit=(_K,)),
    "rotation:request:edit": _action(say("Write down wishes and blocked weeks"), _C, own_unit=(_K,)),
    "rotation:slot:view": _action(say("See a slot"), _A, _C, _D, _R, own_unit=(_K,)),
    "rotation:slot:edit": _action(say("Change topic, profession and notes of a slot"), _C, own_unit=(_K,)),
    "rotation:slot:move": _action(say("Move a slot to other weeks"), _C),
    "rotation:slot:swap": _action(say("Swap weeks with another unit"), _C, own_unit=(_K,)),
    "rotation:holiday:edit": _action(say("Change holiday weeks"), _C, _A),
    "takeovers:takeover:view": _action(say("See a takeover"), _A, _C, _D, _R, own_unit=(_K,)),
    "takeovers:takeover:edit": _action(say("Name and invite hosts"), _C, own_unit=(_K,)),
    "takeovers:takeover:move": _action(say("Move a takeover"), _C, own_unit=(_K,)),
    "takeovers:volunteer:manage": _action(say("See and choose volunteers"), _C, own_unit=(_K,)),
    "takeovers:evaluation:view": _action(say("Read the hosts' evaluations"), *_STAFF),
    "takeovers:evaluation:hide": _action(say("Hold back a host's advice"), _C, own_unit=(_K,)),
    "takeovers:login:manage": _action(say("Lend out a profile's login"), _A, _C),
    "takeovers:feed:manage": _action(say("Make calendars to subscribe to"), *_STAFF),
    "consent:subject:view": _action(say("See people and their consents"), _C, _D, own_unit=(_K,)),
    "consent:subject:edit": _action(say("Put people on the register and change them"), _C, own_unit=(_K,)),
    "consent:consent:ask": _action(say("Ask for consent and write down the answer"), _C, own_unit=(_K,)),
    "consent:consent:withdraw": _action(say("Write down that a consent is taken back"), _C, own_unit=(_K,)),
    "consent:evidence:view": _action(say("See signatures and signed forms"), _C, _D, own_unit=(_K,)),
    "consent:evidence:verify": _action(say("Check signatures and signed forms"), _C, own_unit=(_K,)),
    "consent:policy:view": _action(say("See who may be shown, and the legal assessments"), *_STAFF),
    "consent:assessment:edit": _action(say("Register a legal assessment"), _C, _D),
    "consent:policy:edit": _action(say("Decide who may be shown, and the time limits"), _D),
    "consent:rights:manage": _action(say("Hand out and erase what is kept about a person"), _C, _D),
    "consent:oversight:view": _action(say("Oversee consents: readings, retention and exports"), _D),
    "drafts:draft:view": _action(say("See posts in the making"), _C, _D, own_unit=(_K, _H, _V)),
    "drafts:draft:write": _action(say("Make and change posts"), _C, own_unit=(_K, _H)),
    "drafts:draft:review": _action(say("Approve a post that somebody else has made"), _C, own_unit=(_K, _V)),
    "drafts:preview:show": _action(say("Show a post to those who are in it"), _C, own_unit=(_K, _H)),
    "drafts:hashtag:edit": _action(say("Keep sets of hashtags"), _C, own_unit=(_K,)),
    "media:item:view": _action(say("See pictures and films"), _C, own_unit=(_K, _H, _V)),
    "media:item:edit": _action(say("Take in pictures, and say who is in them"), _C, own_unit=(_K, _H)),
    "media:item:review": _action(
        say("Be the second who looks at who is in a picture"), _C, own_unit=(_K, _V)
    ),
    "publishing:publication:view": _action(
        say("See when posts go out, and what became of them"), _A, _C, _D, _R, own_unit=(_K,)
    ),
    "publishing:publication:plan": _action(say("Plan, move and stop posts"), _C, own_unit=(_K,)),
    "publishing:publication:settle": _action(
        say("Say what became of a post when nobody knows"), _C, own_unit=(_K,)
    ),
    "publishing:pause:set": _action(say("Stop everything that would go out"), _A, _C),
    "publishing:connection:manage": _action(say("Connect profiles to their channels"), _A, _C),
    "publishing:takedown:manage": _action(say("Take posts down"), _C, own_unit=(_K,)),
    "publishing:takedown:keep": _action(say("Decide that a live post may stay"), _C, _D),
    "publishing:takedown:view": _action(say("See what must come down"), _C, _D, own_unit=(_K,)),
    "publishing:incident:manage": _action(
        say("Write down what went wrong with a post"), _C, _D, own_unit=(_K,)
    ),
    "publishing:incident:decide": _action(
        say("Decide whether a case is reported to the Data Protection Agency"), _C, _D
    ),
    "publishing:account:triage": _action(say("Look through posts that nobody registered"), _C),
    "publishing:comment:manage": _action(say("Look after comments below posts"), _C, own_unit=(_K,)),
    "publishing:number:view": _action(say("See how posts do"), _A, _C, _D, _R, own_unit=(_K,)),
    "publishing:number:edit": _action(say("Write down a post's numbers"), _C, own_unit=(_K,)),
    "publishing:status:view": _action(say("See whether everything runs"), _A, _C),
    "plan:activity:view": _action(say("See the content plan"), *_STAFF),
    "plan:activity:edit": _action(say("Plan activities"), _C, own_unit=(_K,)),
    "plan:plan:edit": _action(say("Keep formats and channels, import and copy plans"), _C),
    "plan:ambassador:manage": _action(say("Look after ambassadors and what they share"), _C, own_unit=(_K,)),
    "indicators:map:view": _action(say("See goals, indicators and key figures"), *_STAFF),
    "indicators:map:edit": _action(say("Change the strategy map and its indicators"), _C),
    "indicators:reading:edit": _action(say("Write down results and key figures"), _C),
    "reminders:rule:view": _action(say("See reminders and when they are sent"), _A, _C, _K),
    "reminders:rule:edit": _action(say("Change reminders"), _C),
    "reminders:log:view": _action(say("See which reminders were sent"), _A, _C),
    "reminders:self:choose": _action(say("Choose how one is reminded oneself"), *_STAFF),
    "reports:report:view": _action(say("Read and take along reports"), _A, _C, _D, _R, own_unit=(_K,)),
    "reports:schedule:edit": _action(say("Have reports sent by themselves"), _C),
    "reports:link:make": _action(say("Open a report to people without sign-in"), _C),
    "home:search:use": _action(say("Search in everything one may see"), *_STAFF),
    "takeovers:host:week": _action(say("Open one's own takeover by the link"), Role.HOST),
}


def may(actor: Actor, action: str) -> bool:
    """Whether the actor's role gives the action somewhere: what menus and buttons ask."""
    rule = ACTIONS[action]
    return bool(actor.roles & (rule.everywhere | rule.own_unit))


def covers(actor: Actor, action: str, unit_id: int | None) -> bool:
    """Whether the actor has the action for this unit (``None``: something without a unit)."""
    rule = ACTIONS[action]
    if actor.kind == "system" or actor.roles & rule.everywhere:
        return True
    return bool(actor.roles & rule.own_unit) and unit_id in actor.units


def check(
    actor: Actor, action: str, unit_id: int | None = None, *, thing: str = "", key: object = ""
) -> None:
    """Refuse: ``NotAllowed`` when the role lacks the action, ``Missing`` for another unit's rows."""
    if actor.kind == "system":
        return
    if not may(actor, action):
        raise NotAllowed(action)
    if not covers(actor, action, unit_id):
        raise Missing(thing or action, key)
