"""Exact shares to whole persons, against brute force and the theorems of apportionment."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.distribution.apportion import largest_remainder, sainte_lague
from bosett.terms.errors import NoAnswer

weights = st.lists(st.integers(0, 400), min_size=1, max_size=7).filter(any)


def shares_of(need: int, sizes: list[int]) -> list[Fraction]:
    return [Fraction(need * size, sum(sizes)) for size in sizes]


def keys_of(sizes: list[int]) -> list[str]:
    return [f"{place:04d}" for place in range(len(sizes))]


def every_division(need: int, parts: int) -> list[tuple[int, ...]]:
    return [one for one in product(range(need + 1), repeat=parts) if sum(one) == need]


def free_sainte_lague(need: int, sizes: list[int]) -> list[int]:
    parts = len(sizes)
    return sainte_lague(need, shares_of(need, sizes), keys_of(sizes), [0] * parts, [None] * parts)


def test_largest_remainder_by_hand() -> None:
    # Shares 4.6, 3.1, 2.3: whole parts 4, 3, 2 and the one person left to the 0.6.
    shares = [Fraction(46, 10), Fraction(31, 10), Fraction(23, 10)]
    assert largest_remainder(10, shares, ["a", "b", "c"]) == [5, 3, 2]


def test_sainte_lague_gives_the_textbook_seats() -> None:
    # The textbook example: 53 000, 24 000, 23 000 votes and seven seats give 3, 2, 2.
    assert free_sainte_lague(7, [53_000, 24_000, 23_000]) == [3, 2, 2]


@given(st.integers(0, 7), st.lists(st.integers(0, 20), min_size=1, max_size=4).filter(any))
def test_largest_remainder_is_as_near_the_shares_as_any_division(need: int, sizes: list[int]) -> None:
    shares = shares_of(need, sizes)
    found = largest_remainder(need, shares, keys_of(sizes))

    def distance(one: tuple[int, ...] | list[int]) -> Fraction:
        return sum((abs(part - share) for part, share in zip(one, shares, strict=True)), Fraction(0))

    assert distance(found) == min(distance(one) for one in every_division(need, len(sizes)))


@given(st.integers(0, 7), st.lists(st.integers(1, 20), min_size=1, max_size=4))
def test_sainte_lague_has_the_least_squared_error_per_share(need: int, sizes: list[int]) -> None:
    """Webster's method minimises the sum of (given - share)^2 / share (Sainte-Lague, 1910)."""
    shares = shares_of(max(need, 1), sizes)

    def error(one: tuple[int, ...] | list[int]) -> Fraction:
        return sum(
            ((part - share) ** 2 / share for part, share in zip(one, shares, strict=True)), Fraction(0)
        )

    found = free_sainte_lague(max(need, 1), sizes)
    assert error(found) == min(error(one) for one in every_division(max(need, 1), len(sizes)))


@given(st.integers(1, 7), st.lists(st.integers(1, 20), min_size=1, max_size=4), st.data())
def test_sainte_lague_between_floors_and_caps_has_the_least_error_of_all_that_keep_them(
    need: int, sizes: list[int], data: st.DataObject
) -> None:
    """The error is a sum of convex functions, so the best from the floors up is the best of all."""
    shares, parts = shares_of(need, sizes), len(sizes)
    lows = [data.draw(st.integers(0, 2)) for _ in sizes]
    highs = [low + data.draw(st.integers(0, 5)) for low in lows]
    kept = [
        one
        for one in every_division(need, parts)
        if all(low <= part <= high for low, part, high in zip(lows, one, highs, strict=True))
    ]
    if not kept:
        with pytest.raises(NoAnswer):
            sainte_lague(need, shares, keys_of(sizes), lows, highs)
        return
    found = sainte_lague(need, shares, keys_of(sizes), lows, highs)

    def error(one: tuple[int, ...] | list[int]) -> Fraction:
        return sum(
            ((part - share) ** 2 / share for part, share in zip(one, shares, strict=True)), Fraction(0)
        )

    assert tuple(found) in kept
    assert error(found) == min(error(one) for one in kept)


def test_equal_fractions_go_to_the_larger_share_and_then_to_the_lower_key() -> None:
    half = Fraction(1, 2)
    assert largest_remainder(4, [1 + half, 2 + half], ["a", "b"]) == [1, 3]
    assert largest_remainder(3, [1 + half, 1 + half], ["b", "a"]) == [1, 2]
    assert free_sainte_lague(3, [1, 1]) == [2, 1]


@given(st.integers(0, 2000), weights)
def test_largest_remainder_stays_within_one_person_of_every_share(need: int, sizes: list[int]) -> None:
    shares = shares_of(need, sizes)
    found = largest_remainder(need, shares, keys_of(sizes))
    assert sum(found) == need
    assert all(abs(part - share) < 1 for part, share in zip(found, shares, strict=True))


@given(st.integers(0, 500), weights)
def test_with_sainte_lague_a_larger_need_never_gives_anybody_fewer(need: int, sizes: list[int]) -> None:
    before, after = free_sainte_lague(need, sizes), free_sainte_lague(need + 1, sizes)
    assert all(one <= other for one, other in zip(before, after, strict=True))


@given(st.integers(1, 300), weights, st.data())
def test_with_sainte_lague_a_larger_weight_never_gives_fewer(
    need: int, sizes: list[int], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(sizes) - 1))
    grown = [size + (place == i) * data.draw(st.integers(1, 50)) for i, size in enumerate(sizes)]
    assert free_sainte_lague(need, grown)[place] >= free_sainte_lague(need, sizes)[place]


@given(st.integers(0, 300), weights)
def test_zero_weight_gets_none(need: int, sizes: list[int]) -> None:
    with_zero = [*sizes, 0]
    assert largest_remainder(need, shares_of(need, with_zero), keys_of(with_zero))[-1] == 0
    assert free_sainte_lague(need, with_zero)[-1] == 0


@given(st.integers(0, 300), weights, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(need: int, sizes: list[int], random: Random) -> None:
    keys, shares = keys_of(sizes), shares_of(need, sizes)
    rows = list(zip(keys, shares, strict=True))
    random.shuffle(rows)
    mixed_keys = [key for key, _ in rows]
    mixed_shares = [share for _, share in rows]
    free = [0] * len(rows), [None] * len(rows)
    straight = dict(zip(keys, largest_remainder(need, shares, keys), strict=True))
    mixed = dict(zip(mixed_keys, largest_remainder(need, mixed_shares, mixed_keys), strict=True))
    assert straight == mixed
    straight = dict(zip(keys, sainte_lague(need, shares, keys, *free), strict=True))
    mixed = dict(zip(mixed_keys, sainte_lague(need, mixed_shares, mixed_keys, *free), strict=True))
    assert straight == mixed


def test_shares_that_do_not_sum_to_the_need_are_refused() -> None:
    with pytest.raises(ValueError, match="sum to the need"):
        largest_remainder(3, [Fraction(1), Fraction(1)], ["a", "b"])


def test_sainte_lague_says_how_many_the_caps_leave_out() -> None:
    with pytest.raises(NoAnswer, match="3 persons short"):
        sainte_lague(10, [Fraction(5), Fraction(5)], ["a", "b"], [0, 0], [3, 4])


def test_sainte_lague_says_how_far_the_floors_exceed_the_need() -> None:
    with pytest.raises(NoAnswer, match="2 above the need"):
        sainte_lague(4, [Fraction(2), Fraction(2)], ["a", "b"], [3, 3], [None, None])
