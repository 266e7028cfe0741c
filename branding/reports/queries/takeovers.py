"""The facts of the takeover report and of the hosts' experiences."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from sqlmodel import Session

from branding.core import clock
from branding.core.danish import sort_key
from branding.publishing.queries.numbers import Numbers, numbers
from branding.publishing.values.calls import Metric
from branding.reports.queries.reach import Reach
from branding.reports.rules.experiences import Experience
from branding.reports.rules.takeovers import PostFacts, TakeoverFacts
from branding.reports.values.orders import Order
from branding.rotation import queries as rotation
from branding.rotation.values import SlotView
from branding.takeovers import queries as takeovers
from branding.takeovers.values import TakeoverView

#: A post of a takeover may go out before its first day.
_TEASER = timedelta(days=31)


def takeover_facts(session: Session, order: Order, reach: Reach, *, names_hosts: bool) -> list[TakeoverFacts]:
    """Takeovers and turns without one that have a day in the period, by date; nine queries at most."""
    found, turns = turns_between(session, order, reach)
    posts: dict[int, list[PostFacts]] = defaultdict(list)
    scores: dict[int, list[int]] = defaultdict(list)
    topics: dict[int, str] = {}
    if found:
        since = clock.at_local(min(one.starts_on for one in found) - _TEASER)
        for post in numbers(session, None if reach.everything else set(reach.units), since):
            posts[post.takeover_id or 0].append(_post(post))
        ends = [one.ends_on for one in found]
        for answer in takeovers.evaluations_between(session, min(ends), max(ends)):
            scores[answer.takeover_id].append(answer.equipped)
        slots = rotation.slots_between(session, min(one.starts_on for one in found), max(ends))
        topics = {slot.id: slot.topic for slot in slots}
    told = [
        TakeoverFacts(
            one.starts_on,
            one.ends_on,
            reach.area_of(one.unit_id),
            reach.name_of(one.unit_id),
            topics.get(one.slot_id, ""),
            tuple(host.name for host in one.hosts) if names_hosts else (),
            one.status,
            tuple(posts[one.id]),
            tuple(scores[one.id]),
        )
        for one in found
    ]
    told += [_turn_facts(slot, reach) for slot in turns]
    return sorted(told, key=lambda one: (one.starts_on, one.ends_on, sort_key(one.unit)))


def turns_between(session: Session, order: Order, reach: Reach) -> tuple[list[TakeoverView], list[SlotView]]:
    """The takeovers of the period, and the turns of the plan for which none was ever made.

    A turn of two weeks may have its takeover in the one that is not asked for, so takeovers are looked up
    for all days of the turns.
    """
    slots = rotation.slots_between(session, order.first, order.last)
    first = min([order.first, *(slot.starts_on for slot in slots)])
    last = max([order.last, *(slot.ends_on for slot in slots)])
    found = takeovers.takeovers_between(session, first, last)
    made = {one.slot_id for one in found}
    return (
        [
            one
            for one in found
            if one.unit_id in reach.units and one.starts_on <= order.last and one.ends_on >= order.first
        ],
        [slot for slot in slots if slot.unit_id in reach.units and slot.id not in made],
    )


def _turn_facts(slot: SlotView, reach: Reach) -> TakeoverFacts:
    area, unit = reach.area_of(slot.unit_id), reach.name_of(slot.unit_id)
    return TakeoverFacts(slot.starts_on, slot.ends_on, area, unit, slot.topic, (), None, (), ())


def _post(one: Numbers) -> PostFacts:
    values = one.values
    return PostFacts(
        values.get(Metric.REACH),
        values.get(Metric.LIKES),
        values.get(Metric.COMMENTS),
        values.get(Metric.SHARES),
    )


def experiences(session: Session, order: Order, reach: Reach) -> tuple[list[Experience], int]:
    """Answers about takeovers that ended in the period, and how many could have answered."""
    told = [
        Experience(
            one.starts_on,
            reach.area_of(one.unit_id),
            reach.name_of(one.unit_id),
            one.equipped,
            one.recommend,
            "" if one.is_hidden else one.advice,
        )
        for one in takeovers.evaluations_between(session, order.first, order.last)
        if one.unit_id in reach.units
    ]
    if reach.everything:
        return told, takeovers.possible_answers(session, order.first, order.last)
    ended = takeovers.takeovers_between(session, order.first, order.last, status="closed")
    possible = [
        host
        for one in ended
        if one.unit_id in reach.units and one.ends_on <= order.last
        for host in one.hosts
        if host.accepted_at is not None
    ]
    return told, len(possible)
