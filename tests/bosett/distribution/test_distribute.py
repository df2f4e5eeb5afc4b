"""The division as a whole: what sums, what holds, what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.distribution import (
    Bound,
    Criterion,
    Direction,
    DistributionCriteria,
    MunicipalityInput,
    Rounding,
)
from bosett.distribution.explain import explain_share
from bosett.distribution.result import Distribution, MunicipalityShare
from bosett.terms.errors import BadInput, NoAnswer
from tests.bosett.distribution.municipalities import (
    asked,
    by_population,
    divide,
    place,
    populations,
    roundings,
)

BIG, MIDDLE, SMALL = (
    place("0301", population=700),
    place("4601", population=200),
    place("4222", population=100),
)


def test_a_need_is_divided_by_population() -> None:
    assert asked(divide(10, BIG, MIDDLE, SMALL)) == {"0301": 7, "4601": 2, "4222": 1}


@given(st.integers(0, 5000), populations, roundings)
def test_the_division_sums_to_the_need(need: int, sizes: list[int], rounding: Rounding) -> None:
    found = divide(
        need,
        *(place(f"{i:04d}", population=size) for i, size in enumerate(sizes)),
        criteria=by_population(rounding),
    )
    assert sum(share.asked for share in found.shares) == need
    assert all(share.asked == 0 for share in found.shares if share.exact_share == 0)


@given(st.integers(0, 3000), populations, st.lists(st.integers(0, 50), min_size=8, max_size=8))
def test_the_criteria_sum_to_the_exact_share(need: int, sizes: list[int], rates: list[int]) -> None:
    criteria = DistributionCriteria(
        criteria=(
            Criterion("population", Fraction(3, 4)),
            Criterion("rate", Fraction(1, 4), times="one"),
        )
    )
    municipalities = [
        place(f"{i:04d}", population=size, rate=rates[i] + 1, one=1) for i, size in enumerate(sizes)
    ]
    found = divide(need, *municipalities, criteria=criteria)
    total = sum(rate + 1 for rate in rates[: len(sizes)])
    for i, share in enumerate(found.shares):
        by_size = Fraction(3 * need * sizes[i], 4 * sum(sizes))
        by_rate = Fraction(need * (rates[i] + 1), 4 * total)
        assert dict(share.contributions) == {"population": by_size, "rate": by_rate}
        assert share.exact_share == by_size + by_rate


@given(st.integers(0, 1000), populations, st.data())
def test_a_larger_indicator_never_lowers_the_exact_share(
    need: int, sizes: list[int], data: st.DataObject
) -> None:
    who = data.draw(st.integers(0, len(sizes) - 1))
    grown = [size + 100 * (i == who) for i, size in enumerate(sizes)]
    shares = [
        divide(need, *(place(f"{i:04d}", population=size) for i, size in enumerate(one))).shares[who]
        for one in (sizes, grown)
    ]
    assert shares[1].exact_share >= shares[0].exact_share


@given(st.integers(0, 400), populations, roundings, st.permutations(range(8)))
def test_the_order_of_the_municipalities_does_not_matter(
    need: int, sizes: list[int], rounding: Rounding, order: list[int]
) -> None:
    rows = [place(f"{i:04d}", population=size) for i, size in enumerate(sizes)]
    mixed = [rows[i] for i in order if i < len(rows)]
    criteria = by_population(rounding)
    assert asked(divide(need, *rows, criteria=criteria)) == asked(divide(need, *mixed, criteria=criteria))


def test_less_counts_the_highest_value_minus_the_value() -> None:
    # By hand: rates 4, 3, 1 become 0, 1, 3; 40 persons on 0 : 1 : 3.
    criteria = DistributionCriteria(criteria=(Criterion("rate", Fraction(1), Direction.LESS),))
    found = divide(40, place("a", rate=4), place("b", rate=3), place("c", rate=1), criteria=criteria)
    assert asked(found) == {"a": 0, "b": 10, "c": 30}


def test_the_highest_value_is_that_of_those_who_take_part() -> None:
    # By hand: without the excluded rate of 100, rates 4 and 2 become 0 and 2.
    criteria = DistributionCriteria(criteria=(Criterion("rate", Fraction(1), Direction.LESS),))
    found = divide(
        8, place("a", rate=4), place("b", rate=2), place("x", rate=100, excluded=True), criteria=criteria
    )
    assert asked(found) == {"a": 0, "b": 8, "x": 0}


def test_times_turns_a_rate_into_a_size_after_the_direction() -> None:
    # By hand: (4-4)x10, (4-2)x10, (4-3)x40 = 0, 20, 40 of 60.
    criteria = DistributionCriteria(
        criteria=(Criterion("rate", Fraction(1), Direction.LESS, times="people"),)
    )
    rows = (place("a", rate=4, people=10), place("b", rate=2, people=10), place("c", rate=3, people=40))
    assert asked(divide(60, *rows, criteria=criteria)) == {"a": 0, "b": 20, "c": 40}


def test_an_excluded_municipality_is_asked_for_nobody_and_needs_no_indicator() -> None:
    found = divide(10, BIG, place("1874", excluded=True))
    assert asked(found) == {"0301": 10, "1874": 0}
    assert found.of("1874").bound is Bound.EXCLUDED


def test_a_deduction_comes_off_the_exact_share_and_the_rest_is_rescaled() -> None:
    # By hand: 50, 50 of 100; less 20 gives 30, 50; rescaled to 37.5, 62.5.
    found = divide(100, place("a", population=1, deduct=20), place("b", population=1))
    assert found.of("a").exact_share == 50
    assert found.of("a").after_deduction == Fraction(75, 2)
    assert asked(found) in ({"a": 37, "b": 63}, {"a": 38, "b": 62})


def test_a_deduction_larger_than_the_share_leaves_nobody_and_no_debt() -> None:
    found = divide(
        100, place("a", population=1, deduct=70), place("b", population=1), criteria=by_population(floor=5)
    )
    assert asked(found) == {"a": 0, "b": 100}
    assert found.of("a").bound is Bound.NO_SHARE


@given(populations, st.integers(0, 20), roundings, st.integers(0, 500))
def test_nobody_who_is_asked_is_asked_for_fewer_than_the_floor(
    sizes: list[int], floor: int, rounding: Rounding, more: int
) -> None:
    need = floor * len(sizes) + more
    rows = [place(f"{i:04d}", population=size) for i, size in enumerate(sizes)]
    found = divide(need, *rows, criteria=by_population(rounding, floor))
    assert sum(share.asked for share in found.shares) == need
    assert all(share.asked >= floor for share in found.shares if share.exact_share > 0)


@given(populations, roundings, st.lists(st.integers(0, 100), min_size=8, max_size=8))
def test_nobody_is_asked_for_more_than_the_maximum(
    sizes: list[int], rounding: Rounding, caps: list[int]
) -> None:
    rows = [place(f"{i:04d}", population=size + 1, maximum=caps[i]) for i, size in enumerate(sizes)]
    need = sum(caps[: len(sizes)]) // 2
    found = divide(need, *rows, criteria=by_population(rounding))
    assert sum(share.asked for share in found.shares) == need
    assert all(share.asked <= caps[i] for i, share in enumerate(found.shares))


def test_a_municipality_without_a_share_gets_its_own_minimum_and_no_more() -> None:
    found = divide(10, place("a", population=0, minimum=3), place("b", population=5))
    assert asked(found) == {"a": 3, "b": 7}


def test_a_floor_above_a_maximum_is_no_answer_and_names_the_municipality() -> None:
    with pytest.raises(NoAnswer, match="4222 takes at most 4, the floor is 10"):
        divide(
            100,
            BIG,
            place("4222", population=1, maximum=4),
            criteria=by_population(floor=10),
        )


def test_caps_that_leave_persons_over_are_no_answer_with_the_shortfall() -> None:
    with pytest.raises(NoAnswer, match="88 persons short"):
        divide(100, place("a", population=1, maximum=5), place("b", population=1, maximum=7))


def test_everybody_excluded_is_no_answer() -> None:
    with pytest.raises(NoAnswer, match="10 persons short"):
        divide(10, place("a", excluded=True))


def test_an_indicator_that_is_zero_everywhere_is_no_answer() -> None:
    with pytest.raises(NoAnswer, match="population is 0"):
        divide(10, place("a", population=0), place("b", population=0))


def test_an_indicator_that_is_not_known_is_refused_and_not_taken_as_zero() -> None:
    with pytest.raises(BadInput, match="population"):
        divide(10, BIG, place("b"))


@given(st.integers(0, 300), populations, st.data())
def test_groups_sum_exactly_and_never_exceed_what_is_asked(
    need: int, sizes: list[int], data: st.DataObject
) -> None:
    young = data.draw(st.integers(0, need))
    older = data.draw(st.integers(0, need - young))
    rows = [place(f"{i:04d}", population=size) for i, size in enumerate(sizes)]
    found = divide(need, *rows, groups={"em_under15": young, "em_15_17": older})
    assert sum(share.group("em_under15") for share in found.shares) == young
    assert sum(share.group("em_15_17") for share in found.shares) == older
    assert all(share.group("em_under15") + share.group("em_15_17") <= share.asked for share in found.shares)


def test_a_group_larger_than_the_need_is_refused() -> None:
    with pytest.raises(BadInput, match="groups of 11"):
        divide(10, BIG, groups={"em_under15": 11})


def test_weights_that_do_not_sum_to_one_are_refused() -> None:
    with pytest.raises(BadInput, match="sum to 1"):
        DistributionCriteria(criteria=(Criterion("population", Fraction(9, 10)),))


def test_the_same_municipality_twice_is_refused() -> None:
    with pytest.raises(BadInput, match="0301 twice"):
        divide(10, BIG, BIG)


@pytest.mark.parametrize(
    "wrong",
    [{"minimum": -1}, {"maximum": -1}, {"minimum": 5, "maximum": 4}, {"deduct": -1}, {"population": -1}],
)
def test_negative_and_crossing_bounds_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(BadInput):
        place("a", **wrong)


def test_a_need_of_nobody_asks_nobody() -> None:
    assert asked(divide(0, BIG, SMALL)) == {"0301": 0, "4222": 0}


def test_the_result_refuses_numbers_that_do_not_sum() -> None:
    share = divide(10, BIG).shares
    with pytest.raises(ValueError, match="does not sum"):
        Distribution(11, *(getattr(divide(10, BIG), name) for name in ("method", "rounding")), share, (), ())
    with pytest.raises(ValueError, match="groups exceed"):
        MunicipalityShare(
            "a",
            "A",
            "",
            1,
            Fraction(1),
            Fraction(1),
            Fraction(1),
            Bound.NONE,
            (("p", Fraction(1)),),
            (("em", 2),),
        )


def test_the_explanation_tells_criteria_floor_and_group() -> None:
    found = divide(
        100, BIG, place("4222", population=1), criteria=by_population(floor=10), groups={"em_under15": 5}
    )
    keys = [one.key for one in explain_share(found, "4222")]
    assert keys[0] == "distribution.asked"
    assert "distribution.bound.floor" in keys
    assert "distribution.from_criterion" in keys
    assert "distribution.group" in keys


def test_the_explanation_of_an_excluded_municipality_says_so() -> None:
    found = divide(10, BIG, place("1874", excluded=True))
    assert [one.key for one in explain_share(found, "1874")] == [
        "distribution.asked",
        "distribution.bound.excluded",
    ]


def test_an_identifier_is_all_the_division_needs() -> None:
    only = MunicipalityInput("x", "", "", {"population": Fraction(1)})
    assert asked(divide(3, only)) == {"x": 3}
