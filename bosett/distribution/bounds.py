"""Floors and caps on exact shares: what they hold back is shared by the rest in proportion."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from bosett.terms.errors import NoAnswer

Persons = int | Fraction


def share_within_bounds(
    need: Persons, shares: Sequence[Fraction], lows: Sequence[Persons], highs: Sequence[Persons | None]
) -> list[Fraction]:
    """Give each part `min(high, max(low, factor x share))` with the one factor that sums to the need.

    Those that no bound holds keep their proportions to each other exactly.

    Parameters
    ----------
    need
        Persons, >= 0.
    shares
        >= 0 each; a share of 0 stays at its low.
    lows, highs
        0 <= low <= high; None = no cap.

    Raises
    ------
    NoAnswer
        Rule `floor` if the floors alone exceed the need, `cap` if the caps leave some unplaced; both
        say by how many persons.
    """
    reach = [_reach(*one) for one in zip(shares, lows, highs, strict=True)]
    _refuse_impossible(need, lows, reach)
    factor = _factor(need, shares, lows, reach)
    return [_clamp(factor * share, low, high) for share, low, high in zip(shares, lows, reach, strict=True)]


def _reach(share: Fraction, low: Persons, high: Persons | None) -> Persons | None:
    """The most that a part can get: one without a share gets no more than its low."""
    return high if share > 0 else low


def _clamp(value: Fraction, low: Persons, high: Persons | None) -> Fraction:
    raised = max(value, Fraction(low))
    return raised if high is None else min(raised, Fraction(high))


def _refuse_impossible(need: Persons, lows: Sequence[Persons], reach: Sequence[Persons | None]) -> None:
    lowest = sum(lows)
    if lowest > need:
        raise NoAnswer("floor", f"the floors sum to {lowest}, {lowest - need} more than the need of {need}")
    caps = [high for high in reach if high is not None]
    if len(caps) == len(reach) and sum(caps) < need:
        short = need - sum(caps)
        raise NoAnswer("cap", f"the caps leave room for {sum(caps)} of {need}: {short} persons short")


def _factor(
    need: Persons, shares: Sequence[Fraction], lows: Sequence[Persons], reach: Sequence[Persons | None]
) -> Fraction:
    """The factor at which the clamped shares sum to the need.

    Each part is flat at its low, then rises with the factor from low/share on, then is flat at its
    cap from cap/share on.  The sum is walked through these turning points in order.
    """
    turns: list[tuple[Fraction, Fraction]] = []
    for share, low, high in zip(shares, lows, reach, strict=True):
        if share > 0:
            turns.append((low / share, share))
            if high is not None:
                turns.append((high / share, -share))
    total, slope, at = Fraction(sum(lows)), Fraction(0), Fraction(0)
    for turn, change in sorted(turns):
        if total + slope * (turn - at) >= need and slope > 0:
            break
        total, slope, at = total + slope * (turn - at), slope + change, turn
    return at if total == need else at + (need - total) / slope
