"""Places opened and closed by a policy, under lead time, notice and lock-in; and what they cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bosett.scenario.weeks.dice import Counts
from bosett.scenario.weeks.plan import PlaceKind, Policy

DAYS = 7
ITEMS = ("occupied", "empty", "standby_fee", "standby_call", "short")


@dataclass(frozen=True)
class Held:
    """Places of one kind under a policy; arrays (weeks, draws), costs (draws,) in kroner.

    Parameters
    ----------
    open
        Places under contract at the end of each week, standby not counted.
    short
        Residents for whom neither an open nor a standby place was there.
    most_needed
        The most places ever needed in a draw; shape (draws,).
    empty_place_weeks
        Open places without a resident, summed over the weeks; shape (draws,).
    """

    open: Counts
    short: Counts
    most_needed: NDArray[np.int64]
    empty_place_weeks: NDArray[np.float64]
    costs_nok: dict[str, NDArray[np.float64]]


def hold(residents: Counts, kind: PlaceKind, policy: Policy) -> Held:
    """Follow the residents with the places.

    Each week the policy sees last week's residents, wants the buffer on top, orders what is missing
    (it opens after the lead time) and gives notice on what is too much (it closes after the notice,
    and only places past their lock-in can be given up).  `bound` is what stands or is ordered and has
    no notice; `free` what could get notice, below 0 while more has notice than is past its lock-in.
    """
    weeks, draws = residents.shape
    known = _known(kind, weeks)
    coming = np.repeat(known.coming[:, None], draws, axis=1)
    going = np.repeat(known.going[:, None], draws, axis=1)
    opened = np.empty((weeks, draws), dtype=np.int32)
    now = np.full(draws, known.open, dtype=np.int32)
    bound = np.full(draws, known.open + known.coming.sum() - known.going[: weeks + 1].sum(), dtype=np.int32)
    free = np.full(draws, known.open - known.going[: weeks + 1].sum() - known.locked, dtype=np.int32)
    wanted = _wanted(residents, kind, policy)
    for week in range(weeks):
        now += coming[week]
        now -= going[week]
        opened[week] = now
        free += known.unlocking[week]
        if week >= kind.lock_in_weeks:
            free += coming[week - kind.lock_in_weeks]
        missing = wanted[max(0, week - 1)] - bound
        order = np.maximum(missing, 0)
        notice = np.minimum(order - missing, np.maximum(free, 0))
        coming[week + max(1, kind.lead_weeks)] += order
        going[week + max(1, kind.notice_weeks)] += notice
        free -= notice
        order -= notice
        bound += order
    return _held(residents, opened, kind, policy)


def _wanted(residents: Counts, kind: PlaceKind, policy: Policy) -> Counts:
    """Places that the policy would have with so many residents."""
    wanted: Counts = np.ceil(residents * (1 + policy.buffer) - 1e-9).astype(np.int32)
    cap = _own_cap(kind, policy)
    return wanted if cap is None else np.minimum(wanted, cap, out=wanted)


@dataclass(frozen=True)
class _Known:
    """What contracts agreed beforehand do, by week."""

    open: int
    locked: int
    coming: Counts
    going: Counts
    unlocking: Counts


def _known(kind: PlaceKind, weeks: int) -> _Known:
    """Contracts with an end close by themselves; the others can be given up once they are not locked."""
    coming = np.zeros(weeks + max(1, kind.lead_weeks) + 1, dtype=np.int32)
    going = np.zeros(weeks + max(1, kind.notice_weeks) + 1, dtype=np.int32)
    unlocking = np.zeros(weeks + 1, dtype=np.int32)
    stands = locked = 0
    for one in kind.contracts:
        if one.first_week >= weeks or (one.end_week is not None and one.end_week <= 0):
            continue
        if one.first_week > 0:
            coming[one.first_week] += one.places
        else:
            stands += one.places
        if one.end_week is not None:
            going[min(one.end_week, weeks)] += one.places
        elif one.first_week <= 0 and one.locked_until_week is not None and one.locked_until_week > 0:
            locked += one.places
            unlocking[min(one.locked_until_week, weeks)] += one.places
    return _Known(stands, locked, coming, going, unlocking)


def _own_cap(kind: PlaceKind, policy: Policy) -> int | None:
    """The most places under contract: the limit less what stands by."""
    most = policy.most_places.get(kind.name)
    return None if most is None else max(0, most - policy.standby.get(kind.name, 0))


def _held(residents: Counts, opened: Counts, kind: PlaceKind, policy: Policy) -> Held:
    standby = policy.standby.get(kind.name, 0)
    beyond = np.maximum(residents - opened, 0)
    called = np.minimum(beyond, standby)
    short = beyond - called
    used = residents - beyond
    empty = opened - used
    weeks, draws = residents.shape

    def cost(places: Counts, price_nok: float) -> NDArray[np.float64]:
        total: NDArray[np.float64] = places.sum(axis=0, dtype=np.int64) * (DAYS * price_nok)
        return total

    costs = {
        "occupied": cost(used, kind.price_occupied_nok),
        "empty": cost(empty, kind.price_empty_nok),
        "standby_fee": np.full(draws, standby * weeks * DAYS * policy.standby_fee_nok),
        "standby_call": cost(called, policy.standby_call_nok),
        "short": cost(short, kind.price_short_nok),
    }
    return Held(
        opened,
        short.astype(np.int32),
        residents.max(axis=0).astype(np.int64),
        empty.sum(axis=0, dtype=np.float64),
        costs,
    )
