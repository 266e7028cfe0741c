"""What may be written into the map, an indicator or a result."""

from __future__ import annotations

from branding.core.errors import RuleBroken
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
from branding.indicators.values.tree import LONGEST_NOTE, LONGEST_TEXT, LONGEST_WHO, NodeRequest


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
    check_aim(new.aim)


def check_aim(aim: Aim) -> None:
    if aim.target is not None and aim.target <= 0:
        raise RuleBroken("bad_target", say("A target is more than 0."), "target")
    if aim.kind is Kind.SHARE and aim.target is not None and aim.target > 100:
        raise RuleBroken("bad_share", say("A share is 100 percent at most."), "target")
    rhythm = aim.rhythm
    if not 1 <= rhythm.every <= 52:
        raise RuleBroken("bad_weeks", say("Write a number of weeks from 1 to 52."), "every")
    if rhythm.kind is PeriodKind.NAMED:
        if rhythm.first is None or rhythm.last is None:
            raise RuleBroken("no_days", say("Write the first and the last day."), "starts_on")
        if rhythm.last < rhythm.first:
            raise RuleBroken("bad_days", say("The last day lies before the first."), "ends_on")
    _check_measure(aim)


def _check_measure(aim: Aim) -> None:
    if aim.measure in (*ON_CHANNEL, Measure.ACTIVITY) and not aim.counts:
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
    if len(responsible) > LONGEST_WHO:
        raise RuleBroken("long", say("Write at most %(count)s characters.", count=LONGEST_WHO), "responsible")
    if len(note) > LONGEST_NOTE:
        raise RuleBroken("long", say("Write at most %(count)s characters.", count=LONGEST_NOTE), "note")
