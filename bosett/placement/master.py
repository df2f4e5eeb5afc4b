"""The linear programme over whole baskets of units: one basket a small municipality, single pairs elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from bosett.placement.program import Limits, Whole, found_whole, limit_search
from bosett.placement.units import Bools, Floats, Ints, Units
from bosett.placement.worth import Demand, Worth

Basket = tuple[int, tuple[int, ...]]
"""A municipality and the units it takes, in order."""


@dataclass(frozen=True)
class Duals:
    """Price of each unit, of the places of municipalities without baskets, and of each demand."""

    unit: Floats
    capacity: Floats
    kept: Floats

    def towards(self, other: Duals, share: float) -> Duals:
        """This, moved a share of the way to another."""
        return Duals(
            self.unit + share * (other.unit - self.unit),
            self.capacity + share * (other.capacity - self.capacity),
            self.kept + share * (other.kept - self.kept),
        )


class Master:
    """Baskets found so far, and the best mixture of them.

    Parameters
    ----------
    small
        Municipalities that take one basket; the others have rows for their places.
    """

    def __init__(self, units: Units, worth: Worth, demands: Sequence[Demand], small: Bools) -> None:
        self._units, self._worth, self._demands, self._small = units, worth, demands, small
        self._known: set[Basket] = set()
        self._baskets: list[Basket] = []
        self._held, self._mine = np.zeros(0, np.int64), dict[int, frozenset[int]]()
        limited = np.argwhere(np.isfinite(units.capacity) & ~small[:, None])
        self._row_of = np.full(units.capacity.shape, -1, dtype=np.int64)
        self._row_of[limited[:, 0], limited[:, 1]] = units.count + units.places + np.arange(len(limited))
        self._limited = limited
        self._first_demand = units.count + units.places + len(limited)
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self._solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        endless = highspy.kHighsInf
        upper = [
            np.ones(units.count + units.places),
            units.capacity[limited[:, 0], limited[:, 1]],
            np.full(len(demands), endless),
        ]
        least = [np.full(self._first_demand, -endless), np.array([one.at_least for one in demands])]
        rows = self._first_demand + len(demands)
        none = np.zeros(0, dtype=np.int32)
        self._solver.addRows(
            rows, np.concatenate(least), np.concatenate(upper), 0, np.zeros(rows, np.int32), none, np.zeros(0)
        )

    def add(self, unit: Ints, place: Ints) -> int:
        """Add baskets, and single pairs of the other municipalities; how many were new."""
        order = np.lexsort((unit, place))
        unit, place = unit[order], place[order]
        alone = ~self._small[place]
        cut = [0, *(np.flatnonzero((place[1:] != place[:-1]) | alone[1:]) + 1).tolist()]
        ends = [*cut[1:], len(unit)]
        names, whose = unit.tolist(), place.tolist()
        return self.put(
            [(whose[begin], tuple(names[begin:end])) for begin, end in zip(cut, ends, strict=True) if end]
        )

    def put(self, baskets: Sequence[Basket]) -> int:
        """Add baskets of sorted units that are not there yet; how many were new."""
        fresh = [one for one in dict.fromkeys(baskets) if one not in self._known]
        if fresh:
            self._known.update(fresh)
            self._baskets.extend(fresh)
            self._put(fresh)
        return len(fresh)

    @property
    def baskets(self) -> tuple[Basket, ...]:
        """All baskets added so far."""
        return tuple(self._baskets)

    def _put(self, baskets: Sequence[Basket]) -> None:
        head = np.array([one[0] for one in baskets], dtype=np.int64)
        length = np.array([len(one[1]) for one in baskets])
        basket = np.repeat(np.arange(len(baskets)), length)
        unit = np.array([unit for one in baskets for unit in one[1]], dtype=np.int64)
        place = head[basket]
        cost = np.bincount(basket, self._worth.at(unit, place), len(baskets)).astype(np.float64)
        held = self._small[head]
        column = [basket, np.flatnonzero(held)]
        row = [unit, self._units.count + head[held]]
        value = [np.ones(len(unit)), np.ones(int(held.sum()))]
        for dimension in range(self._units.capacity.shape[1]):
            at, use = self._row_of[place, dimension], self._units.use[unit, dimension]
            some = (at >= 0) & (use > 0)
            column, row, value = [*column, basket[some]], [*row, at[some]], [*value, use[some]]
        for index, one in enumerate(self._demands):
            total = np.bincount(basket, one.worth.at(unit, place), len(baskets)).astype(np.float64)
            some_baskets = np.flatnonzero(total)
            column, value = [*column, some_baskets], [*value, total[some_baskets]]
            row = [*row, np.full(len(some_baskets), self._first_demand + index)]
        columns, rows, values = np.concatenate(column), np.concatenate(row), np.concatenate(value)
        order = np.lexsort((rows, columns))
        start = np.searchsorted(columns[order], np.arange(len(baskets))).astype(np.int32)
        upper = np.full(len(baskets), highspy.kHighsInf)
        self._solver.addCols(
            len(baskets), cost, np.zeros(len(baskets)), upper,
            len(order), start, rows[order].astype(np.int32), values[order].astype(np.float64),
        )  # fmt: skip

    def solve(self) -> tuple[float, Duals] | None:
        """The best mixture's value and its prices; None when the solver does not finish."""
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        dual = np.abs(np.array(self._solver.getSolution().row_dual))
        capacity = np.zeros_like(self._units.capacity)
        first = self._units.count + self._units.places
        capacity[self._limited[:, 0], self._limited[:, 1]] = dual[first : self._first_demand]
        duals = Duals(dual[: self._units.count], capacity, dual[self._first_demand :])
        return float(self._solver.getInfo().objective_function_value), duals

    def shares(self) -> tuple[Ints, Ints, Floats]:
        """How much of each unit lies in each municipality in the mixture last solved: unit, place, share."""
        value = np.array(self._solver.getSolution().col_value)
        found: dict[tuple[int, int], float] = {}
        for index in np.flatnonzero(value > 1e-9).tolist():
            place, inside = self._baskets[index]
            for unit in inside:
                found[unit, place] = found.get((unit, place), 0.0) + float(value[index])
        pairs = np.array(list(found), dtype=np.int64).reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1], np.array(list(found.values()))

    def hold(self, places: Ints) -> None:
        """Shut the baskets that do not agree with what is fixed (-1 = not fixed), now and from now on."""
        self._held = places
        self._mine = {
            place: frozenset(np.flatnonzero(places == place).tolist()) for place in np.unique(places).tolist()
        }
        shut = np.array(
            [index for index, one in enumerate(self._baskets) if not self._agrees(one)], dtype=np.int32
        )
        none = np.zeros(len(shut))
        self._solver.changeColsBounds(len(shut), shut, none, none)
        self.put(
            [
                (place, tuple(sorted(units)))
                for place, units in self._mine.items()
                if place >= 0 and self._small[place]
            ]
        )

    def _agrees(self, basket: Basket) -> bool:
        place, inside = basket
        elsewhere = any(self._held[unit] not in {-1, place} for unit in inside)
        return not elsewhere and (not self._small[place] or self._mine.get(place, frozenset()) <= set(inside))

    def whole(self, start: Ints, limits: Limits, seed: int) -> Whole:
        """The best choice of whole baskets among those added, from a start whose baskets are added."""
        placed = np.flatnonzero(start >= 0)
        self.add(placed, start[placed])
        count = len(self._baskets)
        if not count:
            return Whole(start, 0.0, proven=True)
        every = np.arange(count, dtype=np.int32)
        kinds = np.full(count, int(highspy.HighsVarType.kInteger.value), dtype=np.uint8)
        self._solver.changeColsIntegrality(count, every, kinds)
        self._solver.changeColsBounds(count, every, np.zeros(count), np.ones(count))
        self._solver.setOptionValue("presolve", "off")
        limit_search(self._solver, limits, seed)
        for name in ("feasibility_jump", "rins", "rens", "root_reduced_cost"):
            self._solver.setOptionValue(f"mip_heuristic_run_{name}", False)
        # trying out branches takes as long here as hundreds of nodes
        self._solver.setOptionValue("mip_pscost_minreliable", 0)
        taken = self._taken(start)
        first = highspy.HighsSolution()
        first.col_value = taken.tolist()
        self._solver.setSolution(first)
        self._solver.run()
        proven, bound, values = found_whole(self._solver)
        if values is None:
            return Whole(start, bound, proven=False)
        places = np.full(self._units.count, -1, dtype=np.int64)
        for index in np.flatnonzero(values > 0.5).tolist():
            place, inside = self._baskets[index]
            places[list(inside)] = place
        return Whole(places, bound, proven)

    def _taken(self, places: Ints) -> Floats:
        """1 for the baskets of an answer."""
        held: dict[int, list[int]] = {}
        for unit in np.flatnonzero(places >= 0).tolist():
            held.setdefault(int(places[unit]), []).append(unit)
        inside = {(place, tuple(units)) for place, units in held.items() if self._small[place]}
        inside |= {
            (place, (one,)) for place, units in held.items() if not self._small[place] for one in units
        }
        return np.array([float(one in inside) for one in self._baskets])
