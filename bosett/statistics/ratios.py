"""One figure by another: by so many inhabitants, or as a share of what was asked for or needed.

There is a number only where both have one; otherwise the reason why not.  Where a sum lacks a hidden part, the ratio
is at least what it says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from bosett.statistics.todays_places import Sum, TodayFigure
from bosett.terms.figure import State


class Stated(Protocol):
    """A number, or the state that says why there is none."""

    @property
    def state(self) -> State: ...

    @property
    def value(self) -> int | Decimal | None: ...


@dataclass(frozen=True)
class Ratio:
    """A figure by another one, exactly, or why there is none.

    Parameters
    ----------
    at_least
        Whether the upper figure is a sum that lacks a part.
    """

    state: State
    value: Fraction | None = None
    at_least: bool = False


NOT_STORED = Ratio(State.NOT_STORED)


def ratio(figure: Stated | None, whole: Stated | None, per: int = 1, *, at_least: bool = False) -> Ratio:
    """`figure` by `per` of `whole`; None is not stored, and by zero there is no ratio."""
    if figure is None or whole is None:
        return NOT_STORED
    for one in (figure, whole):
        if one.value is None:
            return Ratio(one.state)
    if not whole.value or figure.value is None:
        return Ratio(State.UNKNOWN)
    return Ratio(State.NUMBER, Fraction(figure.value) * per / Fraction(whole.value), at_least)


def of_sums(figure: Sum | None, whole: Sum | None, per: int = 1) -> Ratio:
    """A sum over places by another: unknown where the lower one lacks a part, at least so much where the upper does."""
    if figure is None or whole is None:
        return NOT_STORED
    if not whole.complete:
        return Ratio(State.UNKNOWN)
    upper, lower = (TodayFigure(_state(one), one.value) for one in (figure, whole))
    return ratio(upper, lower, per, at_least=not figure.complete)


def _state(total: Sum) -> State:
    return State.NUMBER if total.value is not None else next(iter(total.without), State.NOT_ASKED)


def by_year(
    figures: Mapping[int, TodayFigure], wholes: Mapping[int, TodayFigure], per: int = 1
) -> dict[int, Ratio]:
    """Year -> ratio, for every year that has a figure."""
    return {year: ratio(one, wholes.get(year), per) for year, one in figures.items()}
