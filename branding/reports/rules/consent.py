"""Consent status: counts by unit and by week.  Nobody is named, so that leaders may read it (R67)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from branding.consent.values.people import Kind
from branding.consent.values.reporting import AnswerDay, PeopleCount, Said
from branding.consent.values.standing import State
from branding.core.isoweek import Week
from branding.core.text import Text, say
from branding.reports.values.report import Chart, Column, Figure, Report, Series, Table, Type, Value

#: The words under which an ordinary photo post may show somebody.
_YES = (State.VALID, State.EXPIRING)
_SHOWN = (
    State.VALID,
    State.EXPIRING,
    State.PENDING,
    State.MISSING,
    State.EXPIRED,
    State.REFUSED,
    State.WITHDRAWN,
)
_WORDS = {
    State.VALID: say("Yes"),
    State.EXPIRING: say("Yes, ends soon"),
    State.PENDING: say("Not valid yet"),
    State.MISSING: say("Not asked or not answered"),
    State.EXPIRED: say("Expired"),
    State.REFUSED: say("No"),
    State.WITHDRAWN: say("Taken back"),
}


@dataclass(frozen=True, slots=True)
class OpenEnds:
    """What somebody must see to, by unit: posts whose basis has ended, pictures of which nobody has said
    who is in them, and evidence that nobody else has looked at (R67)."""

    takedowns: Mapping[int, int]
    undeclared: Mapping[int, int]
    unverified: Mapping[int, int]

    def takedowns_in(self, units: Collection[int]) -> int:
        return sum(self.takedowns.get(unit_id, 0) for unit_id in units)


def consent_report(
    people: Sequence[PeopleCount],
    answers: Sequence[AnswerDay],
    forms: Sequence[tuple[Text, int, int]],
    units: Mapping[int, str],
    open_ends: OpenEnds,
    first: date,
    last: date,
    scope: tuple[str, ...],
) -> Report:
    """How people stand today, and what was answered in the period.

    ``forms``: version, yeses that stand, yeses given.  ``units``: those that are told of, in their order.
    """
    mine = [one for one in people if one.unit_id in units]
    everybody = sum(one.number for one in mine)
    yes = sum(one.number for one in mine if one.state in _YES)
    return Report(
        title=say("Consent status"),
        first=first,
        last=last,
        scope=scope,
        figures=(
            Figure(say("people on the register"), everybody),
            Figure(say("of them may be shown today"), yes / everybody if everybody else None, Type.SHARE),
            Figure(say("live posts that must come down"), open_ends.takedowns_in(units)),
        ),
        chart=_chart(mine, units) if everybody else None,
        tables=(
            _units(mine, units),
            _open(open_ends, units),
            _weeks([one for one in answers if one.unit_id in units]),
            _forms(forms),
        ),
        notes=(
            say("The chart and the first two tables say how it is on the day the report was made."),
            say("Whether one post may go out depends on the post as well; that is asked post by post."),
        ),
    )


def _count(people: Sequence[PeopleCount], unit_id: int, *states: State) -> int:
    return sum(one.number for one in people if one.unit_id == unit_id and one.state in states)


def _units(people: Sequence[PeopleCount], units: Mapping[int, str]) -> Table:
    rows: list[tuple[Value, ...]] = []
    for unit_id, name in units.items():
        mine = [one for one in people if one.unit_id == unit_id]
        if mine:
            rows.append(
                (
                    name,
                    sum(one.number for one in mine if one.kind is Kind.CITIZEN),
                    sum(one.number for one in mine if one.kind is not Kind.CITIZEN),
                    *(_count(mine, unit_id, state) for state in _SHOWN),
                )
            )
    return Table(
        say("Unit by unit, today"),
        (
            Column(say("Unit")),
            Column(say("Citizens"), Type.WHOLE),
            Column(say("Colleagues and others"), Type.WHOLE),
            *(Column(_WORDS[state], Type.WHOLE) for state in _SHOWN),
        ),
        tuple(rows),
        say("Nobody is on the register."),
    )


def _open(found: OpenEnds, units: Mapping[int, str]) -> Table:
    counts = (found.takedowns, found.undeclared, found.unverified)
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (name, *(one.get(unit_id, 0) for one in counts))
        for unit_id, name in units.items()
        if any(one.get(unit_id) for one in counts)
    )
    return Table(
        say("To be seen to, today"),
        (
            Column(say("Unit")),
            Column(say("Live posts that must come down"), Type.WHOLE),
            Column(say("Pictures without a word on who is in them"), Type.WHOLE),
            Column(say("Evidence that nobody else has checked"), Type.WHOLE),
        ),
        rows,
        say("Nothing: no post must come down, every picture says who is in it, all evidence is checked."),
    )


def _weeks(answers: Sequence[AnswerDay]) -> Table:
    found: dict[Week, dict[Said, int]] = {}
    for one in answers:
        counts = found.setdefault(Week.of(one.on), dict.fromkeys(Said, 0))
        counts[one.said] += 1
    return Table(
        say("Week by week, in the period"),
        (
            Column(say("Week"), Type.WEEK),
            Column(say("Said yes"), Type.WHOLE),
            Column(say("Said no"), Type.WHOLE),
            Column(say("Took it back"), Type.WHOLE),
        ),
        tuple((str(week), *(counts[said] for said in Said)) for week, counts in sorted(found.items())),
        say("Nobody answered in this period."),
    )


def _forms(forms: Sequence[tuple[Text, int, int]]) -> Table:
    return Table(
        say("Consents by version of the form, in the whole organisation"),
        (
            Column(say("Version")),
            Column(say("Yeses that stand"), Type.WHOLE),
            Column(say("Given"), Type.WHOLE),
        ),
        tuple(row for row in forms if row[2]),
        say("Nobody has said yes on a form."),
    )


def _chart(people: Sequence[PeopleCount], units: Mapping[int, str]) -> Chart:
    there = [
        (unit_id, name) for unit_id, name in units.items() if any(one.unit_id == unit_id for one in people)
    ]
    yes = tuple(float(_count(people, unit_id, *_YES)) for unit_id, _ in there)
    rest = tuple(float(sum(one.number for one in people if one.unit_id == unit_id)) for unit_id, _ in there)
    missing = tuple(whole - said for whole, said in zip(rest, yes, strict=True))
    return Chart(
        say("Who may be shown today"),
        say(
            "%(yes)s of %(all)s people on the register may be shown in an ordinary post today.",
            yes=int(sum(yes)),
            all=int(sum(rest)),
        ),
        tuple(name for _, name in there),
        (Series(say("May be shown"), yes), Series(say("May not be shown"), missing)),
    )
