"""The linear programme over all pairs, solved with few of them: price all, add what pays, repeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bosett.placement.certificate import Prices, best_of, certified_bound, net_values
from bosett.placement.program import Pairs, Requirement, relax
from bosett.placement.units import Bools, Floats, Ints, Units

FIRST_COLUMNS = 12
ADDED_COLUMNS = 8
MAX_ROUNDS = 60
SPREAD = 37
TOLERANCE = 1e-7


@dataclass(frozen=True)
class Priced:
    """Prices, the certified bound they give, the columns used, and each pair's loss against the bound."""

    prices: Prices
    bound: float
    columns: Bools
    loss: Floats


def price_level(units: Units, value: Floats, keep: Sequence[Requirement], start: Ints) -> Priced:
    """Exact dual prices of one level, and the certified bound.

    The relaxation holds a free column for units that are locked to stay unplaced, as the formula
    of the certificate does; the whole-number programme never uses it.
    """
    columns = _first_columns(units, value, start)
    for _ in range(MAX_ROUNDS):
        relaxed = relax(units, Pairs.of(columns), value[columns], keep)
        prices = Prices.rounded(relaxed.capacity_price, relaxed.kept_price, units)
        bound = certified_bound(units, value, prices, keep)
        if bound - relaxed.value <= TOLERANCE * max(1.0, abs(bound)):
            break
        net = np.where(units.fitting, net_values(units, value, prices, keep), -np.inf)
        wanted = _best_columns(net, ADDED_COLUMNS) & (net > relaxed.unit_price[:, None] + TOLERANCE)
        if not (wanted & ~columns).any():
            break
        columns = columns | wanted
    return Priced(prices, bound, columns, _loss(units, value, prices, keep))


def _first_columns(units: Units, value: Floats, start: Ints) -> Bools:
    columns = _best_columns(np.where(units.fitting, value, -np.inf), FIRST_COLUMNS)
    placed = np.flatnonzero(start >= 0)
    columns[placed, start[placed]] = True
    locked = np.flatnonzero(units.lock >= 0)
    columns[locked] = False
    columns[locked, units.lock[locked]] = True
    return columns


def _best_columns(net: Floats, count: int) -> Bools:
    """The `count` best municipalities of each unit; equal ones begin at another place for each unit.

    Where all are equal (persons placed), the units' columns would otherwise crowd in the same few.
    """
    units, places = net.shape
    turned = (np.arange(places)[None, :] + SPREAD * np.arange(units)[:, None]) % max(1, places)
    order = np.argsort(-np.take_along_axis(net, turned, axis=1), axis=1, kind="stable")[:, :count]
    chosen = np.zeros(net.shape, dtype=np.bool_)
    np.put_along_axis(chosen, np.take_along_axis(turned, order, axis=1), values=True, axis=1)
    return chosen & np.isfinite(net)


def _loss(units: Units, value: Floats, prices: Prices, keep: Sequence[Requirement]) -> Floats:
    """How far below the bound every answer lies that uses the pair."""
    net = net_values(units, value, prices, keep)
    best = np.maximum(best_of(net, units.fitting), 0.0)
    return np.where(units.fitting, best[:, None] - net, np.inf)
