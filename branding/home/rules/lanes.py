"""Putting bars beside each other: lanes, cells and the gaps between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from branding.home.values import Cell, Span


def in_lanes(spans: Iterable[Span]) -> list[list[Span]]:
    """As few lanes as possible, so that no two bars of a lane share a column."""
    lanes: list[list[Span]] = []
    for span in sorted(spans, key=lambda one: (one.first, -one.last)):
        for lane in lanes:
            if lane[-1].last < span.first:
                lane.append(span)
                break
        else:
            lanes.append([span])
    return lanes


def cells(lane: Sequence[Span], marks: Sequence[str]) -> tuple[Cell, ...]:
    """A table row: the bars, and between them empty cells as wide as their columns are of one kind."""
    found: list[Cell] = []
    column = 0
    for span in lane:
        found += _empty(marks, column, span.first)
        found.append(Cell(span.last - span.first + 1, span.thing))
        column = span.last + 1
    return (*found, *_empty(marks, column, len(marks)))


def _empty(marks: Sequence[str], start: int, end: int) -> list[Cell]:
    found: list[Cell] = []
    for column in range(start, end):
        if found and found[-1].mark == marks[column]:
            found[-1] = Cell(found[-1].width + 1, None, marks[column])
        else:
            found.append(Cell(1, None, marks[column]))
    return found


def gaps(spans: Sequence[Span], blocked: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of columns between the first and the last bar that no bar and no holiday fills.

    Before the first turn and after the last there is no plan, so nothing is missing there.
    """
    if not spans:
        return []
    taken = set(blocked)
    for span in spans:
        taken.update(range(span.first, span.last + 1))
    runs: list[tuple[int, int]] = []
    for column in range(min(s.first for s in spans), max(s.last for s in spans) + 1):
        if column in taken:
            continue
        if runs and runs[-1][1] == column - 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs
