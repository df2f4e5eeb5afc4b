"""What a municipality can gain at most from whole units: one small knapsack each, many at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bosett.placement.master import Basket
from bosett.placement.units import Bools, Floats, Ints, Units

STATES = 4_000
"""Combinations of places left up to which a municipality gets its own knapsack."""
LEAST = 1e-9


@dataclass(frozen=True)
class Filled:
    """The best whole units of each municipality at some gains.

    Parameters
    ----------
    value
        By municipality; 0 where nothing gains.
    unit, place
        The pairs of the best answers.
    """

    value: Floats
    unit: Ints
    place: Ints


class Group:
    """Municipalities whose knapsacks are of similar size.

    Parameters
    ----------
    places
        Their columns.
    top
        Their capacities, 0 in dimensions that never bind.
    binds
        Municipalities x dimensions: whether the dimension can bind.
    """

    def __init__(self, places: Ints, top: Ints, binds: Bools) -> None:
        self.places, self.top, self.binds = places, top, binds
        size = top + 1
        self.strides = np.ones_like(size)
        self.strides[:, 1:] = np.cumprod(size, axis=1)[:, :-1]
        self.full = (top * self.strides).sum(axis=1)
        states = np.arange(int(self.full.max(initial=0)) + 1)
        self.coordinates = (states[None, :, None] // self.strides[:, None, :]) % size[:, None, :]


class Knapsacks:
    """The knapsacks of all municipalities that are small enough.

    Parameters
    ----------
    small
        Municipalities with a knapsack of their own; the others need prices of places.
    """

    def __init__(self, units: Units) -> None:
        self._use = units.use.astype(np.int64)
        self._fitting = units.fitting
        wanted = np.stack(
            [(units.fitting * units.use[:, one, None]).sum(axis=0) for one in range(units.use.shape[1])],
            axis=1,
        )
        binds = np.isfinite(units.capacity) & (wanted > units.capacity)
        top = np.where(binds, units.capacity, 0.0).astype(np.int64)
        states = np.prod(top + 1.0, axis=1)
        self.small = np.asarray((states <= STATES) & binds.any(axis=1), dtype=np.bool_)
        self._groups, low = [], 0.0
        for high in (2, 4, 8, 16, 32, 64, 128, 512, STATES):
            places = np.flatnonzero(self.small & (states > low) & (states <= high))
            low = high
            if len(places):
                self._groups.append(Group(places, top[places], binds[places]))

    def best(self, gain: Floats) -> Filled:
        """The best whole units of each small municipality; pairs that gain nothing are left out.

        Parameters
        ----------
        gain
            units x municipalities; minus infinity where a pair does not fit.
        """
        value = np.zeros(gain.shape[1])
        unit, place = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for group in self._groups:
            table, picked = self._fill(group, gain, remember=True)
            value[group.places] = table[np.arange(len(table)), group.full]
            unit.append(picked[0])
            place.append(group.places[picked[1]])
        return Filled(value, np.concatenate(unit), np.concatenate(place))

    def losses(self, gain: Floats, value: Floats) -> Floats:
        """How far below its best a municipality lies, at least, when a pair is taken.

        The rest of the municipality is filled as well as it can be, the pair's own unit perhaps a
        second time: so the loss may be told too small, never too large.
        """
        found = np.full(gain.shape, np.inf)
        for group in self._groups:
            table, _ = self._fill(group, gain, remember=False)
            for row, place in enumerate(group.places.tolist()):
                unit = np.flatnonzero(self._fitting[:, place])
                taken = np.where(group.binds[row], self._use[unit], 0)
                rest = table[row, group.full[row] - (taken * group.strides[row]).sum(axis=1)]
                found[unit, place] = value[place] - gain[unit, place] - rest
        return found

    def near(self, gain: Floats, value: Floats, reach: float, most: int) -> list[Basket] | None:
        """All baskets that lie at most `reach` below the best of their municipality; None = above `most`."""
        found: list[Basket] = []
        for group in self._groups:
            table, _ = self._fill(group, gain, remember=False)
            for row, place in enumerate(group.places.tolist()):
                unit = np.flatnonzero(self._fitting[:, place])
                shift = (np.where(group.binds[row], self._use[unit], 0) * group.strides[row]).sum(axis=1)
                rest = table[row, group.full[row] - shift]
                close = gain[unit, place] + rest >= value[place] - reach
                unit = unit[close]
                use = np.where(group.binds[row], self._use[unit], 0)
                baskets = _listed(
                    unit.tolist(), use.tolist(), gain[unit, place].tolist(), table[row].tolist(),
                    group.top[row].tolist(), group.strides[row].tolist(), float(value[place] - reach), most,
                )  # fmt: skip
                found += [(place, one) for one in baskets]
                if len(found) > most:
                    return None
        return found

    def _fill(self, group: Group, gain: Floats, *, remember: bool) -> tuple[Floats, tuple[Ints, Ints]]:
        """Best gain by places used, unit after unit; and the pairs of the best at full capacity."""
        here = gain[:, group.places]
        row, unit = np.nonzero(here.T > LEAST)
        count = np.bincount(row, minlength=len(group.places))
        order = np.argsort(-count, kind="stable")
        begin = np.concatenate([[0], np.cumsum(count)])
        table = np.zeros(group.coordinates.shape[:2])
        states = np.arange(table.shape[1])
        steps: list[tuple[Ints, Ints, Ints, Bools]] = []
        for slot in range(int(count.max(initial=0))):
            who = order[: int((count > slot).sum())]
            one = unit[begin[who] + slot]
            use = np.where(group.binds[who], self._use[one], 0)
            shift = (use * group.strides[who]).sum(axis=1)
            fits = (group.coordinates[who] >= use[:, None, :]).all(axis=2)
            before = np.take_along_axis(table[who], np.maximum(states - shift[:, None], 0), axis=1)
            tried = before + here[one, who][:, None]
            taken = np.asarray(fits & (tried > table[who]), dtype=np.bool_)
            table[who] = np.where(taken, tried, table[who])
            if remember:
                steps.append((who, one, shift, taken))
        return table, _picked(group, steps)


def _picked(group: Group, steps: list[tuple[Ints, Ints, Ints, Bools]]) -> tuple[Ints, Ints]:
    """Walk back: (unit, row of the group) of each unit taken."""
    state = group.full.copy()
    unit, row = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for who, one, shift, taken in reversed(steps):
        yes = taken[np.arange(len(who)), state[who]]
        state[who[yes]] -= shift[yes]
        unit.append(one[yes])
        row.append(who[yes])
    return np.concatenate(unit), np.concatenate(row)


def _listed(
    unit: list[int],
    use: list[list[int]],
    gain: list[float],
    table: list[float],
    top: list[int],
    strides: list[int],
    least: float,
    most: int,
) -> list[tuple[int, ...]]:
    """Every set of units that fits and gains at least so much; the table says what the rest can add."""
    found: list[tuple[int, ...]] = []
    ways: list[tuple[tuple[int, ...], int, list[int], float]] = [((), 0, top, 0.0)]
    while ways and len(found) <= most:
        inside, first, left, gained = ways.pop()
        for at in range(first, len(unit)):
            rest = [have - need for have, need in zip(left, use[at], strict=True)]
            if min(rest) < 0:
                continue
            now = gained + gain[at]
            state = sum(have * stride for have, stride in zip(rest, strides, strict=True))
            if now + table[state] < least:
                continue
            basket = (*inside, unit[at])
            if now >= least:
                found.append(basket)
            ways.append((basket, at + 1, rest, now))
    return found
