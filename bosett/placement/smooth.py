"""The dual of the linear programme over chosen pairs, smoothed: each unit spreads over its best pairs.

max is replaced by temperature x log sum exp, so that the bound can be lowered by Newton's method with
conjugate gradients; the temperature then falls.  No threads and no outside solver: the same bytes
everywhere, and little memory.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bosett.placement.units import Bools, Floats, Ints

ENOUGH = 3e-6
CLOSE = 1e-3
TURNS = 50
FARTHEST = 20.0
"""No price moves farther in one step than this many temperatures: beyond, the curve says nothing."""


@dataclass(frozen=True)
class Chosen:
    """Chosen pairs, grouped by unit.

    Parameters
    ----------
    begin
        Where each group begins.
    row
        The group of each pair.
    place, base
        Municipality and worth of each pair.
    use
        groups x dimensions.
    demanded
        pairs x demands: worth of the pair for each demand.
    alone
        What each group is worth unplaced; minus infinity when it is locked to a place.
    times
        How often each group counts (1, or more for a sample).
    """

    begin: Ints
    row: Ints
    place: Ints
    base: Floats
    use: Floats
    demanded: Floats
    alone: Floats
    times: Floats


@dataclass(frozen=True)
class Point:
    """Smoothed bound, its gradient, and the share of each pair at some prices."""

    value: float
    capacity_slope: Floats
    demand_slope: Floats
    share: Floats


class SmoothDual:
    """The smoothed bound as a function of prices.

    Parameters
    ----------
    capacity
        municipalities x dimensions, infinite = unlimited.
    at_least
        What each demand asks for.
    heat
        Temperature of each group relative to the others.
    """

    def __init__(self, chosen: Chosen, capacity: Floats, at_least: Floats, heat: Floats) -> None:
        self.chosen, self.at_least, self.heat = chosen, at_least, heat
        self.limited = np.isfinite(capacity)
        self.held = np.where(self.limited, capacity, 0.0)
        self._pair_use = [chosen.use[chosen.row, one] for one in range(capacity.shape[1])]
        self._heat_pair = heat[chosen.row]

    def net(self, capacity: Floats, demand: Floats) -> Floats:
        """Worth of each pair after paying."""
        net = self.chosen.base.copy()
        for dimension, use in enumerate(self._pair_use):
            net -= use * capacity[:, dimension].take(self.chosen.place)
        for index, price in enumerate(demand):
            net += price * self.chosen.demanded[:, index]
        return net

    def at(self, capacity: Floats, demand: Floats, temperature: float) -> Point:
        """The smoothed bound there."""
        chosen = self.chosen
        net = self.net(capacity, demand)
        top = np.maximum.reduceat(net, chosen.begin)
        top = np.maximum(top, chosen.alone)
        heat = temperature * self.heat
        weight = np.exp(np.maximum((net - top[chosen.row]) / (temperature * self._heat_pair), -700.0))
        alone = np.exp(np.maximum((chosen.alone - top) / heat, -700.0))
        total = np.add.reduceat(weight, chosen.begin) + alone
        value = float((chosen.times * (top + heat * np.log(total))).sum())
        share = weight / total[chosen.row]
        value += float((capacity * self.held).sum()) - float((demand * self.at_least).sum())
        taken = share * chosen.times[chosen.row]
        slope = self.held - self._by_place(taken)
        asked = np.array([float((taken * column).sum()) for column in chosen.demanded.T]) - self.at_least
        return Point(value, np.where(self.limited, slope, 0.0), asked.reshape(len(self.at_least)), share)

    def _by_place(self, weight: Floats) -> Floats:
        count = len(self.held)
        columns = [np.bincount(self.chosen.place, weight * use, count) for use in self._pair_use]
        return np.stack(columns, axis=1)

    def curve(
        self, point: Point, temperature: float, capacity: Floats, demand: Floats
    ) -> tuple[Floats, Floats]:
        """The second derivative times a direction."""
        chosen = self.chosen
        change = np.zeros(len(chosen.place))
        for dimension, use in enumerate(self._pair_use):
            change -= use * capacity[:, dimension].take(chosen.place)
        for index, one in enumerate(demand):
            change += one * chosen.demanded[:, index]
        mean = np.add.reduceat(point.share * change, chosen.begin)
        weight = point.share * (change - mean[chosen.row]) / (temperature * self._heat_pair)
        weight *= chosen.times[chosen.row]
        asked = np.array([float((weight * column).sum()) for column in chosen.demanded.T])
        return -self._by_place(weight), asked.reshape(len(demand))

    def diagonal(self, point: Point, temperature: float) -> tuple[Floats, Floats]:
        """The second derivative's diagonal, to scale by."""
        chosen = self.chosen
        weight = point.share * (1 - point.share) / (temperature * self._heat_pair)
        weight *= chosen.times[chosen.row]
        count = len(self.held)
        by_place = [np.bincount(chosen.place, weight * use * use, count) for use in self._pair_use]
        asked = np.array([float((weight * column * column).sum()) for column in chosen.demanded.T])
        return np.stack(by_place, axis=1), asked.reshape(len(self.at_least))


def descend(
    dual: SmoothDual, capacity: Floats, demand: Floats, temperature: float, steps: int
) -> tuple[Floats, Floats, Point]:
    """Lower the smoothed bound by at most `steps` Newton steps; prices stay >= 0."""
    point = dual.at(capacity, demand, temperature)
    for _ in range(steps):
        free_c = dual.limited & ((capacity > 0) | (point.capacity_slope < 0))
        free_d = (demand > 0) | (point.demand_slope < 0)
        step_c, step_d = _newton(dual, point, temperature, free_c, free_d)
        step_c = np.clip(step_c, -FARTHEST * temperature, FARTHEST * temperature)
        found = _line(dual, point, temperature, (capacity, demand), (step_c, step_d))
        if found is None:
            break
        gained = point.value - found[2].value
        capacity, demand, point = found
        if gained <= ENOUGH * abs(point.value):
            break
    return capacity, demand, point


def _newton(
    dual: SmoothDual, point: Point, temperature: float, free_c: Bools, free_d: Bools
) -> tuple[Floats, Floats]:
    """Conjugate gradients on the free prices, scaled by the diagonal."""
    scale_c, scale_d = dual.diagonal(point, temperature)
    floor = 1e-9 + 1e-2 * float(scale_c.max(initial=0.0))
    scale_c, scale_d = scale_c + floor, scale_d + 1e-9 + 1e-6 * float(scale_d.max(initial=0.0))
    ridge = 1e-2 * floor
    left_c, left_d = np.where(free_c, -point.capacity_slope, 0.0), np.where(free_d, -point.demand_slope, 0.0)
    step_c, step_d = np.zeros_like(left_c), np.zeros_like(left_d)
    way_c, way_d = left_c / scale_c, left_d / scale_d
    size = _inner(left_c, way_c, left_d, way_d)
    goal = CLOSE * size
    for _ in range(TURNS):
        if size <= goal:
            break
        bent_c, bent_d = dual.curve(point, temperature, way_c, way_d)
        bent_c = np.where(free_c, bent_c + ridge * way_c, 0.0)
        bent_d = np.where(free_d, bent_d + ridge * way_d, 0.0)
        bend = _inner(way_c, bent_c, way_d, bent_d)
        if bend <= 0:
            break
        length = size / bend
        step_c, step_d = step_c + length * way_c, step_d + length * way_d
        left_c, left_d = left_c - length * bent_c, left_d - length * bent_d
        turned_c, turned_d = left_c / scale_c, left_d / scale_d
        fresh = _inner(left_c, turned_c, left_d, turned_d)
        way_c, way_d = turned_c + fresh / size * way_c, turned_d + fresh / size * way_d
        size = fresh
    return step_c, step_d


def _inner(a: Floats, b: Floats, c: Floats, d: Floats) -> float:
    return float((a * b).sum()) + float((c * d).sum())


def _line(
    dual: SmoothDual,
    point: Point,
    temperature: float,
    here: tuple[Floats, Floats],
    step: tuple[Floats, Floats],
) -> tuple[Floats, Floats, Point] | None:
    """Halve the step until the bound falls enough; None when it does not."""
    length = 1.0
    for _ in range(25):
        capacity = np.maximum(here[0] + length * step[0], 0.0)
        demand = np.maximum(here[1] + length * step[1], 0.0)
        found = dual.at(capacity, demand, temperature)
        moved = _inner(point.capacity_slope, capacity - here[0], point.demand_slope, demand - here[1])
        if found.value <= point.value + 1e-4 * moved and found.value < point.value:
            return capacity, demand, found
        length /= 2
    return None
