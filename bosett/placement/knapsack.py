"""What a municipality can gain at most from whole units: one small knapsack each, many at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bosett.placement.master import Basket
from bosett.placement.units import Bools, Floats, Ints, Units

STATES = 4_000
"""Combinations of places left up to which a municipality gets its own knapsack."""
LEAST = 1e-9
STEPS = 30
"""Steps for each basket wanted, after which a municipality's list is cut."""


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

    def near(self, gain: Floats, value: Floats, reach: float, each: int) -> tuple[list[Basket], Bools]:
        """All baskets at most `reach` below the best of their municipality, and for which they are listed.

        A municipality with more than `each` of them has none in the list.
        """
        found: list[Basket] = []
        listed = np.zeros(len(self.small), dtype=np.bool_)
        for group in self._groups:
            table, _ = self._fill(group, gain, remember=False)
            for row, place in enumerate(group.places.tolist()):
                some, listed[place] = self._listed(group, row, table[row], gain, value, reach, each)
                found += some if listed[place] else []
        return found, listed

    def some_near(self, gain: Floats, value: Floats, reach: float, each: int) -> list[Basket]:
        """Some of these baskets, up to `each` of a municipality."""
        found: list[Basket] = []
        for group in self._groups:
            table, _ = self._fill(group, gain, remember=False)
            for row in range(len(group.places)):
                found += self._listed(group, row, table[row], gain, value, reach, each)[0]
        return found

    def _listed(
        self, group: Group, row: int, table: Floats, gain: Floats, value: Floats, reach: float, most: int
    ) -> tuple[list[Basket], bool]:
        place = int(group.places[row])
        unit = np.flatnonzero(self._fitting[:, place])
        use = np.where(group.binds[row], self._use[unit], 0)
        rest = table[group.full[row] - (use * group.strides[row]).sum(axis=1)]
        close = gain[unit, place] + rest >= value[place] - reach
        unit, use = unit[close], use[close]
        order = np.argsort(-gain[unit, place] / (1.0 + use.sum(axis=1)), kind="stable")
        unit, use = unit[order], use[order]
        baskets, whole = _sets(
            unit.tolist(), use.tolist(), gain[unit, place].tolist(), table.tolist(),
            group.top[row].tolist(), group.strides[row].tolist(), float(value[place] - reach), most,
        )  # fmt: skip
        return [(place, tuple(sorted(one))) for one in baskets], whole

    def _fill(self, group: Group, gain: Floats, *, remember: bool) -> tuple[Floats, tuple[Ints, Ints]]:
        """Best gain by places used, unit after unit; and the pairs of the best at full capacity."""
        here = gain[:, group.places]
        row, unit = np.nonzero(here.T > LEAST)
        count = np.bincount(row, minlength=len(group.places))
        order = np.argsort(-count, kind="stable")
        begin = np.concatenate([[0], np.cumsum(count)])
        table = np.zeros((len(group.places), int(group.full.max()) + 1))
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


def _sets(
    unit: list[int],
    use: list[list[int]],
    gain: list[float],
    table: list[float],
    top: list[int],
    strides: list[int],
    least: float,
    most: int,
) -> tuple[list[tuple[int, ...]], bool]:
    """Sets of units that fit and gain at least so much, up to `most`, and whether these are all."""
    found: list[tuple[int, ...]] = []
    shift = [_product(one, strides) for one in use]
    ways: list[tuple[tuple[int, ...], int, list[int], int, float]] = [
        ((), 0, top, _product(top, strides), 0.0)
    ]
    steps = STEPS * most
    while ways:
        inside, first, left, full, gained = ways.pop()
        for at in range(len(unit) - 1, first - 1, -1):
            state, now = full - shift[at], gained + gain[at]
            # Looked up before it is known to fit: where it does not, both tests only leave it out.
            if state < 0 or now + table[state] < least:
                continue
            rest = [have - need for have, need in zip(left, use[at], strict=True)]
            if min(rest) < 0:
                continue
            if now >= least:
                found.append((*inside, unit[at]))
            ways.append(((*inside, unit[at]), at + 1, rest, state, now))
        steps -= len(unit) - first
        if len(found) > most or steps < 0:
            return found[:most], False
    return found, True


def _product(one: list[int], other: list[int]) -> int:
    return sum(a * b for a, b in zip(one, other, strict=True))
