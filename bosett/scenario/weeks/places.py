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
    and only places past their lock-in can be given up).
    """
    weeks, draws = residents.shape
    known = _known(kind, weeks)
    coming = np.repeat(known.coming[:, None], draws, axis=1)
    going = np.repeat(known.going[:, None], draws, axis=1)
    opened = np.zeros((weeks, draws), dtype=np.int32)
    now = np.full(draws, known.open, dtype=np.int32)
    ordered = np.full(draws, int(known.coming.sum()), dtype=np.int32)
    noticed = np.full(draws, int(known.going[: weeks + 1].sum()), dtype=np.int32)
    locked = np.full(draws, known.locked, dtype=np.int32)
    cap = _own_cap(kind, policy)
    for week in range(weeks):
        arrived, closed = coming[week], going[week]
        now = now + arrived - closed
        ordered, noticed, locked = ordered - arrived, noticed - closed, locked + arrived
        locked = locked - known.unlocking[week]
        if week >= kind.lock_in_weeks:
            locked = locked - coming[week - kind.lock_in_weeks]
        opened[week] = now
        wanted = np.ceil(residents[max(0, week - 1)] * (1 + policy.buffer) - 1e-9).astype(np.int32)
        if cap is not None:
            wanted = np.minimum(wanted, cap)
        missing = wanted - (now + ordered - noticed)
        order = np.maximum(missing, 0)
        free = np.maximum(now - locked - noticed, 0)
        notice = np.minimum(np.maximum(-missing, 0), free)
        coming[week + max(1, kind.lead_weeks)] += order
        going[week + max(1, kind.notice_weeks)] += notice
        ordered, noticed = ordered + order, noticed + notice
    return _held(residents, opened, kind, policy)


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
