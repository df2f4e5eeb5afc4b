"""Whole Norwegian kroner.  Amounts are `int`; rounding is the last step and never loses a krone."""

from __future__ import annotations

from fractions import Fraction


def split_kroner(amount_nok: int, share_first: Fraction) -> tuple[int, int]:
    """Split an amount in two whole-krone parts that sum to it exactly.

    The first part is rounded half up; the second takes the remainder (the open question on
    rounding at moves: the receiving municipality carries it).

    Parameters
    ----------
    amount_nok
        Whole kroner, >= 0.
    share_first
        The first part's share, 0 to 1.
    """
    if not 0 <= share_first <= 1:
        raise ValueError(f"a share lies between 0 and 1, not {share_first}")
    first = round_half_up(amount_nok * share_first)
    return first, amount_nok - first


def round_half_up(amount: Fraction) -> int:
    """Nearest whole krone; exactly half goes up."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)
