"""Tables on their way in and out: a row as it was understood, and what is asked about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from branding.core.text import Text
from branding.indicators.values.figures import PointRequest
from branding.indicators.values.measures import IndicatorRequest
from branding.indicators.values.tree import NodeKind, NodeStatus


class Mark(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the nodes from the top down to it, and its indicator when it has one."""

    row: int
    path: tuple[tuple[NodeKind, str], ...]
    responsible: str
    indicator: IndicatorRequest | None
    #: What one should look at; nothing of it keeps the row from being imported.
    questions: tuple[Text, ...] = ()
    #: Without it the row cannot be imported.
    fault: Text | None = None
    node_note: str = ""
    status: NodeStatus = NodeStatus.RUNNING
    #: What is to be reached, in words.
    aim_text: Text | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A row and what importing it would do."""

    line: Line
    mark: Mark


@dataclass(frozen=True, slots=True)
class Preview:
    """Every row of a table of the strategy map."""

    lines: tuple[Judged, ...]
    unused: tuple[str, ...] = ()

    def count(self, mark: str) -> int:
        return sum(one.mark == mark for one in self.lines)

    @property
    def is_faultless(self) -> bool:
        return bool(self.lines) and not self.count(Mark.FAULTY)

    @property
    def questions(self) -> int:
        return sum(bool(one.line.questions) for one in self.lines)


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One row of key figures."""

    row: int
    read: tuple[str, ...]
    point: PointRequest | None
    fault: Text | None = None
    questions: tuple[Text, ...] = ()
    mark: Mark = Mark.NEW


@dataclass(frozen=True, slots=True)
class FigurePreview:
    """Every row of a table of key figures."""

    lines: tuple[FigureLine, ...] = field(default_factory=tuple)

    def count(self, mark: str) -> int:
        return sum(one.mark == mark for one in self.lines)

    @property
    def is_faultless(self) -> bool:
        return bool(self.lines) and not self.count(Mark.FAULTY)
