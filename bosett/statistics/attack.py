"""What an attacker can compute: the narrowest interval of each hidden cell.

The attacker knows the shown cells, the sums, and that a hidden cell is at least 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import highspy
import numpy as np

from bosett.statistics.problem import Equation, Key, PublishedTable, equations
from bosett.terms.errors import BadInput

AT_LEAST = 1
SLACK = 1e-6


@dataclass(frozen=True)
class Interval:
    """Whole numbers that a hidden cell can still be; `high` None = no upper end."""

    key: Key
    low: int
    high: int | None

    @property
    def width(self) -> int | None:
        """How wide; None = without end."""
        return None if self.high is None else self.high - self.low


def attack(table: PublishedTable, width: int = 5) -> tuple[Interval, ...]:
    """Every hidden cell whose interval is narrower than `width`; empty = the table holds."""
    return tuple(one for one in intervals(table) if one.width is not None and one.width < width)


def intervals(table: PublishedTable) -> tuple[Interval, ...]:
    """The interval of every hidden cell, sorted by cell.

    Raises
    ------
    BadInput
        If no whole table can be behind the published one.
    """
    hidden = table.hidden
    solver = _solver(table, hidden)
    found = []
    for place, key in enumerate(hidden):
        low = _end(solver, place, highspy.ObjSense.kMinimize)
        high = _end(solver, place, highspy.ObjSense.kMaximize)
        if low is None:
            raise BadInput(f"sums that cannot hold at {key}", "a table that was published by the rules")
        whole_high = None if high is None else math.floor(high + SLACK)
        found.append(Interval(key, math.ceil(low - SLACK), whole_high))
    return tuple(found)


def _end(solver: highspy.Highs, place: int, sense: highspy.ObjSense) -> float | None:
    """The end of a cell's interval; None when it has none."""
    solver.changeColCost(place, 1.0)
    solver.changeObjectiveSense(sense)
    solver.run()
    status = solver.getModelStatus()
    value = float(solver.getInfo().objective_function_value)
    solver.changeColCost(place, 0.0)
    if status == highspy.HighsModelStatus.kOptimal:
        return value
    unbounded = (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible)
    if status in unbounded and sense == highspy.ObjSense.kMaximize:
        return None
    if status in (highspy.HighsModelStatus.kInfeasible, *unbounded):
        raise BadInput("sums that cannot hold", "a table whose hidden cells can be filled")
    raise RuntimeError(f"the attack ended as {status}")


def _solver(table: PublishedTable, hidden: tuple[Key, ...]) -> highspy.Highs:
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    column = {key: place for place, key in enumerate(hidden)}
    for _ in hidden:
        solver.addVar(float(AT_LEAST), highspy.kHighsInf)
    for equation in equations(table.dimensions, tuple(table.cells)):
        _add_row(solver, table, column, equation)
    return solver


def _add_row(
    solver: highspy.Highs, table: PublishedTable, column: dict[Key, int], equation: Equation
) -> None:
    """parts - total = 0, with the shown cells moved to the right."""
    known, places, signs = 0, [], []
    for key, sign in ((equation.total, -1), *((part, 1) for part in equation.parts)):
        count = table.cells[key]
        if count is None:
            places.append(column[key])
            signs.append(float(sign))
        else:
            known += sign * count
    if not places:
        if known:
            raise BadInput(f"parts that do not sum at {equation.total}", "the sum of the parts")
        return
    solver.addRow(
        float(-known), float(-known), len(places), np.array(places, dtype=np.int32), np.array(signs)
    )
