"""The linear programme over all pairs, solved with few of them: price all, add what pays, repeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bosett.placement.certificate import Prices, best_of, bound_of, net_rows, unit_terms
from bosett.placement.duals import price_all
from bosett.placement.program import Pairs, relax
from bosett.placement.units import Bools, Floats, Ints, Units
from bosett.placement.worth import Demand, Worth

TINY = 4_000
ADDED_COLUMNS = 8
MAX_ROUNDS = 60
TOLERANCE = 1e-7


@dataclass(frozen=True)
class PricedLevel:
    """Prices, the certified bound they give, the columns used, and each pair's loss against the bound."""

    prices: Prices
    bound: float
    columns: Bools
    loss: Floats


def price_level(
    units: Units, worth: Worth, demands: Sequence[Demand], start: Ints | None
) -> PricedLevel | None:
    """Exact dual prices of one level, and the certified bound; None when no answer meets the demands.

    The relaxation holds a free column for units that are locked to stay unplaced, as the formula
    of the certificate does; the whole-number programme never uses it.
    """
    columns = _first_columns(units, worth, demands, start)
    best: tuple[float, Prices] | None = None
    for _ in range(MAX_ROUNDS):
        relaxed = relax(units, Pairs.of(columns), worth, demands)
        if relaxed.value is None:
            if columns[units.lock < 0].sum() == units.fitting[units.lock < 0].sum():
                return None
            columns = _all_columns(units)
            continue
        prices = Prices.rounded(relaxed.capacity_price, relaxed.kept_price, units)
        bound = bound_of(units, unit_terms(units, worth, prices, demands), prices, demands)
        best = min(best or (np.inf, prices), (bound, prices), key=lambda one: one[0])
        if bound - relaxed.value <= TOLERANCE * max(1.0, abs(bound)):
            break
        net = net_rows(units, worth, prices, demands, 0, units.count)
        net[~units.fitting] = -np.inf
        wanted = _best_columns(net, ADDED_COLUMNS) & (net > relaxed.unit_price[:, None] + TOLERANCE)
        if not (wanted & ~columns).any():
            break
        columns = columns | wanted
    if best is None:
        raise RuntimeError("the relaxation found no bound")
    return PricedLevel(best[1], best[0], columns, _loss(units, worth, best[1], demands))


def _all_columns(units: Units) -> Bools:
    columns = units.fitting.copy()
    locked = np.flatnonzero(units.lock >= 0)
    columns[locked] = False
    columns[locked, units.lock[locked]] = True
    return columns


def _first_columns(units: Units, worth: Worth, demands: Sequence[Demand], start: Ints | None) -> Bools:
    columns = _all_columns(units)
    if columns.sum() <= TINY:
        return columns
    priced = price_all(units, worth, demands)
    columns = np.zeros_like(columns)
    columns[priced.unit, priced.place] = True
    if start is not None:
        placed = np.flatnonzero(start >= 0)
        columns[placed, start[placed]] = True
    return columns


def _best_columns(net: Floats, count: int) -> Bools:
    """The `count` best municipalities of each unit."""
    order = np.argsort(-net, axis=1, kind="stable")[:, :count]
    chosen = np.zeros(net.shape, dtype=np.bool_)
    np.put_along_axis(chosen, order, values=True, axis=1)
    return chosen & np.isfinite(net)


def _loss(units: Units, worth: Worth, prices: Prices, demands: Sequence[Demand]) -> Floats:
    """How far below the bound every answer lies that uses the pair."""
    net = net_rows(units, worth, prices, demands, 0, units.count)
    best = np.maximum(best_of(net, units.fitting), 0.0)
    return np.where(units.fitting, best[:, None] - net, np.inf)
