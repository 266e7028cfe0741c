"""Who hears of an occasion: the audiences of a rule as people, and who takes it instead."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from branding.core.actor import Role
from branding.outbox.values import Via
from branding.reminders.values.choosing import Mode
from branding.reminders.values.reminding import (
    TEAMS,
    Directory,
    Facts,
    Occasion,
    Person,
    Rule,
    RuleRequest,
)
from branding.reminders.values.triggers import Audience, Trigger

_ROLES: Mapping[Audience, Role] = {
    Audience.COMMUNICATIONS: Role.COMMUNICATIONS,
    Audience.ADMIN: Role.ADMIN,
    Audience.DPO: Role.DPO,
}
_OWN: Mapping[Audience, Role] = {**_ROLES, Audience.COORDINATOR: Role.COORDINATOR}
#: By which audiences a role is told.
_OF_ROLE: Mapping[Role, tuple[Audience, ...]] = {
    Role.COMMUNICATIONS: (Audience.COMMUNICATIONS, Audience.REVIEWER, Audience.COORDINATOR),
    Role.COORDINATOR: (Audience.COORDINATOR, Audience.REVIEWER),
    Role.ADMIN: (Audience.ADMIN,),
    Role.DPO: (Audience.DPO,),
}
#: By name, whatever the role.
_ANYBODY = frozenset({Audience.RESPONSIBLE, Audience.AUTHOR, Audience.ANSWERER})
#: Somebody must do something: where nobody of these can be told, communications is.
_MUST_ACT = (
    Audience.COORDINATOR,
    Audience.REVIEWER,
    Audience.RESPONSIBLE,
    Audience.AUTHOR,
    Audience.ANSWERER,
)


def readers(rule: Rule, occasion: Occasion, facts: Facts) -> Iterator[tuple[Audience, Person, Via]]:
    """Everybody whom the rule tells, once for each channel, and by which of its audiences."""
    seen: set[str] = set()
    channels = rule.asked.channels
    for audience in rule.asked.audiences:
        for ref in _instead(_refs(audience, occasion, facts.directory), occasion, facts):
            person = facts.directory.people.get(ref)
            if person is None or ref in seen or not person.is_reachable:
                continue
            seen.add(ref)
            for via in channels_of(channels, person):
                yield audience, person, via
    if Via.TEAMS in channels:
        yield Audience.COMMUNICATIONS, TEAMS, Via.TEAMS


def reaches(asked: RuleRequest, roles: Collection[Role]) -> bool:
    """Whether somebody of the staff with these roles can be told by the rule."""
    told = _ANYBODY.union(*(_OF_ROLE.get(role, ()) for role in roles))
    return asked.is_on and bool(told & set(asked.audiences))


def gets_mondays(person: Person, rules: Iterable[Rule], modes: Mapping[tuple[str, int], Mode]) -> bool:
    """Whether Monday's letter goes to this person: only then can anything wait for it."""
    mine = {audience for audience, role in _OWN.items() if role in person.roles}
    return any(
        rule.asked.trigger is Trigger.WEEK
        and rule.asked.is_on
        and not rule.is_removed
        and bool(mine & set(rule.asked.audiences))
        and modes.get((person.ref, rule.id)) is not Mode.OFF
        for rule in rules
    )


def channels_of(channels: tuple[Via, ...], person: Person) -> tuple[Via, ...]:
    """By which of the rule's channels the person can be reached; who has no telephone gets the mail."""
    wanted = [via for via in channels if via is Via.MAIL or (via is Via.SMS and person.phone)]
    return tuple(wanted) or ((Via.MAIL,) if Via.SMS in channels else ())


def _refs(audience: Audience, occasion: Occasion, directory: Directory) -> tuple[str, ...]:
    found = _of(audience, occasion, directory)
    reachable = [ref for ref in found if (one := directory.people.get(ref)) and one.is_reachable]
    if not reachable and audience in _MUST_ACT:
        return directory.with_role(Role.COMMUNICATIONS)
    return found


def _of(audience: Audience, occasion: Occasion, directory: Directory) -> tuple[str, ...]:
    if audience in _ROLES:
        return directory.with_role(_ROLES[audience])
    if audience is Audience.COORDINATOR:
        return directory.coordinators(occasion.unit_id)
    if audience is Audience.REVIEWER:
        makers = occasion.people.get(Audience.AUTHOR, ())
        both = (*directory.coordinators(occasion.unit_id), *directory.with_role(Role.COMMUNICATIONS))
        return tuple(ref for ref in both if ref not in makers)
    return occasion.people.get(audience, ())


def _instead(refs: tuple[str, ...], occasion: Occasion, facts: Facts) -> Iterator[str]:
    """Whoever said "not me" is replaced by whom they named, or by communications."""
    for ref in refs:
        yield from _takes(ref, occasion, facts)


def _takes(ref: str, occasion: Occasion, facts: Facts) -> tuple[str, ...]:
    """Follow "not me" until somebody keeps it.

    Where nobody is left it is communications' all the same: a thing that everybody has passed on is a
    thing that somebody must do.
    """
    seen: set[str] = set()
    while (other := facts.passed.get((occasion.trigger, occasion.key, ref))) is not None:
        seen.add(ref)
        person = facts.directory.people.get(other)
        if person is None or not person.is_reachable or other in seen:
            return _rest(occasion, facts)
        ref = other
    return (ref,)


def _rest(occasion: Occasion, facts: Facts) -> tuple[str, ...]:
    """Those of communications who have not passed it on; all of them when all have."""
    told = facts.directory.with_role(Role.COMMUNICATIONS)
    kept = tuple(one for one in told if (occasion.trigger, occasion.key, one) not in facts.passed)
    return kept or told
