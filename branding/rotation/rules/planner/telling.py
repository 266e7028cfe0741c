"""A proposal in sentences: how good it is, and why weeks stay empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from branding.core.text import Text, say, say_n
from branding.rotation.rules.planner.calendar import block_at, week_at
from branding.rotation.rules.planner.explain import Emptiness, Most
from branding.rotation.values.planning import FillRequest, Switch
from branding.rotation.values.weeks import Block

#: More units than this are counted, not named.
_NAMED = 4
#: Kept apart: the catalogue's reader loses a message that holds another.
AND = say(" and ")


def weeks_told(weeks: Sequence[int], names: Sequence[str]) -> Text:
    """``Everybody gets 6 or 7 weeks``: how even it is; one unit alone is called by its name."""
    count, least, most = len(weeks), min(weeks), max(weeks)
    if count == 1:
        return say_n("%(unit)s gets %(num)s week.", "%(unit)s gets %(num)s weeks.", most, unit=names[0])
    if least == most:
        return say_n("All %(count)s get %(num)s week.", "All %(count)s get %(num)s weeks.", most, count=count)
    if most == least + 1:
        return say("All %(count)s get %(least)s or %(most)s weeks.", count=count, least=least, most=most)
    return say("All %(count)s get from %(least)s to %(most)s weeks.", count=count, least=least, most=most)


def asked_told(request: FillRequest) -> Text:
    """The rules of a proposal, so that it can be read without its form."""
    return say(
        "Week %(first)s of %(year)s to week %(last)s of %(until)s. Weeks in a turn: %(length)s. Weeks in "
        "between: at least %(gap)s.",
        first=request.first.number,
        year=request.first.year,
        last=request.last.number,
        until=request.last.year,
        length=request.length,
        gap=request.gap,
    )


def wishes_told(met: int, wishes: int) -> list[Text]:
    if not wishes:
        return []
    if met == wishes:
        return [say_n("The one wish is met.", "All %(num)s wishes are met.", wishes)]
    return [say("%(met)s of %(wishes)s wishes are met.", met=met, wishes=wishes)]


def empty_told(weeks: int) -> list[Text]:
    if not weeks:
        return []
    return [say_n("%(num)s week stays empty.", "%(num)s weeks stay empty.", weeks)]


def emptiness_told(found: Sequence[Emptiness], names: Sequence[str]) -> list[Text]:
    """``Week 20-21 stays empty: SOH has blocked them and IKH has just had week 19.``

    Weeks that are empty for the same reasons are told together, when those are counted anyway.
    """
    alike: dict[object, list[Emptiness]] = {}
    for number, one in enumerate(found):
        is_counted = len(one.near) > _NAMED
        alike.setdefault((one.blocked, len(one.near)) if is_counted else number, []).append(one)
    return [_told_together(ones, names) for ones in alike.values()]


def _told_together(ones: Sequence[Emptiness], names: Sequence[str]) -> Text:
    first, weeks = ones[0], sum(one.tile.weeks for one in ones)
    reasons = [_blocked(first, weeks, names)] if first.blocked else []
    if len(first.near) > _NAMED:
        reasons.append(say("%(count)s units have a turn too near", count=len(first.near)))
    else:
        reasons += [_near(first, unit, start, end, names) for unit, start, end in first.near]
    labels = [block_at(one.tile.start, one.tile.weeks).label for one in ones]
    return say_n(
        "Week %(weeks)s stays empty: %(reasons)s.",
        "Weeks %(weeks)s stay empty: %(reasons)s.",
        weeks,
        weeks=joined(labels, last=AND),
        reasons=joined(reasons, last=AND),
    )


def shut_told(block: Block) -> Text:
    """Weeks that nobody can have."""
    return say_n(
        "Week %(weeks)s stays empty: everybody has blocked it.",
        "Weeks %(weeks)s stay empty: everybody has blocked them.",
        block.weeks,
        weeks=block.label,
    )


def most_told(most: Most, gap: int) -> Text:
    return say_n(
        "With %(gap)s weeks in between one unit can only fill %(weeks)s weeks, so %(empty)s stay empty "
        "before it can come again.",
        "With %(gap)s weeks in between %(num)s units can only fill %(weeks)s weeks, so %(empty)s stay empty "
        "before the first can come again.",
        most.units,
        gap=gap,
        weeks=most.weeks,
        empty=most.of - most.weeks,
    )


def none_told(name: str) -> Text:
    return say("%(unit)s cannot have a turn: every open week is blocked or too near one it has.", unit=name)


def switches_told(
    switches: Sequence[Switch], names: Mapping[int, str], kept: int, *, proven: bool
) -> list[Text]:
    """What changes and what stays, and that fewer are not possible when that is proven.

    Leaving a week empty is always fewer: empty weeks come first, so the sentence says so.
    """
    if not switches:
        return [say("Nothing has to change.")]
    told = [
        switch_told(one.block.label, names[one.before], None if one.after is None else names[one.after])
        for one in switches
    ]
    found = [
        say_n("%(num)s slot changes: %(what)s.", "%(num)s slots change: %(what)s.", len(switches),
              what=joined(told, last=AND)),
        say_n("%(num)s stays as it was.", "%(num)s stay as they were.", kept),
    ]  # fmt: skip
    if proven:
        found.append(say("No plan that fills as many weeks changes fewer."))
    return found


def switch_told(weeks: str, before: str, after: str | None) -> Text:
    """One change: weeks that go from one unit to another, or to nobody."""
    if after is None:
        return say("week %(weeks)s from %(before)s to nobody", weeks=weeks, before=before)
    return say("week %(weeks)s from %(before)s to %(after)s", weeks=weeks, before=before, after=after)


def joined(parts: Sequence[Text | str], *, last: Text | str) -> Text | str:
    """``a, b and c``; the words in between come from the caller, who knows whether it is *and* or *or*."""
    if not parts:
        return ""
    found = parts[0]
    for place, part in enumerate(parts[1:], start=2):
        between = last if place == len(parts) else ", "
        found = say("%(first)s%(between)s%(second)s", first=found, between=between, second=part)
    return found


def _blocked(one: Emptiness, weeks: int, names: Sequence[str]) -> Text:
    who: Text | str
    if len(one.blocked) > _NAMED:
        who = say("%(count)s units", count=len(one.blocked))
    else:
        who = joined([names[unit] for unit in one.blocked], last=AND)
    is_one = weeks == 1
    if len(one.blocked) == 1:
        return say("%(who)s has blocked it", who=who) if is_one else say("%(who)s has blocked them", who=who)
    return say("%(who)s have blocked it", who=who) if is_one else say("%(who)s have blocked them", who=who)


def _near(one: Emptiness, unit: int, start: int, end: int, names: Sequence[str]) -> Text:
    block = Block(week_at(start), end - start)
    if end <= one.tile.start:
        return say("%(unit)s has just had week %(weeks)s", unit=names[unit], weeks=block.label)
    return say("%(unit)s has week %(weeks)s soon after", unit=names[unit], weeks=block.label)
