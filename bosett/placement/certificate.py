"""A bound that anybody can recompute from prices, by the formula of the file contract."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bosett.placement.units import Bools, Floats, Units
from bosett.placement.worth import Demand, Worth

DECIMALS = 9
CELLS_AT_ONCE = 1_500_000


@dataclass(frozen=True)
class Prices:
    """Prices of places (municipalities x dimensions) and of each demand (level or group), all >= 0."""

    capacity: Floats
    kept: tuple[float, ...]

    @classmethod
    def rounded(cls, capacity: Floats, kept: Sequence[float], units: Units) -> Prices:
        """As they are written: few decimals, never negative, 0 where places are unlimited.

        Prices of demands are rounded up: a term of a unit that must be placed stays >= 0.
        """
        limited = np.where(np.isfinite(units.capacity), np.maximum(capacity, 0.0), 0.0)
        up = tuple(float(np.ceil(max(one, 0.0) * 10**DECIMALS) / 10**DECIMALS) for one in kept)
        return cls(np.asarray(np.round(limited, DECIMALS), dtype=np.float64), up)

    @classmethod
    def none(cls, units: Units, demands: int) -> Prices:
        """All prices 0."""
        return cls(np.zeros_like(units.capacity), (0.0,) * demands)


def pieces(units: Units) -> Iterator[tuple[int, int]]:
    """Runs of units, small enough that a wide table over one of them is light."""
    step = max(1, CELLS_AT_ONCE // max(1, units.places))
    for start in range(0, units.count, step):
        yield start, min(units.count, start + step)


def net_rows(
    units: Units, worth: Worth, prices: Prices, demands: Sequence[Demand], start: int, stop: int
) -> Floats:
    """Worth of units `start` to `stop` in each municipality after paying for places, demands rewarded."""
    net = worth.rows(start, stop, units.places)
    for dimension in range(units.capacity.shape[1]):
        price = prices.capacity[:, dimension]
        if price.any():
            net -= units.use[start:stop, dimension, None] * price[None, :]
    for worth_price, one in zip(prices.kept, demands, strict=True):
        if worth_price and one.worth.table is None and not one.worth.special:
            net += worth_price * one.worth.weight[start:stop, None]
        elif worth_price:
            net += worth_price * one.worth.rows(start, stop, units.places)
    return net


def unit_terms(units: Units, worth: Worth, prices: Prices, demands: Sequence[Demand]) -> Floats:
    """The term of each unit in the bound's sum."""
    terms = np.zeros(units.count)
    for start, stop in pieces(units):
        net = net_rows(units, worth, prices, demands, start, stop)
        best = np.maximum(best_of(net, units.fitting[start:stop]), 0.0)
        lock = units.lock[start:stop]
        locked = np.flatnonzero(lock >= 0)
        best[locked] = net[locked, lock[locked]]
        terms[start:stop] = best
    return terms


def certified_bound(units: Units, worth: Worth, prices: Prices, demands: Sequence[Demand]) -> float:
    """The bound of the formula: valid for any prices >= 0, over all fitting pairs."""
    return bound_of(units, unit_terms(units, worth, prices, demands), prices, demands)


def bound_of(units: Units, terms: Floats, prices: Prices, demands: Sequence[Demand]) -> float:
    """The bound from the units' terms."""
    held = np.where(prices.capacity > 0, units.capacity, 0.0)
    paid = (prices.capacity * held).ravel().tolist()
    demanded = [-price * one.at_least for price, one in zip(prices.kept, demands, strict=True)]
    return math.fsum([*terms.tolist(), *paid, *demanded])


def best_of(net: Floats, fitting: Bools) -> Floats:
    """The highest net value over the fitting municipalities; minus infinity when there is none."""
    return np.asarray(np.where(fitting, net, -np.inf).max(axis=1, initial=-np.inf), dtype=np.float64)
