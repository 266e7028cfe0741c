"""What the wheel on paper says beside its drawing."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from branding.home.values import Frame, ListLine
from branding.web.filters import period
from branding.web.i18n import language

#: As many turns as leave the wheel big enough to read from a step away.
MOST_TURNS = 54
#: As many as stand in one table; more stand in two, with less room for words: unit and topic.
MOST_IN_ONE = 18
_ROOM, _LESS_ROOM = (26, 44), (14, 20)


def wall_facts(year: int, around: Frame, lines: list[ListLine], owner: str) -> dict[str, Any]:
    """The data of ``home/wheel.typ``.  The table is left out rather than going to a second page."""
    title = _("Year wheel %(year)s", year=year)
    turns = [line for line in lines if line.turn]
    room = _ROOM if len(turns) <= MOST_IN_ONE else _LESS_ROOM
    return {
        "lang": language(),
        "title": f"{title} – {owner}" if owner else title,
        "lead": " · ".join(_narrowed(around)),
        "author": owner or "Stafet",
        "alt": _alt(year, turns, lines),
        "areas": _areas(around),
        "holidays": _holidays(lines),
        "columns": [_("Week"), _("Unit"), _("Topic")],
        "is-wide": len(turns) <= MOST_IN_ONE,
        "turns": [_turn(line, room) for line in turns] if len(turns) <= MOST_TURNS else [],
    }


def _narrowed(around: Frame) -> list[str]:
    """What the reader chose to see."""
    plan = next((one.name for one in around.plans if one.id == around.filters.plan), "")
    area = next((one.name for one in around.areas if one.id == around.filters.area), "")
    return [words for words in (plan, area) if words]


def _alt(year: int, turns: list[ListLine], lines: list[ListLine]) -> str:
    """The whole wheel in words, for those who cannot see it."""
    said = [
        f"{_weeks(line)} {line.turn.unit.short_name or line.turn.unit.name}" for line in turns if line.turn
    ]
    off = _holidays(lines)
    text = str(
        _("The year %(year)s as a wheel of weeks. Turns: %(turns)s.", year=year, turns=", ".join(said))
    )
    return f"{text} " + str(_("Holidays: %(names)s.", names=", ".join(off))) if off else text


def _holidays(lines: list[ListLine]) -> list[str]:
    return [f"{line.name} {_weeks(line)}" for line in lines if line.kind == "holiday"]


def _areas(around: Frame) -> list[dict[str, Any]]:
    """The specialområder that have turns, with their colours."""
    names = {one.id: one.name for one in around.areas}
    units = {turn.unit.area_id: turn.unit for turn in around.turns}
    return [
        {
            "short": one.area_short_name or names.get(key, one.name),
            "name": names.get(key, one.name),
            "colour": one.colour,
        }
        for key, one in units.items()
    ]


def _turn(line: ListLine, room: tuple[int, int]) -> dict[str, str]:
    assert line.turn is not None
    unit = line.turn.unit
    return {
        "weeks": f"{_weeks(line)} · {period(line.first, line.last)}",
        "unit": _cut(unit.short_name or unit.name, room[0]),
        "topic": _cut(line.turn.slot.topic, room[1]),
    }


def _cut(words: str, most: int) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _weeks(line: ListLine) -> str:
    first, last = line.first.isocalendar().week, line.last.isocalendar().week
    return str(first) if first == last else f"{first}-{last}"
