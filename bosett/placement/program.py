"""A linear or whole-number programme over (unit, municipality) pairs, solved by HiGHS.

One thread and a fixed seed in every call of the process: HiGHS gives an empty answer when the
number of threads differs between calls, and the same input must give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import highspy
import numpy as np
import numpy.typing as npt

from bosett.placement.units import Bools, Floats, Ints, Units
from bosett.placement.worth import Demand, Worth

INFINITY = highspy.kHighsInf
IndexArray = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Limits:
    """How long to try.

    Parameters
    ----------
    time_limit_s
        Seconds for the whole run by `clock`; None = until proven.  A run ended by time need not
        repeat.
    effort
        Most branch-and-bound nodes a level, >= 1; None = until proven.
    gap
        Stop at this gap to the solver's own bound, a fraction >= 0.
    clock
        Seconds from any origin; the library reads no clock of its own, so a time limit needs one.
    """

    time_limit_s: float | None = None
    effort: int | None = None
    gap: float = 0.0
    clock: Callable[[], float] | None = None

    def __post_init__(self) -> None:
        if self.time_limit_s is not None and self.clock is None:
            raise ValueError("a time limit needs a clock")
        if (self.effort is not None and self.effort < 1) or self.gap < 0:
            raise ValueError("effort is at least 1 node and a gap is not negative")

    def started(self) -> Limits:
        """The same limits with the clock set to 0 now."""
        if self.clock is None:
            return self
        clock, origin = self.clock, self.clock()
        return replace(self, clock=lambda: clock() - origin)

    def seconds_left(self) -> float | None:
        """Seconds left of a started time limit, at least a tenth; None = no limit."""
        if self.time_limit_s is None or self.clock is None:
            return None
        return max(0.1, self.time_limit_s - self.clock())

    def is_over(self) -> bool:
        """Whether a started time limit has run out."""
        return self.time_limit_s is not None and self.clock is not None and self.clock() >= self.time_limit_s


@dataclass(frozen=True)
class Pairs:
    """The columns of the programme: unit and municipality of each."""

    unit: Ints
    place: Ints

    @classmethod
    def of(cls, chosen: Bools) -> Pairs:
        """From a units x municipalities matrix."""
        unit, place = np.nonzero(chosen)
        return cls(unit.astype(np.int64), place.astype(np.int64))

    @property
    def count(self) -> int:
        """How many columns."""
        return len(self.unit)


@dataclass(frozen=True)
class Relaxed:
    """The linear programme's answer: value and dual prices, all >= 0; no value = infeasible."""

    value: float | None
    unit_price: Floats
    capacity_price: Floats
    kept_price: tuple[float, ...]


@dataclass(frozen=True)
class Whole:
    """The whole-number answer: place of each unit (-1 = unplaced), the solver's bound, and if proven.

    No places: none was found; proven then says that there are none.
    """

    places: Ints | None
    bound: float
    proven: bool


def relax(
    units: Units, pairs: Pairs, worth: Worth, demands: Sequence[Demand], *, interior: bool = False
) -> Relaxed:
    """Solve the linear relaxation over the pairs."""
    solver = _solver(units, pairs, worth, demands, whole=False)
    if interior:
        solver.setOptionValue("solver", "ipm")
    solver.run()
    if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        none = np.zeros(units.count), np.zeros_like(units.capacity), (0.0,) * len(demands)
        return Relaxed(None, *none)
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"the relaxation ended as {solver.getModelStatus()}")
    dual = np.abs(np.array(solver.getSolution().row_dual))
    limited = pair_rows(units)
    prices = np.zeros_like(units.capacity)
    prices[limited[:, 0], limited[:, 1]] = dual[units.count : units.count + len(limited)]
    kept = tuple(float(one) for one in dual[units.count + len(limited) :])
    return Relaxed(solver.getInfo().objective_function_value, dual[: units.count], prices, kept)


def solve_whole(
    units: Units,
    pairs: Pairs,
    worth: Worth,
    demands: Sequence[Demand],
    start: Ints | None,
    limits: Limits,
    seed: int,
) -> Whole:
    """Solve the whole-number programme over the pairs, from a start that keeps every rule and demand."""
    if not pairs.count:
        nobody = all(one.at_least <= 0 for one in demands)
        return Whole(np.full(units.count, -1) if nobody else None, 0.0 if nobody else -INFINITY, proven=True)
    solver = whole_solver(units, pairs, worth, demands)
    limit_search(solver, limits, seed)
    if start is not None:
        first = highspy.HighsSolution()
        first.col_value = (start[pairs.unit] == pairs.place).astype(float).tolist()
        solver.setSolution(first)
    solver.run()
    return _read_whole(solver, units, pairs, start)


def limit_search(solver: highspy.Highs, limits: Limits, seed: int) -> None:
    """How long and how exactly the whole-number search goes on."""
    solver.setOptionValue("random_seed", seed % 2**31)
    solver.setOptionValue("mip_rel_gap", limits.gap)
    solver.setOptionValue("mip_abs_gap", 1e-7)
    if limits.effort is not None:
        solver.setOptionValue("mip_max_nodes", limits.effort)
    seconds_left = limits.seconds_left()
    if seconds_left is not None:
        solver.setOptionValue("time_limit", seconds_left)


def found_whole(solver: highspy.Highs) -> tuple[bool, float, Floats | None]:
    """Whether the search ended with a proof, its bound, and the columns' values if it found an answer."""
    info, status = solver.getInfo(), solver.getModelStatus()
    proven = status in {highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible}
    if status == highspy.HighsModelStatus.kInfeasible:
        return True, -INFINITY, None
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return False, info.mip_dual_bound, None
    return proven, info.mip_dual_bound, np.array(solver.getSolution().col_value)


def whole_solver(units: Units, pairs: Pairs, worth: Worth, demands: Sequence[Demand]) -> highspy.Highs:
    """The whole-number programme, ready for more columns and rows or to be run."""
    return _solver(units, pairs, worth, demands, whole=True)


def _read_whole(solver: highspy.Highs, units: Units, pairs: Pairs, start: Ints | None) -> Whole:
    proven, bound, values = found_whole(solver)
    if values is None:
        return Whole(None if proven else start, bound, proven)
    taken = values > 0.5
    places = np.full(units.count, -1, dtype=np.int64)
    places[pairs.unit[taken]] = pairs.place[taken]
    return Whole(places, bound, proven)


def _solver(
    units: Units, pairs: Pairs, worth: Worth, demands: Sequence[Demand], *, whole: bool
) -> highspy.Highs:
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    if whole:
        solver.setOptionValue(
            "presolve", "off"
        )  # the proof of a tight week is up to four times faster without
    solver.passModel(_model(units, pairs, worth, demands, whole=whole))
    return solver


def _model(
    units: Units, pairs: Pairs, worth: Worth, demands: Sequence[Demand], *, whole: bool
) -> highspy.HighsLp:
    """Maximise; rows are units (at most one place), limited capacities, then demands."""
    limited = pair_rows(units)
    row, column, weight = _entries(units, pairs, demands, limited)
    order = np.lexsort((row, column))
    row, column, weight = row[order], column[order], weight[order]
    locked = units.lock[pairs.unit] == pairs.place
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = pairs.count, units.count + len(limited) + len(demands)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = worth.at(pairs.unit, pairs.place)
    model.col_lower_ = locked.astype(np.float64)
    model.col_upper_ = np.full(pairs.count, 1.0 if whole else INFINITY, dtype=np.float64)
    model.row_lower_ = np.concatenate(
        [np.full(units.count + len(limited), -INFINITY), np.array([one.at_least for one in demands])]
    )
    capacities = units.capacity[limited[:, 0], limited[:, 1]]
    model.row_upper_ = np.concatenate([np.ones(units.count), capacities, np.full(len(demands), INFINITY)])
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kColwise
    matrix.start_ = np.searchsorted(column, np.arange(pairs.count + 1)).astype(np.int32)
    matrix.index_ = row.astype(np.int32)
    matrix.value_ = weight
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * pairs.count
    return model


def pair_rows(units: Units) -> Ints:
    """(municipality, dimension) of each capacity row; the rows of units come before them."""
    return np.argwhere(np.isfinite(units.capacity))


def pairs_solver(units: Units, pairs: Pairs, worth: Worth) -> highspy.Highs:
    """The linear programme over the pairs without demands, ready for more columns or to be run."""
    return _solver(units, pairs, worth, (), whole=False)


def pair_columns(
    units: Units, pairs: Pairs, worth: Worth
) -> tuple[Floats, Floats, Floats, int, IndexArray, IndexArray, Floats]:
    """New columns for that programme, as the solver takes them."""
    row, column, weight = _entries(units, pairs, (), pair_rows(units))
    order = np.lexsort((row, column))
    start = np.searchsorted(column[order], np.arange(pairs.count)).astype(np.int32)
    none, endless = np.zeros(pairs.count), np.full(pairs.count, INFINITY)
    cost = worth.at(pairs.unit, pairs.place)
    return cost, none, endless, len(row), start, row[order].astype(np.int32), weight[order]


def _entries(
    units: Units, pairs: Pairs, demands: Sequence[Demand], limited: Ints
) -> tuple[Ints, Ints, Floats]:
    columns = np.arange(pairs.count, dtype=np.int64)
    rows, cols, weights = [pairs.unit], [columns], [np.ones(pairs.count)]
    row_of = np.full(units.capacity.shape, -1, dtype=np.int64)
    row_of[limited[:, 0], limited[:, 1]] = units.count + np.arange(len(limited))
    for dimension in range(units.capacity.shape[1]):
        use = units.use[pairs.unit, dimension]
        row = row_of[pairs.place, dimension]
        held = (row >= 0) & (use > 0)
        rows, cols, weights = [*rows, row[held]], [*cols, columns[held]], [*weights, use[held]]
    for place, one in enumerate(demands):
        weight = one.worth.at(pairs.unit, pairs.place)
        held = weight != 0
        row = np.full(int(held.sum()), units.count + len(limited) + place, dtype=np.int64)
        rows, cols, weights = [*rows, row], [*cols, columns[held]], [*weights, weight[held]]
    return np.concatenate(rows), np.concatenate(cols), np.concatenate(weights)
