"""The hosts' advice, to be shared in the network; what was held back stays out, and no host is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from branding.core.isoweek import Week
from branding.core.text import say
from branding.reports.values.report import Chart, Column, Figure, Report, Series, Table, Type
from branding.takeovers.values import Recommend

_RECOMMENDS = {Recommend.YES: say("yes"), Recommend.MAYBE: say("maybe"), Recommend.NO: say("no")}


@dataclass(frozen=True, slots=True)
class Experience:
    """One host's answer; ``advice`` is empty when none was given or it is held back."""

    starts_on: date
    area: str
    unit: str
    equipped: int
    recommend: Recommend
    advice: str


def experiences_report(
    told: Sequence[Experience], possible: int, first: date, last: date, scope: tuple[str, ...]
) -> Report:
    """``possible``: how many hosts could have answered."""
    answers = len(told)
    recommend = sum(one.recommend == Recommend.YES for one in told)
    rows = tuple(
        (
            str(Week.of(one.starts_on)),
            one.area,
            one.unit,
            one.equipped,
            _RECOMMENDS[one.recommend],
            one.advice,
        )
        for one in told
    )
    return Report(
        title=say("Experiences from the hosts"),
        first=first,
        last=last,
        scope=scope,
        figures=(
            Figure(say("hosts have answered"), answers),
            Figure(say("could have answered"), max(possible, answers)),
            Figure(say("would recommend it"), recommend / answers if answers else None, Type.SHARE),
        ),
        chart=_chart(told) if told else None,
        tables=(
            Table(
                say("What the hosts say"),
                (
                    Column(say("Week"), Type.WEEK),
                    Column(say("Specialområde")),
                    Column(say("Unit")),
                    Column(say("Equipped, 1-5"), Type.WHOLE),
                    Column(say("Would recommend it")),
                    Column(say("Advice")),
                ),
                rows,
                say("No host has answered in this period."),
            ),
        ),
    )


def _chart(told: Sequence[Experience]) -> Chart:
    counts = [sum(one.equipped == score for one in told) for score in range(1, 6)]
    good = counts[3] + counts[4]
    return Chart(
        say("How equipped the hosts felt"),
        say("%(n)s of %(all)s hosts gave 4 or 5 of 5.", n=good, all=len(told)),
        tuple(str(score) for score in range(1, 6)),
        (Series(say("Hosts"), tuple(float(n) for n in counts)),),
    )
