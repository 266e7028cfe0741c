"""The proven best plan by HiGHS (extra ``planner``); without it the built-in answer stands.

Aims come one after the other, each kept while the next is improved: no weights that
would have to be larger than each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from time import monotonic
from typing import Any

from branding.rotation.values.problems import NOBODY, Answer, Optimum, Problem, Score

#: What an aim is called while it is under way, its best value so far and its bound.
Progress = Callable[[str, float, float], None]

AIMS = ("empty", "changed", "without", "spread", "missed", "apart", "crowded")
#: Aims are whole numbers: this much room is for rounding only.
_ROOM = 0.01


def is_available() -> bool:
    """Whether the extra is installed."""
    return find_spec("highspy") is not None


def optimum(
    problem: Problem,
    start: Answer,
    measure: Callable[[Problem, Answer], Score],
    *,
    seconds: float,
    progress: Progress | None = None,
) -> Optimum | None:
    """The best answer found within the time, from a first one; None without the extra.

    ``measure`` is the score that both answers are compared by.
    """
    if not is_available():
        return None
    began = monotonic()
    model = _Model(problem, start, progress)
    for number, name in enumerate(AIMS):
        aim, value = model.aims[name], measure(problem, model.answer)[number]
        if value > 0 and aim.columns:
            is_proven, bound = model.improve(name, seconds - (monotonic() - began))
            if not is_proven:
                return Optimum(model.answer, False, bound, monotonic() - began)
            value = measure(problem, model.answer)[number]
        model.keep(aim, value)
    return Optimum(model.answer, True, None, monotonic() - began)


class _Aim:
    """A sum that is to become small: ``constant`` + costs times columns."""

    def __init__(self) -> None:
        self.columns: list[int] = []
        self.costs: list[float] = []
        self.constant = 0.0

    def add(self, column: int, cost: float) -> None:
        self.columns.append(column)
        self.costs.append(cost)


class _Model:
    """One binary column for each unit that may have each tile, and a few columns for each aim."""

    def __init__(self, problem: Problem, start: Answer, progress: Progress | None) -> None:
        import highspy

        self.highspy: Any = highspy
        self.highs: Any = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0),
                              ("mip_abs_gap", 0.9)):  # fmt: skip
            self.highs.setOptionValue(option, value)
        self.problem, self.answer, self.progress = problem, start, progress
        self.aims = {name: _Aim() for name in AIMS}
        self.count = 0
        self.binary: list[int] = []
        self.gives = [
            {unit: self._column(0, 1, whole=True) for unit in sorted(options)} for options in problem.options
        ]
        self._rules()
        self._empty_and_changed()
        self._without()
        self._spread()
        self._wishes()
        self._apart()
        self._crowded()
        kinds: Any = [highspy.HighsVarType.kInteger] * len(self.binary)
        self.highs.changeColsIntegrality(len(self.binary), self.binary, kinds)

    # --- building -------------------------------------------------------------------------

    def _column(self, lower: float, upper: float, *, whole: bool = False) -> int:
        self.highs.addVar(lower, upper)
        if whole:
            self.binary.append(self.count)
        self.count += 1
        return self.count - 1

    def _row(self, lower: float, upper: float, columns: Sequence[int], values: Sequence[float]) -> None:
        self.highs.addRow(lower, upper, len(columns), list(columns), list(values))

    def _of_unit(self, unit: int) -> list[tuple[int, int]]:
        """The unit's tiles, by number, and their columns."""
        return [(number, gives[unit]) for number, gives in enumerate(self.gives) if unit in gives]

    def _rules(self) -> None:
        """One unit a tile, and the least gap: of tiles that are too close for a unit it gets one."""
        for gives in self.gives:
            if gives:
                self._row(0, 1, list(gives.values()), [1.0] * len(gives))
        tiles = self.problem.tiles
        for unit in range(len(self.problem.shares)):
            own = self._of_unit(unit)
            for place, (number, _) in enumerate(own):
                reach = tiles[number].end + self.problem.gap
                near = [column for other, column in own[place:] if tiles[other].start < reach]
                if len(near) > 1:
                    self._row(0, 1, near, [1.0] * len(near))

    def _empty_and_changed(self) -> None:
        empty, changed = self.aims["empty"], self.aims["changed"]
        for tile, gives in zip(self.problem.tiles, self.gives, strict=True):
            empty.constant += tile.weeks
            for column in gives.values():
                empty.add(column, -tile.weeks)
        for owner, gives in zip(self.problem.owners, self.gives, strict=False):
            if owner == NOBODY:
                for column in gives.values():
                    changed.add(column, 1)
            else:
                changed.constant += 1
                if owner in gives:
                    changed.add(gives[owner], -1)

    def _without(self) -> None:
        """Units that nothing is held for and that get no tile."""
        problem, aim = self.problem, self.aims["without"]
        for unit in sorted(problem.compared - {one.unit for one in problem.held if one.counts}):
            columns = [column for _, column in self._of_unit(unit)]
            missing = self._column(0, 1)
            aim.add(missing, 1)
            self._row(1, self.highspy.kHighsInf, [*columns, missing], [1.0] * (len(columns) + 1))

    def _spread(self) -> None:
        """Every compared unit's distance from one common measure, beyond half a block on each side."""
        problem, aim = self.problem, self.aims["spread"]
        if len(problem.compared) < 2:
            return
        middle, half = self._column(0, self.highspy.kHighsInf), problem.block / 2
        for unit in sorted(problem.compared):
            beyond = self._column(0, self.highspy.kHighsInf)
            aim.add(beyond, 1)
            scale = problem.scale[unit]
            held = scale * sum(one.weeks for one in problem.held if one.unit == unit and one.counts)
            own = self._of_unit(unit)
            columns = [column for _, column in own]
            values = [float(scale * problem.tiles[number].weeks) for number, _ in own]
            # held + given - middle <= half + beyond, and the other way round
            self._row(-self.highspy.kHighsInf, half - held, [*columns, middle, beyond], [*values, -1.0, -1.0])
            self._row(-half - held, self.highspy.kHighsInf, [*columns, middle, beyond], [*values, -1.0, 1.0])

    def _apart(self) -> None:
        """From the least compared unit to the most."""
        problem, aim = self.problem, self.aims["apart"]
        if len(problem.compared) < 2:
            return
        least, most = (self._column(0, self.highspy.kHighsInf) for _ in range(2))
        aim.add(most, 1)
        aim.add(least, -1)
        for unit in sorted(problem.compared):
            scale = problem.scale[unit]
            held = scale * sum(one.weeks for one in problem.held if one.unit == unit and one.counts)
            own = self._of_unit(unit)
            columns = [column for _, column in own]
            values = [float(scale * problem.tiles[number].weeks) for number, _ in own]
            self._row(-self.highspy.kHighsInf, -held, [*columns, most], [*values, -1.0])
            self._row(-held, self.highspy.kHighsInf, [*columns, least], [*values, -1.0])

    def _wishes(self) -> None:
        problem, aim = self.problem, self.aims["missed"]
        for wish in problem.wishes:
            if any(one.unit == wish.unit and wish.is_met_by(one.start, one.end) for one in problem.held):
                continue
            aim.constant += 1
            meets = [column for number, column in self._of_unit(wish.unit)
                     if wish.is_met_by(problem.tiles[number].start, problem.tiles[number].end)]  # fmt: skip
            if meets:
                met = self._column(0, 1)
                aim.add(met, -1)
                self._row(0, self.highspy.kHighsInf, [*meets, met], [*[1.0] * len(meets), -1.0])

    def _crowded(self) -> None:
        """Each window of a unit's even distance may hold one turn; every turn more costs one."""
        problem, aim = self.problem, self.aims["crowded"]
        for unit, reach in enumerate(problem.spacing):
            own = self._of_unit(unit)
            held = [one.start for one in problem.held if one.unit == unit]
            for anchor in problem.tiles:
                inside = range(anchor.start, anchor.start + reach)
                columns = [column for number, column in own if problem.tiles[number].start in inside]
                there = sum(1 for start in held if start in inside)
                if there + len(columns) < 2:
                    continue
                more = self._column(0, self.highspy.kHighsInf)
                aim.add(more, 1)
                self._row(-self.highspy.kHighsInf, 1 - there, [*columns, more], [*[1.0] * len(columns), -1.0])

    # --- solving --------------------------------------------------------------------------

    def improve(self, name: str, seconds: float) -> tuple[bool, float]:
        """Make one aim as small as it can become: whether that is proven, and the bound."""
        aim = self.aims[name]
        self.highs.changeColsCost(self.count, list(range(self.count)), self._costs(aim))
        self.highs.changeObjectiveOffset(aim.constant)
        self.highs.setOptionValue("time_limit", self.highs.getRunTime() + max(0.01, seconds))
        self._start()
        self._listen(name)
        self.highs.run()
        info = self.highs.getInfo()
        if info.primal_solution_status == self.highspy.SolutionStatus.kSolutionStatusFeasible:
            self._read()
        is_proven = self.highs.getModelStatus() == self.highspy.HighsModelStatus.kOptimal
        return is_proven, info.mip_dual_bound

    def keep(self, aim: _Aim, value: float) -> None:
        """From here on the aim must not become worse than this."""
        if aim.columns:
            self._row(-self.highspy.kHighsInf, value - aim.constant + _ROOM, aim.columns, aim.costs)

    def _costs(self, aim: _Aim) -> list[float]:
        costs = [0.0] * self.count
        for column, cost in zip(aim.columns, aim.costs, strict=True):
            costs[column] = cost
        return costs

    def _start(self) -> None:
        """Begin with the best answer so far; the other columns follow from it."""
        values = {
            column: 1.0 if self.answer[number] == unit else 0.0
            for number, gives in enumerate(self.gives)
            for unit, column in gives.items()
        }
        self.highs.setSolution(len(values), list(values), list(values.values()))

    def _read(self) -> None:
        values = self.highs.getSolution().col_value
        self.answer = tuple(
            next((unit for unit, column in gives.items() if values[column] > 0.5), NOBODY)
            for gives in self.gives
        )

    def _listen(self, name: str) -> None:
        if self.progress is None:
            return
        told = self.progress

        def listen(event: Any) -> None:
            told(name, event.data_out.mip_primal_bound, event.data_out.mip_dual_bound)

        self.highs.cbMipInterrupt.clear()
        self.highs.cbMipInterrupt += listen
