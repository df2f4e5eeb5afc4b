"""Exact shares to whole persons that sum exactly."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from fractions import Fraction

from bosett.terms.errors import NoAnswer

STEP = Fraction(33, 32)
MOST_STEPS = 200


def largest_remainder(need: int, shares: Sequence[Fraction], keys: Sequence[str]) -> list[int]:
    """Give each the whole part of its share and the rest to the largest fractions.

    Every result is within one person of its share (the quota rule), and a share of 0 gets nobody.
    Equal fractions go to the larger share first, then to the lower key, so that the order of the
    input does not matter.

    Parameters
    ----------
    shares
        Persons, >= 0, summing to `need` exactly.
    keys
        A unique key each.

    Raises
    ------
    ValueError
        If the shares do not sum to the need.
    """
    if sum(shares, Fraction(0)) != need:
        raise ValueError("the shares must sum to the need")
    whole = [share.numerator // share.denominator for share in shares]
    order = sorted(range(len(shares)), key=lambda i: (whole[i] - shares[i], -shares[i], keys[i]))
    for i in order[: need - sum(whole)]:
        whole[i] += 1
    return whole


def sainte_lague(
    need: int,
    shares: Sequence[Fraction],
    keys: Sequence[str],
    lows: Sequence[int],
    highs: Sequence[int | None],
) -> list[int]:
    """Give persons one by one to the largest share / (2 x given + 1), from the lows up to the caps.

    The divisor method of odd numbers: a larger need or a larger share never gives anyone fewer.
    Ties as in `largest_remainder`.

    Raises
    ------
    NoAnswer
        Rule `cap` if everybody with a share is at the cap before the need is met; `floor` if the
        lows exceed the need.
    """
    given = list(lows)
    if sum(given) > need:
        raise NoAnswer("floor", f"the floors sum to {sum(given)}, {sum(given) - need} above the need")
    given = _jump(need, shares, given, highs)
    queue = [
        (-share / (2 * given[i] + 1), -share, keys[i], i)
        for i, share in enumerate(shares)
        if share > 0 and _has_room(given[i], highs[i])
    ]
    heapq.heapify(queue)
    for left in range(need - sum(given), 0, -1):
        if not queue:
            raise NoAnswer("cap", f"{left} persons short: everybody with a share is at the cap")
        i = queue[0][3]
        given[i] += 1
        if _has_room(given[i], highs[i]):
            heapq.heapreplace(queue, (-shares[i] / (2 * given[i] + 1), -shares[i], keys[i], i))
        else:
            heapq.heappop(queue)
    return given


def _jump(
    need: int, shares: Sequence[Fraction], lows: Sequence[int], highs: Sequence[int | None]
) -> list[int]:
    """Where the persons stand after all quotients from some threshold on, at most the need in all.

    Persons are given in order of falling quotient, so that this is a point they pass one by one; it
    only saves the steps up to there.
    """
    threshold = Fraction(1, 2)
    reached = _passed(threshold, shares, lows, highs)
    while sum(reached) > need:
        threshold *= STEP
        reached = _passed(threshold, shares, lows, highs)
    for _ in range(MOST_STEPS):
        further = _passed(threshold / STEP, shares, lows, highs)
        if sum(further) > need:
            break
        threshold, reached = threshold / STEP, further
    return reached


def _passed(
    threshold: Fraction, shares: Sequence[Fraction], lows: Sequence[int], highs: Sequence[int | None]
) -> list[int]:
    """Persons of each whose quotients reach the threshold, between low and cap."""
    passed = []
    for share, low, high in zip(shares, lows, highs, strict=True):
        ratio = share / threshold
        persons = max(low, (ratio.numerator + ratio.denominator) // (2 * ratio.denominator))
        passed.append(persons if high is None else max(low, min(persons, high)))
    return passed


def _has_room(given: int, high: int | None) -> bool:
    return high is None or given < high
