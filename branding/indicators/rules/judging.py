"""Where an indicator stands on a day, and why.

Source: the strategy map's own words (a number a week, at least, a share, an increase, a milestone);
what is *ikke fastlagt* is never judged.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from branding.core.text import Text, say
from branding.indicators.rules.measuring import measured
from branding.indicators.rules.naming import amount
from branding.indicators.rules.pace import is_late
from branding.indicators.rules.periods import NEVER, before, compared, period_of
from branding.indicators.values.facts import Facts
from branding.indicators.values.measures import COUNTED, Aim, Kind, Measure, PeriodKind
from branding.indicators.values.numbers import number
from branding.indicators.values.standing import IndicatorFacts, Measured, Period, Standing, State

#: A week is too short for a pace: what the one before missed weighs until it is made good.
_SHORT = (PeriodKind.WEEK, PeriodKind.WEEKS)


def judge(indicator: IndicatorFacts, facts: Facts, on: date, period: Period | None = None) -> Standing:
    """On any day: of the period that runs then, or of the one that is asked for."""
    aim = indicator.aim
    if aim.kind is Kind.MILESTONE:
        return _milestone(aim, on)
    asked = period
    period = period or period_of(aim.rhythm, on)
    found = _measured(indicator, facts, period, on)
    if aim.is_undecided:
        return _undecided(aim, period, found)
    if on < period.first:
        text = say("Begins on %(day)s.", day=f"{period.first:%d-%m-%Y}")
        return Standing(State.NOT_MEASURED, text, period, None, aim.target)
    if found.value is None:
        return Standing(State.NOT_MEASURED, _unknown(aim, period), period, None, aim.target)
    if aim.kind is Kind.INCREASE:
        return _increase(indicator, facts, period, found.value, on)
    standing = _reached(aim, period, found, on)
    if standing.state is State.ON_TRACK and asked is None and aim.rhythm.kind in _SHORT:
        return _after_missing(indicator, facts, standing, period, on)
    return standing


def _measured(indicator: IndicatorFacts, facts: Facts, period: Period, on: date) -> Measured:
    return measured(indicator.aim, indicator.id, indicator.initiative_id, facts, period, on)


def _milestone(aim: Aim, on: date) -> Standing:
    due = aim.due_on or (aim.rhythm.last if aim.rhythm.kind is PeriodKind.NAMED else None)
    if aim.done_on is not None and aim.done_on <= on:
        return Standing(State.MET, say("Done on %(day)s.", day=f"{aim.done_on:%d-%m-%Y}"))
    if due is None:
        return Standing(State.NOT_MEASURED, say("Not done yet, and no date is set."))
    if on > due:
        return Standing(State.MISSED, say("Should have been done by %(day)s.", day=f"{due:%d-%m-%Y}"))
    return Standing(State.ON_TRACK, say("To be done by %(day)s.", day=f"{due:%d-%m-%Y}"))


def _undecided(aim: Aim, period: Period, found: Measured) -> Standing:
    if aim.kind is Kind.UNDECIDED:
        why = say("Nobody has decided yet what is looked at.")
    elif found.value is None:
        why = say("Nobody has decided the target yet.")
    else:
        why = say(
            "%(value)s in %(period)s. Nobody has decided the target yet.",
            value=shown(aim, found), period=period.name,
        )  # fmt: skip
    return Standing(State.UNDECIDED, why, period, found.value, None)


def _unknown(aim: Aim, period: Period) -> Text:
    if aim.measure is Measure.HAND:
        return say("Nobody has written down a result for %(period)s.", period=period.name)
    return say("There are no numbers for %(period)s yet.", period=period.name)


def _reached(aim: Aim, period: Period, found: Measured, on: date) -> Standing:
    """A number of times, a level or a share, against its target."""
    value, target = found.value or Decimal(0), aim.target or Decimal(0)
    is_over, is_there = on > period.last, value >= target
    adds_up = aim.kind is Kind.COUNT or aim.measure in COUNTED
    if is_there:
        # A level can fall again while the period runs; what was done stays done.
        state = State.MET if is_over or adds_up else State.ON_TRACK
    elif is_over:
        state = State.MISSED
    elif not adds_up:
        state = State.BEHIND
    else:
        state = State.BEHIND if period.last < NEVER and is_late(value, target, period, on) else State.ON_TRACK
    return Standing(state, _why(aim, period, found, on), period, found.value, aim.target)


def _why(aim: Aim, period: Period, found: Measured, on: date) -> Text:
    """``2 af 3 i 4. kvartal 2022, som slutter 31-12-2022.``"""
    target = amount(aim.target or Decimal(0), aim)
    values = {"value": shown(aim, found), "target": target, "period": period.name}
    is_open = period.first <= on <= period.last < NEVER
    is_reached = (found.value or 0) >= (aim.target or 0)
    if is_open and not is_reached and period.last - period.first > timedelta(days=6):
        return say("%(value)s of %(target)s in %(period)s, which ends on %(day)s.", **values, day=period.last)
    return say("%(value)s of %(target)s in %(period)s.", **values)


def shown(aim: Aim, found: Measured) -> str | Text:
    """The result in words: shares say out of how many."""
    if found.value is None:
        return say("unknown")
    if found.of:
        return say("%(count)s of %(of)s answers = %(value)s %%", count=found.count, of=found.of,
                   value=number(found.value))  # fmt: skip
    if aim.kind is Kind.COUNT:
        return number(found.value)
    return amount(found.value, aim)


def _increase(indicator: IndicatorFacts, facts: Facts, period: Period, value: Decimal, on: date) -> Standing:
    """Against the period before; while this one runs, what can be counted is compared day by day."""
    aim = indicator.aim
    earlier = compared(aim.rhythm, period)
    if earlier is None:
        return Standing(State.NOT_MEASURED, say("There is no period to compare with."), period, value)
    is_running = on <= period.last
    same_day = min(earlier.first + (on - period.first), earlier.last)
    until = same_day if is_running and aim.measure in COUNTED else earlier.last
    past = _measured(indicator, facts, earlier, until).value
    if past is None:
        text = say("%(value)s in %(period)s; nothing is known of %(before)s.",
                   value=amount(value, aim), period=period.name, before=earlier.name)  # fmt: skip
        return Standing(State.NOT_MEASURED, text, period, value, aim.target)
    is_there = value - past >= aim.target if aim.target is not None else value > past
    if is_running:
        state = State.ON_TRACK if is_there else State.BEHIND
    else:
        state = State.MET if is_there else State.MISSED
    why = say(
        "%(value)s in %(period)s against %(past)s in %(before)s.",
        value=amount(value, aim), period=period.name, past=amount(past, aim), before=earlier.name,
    )  # fmt: skip
    return Standing(state, why, period, value, aim.target)


def _after_missing(
    indicator: IndicatorFacts, facts: Facts, standing: Standing, period: Period, on: date
) -> Standing:
    earlier = before(indicator.aim.rhythm, period)
    if earlier is None:
        return standing
    past = _measured(indicator, facts, earlier, earlier.last)
    if past.value is None or past.value >= (indicator.aim.target or 0):
        return standing
    if standing.value is not None and standing.value >= (indicator.aim.target or 0):
        return standing
    text = say("%(now)s In %(before)s it was %(value)s of %(target)s.",
               now=standing.why, before=earlier.name, value=number(past.value),
               target=amount(indicator.aim.target or Decimal(0), indicator.aim))  # fmt: skip
    return Standing(State.BEHIND, text, period, standing.value, standing.target)
