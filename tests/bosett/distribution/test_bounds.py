"""Floors and caps: held exactly, the rest in proportion, and no answer when none exists."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bosett.distribution.bounds import share_within_bounds
from bosett.terms.errors import NoAnswer


@st.composite
def bounded(draw: st.DrawFn) -> tuple[int, list[Fraction], list[int], list[int | None]]:
    parts = draw(st.integers(1, 6))
    shares = [Fraction(draw(st.integers(0, 40)), draw(st.integers(1, 5))) for _ in range(parts)]
    lows = [draw(st.integers(0, 10)) for _ in range(parts)]
    highs = [draw(st.none() | st.integers(low, low + 30)) for low in lows]
    return draw(st.integers(0, 150)), shares, lows, highs


def test_a_floor_is_paid_by_the_others_in_proportion() -> None:
    # By hand: 100 on 1 : 33 : 66, the first lifted to 10; 90 left on 1 : 2.
    found = share_within_bounds(100, [Fraction(1), Fraction(33), Fraction(66)], [10, 0, 0], [None] * 3)
    assert found == [10, 30, 60]


def test_what_a_cap_holds_back_goes_to_the_others_in_proportion() -> None:
    # By hand: 100 on 50 : 30 : 20, the first held at 40; 60 left on 3 : 2.
    found = share_within_bounds(100, [Fraction(50), Fraction(30), Fraction(20)], [0] * 3, [40, None, None])
    assert found == [40, 36, 24]


def test_a_cap_that_frees_a_part_from_its_floor_does_so() -> None:
    # By hand: 100 on 80 : 11 : 9 with a cap of 50 and floors of 10.  The rest, 50 on 11 : 9, is
    # 27.5 and 22.5: the floor of 10 holds nobody, though 9 lay below it before the cap.
    found = share_within_bounds(
        100, [Fraction(80), Fraction(11), Fraction(9)], [10, 10, 10], [50, None, None]
    )
    assert found == [50, Fraction(55, 2), Fraction(45, 2)]


@given(bounded())
def test_the_answer_sums_keeps_every_bound_and_the_proportions_of_the_free(
    case: tuple[int, list[Fraction], list[int], list[int | None]],
) -> None:
    need, shares, lows, highs = case
    try:
        found = share_within_bounds(need, shares, lows, highs)
    except NoAnswer:
        assume(False)
        raise
    assert sum(found) == need
    free = []
    for value, share, low, high in zip(found, shares, lows, highs, strict=True):
        assert low <= value
        assert high is None or value <= high
        if low < value and (high is None or value < high):
            free.append(value / share)
    assert len(set(free)) <= 1


@given(bounded())
def test_there_is_no_answer_only_when_the_bounds_leave_none(
    case: tuple[int, list[Fraction], list[int], list[int | None]],
) -> None:
    need, shares, lows, highs = case
    most = [low if share == 0 else high for share, low, high in zip(shares, lows, highs, strict=True)]
    possible = sum(lows) <= need and (
        any(one is None for one in most) or need <= sum(one for one in most if one is not None)
    )
    try:
        share_within_bounds(need, shares, lows, highs)
    except NoAnswer:
        assert not possible
    else:
        assert possible


def test_floors_above_the_need_say_by_how_many() -> None:
    with pytest.raises(NoAnswer, match="5 more than the need of 10"):
        share_within_bounds(10, [Fraction(1)] * 3, [5, 5, 5], [None] * 3)


def test_caps_below_the_need_say_how_many_are_left_out() -> None:
    with pytest.raises(NoAnswer, match="4 persons short"):
        share_within_bounds(10, [Fraction(1)] * 2, [0, 0], [3, 3])
