"""What the public can work out: unknown quantities, tied by sums, as small linear programmes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray

from bosett.statistics.relations import Ints, Relations
from bosett.terms.errors import BadInput

Floats = NDArray[np.float64]
UNKNOWN = -1
WHOLE = 1e-6
MOST_NODES = 50
"""Effort of the search for whole tables where the linear answer is not whole; then the linear one stands."""


@dataclass(frozen=True)
class Extreme:
    """The end of an interval that sums and whole numbers allow.

    Parameters
    ----------
    end
        None = without end.
    table
        Whole counts of the block that reach it, when such a table was found.
    weights
        How far each quantity of the block holds the end back (reduced costs of the linear answer).
    """

    end: int | None
    table: Floats | None
    weights: Floats | None


@dataclass
class Block:
    """Quantities that are tied to each other, and every sum they stand in.

    Parameters
    ----------
    quantities
        Their numbers in the relations.
    low, high
        Ends of what each may be; equal ends fix it.
    rows
        For each sum its places in the block, their signs and what they add to.
    search
        Look for whole tables where the linear answer is not whole.
    """

    quantities: Ints
    low: Floats
    high: Floats
    rows: list[tuple[Ints, Floats, float]]
    search: bool = True
    _solver: highspy.Highs = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._solver = quiet_solver()
        self._solver.passModel(self._model())

    def corner(self, objective: Floats, cap: float) -> Floats | None:
        """Counts that make the objective greatest when nothing is above `cap`; None if there are none."""
        everywhere = np.arange(len(self.low), dtype=np.int32)
        self._bound(np.minimum(self.high, cap))
        self._solver.changeColsCost(len(everywhere), everywhere, -objective)
        status = solved(self._solver)
        found = np.array(self._solver.getSolution().col_value)
        self._bound(self.high)
        self._solver.changeColsCost(len(everywhere), everywhere, np.zeros(len(everywhere)))
        return found if status == highspy.HighsModelStatus.kOptimal else None

    def fix(self, place: int, count: float) -> None:
        """Let a quantity be nothing but its count, as when it is shown."""
        self.free(place, count, count)

    def free(self, place: int, low: float, high: float) -> None:
        """Let a quantity be anything between two ends, as when it is hidden."""
        self.low[place], self.high[place] = low, high
        self._solver.changeColBounds(place, low, high)

    def extreme(self, place: int, sense: int) -> Extreme:
        """The least (`sense` -1) or greatest (+1) whole number that a quantity can be."""
        self._solver.changeColCost(place, float(-sense))
        status = solved(self._solver)
        solution = self._solver.getSolution()
        values, weights = np.array(solution.col_value), np.array(solution.col_dual)
        self._solver.changeColCost(place, 0.0)
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            if sense > 0 and self.corner(np.zeros(len(values)), highspy.kHighsInf) is not None:
                return Extreme(None, None, None)
            raise BadInput("sums that cannot hold", "a table whose hidden cells can be filled")
        if status == highspy.HighsModelStatus.kInfeasible:
            raise BadInput("sums that cannot hold", "a table whose hidden cells can be filled")
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the attack ended as {status}")
        if is_whole(values):
            return Extreme(round(values[place]), np.round(values), weights)
        end = inward(values[place], sense)
        if not self.search:
            return Extreme(end, None, weights)
        return self._whole_extreme(place, sense, end, weights)

    def _whole_extreme(self, place: int, sense: int, end: int, weights: Floats) -> Extreme:
        """The same among whole tables, within a fixed effort; the linear end where that is not enough."""
        solver = quiet_solver()
        model = self._model()
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(self.low)
        solver.passModel(model)
        solver.setOptionValue("mip_max_nodes", MOST_NODES)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.changeColCost(place, float(-sense))
        status = solved(solver)
        if status == highspy.HighsModelStatus.kInfeasible:
            raise BadInput("sums that cannot hold", "whole numbers behind the hidden cells")
        if status != highspy.HighsModelStatus.kOptimal:
            return Extreme(end, None, weights)
        values = np.round(np.array(solver.getSolution().col_value))
        return Extreme(int(values[place]), values, weights)

    def _bound(self, high: Floats) -> None:
        everywhere = np.arange(len(self.low), dtype=np.int32)
        self._solver.changeColsBounds(len(everywhere), everywhere, self.low, high)

    def _model(self) -> highspy.HighsLp:
        return rows_model(np.zeros(len(self.low)), self.low, self.high, self.rows)


def rows_model(
    cost: Floats, low: Floats, high: Floats, rows: list[tuple[Ints, Floats, float]]
) -> highspy.HighsLp:
    """A programme of equations, row by row, to be made least."""
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(cost), len(rows)
    model.col_cost_, model.col_lower_, model.col_upper_ = cost, low, high
    right = np.array([one[2] for one in rows])
    model.row_lower_, model.row_upper_ = right, right
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.num_col_, matrix.num_row_ = len(cost), len(rows)
    matrix.start_ = np.concatenate([[0], np.cumsum([len(one[0]) for one in rows])]).astype(np.int32)
    matrix.index_ = np.concatenate([np.zeros(0), *(one[0] for one in rows)]).astype(np.int32)
    matrix.value_ = np.concatenate([np.zeros(0), *(one[1] for one in rows)]).astype(np.float64)
    return model


def quiet_solver() -> highspy.Highs:
    """A solver that says nothing and gives the same answer every time."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("presolve", "off")
    return solver


def solved(solver: highspy.Highs) -> highspy.HighsModelStatus:
    """Solve, from the beginning if the last answer was a bad start, and say how it ended."""
    solver.run()
    if solver.getModelStatus() == highspy.HighsModelStatus.kUnknown:
        solver.clearSolver()
        solver.run()
    return solver.getModelStatus()


def is_whole(values: Floats) -> bool:
    """No value is between two whole numbers."""
    return bool(np.all(np.abs(values - np.round(values)) < WHOLE))


def inward(value: float, sense: int) -> int:
    """The last whole number before an end."""
    return math.floor(value + WHOLE) if sense > 0 else math.ceil(value - WHOLE)


def blocks(relations: Relations, known: Ints, bounds: Mapping[int, int] | None = None) -> list[Block]:
    """The unknown quantities in groups that share no sum.

    Parameters
    ----------
    known
        The count of each quantity, `UNKNOWN` where the public does not see it.
    bounds
        Quantities of `known` that stay in the programme, fixed to this count, for their weights.

    Raises
    ------
    BadInput
        If a sum of known counts does not hold.
    """
    fixed = bounds or {}
    free = known == UNKNOWN
    free[list(fixed)] = True
    rows = []
    for total, parts in relations.sums:
        every = np.array([total, *parts])
        signs = np.ones(len(every))
        signs[0] = -1
        inside = free[every]
        right = -float((signs * known[every])[~inside].sum())
        if inside.any():
            rows.append((every[inside], signs[inside], right))
        elif right:
            raise BadInput("shown cells that do not sum to their total", "the sum of the parts")
    return [_block(relations, fixed, members, held) for members, held in _connected(free, rows)]


def _block(
    relations: Relations, fixed: Mapping[int, int], members: Ints, rows: list[tuple[Ints, Floats, float]]
) -> Block:
    low = relations.published[members].astype(np.float64)
    high = np.full(len(members), highspy.kHighsInf)
    for place, quantity in enumerate(members.tolist()):
        if quantity in fixed:
            low[place] = high[place] = fixed[quantity]
    placed = [(np.searchsorted(members, every), signs, right) for every, signs, right in rows]
    return Block(members, low, high, placed)


def _connected(
    free: NDArray[np.bool_], rows: list[tuple[Ints, Floats, float]]
) -> list[tuple[Ints, list[tuple[Ints, Floats, float]]]]:
    """Quantities and rows by group; quantities that stand in no sum are alone."""
    label = np.arange(len(free))
    changed = True
    while changed:
        changed = False
        for every, _, _ in rows:
            least = label[every].min()
            if (label[every] != least).any():
                label[every], changed = least, True
        label = label[label]
    held: dict[int, list[tuple[Ints, Floats, float]]] = {}
    for row in rows:
        held.setdefault(int(label[row[0][0]]), []).append(row)
    members: dict[int, list[int]] = {}
    for quantity in np.flatnonzero(free).tolist():
        members.setdefault(int(label[quantity]), []).append(quantity)
    return [(np.array(found), held.get(leader, [])) for leader, found in sorted(members.items())]
