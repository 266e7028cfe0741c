"""A drawing as numbers: templates only write them down."""

from __future__ import annotations

from dataclasses import dataclass

from branding.core.text import Text


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of the line with the words that stand by it."""

    x: int
    y: int
    label: Text
    shown: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A column: of an indicator's period, or of one month's activity."""

    x: int
    y: int
    width: int
    height: int
    label: Text
    shown: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across or a word below."""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing ``width`` wide; ``target`` is where the line of the target lies."""

    width: int
    height: int
    line: str = ""
    dots: tuple[Dot, ...] = ()
    bars: tuple[Bar, ...] = ()
    across: tuple[Tick, ...] = ()
    below: tuple[Tick, ...] = ()
    target: int | None = None


@dataclass(frozen=True, slots=True)
class SeriesPicture:
    """One key figure drawn, with what happened meanwhile in bands below."""

    chart: Chart
    held: Chart
    done: Chart
    sentence: Text
