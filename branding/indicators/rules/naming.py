"""Aims as people write them."""

from __future__ import annotations

from decimal import Decimal

from branding.core.text import Text, say
from branding.indicators.values.measures import Aim, Kind, PeriodKind
from branding.indicators.values.numbers import number


def aim_text(aim: Aim) -> Text:
    """``mindst 3 pr. kvartal`` in one line; what is undecided says so."""
    if aim.kind is Kind.UNDECIDED:
        return say("not decided")
    if aim.kind is Kind.MILESTONE:
        return say("to be done by %(day)s", day=f"{aim.due_on:%d-%m-%Y}") if aim.due_on else say("to be done")
    per = per_period(aim)
    if aim.kind is Kind.INCREASE:
        if aim.target is None:
            return say("increase, %(per)s", per=per)
        return say("increase of %(target)s, %(per)s", target=amount(aim.target, aim), per=per)
    if aim.target is None:
        return say("target not decided, %(per)s", per=per)
    return say("at least %(target)s, %(per)s", target=amount(aim.target, aim), per=per)


def amount(value: Decimal, aim: Aim) -> str:
    """With its unit; shares are in percent."""
    unit = "%" if aim.kind is Kind.SHARE else aim.unit
    return f"{number(value)} {unit}".strip()


def per_period(aim: Aim) -> Text:
    rhythm = aim.rhythm
    if rhythm.kind is PeriodKind.WEEKS:
        return say("every %(count)s weeks", count=rhythm.every)
    if rhythm.kind is PeriodKind.NAMED:
        return say("in %(period)s", period=rhythm.written or f"{rhythm.first}/{rhythm.last}")
    return _PER[rhythm.kind]


_PER = {
    PeriodKind.WEEK: say("every week"),
    PeriodKind.MONTH: say("every month"),
    PeriodKind.QUARTER: say("every quarter"),
    PeriodKind.YEAR: say("every year"),
    PeriodKind.POST: say("per post"),
    PeriodKind.TAKEOVER: say("per takeover"),
    PeriodKind.NONE: say("no period"),
}
