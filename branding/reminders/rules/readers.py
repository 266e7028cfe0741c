"""Who hears of an occasion: the audiences of a rule as people, and who takes it instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from branding.core.actor import Role
from branding.outbox.values import Via
from branding.reminders.values.reminding import TEAMS, Directory, Facts, Occasion, Person, Rule
from branding.reminders.values.triggers import Audience

_ROLES: Mapping[Audience, Role] = {
    Audience.COMMUNICATIONS: Role.COMMUNICATIONS,
    Audience.ADMIN: Role.ADMIN,
    Audience.DPO: Role.DPO,
}
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
        other = facts.passed.get((occasion.trigger, occasion.key, ref))
        if other is None:
            yield ref
        elif other:
            yield other
        else:
            told = facts.directory.with_role(Role.COMMUNICATIONS)
            yield from (one for one in told if one != ref)
