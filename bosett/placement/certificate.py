"""A bound that anybody can recompute from prices, by the formula of the file contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bosett.placement.program import Requirement
from bosett.placement.units import Bools, Floats, Units

DECIMALS = 9


@dataclass(frozen=True)
class Prices:
    """Prices of places (municipalities x dimensions) and of the earlier levels, all >= 0."""

    capacity: Floats
    kept: tuple[float, ...]

    @classmethod
    def rounded(cls, capacity: Floats, kept: Sequence[float], units: Units) -> Prices:
        """As they are written: few decimals, never negative, 0 where places are unlimited.

        Earlier levels' prices are rounded up: a term of a unit that must be placed stays >= 0.
        """
        limited = np.where(np.isfinite(units.capacity), np.maximum(capacity, 0.0), 0.0)
        up = tuple(float(np.ceil(max(one, 0.0) * 10**DECIMALS) / 10**DECIMALS) for one in kept)
        return cls(np.asarray(np.round(limited, DECIMALS), dtype=np.float64), up)

    @classmethod
    def none(cls, units: Units, levels: int) -> Prices:
        """All prices 0."""
        return cls(np.zeros_like(units.capacity), (0.0,) * levels)


def net_values(units: Units, value: Floats, prices: Prices, keep: Sequence[Requirement]) -> Floats:
    """Value of each unit in each municipality after paying for places, with the earlier levels' worth."""
    net = value - units.use @ prices.capacity.T
    for price, one in zip(prices.kept, keep, strict=True):
        net = net + price * one.weight[:, None]
    return np.asarray(net, dtype=np.float64)


def certified_bound(units: Units, value: Floats, prices: Prices, keep: Sequence[Requirement]) -> float:
    """The bound of the formula: valid for any prices >= 0, over all fitting pairs."""
    net = net_values(units, value, prices, keep)
    best = np.maximum(best_of(net, units.fitting), 0.0)
    locked = np.flatnonzero(units.lock >= 0)
    best[locked] = net[locked, units.lock[locked]]
    held = np.where(prices.capacity > 0, units.capacity, 0.0)
    paid = float((prices.capacity * held).sum())
    earlier = sum(price * one.at_least for price, one in zip(prices.kept, keep, strict=True))
    return float(best.sum()) + paid - earlier


def best_of(net: Floats, fitting: Bools) -> Floats:
    """The highest net value over the fitting municipalities; minus infinity when there is none."""
    return np.asarray(np.where(fitting, net, -np.inf).max(axis=1, initial=-np.inf), dtype=np.float64)
