"""Prices of places for an instance of any size: a sample first, then the best pairs of every unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bosett.placement.certificate import Prices, bound_of, net_rows, pieces
from bosett.placement.smooth import Chosen, SmoothDual, descend
from bosett.placement.units import FREE, Bools, Floats, Ints, Units
from bosett.placement.worth import Demand, Worth

SAMPLE = 500
WHOLE_TABLE = 120_000
COOLING = 0.25
STEPS = 10
ROUNDS = ((12, 0.2, 4e-3), (8, 0.008, 4e-4), (6, 0.001, 2e-4), (6, 0.0005, 2e-4), (6, 0.0005, 2e-4))
"""Pairs of each unit, and first and last temperature relative to a typical difference in score."""
EXPECTED = ((12, 0.2, 0.05), (20, 0.2, 0.06))
"""The same where the future is only expected: sharper prices than what is known decide worse."""
LEFT_OUT = 5.0
"""What leaving out a person who must be placed costs while prices are sought, in typical differences."""
SAME_BOUND = 2e-5


@dataclass(frozen=True)
class Priced:
    """Prices, the certified bound they give, and each unit's best pairs at them.

    Parameters
    ----------
    unit, place
        The chosen pairs by unit.
    """

    prices: Prices
    bound: float
    terms: Floats
    unit: Ints
    place: Ints
    share: Floats


@dataclass(frozen=True)
class _State:
    capacity: Floats
    demand: Floats


def price_all(units: Units, worth: Worth, demands: Sequence[Demand], start: Prices | None = None) -> Priced:
    """Lower the certified bound until pricing every pair changes it no more.

    Parameters
    ----------
    start
        Prices of a similar problem, to begin from.
    """
    full = [_asks_for_all(units, one) for one in demands]
    must = _must_be_placed(units, demands, full)
    state = _first(units, worth, demands, full, must) if start is None else _given(start)
    best: Priced | None = None
    for count, first, last in ROUNDS if start is None else ROUNDS[1:]:
        unit, place = best_pairs(units, worth, _as_prices(units, state), demands, count)
        cooling = (first, last)
        state, share = _lower(units, worth, demands, full, must, unit, place, state, cooling)
        prices, terms = _certificate(units, worth, demands, full, must, state)
        bound = bound_of(units, terms, prices, demands)
        before = np.inf if best is None else best.bound
        if bound < before:
            best = Priced(prices, bound, terms, unit, place, share)
        if best is not None and before - bound <= SAME_BOUND * abs(bound):
            break
    if best is None:
        raise RuntimeError("no bound was found")
    return best


def price_weighted(
    units: Units, worth: Worth, demands: Sequence[Demand], times: Floats, start: Prices | None = None
) -> Prices:
    """Prices when each unit counts so many times, as in a future that is only expected; no bound is made."""
    full = [_asks_for_all(units, one) for one in demands]
    must = _must_be_placed(units, demands, full)
    state = _first(units, worth, demands, full, must, times) if start is None else _given(start)
    for count, first, last in EXPECTED if start is None else EXPECTED[-1:]:
        unit, place = best_pairs(units, worth, _as_prices(units, state), demands, count)
        state, _ = _lower(units, worth, demands, full, must, unit, place, state, (first, last), times)
    return _as_prices(units, state)


def best_pairs(
    units: Units, worth: Worth, prices: Prices, demands: Sequence[Demand], count: int
) -> tuple[Ints, Ints]:
    """The `count` best fitting pairs of each unit after paying; only the lock of a locked unit."""
    found_unit, found_place = [], []
    keep = min(count, units.places)
    for start, stop in pieces(units):
        net = net_rows(units, worth, prices, demands, start, stop)
        fits = units.fitting[start:stop]
        net[~fits] = -np.inf
        top = np.argpartition(-net, keep - 1, axis=1)[:, :keep] if keep else np.zeros((stop - start, 0), int)
        top = np.sort(top, axis=1)
        lock = units.lock[start:stop]
        usable = np.take_along_axis(fits, top, axis=1) & (lock < 0)[:, None]
        row, column = np.nonzero(usable)
        locked = np.flatnonzero(lock >= 0)
        unit = np.concatenate([row, locked]) + start
        place = np.concatenate([top[row, column], lock[locked]])
        order = np.lexsort((place, unit))
        found_unit.append(unit[order])
        found_place.append(place[order])
    return np.concatenate([*found_unit, np.zeros(0, np.int64)]), np.concatenate(
        [*found_place, np.zeros(0, np.int64)]
    )


def _asks_for_all(units: Units, demand: Demand) -> bool:
    """The demand can only be met by placing every unit it counts."""
    if demand.is_group:
        return False
    all_of_it = float(demand.worth.weight[units.fitting.any(axis=1)].sum())
    return demand.at_least >= all_of_it - 1e-9


def _must_be_placed(units: Units, demands: Sequence[Demand], full: Sequence[bool]) -> Bools:
    must = units.lock >= 0
    for one, whole in zip(demands, full, strict=True):
        if whole:
            must = must | (one.worth.weight > 0)
    return must


def _given(prices: Prices) -> _State:
    return _State(prices.capacity.copy(), np.array(prices.kept, dtype=np.float64))


def _as_prices(units: Units, state: _State) -> Prices:
    return Prices.rounded(state.capacity, state.demand.tolist(), units)


def _first(
    units: Units,
    worth: Worth,
    demands: Sequence[Demand],
    full: Sequence[bool],
    must: Bools,
    counted: Floats | None = None,
) -> _State:
    """Prices of a sample of units that stands for all, from prices of 0."""
    zero = _State(np.zeros_like(units.capacity), np.zeros(len(demands)))
    whole = units.count * units.places <= WHOLE_TABLE
    taken = np.arange(units.count) if whole else np.arange(0, units.count, max(1, units.count // SAMPLE))
    mask = np.zeros(units.count, dtype=np.bool_)
    mask[taken] = True
    mask |= units.lock >= 0
    row, place = np.nonzero(units.fitting & mask[:, None])
    fits = (units.lock[row] < 0) | (units.lock[row] == place)
    row, place = row[fits], place[fits]
    times = np.ones(units.count)
    free = mask & (units.lock < 0)
    times[free] = (units.lock < 0).sum() / max(1, free.sum())
    if counted is not None:
        times *= counted
    state, _ = _lower(units, worth, demands, full, must, row, place, zero, (0.5, 0.03), times)
    return state


def _lower(
    units: Units,
    worth: Worth,
    demands: Sequence[Demand],
    full: Sequence[bool],
    must: Bools,
    unit: Ints,
    place: Ints,
    state: _State,
    cooling: tuple[float, float],
    times: Floats | None = None,
) -> tuple[_State, Floats]:
    """Lower the smoothed bound over the pairs while the temperature falls."""
    if not len(unit):
        return state, np.zeros(0)
    chosen = _chosen(units, worth, demands, full, unit, place, times)
    heat = units.persons[unit[chosen.begin]].astype(np.float64)
    scale = _spread(chosen) / max(1.0, float(heat.mean()))
    left_out = must[unit[chosen.begin]] & np.isfinite(chosen.alone)
    chosen.alone[left_out] = -LEFT_OUT * scale * heat[left_out]
    dual = SmoothDual(chosen, units.capacity, np.array([one.at_least for one in demands]), heat)
    fixed = np.array([0.0 if whole else 1.0 for whole in full])
    chosen.demanded[:, fixed == 0] = 0.0
    dual.at_least[fixed == 0] = 0.0
    temperature, goal = scale * cooling[0], scale * cooling[1]
    capacity, demand = state.capacity, state.demand * fixed
    point = dual.at(capacity, demand, temperature)
    while True:
        capacity, demand, point = descend(dual, capacity, demand, temperature, STEPS)
        if temperature <= goal:
            return _State(capacity, demand), point.share
        temperature = max(goal, temperature * COOLING)


def _spread(chosen: Chosen) -> float:
    """A typical difference between the pairs of one unit."""
    high = np.maximum.reduceat(chosen.base, chosen.begin)
    low = np.minimum.reduceat(chosen.base, chosen.begin)
    found = float((high - low).mean())
    return found if found > 0 else max(1.0, float(np.abs(high).mean()))


def _chosen(
    units: Units,
    worth: Worth,
    demands: Sequence[Demand],
    full: Sequence[bool],
    unit: Ints,
    place: Ints,
    times: Floats | None,
) -> Chosen:
    begin = np.flatnonzero(np.r_[True, unit[1:] != unit[:-1]])
    row = np.cumsum(np.r_[False, unit[1:] != unit[:-1]])
    head = unit[begin]
    demanded = np.zeros((len(unit), len(demands)))
    for index, one in enumerate(demands):
        if not full[index]:
            demanded[:, index] = one.worth.at(unit, place)
    return Chosen(
        begin=begin,
        row=row,
        place=place,
        base=worth.at(unit, place),
        use=units.use[head],
        demanded=demanded,
        alone=np.where(units.lock[head] >= 0, -np.inf, 0.0),
        times=np.ones(len(head)) if times is None else times[head],
    )


def _certificate(
    units: Units,
    worth: Worth,
    demands: Sequence[Demand],
    full: Sequence[bool],
    must: Bools,
    state: _State,
) -> tuple[Prices, Floats]:
    """Rounded prices; those of levels that must all be placed are as high as that needs."""
    base = Prices.rounded(state.capacity, state.demand.tolist(), units)
    best = np.full(units.count, -np.inf)
    for start, stop in pieces(units):
        net = net_rows(units, worth, base, demands, start, stop)
        net[~units.fitting[start:stop]] = -np.inf
        lock = units.lock[start:stop]
        best[start:stop] = net.max(axis=1, initial=-np.inf)
        locked = np.flatnonzero(lock >= 0)
        best[start + locked] = net[locked, lock[locked]]
    free = must & (units.lock == FREE) & np.isfinite(best)
    kept = list(base.kept)
    for index, one in enumerate(demands):
        if full[index]:
            counted = free & (one.worth.weight > 0)
            kept[index] = float(np.max(-best[counted] / one.worth.weight[counted], initial=0.0))
    prices = Prices.rounded(base.capacity, kept, units)
    for price, one, whole in zip(prices.kept, demands, full, strict=True):
        if whole and price:
            best = best + price * one.worth.weight
    terms = np.where(units.lock >= 0, best, np.maximum(best, 0.0))
    return prices, terms
