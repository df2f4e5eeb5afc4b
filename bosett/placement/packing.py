"""A bound that knows that households are whole: far tighter than prices where municipalities are small.

Each municipality takes the best basket of whole units at the units' prices; the prices are those of the
linear programme over baskets, found by adding baskets that pay until none is left.  The bound needs a
solver's care, not its trust: at any prices >= 0 no answer exceeds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bosett.placement.certificate import Prices, unit_terms
from bosett.placement.knapsack import Knapsacks
from bosett.placement.master import Basket, Duals, Master
from bosett.placement.program import Limits
from bosett.placement.units import Bools, Floats, Ints, Units
from bosett.placement.worth import Demand, Worth

ROUNDS = 200
KEPT = 0.35
"""How much of the best prices so far is kept when new ones are tried."""
CLOSE = 2e-5
FIRST_BASKETS = 40
"""Baskets of each municipality that are there from the beginning, at most."""
FIRST_REACH = 0.1
"""How far below the best they may lie, as a share of what a unit gains in the mean."""


@dataclass(frozen=True)
class Packed:
    """The bound, and for each pair how far below the bound every answer lies that uses it."""

    bound: float
    loss: Floats
    sacks: Knapsacks
    gain: Floats
    value: Floats
    mixed: tuple[Basket, ...]
    duals: Duals

    def baskets(self, reach: float, each: int) -> tuple[list[Basket], Bools]:
        """What answers at most `reach` below the bound can use, and for which municipalities whole baskets.

        The others have single pairs.
        """
        found, listed = self.sacks.near(self.gain, self.value, reach, each)
        unit, place = np.nonzero((self.loss <= reach) & ~listed)
        single = [(there, (one,)) for one, there in zip(unit.tolist(), place.tolist(), strict=True)]
        return [*found, *single], listed


@dataclass(frozen=True)
class _Tried:
    bound: float
    duals: Duals
    gain: Floats
    value: Floats
    unit: Ints
    place: Ints


def pack(
    units: Units,
    worth: Worth,
    demands: Sequence[Demand],
    start: Ints,
    prices: Prices | Packed,
    limits: Limits,
    close: float = CLOSE,
) -> Packed:
    """Lower the bound until baskets no longer pay.

    Parameters
    ----------
    units
        None of them locked.
    start
        An answer that meets the demands.
    prices
        Prices of places to begin from, or a bound of the same units that asked for less of the same.
    close
        Distance to the best mixture, as a share of the bound, at which it is enough.
    """
    sacks = Knapsacks(units)
    master = Master(units, worth, demands, sacks.small)
    placed = np.flatnonzero(start >= 0)
    master.add(placed, start[placed])
    tables = [worth.rows(0, units.count, units.places)]
    tables += [one.worth.rows(0, units.count, units.places) for one in demands]
    first = prices.duals if isinstance(prices, Packed) else _of_prices(units, worth, prices, demands)
    best = _try(units, demands, sacks, tables, first)
    master.add(best.unit, best.place)
    master.put(prices.mixed if isinstance(prices, Packed) else _first_baskets(units, sacks, best))
    for _ in range(ROUNDS):
        solved = master.solve()
        if solved is None or best.bound - solved[0] <= close * max(1.0, abs(best.bound)) or limits.is_over():
            break
        for share in (1 - KEPT, 1.0):
            tried = _try(units, demands, sacks, tables, best.duals.towards(solved[1], share))
            new = master.add(tried.unit, tried.place)
            better = tried.bound < best.bound
            best = tried if better else best
            if new or better:
                break
        else:
            break
    loss = sacks.losses(best.gain, best.value)
    loss[:, ~sacks.small] = _own_loss(units, best)[:, ~sacks.small]
    return Packed(
        best.bound,
        np.where(units.fitting, loss, np.inf),
        sacks,
        best.gain,
        best.value,
        master.baskets,
        best.duals,
    )


def _of_prices(units: Units, worth: Worth, prices: Prices, demands: Sequence[Demand]) -> Duals:
    return Duals(unit_terms(units, worth, prices, demands), prices.capacity, np.array(prices.kept))


def _first_baskets(units: Units, sacks: Knapsacks, tried: _Tried) -> list[Basket]:
    """Some baskets near the best at the first prices."""
    reach = FIRST_REACH * abs(tried.bound) / max(1, units.count)
    return sacks.some_near(tried.gain, tried.value, reach, FIRST_BASKETS)


def _try(
    units: Units, demands: Sequence[Demand], sacks: Knapsacks, tables: Sequence[Floats], duals: Duals
) -> _Tried:
    """The bound at some prices, and the baskets that gain most there."""
    net = tables[0].copy()
    for price, table in zip(duals.kept, tables[1:], strict=True):
        if price:
            net += price * table
    net[~units.fitting] = -np.inf
    large = np.flatnonzero(~sacks.small)
    paid = net[:, large] - units.use @ duals.capacity[large].T
    unit_price = np.maximum(np.maximum(duals.unit, paid.max(axis=1, initial=-np.inf)), 0.0)
    gain = net - unit_price[:, None]
    filled = sacks.best(gain)
    held = np.where(duals.capacity[large] > 0, units.capacity[large], 0.0)
    bound = unit_price.sum() + (held * duals.capacity[large]).sum() + filled.value.sum()
    bound -= sum(price * one.at_least for price, one in zip(duals.kept, demands, strict=True))
    single = np.flatnonzero(np.isfinite(paid.max(axis=1, initial=-np.inf)))
    to = large[np.argmax(paid[single], axis=1)] if len(single) else single
    own = Duals(unit_price, duals.capacity, duals.kept)
    return _Tried(
        float(bound), own, gain, filled.value,
        np.concatenate([filled.unit, single]), np.concatenate([filled.place, to]),
    )  # fmt: skip


def _own_loss(units: Units, tried: _Tried) -> Floats:
    return np.asarray(units.use @ tried.duals.capacity.T - tried.gain, dtype=np.float64)
