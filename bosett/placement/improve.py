"""Large-neighbourhood search: free what loses most against the prices, solve that part exactly, repeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from bosett.placement.certificate import Prices, net_rows, pieces
from bosett.placement.part import part_of, solve_part
from bosett.placement.program import Limits
from bosett.placement.units import FREE, Bools, Floats, Ints, Units
from bosett.placement.worth import Demand, Worth

NEAREST = 10


@dataclass(frozen=True)
class Search:
    """How large the parts are and how long to go on.

    Parameters
    ----------
    rounds
        Parts solved at most.
    idle
        Parts without a gain after which the search ends.
    units
        Units freed at once.
    nodes
        Search nodes a part.
    """

    rounds: int
    idle: int = 80
    units: int = 90
    nodes: int = 20


class Loss(Protocol):
    """How far an answer lies below a bound, and where: what the choice of parts goes by.

    Parameters
    ----------
    place
        Units x nearest: the municipalities that each unit loses least by.
    net
        The same pairs; minus infinity where one does not fit.
    below
        What is lost at least by each of these pairs.
    """

    place: Ints
    net: Floats
    below: Floats

    def of(self, places: Ints) -> Floats:
        """Loss of each unit in an answer."""

    def lost(self, places: Ints, loss: Floats) -> Floats:
        """Loss of each municipality in an answer, where the units lose `loss`."""


class Losses:
    """How far each unit lies below its own best at the prices, and its nearest pairs."""

    def __init__(self, units: Units, worth: Worth, prices: Prices, demands: Sequence[Demand]) -> None:
        keep = min(NEAREST, units.places)
        self.place = np.zeros((units.count, keep), dtype=np.int64)
        self.net = np.full((units.count, keep), -np.inf)
        self._units, self._worth, self._prices, self._demands = units, worth, prices, demands
        for start, stop in pieces(units):
            net = net_rows(units, worth, prices, demands, start, stop)
            net[~units.fitting[start:stop]] = -np.inf
            top = np.argpartition(-net, keep - 1, axis=1)[:, :keep]
            self.net[start:stop] = np.take_along_axis(net, top, axis=1)
            self.place[start:stop] = top
        self.best = self.net.max(axis=1)
        known = np.where(np.isfinite(self.best), self.best, 0.0)
        self.below = known[:, None] - self.net

    def of(self, places: Ints) -> Floats:
        """Loss of each unit in an answer; an unplaced unit loses its best, if that is above 0."""
        unit = np.flatnonzero(places >= 0)
        there = places[unit]
        net = self._worth.at(unit, there)
        net = net - (self._units.use[unit] * self._prices.capacity[there]).sum(axis=1)
        for price, one in zip(self._prices.kept, self._demands, strict=True):
            if price:
                net = net + price * one.worth.at(unit, there)
        found = np.maximum(self.best, 0.0)
        found[unit] = self.best[unit] - net
        return np.where(np.isfinite(found), found, 0.0)

    def lost(self, places: Ints, loss: Floats) -> Floats:
        """What its units lose, and what the places left open would cost."""
        units = self._units
        left = np.where(np.isfinite(units.capacity), units.capacity - units.used(places), 0.0)
        there = places >= 0
        idle = (left * self._prices.capacity).sum(axis=1)
        return np.asarray(idle + np.bincount(places[there], loss[there], units.places), dtype=np.float64)


def improve(
    units: Units,
    worth: Worth,
    demands: Sequence[Demand],
    places: Ints,
    losses: Loss,
    bound: float,
    search: Search,
    limits: Limits,
    seed: int,
) -> Ints:
    """A better answer, or the same; every rule and demand that `places` keeps is kept."""
    rng = np.random.default_rng(seed)
    value, idle = worth.total(places), 0
    tired = np.zeros(units.places)
    own = replace(limits, effort=search.nodes, gap=1e-6)
    for _ in range(search.rounds):
        enough = max(1e-6, limits.gap * abs(bound))
        if bound - value <= enough or idle >= search.idle or limits.is_over():
            break
        rows, columns = _part(units, losses, places, tired, search.units, rng)
        part = part_of(units, places, rows, columns)
        pairs = _pairs(losses, rows, columns, units.places)
        found = solve_part(units, worth, demands, places, part, pairs, own, seed)
        better = worth.total(found)
        idle = 0 if better > value + 1e-9 else idle + 1
        places, value = found, max(value, better)
    return places


def _part(
    units: Units,
    losses: Loss,
    places: Ints,
    tired: Floats,
    count: int,
    rng: np.random.Generator,
) -> tuple[Ints, Ints]:
    """Municipalities that lose together, and the units there that have somewhere else to go.

    Changes `tired`: what was tried lately is tried again later.
    """
    free = units.lock == FREE
    loss = np.where(free, losses.of(places), 0.0)
    there = places >= 0
    lost = losses.lost(places, loss)
    first = int(np.argmax(lost * 0.7**tired * rng.uniform(0.5, 1.0, units.places) + 1e-12))
    chosen = _neighbours(units, losses, places, first, lost * 0.9**tired, count, rng)
    tired *= 0.97
    tired[chosen] += 0.5
    tired[first] += 2.0
    inside = np.zeros(units.places, dtype=np.bool_)
    inside[chosen] = True
    near = inside[losses.place] & np.isfinite(losses.net)
    margin = np.where(near & (losses.place != places[:, None]), losses.below, np.inf).min(axis=1)
    candidates = np.flatnonzero(free & (inside[places] & there | ~there & near.any(axis=1)))
    order = np.lexsort((candidates, (margin - loss)[candidates]))
    return np.sort(candidates[order][:count]), np.sort(chosen)


def _neighbours(
    units: Units,
    losses: Loss,
    places: Ints,
    first: int,
    lost: Floats,
    count: int,
    rng: np.random.Generator,
) -> Ints:
    """Grow from one municipality to those that its units would go to, or whose units would come."""
    wanted = max(4, count // 5)
    per_place = np.maximum(np.bincount(places[places >= 0], minlength=units.places), 1)
    pull = np.zeros(units.places)
    inside = np.zeros(units.places, dtype=np.bool_)
    scale = float(np.mean(lost)) + 1e-9
    current, held = first, 0
    while True:
        inside[current] = True
        held += int(per_place[current])
        if held >= 12 * count or inside.sum() >= min(units.places, wanted):
            return np.flatnonzero(inside)
        here = places == current
        closeness = np.exp(-np.clip(losses.below / scale, 0.0, 50.0))
        np.add.at(pull, losses.place[here].ravel(), closeness[here].ravel())
        coming = (losses.place == current) & ~here[:, None] & (places >= 0)[:, None]
        unit = np.flatnonzero(coming.any(axis=1))
        strength = np.where(coming[unit], closeness[unit], 0.0).max(axis=1, initial=0.0)
        np.add.at(pull, places[unit], strength)
        weight = (pull + 1e-9) * (lost + 0.1 * scale) * rng.uniform(0.3, 1.0, units.places)
        weight[inside] = -1.0
        current = int(np.argmax(weight))


def _pairs(losses: Loss, rows: Ints, columns: Ints, places: int) -> Bools:
    """Each unit's nearest pairs inside the part."""
    column_of = np.full(places, -1, dtype=np.int64)
    column_of[columns] = np.arange(len(columns))
    at = column_of[losses.place[rows]]
    pairs = np.zeros((len(rows), len(columns)), dtype=np.bool_)
    row, place = np.nonzero((at >= 0) & np.isfinite(losses.net[rows]))
    pairs[row, at[row, place]] = True
    return pairs
