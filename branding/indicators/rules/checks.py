"""What may be written into the map, an indicator or a result."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from branding.core.errors import RuleBroken
from branding.core.isoweek import YEARS
from branding.core.text import say
from branding.indicators.values.measures import (
    COUNTED,
    ON_CHANNEL,
    Aim,
    IndicatorRequest,
    Kind,
    Measure,
    PeriodKind,
)
from branding.indicators.values.tree import (
    LONGEST_NOTE,
    LONGEST_TEXT,
    LONGEST_UNIT,
    LONGEST_WHO,
    NodeRequest,
)
from branding.plan.values import ActivityKind, ChannelKind


def check_node(new: NodeRequest) -> None:
    if not 0 < len(new.text) <= LONGEST_TEXT:
        text = say("Write something of at most %(count)s characters.", count=LONGEST_TEXT)
        raise RuleBroken("bad_text", text, "text")
    _check_lengths(new.responsible, new.note)


def check_indicator(new: IndicatorRequest) -> None:
    """An indicator that nobody has decided needs no name; everything else does."""
    if len(new.name) > LONGEST_TEXT or (not new.name and new.aim.kind is not Kind.UNDECIDED):
        text = say("Write what is looked at, in at most %(count)s characters.", count=LONGEST_TEXT)
        raise RuleBroken("bad_name", text, "name")
    _check_lengths(new.responsible, new.note)
    for words in (new.kind_text, new.target_text, new.aim.rhythm.written):
        _check_length(words, LONGEST_TEXT, "name")
    _check_length(new.aim.unit, LONGEST_UNIT, "unit")
    check_aim(new.aim)


def check_aim(aim: Aim) -> None:
    if aim.target is not None and aim.target <= 0:
        raise RuleBroken("bad_target", say("A target is more than 0."), "target")
    if aim.kind is Kind.SHARE and aim.target is not None and aim.target > 100:
        raise RuleBroken("bad_share", say("A share is 100 percent at most."), "target")
    rhythm = aim.rhythm
    _check_days(aim)
    if not 1 <= rhythm.every <= 52:
        raise RuleBroken("bad_weeks", say("Write a number of weeks from 1 to 52."), "every")
    if rhythm.kind is PeriodKind.NAMED:
        if rhythm.first is None or rhythm.last is None:
            raise RuleBroken("no_days", say("Write the first and the last day."), "starts_on")
        if rhythm.last < rhythm.first:
            raise RuleBroken("bad_days", say("The last day lies before the first."), "ends_on")
    _check_measure(aim)


def check_day(day: date, field: str) -> None:
    """Days that nobody means are so far away that nothing can be counted from them."""
    if day.year not in YEARS:
        raise RuleBroken("bad_day", say("Choose a day between 2000 and 2099."), field)


def _check_days(aim: Aim) -> None:
    days = {
        "begins_on": aim.rhythm.begins_on, "starts_on": aim.rhythm.first, "ends_on": aim.rhythm.last,
        "due_on": aim.due_on, "done_on": aim.done_on,
    }  # fmt: skip
    for field, day in days.items():
        if day is not None:
            check_day(day, field)


def _check_measure(aim: Aim) -> None:
    known: Container[str] = ("",)
    if aim.measure in ON_CHANNEL:
        known = set(ChannelKind)
    elif aim.measure is Measure.ACTIVITY:
        known = set(ActivityKind)
    if aim.counts not in known:
        raise RuleBroken("no_channel", say("Choose which channel or kind is counted."), "counts")
    if aim.kind is Kind.COUNT and aim.measure not in (*COUNTED, Measure.HAND, Measure.FOLLOWERS):
        raise RuleBroken(
            "no_count", say("This is a level, not a number of times. Choose “at least”."), "kind"
        )
    if aim.measure is Measure.EQUIPPED and aim.kind not in (Kind.SHARE, Kind.INCREASE):
        raise RuleBroken("no_share", say("This is a share in percent. Choose “a share in percent”."), "kind")
    if aim.kind is Kind.SHARE and aim.measure not in (Measure.EQUIPPED, Measure.HAND):
        raise RuleBroken("no_share", say("This cannot be counted as a share."), "measure")
    if aim.kind is Kind.MILESTONE and aim.measure is not Measure.HAND:
        raise RuleBroken("by_hand", say("A milestone is ticked by hand."), "measure")


def _check_lengths(responsible: str, note: str) -> None:
    _check_length(responsible, LONGEST_WHO, "responsible")
    _check_length(note, LONGEST_NOTE, "note")


def _check_length(text: str, most: int, field: str) -> None:
    if len(text) > most:
        raise RuleBroken("long", say("Write at most %(count)s characters.", count=most), field)
