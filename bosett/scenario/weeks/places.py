"""Places opened and closed by a policy, under lead time, notice and lock-in; and what they cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bosett.scenario.weeks.plan import PlaceKind, Policy
from bosett.scenario.weeks.thinning import Counts

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
    coming = np.zeros((weeks + kind.lead_weeks + 1, draws), dtype=np.int32)
    going = np.zeros((weeks + kind.notice_weeks + 1, draws), dtype=np.int32)
    opened = np.zeros((weeks, draws), dtype=np.int32)
    now = np.full(draws, kind.open_at_start, dtype=np.int64)
    ordered, noticed = np.zeros(draws, dtype=np.int64), np.zeros(draws, dtype=np.int64)
    locked = np.zeros(draws, dtype=np.int64)
    cap = policy.most_places.get(kind.name)
    if cap is not None:
        cap = max(0, cap - policy.standby.get(kind.name, 0))
    for week in range(weeks):
        arrived, closed = coming[week], going[week]
        now = now + arrived - closed
        ordered, noticed, locked = ordered - arrived, noticed - closed, locked + arrived
        if week >= kind.lock_in_weeks:
            locked = locked - coming[week - kind.lock_in_weeks]
        opened[week] = now
        wanted = np.ceil(residents[max(0, week - 1)] * (1 + policy.buffer)).astype(np.int64)
        if cap is not None:
            wanted = np.minimum(wanted, cap)
        missing = wanted - (now + ordered - noticed)
        order = np.maximum(missing, 0)
        free = np.maximum(now - locked - noticed, 0)
        notice = np.minimum(np.maximum(-missing, 0), free)
        coming[week + max(1, kind.lead_weeks)] += order.astype(np.int32)
        going[week + max(1, kind.notice_weeks)] += notice.astype(np.int32)
        ordered, noticed = ordered + order, noticed + notice
    return _held(residents, opened, kind, policy)


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
