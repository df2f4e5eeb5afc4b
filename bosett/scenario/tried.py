"""What comes out when the dials are turned, and what is kept of it to answer the next turn sooner."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bosett.scenario.weeks.sweep import Sweep

BAND = (0.10, 0.50, 0.90)
MOST_KEPT = 64


@dataclass(frozen=True)
class Fan:
    """One quantity by week: P10, P50 and P90 over the draws."""

    low: tuple[int, ...]
    middle: tuple[int, ...]
    high: tuple[int, ...]


@dataclass(frozen=True)
class Side:
    """What a policy gives over the whole time.

    Parameters
    ----------
    cost_nok, empty_nok, short_nok
        Means over the draws: everything; empty and standby places; places bought in a shortage.
    dear_nok
        P95 of everything.
    ever_short
        Share of the draws with a resident without a place in some week.
    """

    cost_nok: int
    empty_nok: int
    short_nok: int
    dear_nok: int
    ever_short: float


@dataclass(frozen=True)
class Tried:
    """What came out.

    Parameters
    ----------
    residents, places, ready
        By week, under the dials.
    settled
        P10, P50 and P90 of persons settled over the whole time.
    yours, today
        The dials and today's rule, on the same draws.
    """

    residents: Fan
    places: Fan
    ready: Fan
    settled: tuple[int, int, int]
    yours: Side
    today: Side
    draws: int
    seed: int


class TodaysKept:
    """Today's rule on the chains it was tried on last: most dials do not change it.

    Promise: an answer is the same with and without it.
    """

    def __init__(self) -> None:
        self._sides: dict[Hashable, Side] = {}

    def of(self, chain: Hashable) -> Side | None:
        """What today's rule gave on the chain; None when it was not tried, or too long ago."""
        return self._sides.get(chain)

    def keep(self, chain: Hashable, side: Side) -> None:
        """Keep it; all are let go of when there are too many."""
        if len(self._sides) >= MOST_KEPT:
            self._sides.clear()
        self._sides[chain] = side


def fan_of(rows: NDArray[np.int32]) -> Fan:
    """P10, P50 and P90 of rows by week and draw, in whole persons."""
    low, middle, high = np.rint(np.quantile(rows, BAND, axis=1)).astype(int).tolist()
    return Fan(tuple(low), tuple(middle), tuple(high))


def side_of(sweep: Sweep, policy: str) -> Side:
    """A policy's costs over the draws."""
    costs = sweep.costs()
    empty = costs[policy, "empty"] + costs[policy, "standby_fee"]
    short = costs[policy, "short"] + costs[policy, "standby_call"]
    total = costs[policy, "total"]
    return Side(
        round(float(total.mean())), round(float(empty.mean())), round(float(short.mean())),
        round(float(np.quantile(total, 0.95))), float((sweep.place_weeks()[policy, "short"] > 0).mean()),
    )  # fmt: skip
