"""Who is asked: against brute force, and against the textbook's formula."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from bosett.expenditure.allocation import Stratum, allocate, certainty_units, draw, numbers, size_strata
from bosett.terms.errors import NoAnswer

STRATA = (Stratum("a", 8, 5.0), Stratum("b", 20, 1.0), Stratum("c", 5, 20.0))


def variance(taken: tuple[int, ...]) -> float:
    return sum(
        (one.size * one.deviation) ** 2 * (1 / n - 1 / one.size) for one, n in zip(STRATA, taken, strict=True)
    )


@pytest.mark.parametrize("asked", [6, 9, 14, 20, 33])
def test_no_other_allocation_of_whole_numbers_has_a_smaller_variance(asked: int) -> None:
    choices = product(*[range(2, one.size + 1) for one in STRATA])
    best = min(variance(one) for one in choices if sum(one) == asked)
    found = tuple(allocate(STRATA, asked, minimum=2).values())
    assert sum(found) == asked
    assert variance(found) == pytest.approx(best)


def test_without_bounds_it_is_in_proportion_to_size_times_deviation() -> None:
    # Neyman: 300 x 2 : 100 x 6 : 400 x 1 = 600 : 600 : 400.
    strata = (Stratum("a", 300, 2.0), Stratum("b", 100, 6.0), Stratum("c", 400, 1.0))
    assert allocate(strata, 80) == {"a": 30, "b": 30, "c": 20}


def test_more_than_there_are_or_less_than_the_minimum_gives_no_answer() -> None:
    for asked in (5, 34):
        with pytest.raises(NoAnswer, match="sample_size"):
            allocate(STRATA, asked, minimum=2)


def test_the_panel_is_kept_as_far_as_told_and_the_rest_comes_by_number() -> None:
    numbers = {"a": 0.9, "b": 0.1, "c": 0.5, "d": 0.3, "e": 0.7}
    assert draw(numbers, 3) == ("b", "c", "d")
    assert draw(numbers, 3, panel=("a", "e"), overlap=1) == ("b", "d", "e")


def test_a_member_is_drawn_as_often_as_any_other() -> None:
    rng = np.random.default_rng(2)
    drawn = [draw(dict(zip("abcde", rng.random(5), strict=True)), 2) for _ in range(5000)]
    shares = [sum(one in each for each in drawn) / 5000 for one in "abcde"]
    assert all(abs(share - 0.4) < 0.03 for share in shares)


def test_certainty_units_are_those_a_draw_by_size_would_ask_for_sure() -> None:
    # 3 x 60 >= 100; of the rest 2 x 22 >= 40; then 1 x 6 < 18.
    assert certainty_units({"a": 60, "b": 22, "c": 6, "d": 6, "e": 6}, 3) == ("a", "b")


def test_strata_by_size_weigh_about_alike_and_those_without_anybody_stand_apart() -> None:
    # Roots of 1, 4, 9, 16, 25, 36 are 1..6, sum 21; two strata part where half (10.5) is passed.
    sizes = {"a": 1.0, "b": 4.0, "c": 9.0, "d": 16.0, "e": 25.0, "f": 36.0, "g": 0.0}
    found = size_strata(sizes, 2)
    assert found == {"a": "s1", "b": "s1", "c": "s1", "d": "s1", "e": "s1", "f": "s2", "g": "s0"}


def test_a_municipality_keeps_its_number_from_year_to_year() -> None:
    first = numbers(["b", "a", "c"], np.random.default_rng(7))
    assert first == numbers({"c", "b", "a"}, np.random.default_rng(7))
    assert all(0 <= one < 1 for one in first.values())
