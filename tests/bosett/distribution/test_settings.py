"""Criteria as one value: kept and given back the same, and what they do before the need is divided."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bosett.distribution import Criterion, Direction, Method, MunicipalityInput, Transform, distribute
from bosett.distribution.settings import ByHand, CriteriaSettings, Deduction, as_kept, from_kept
from bosett.terms.errors import BadInput, NoAnswer

SIZES = {"4201": 6000, "4202": 3000, "4203": 1000}
BY_SIZE = (Criterion("population", Fraction(1)),)


def members(**more: dict[str, int]) -> tuple[MunicipalityInput, ...]:
    return tuple(
        MunicipalityInput(
            code,
            code,
            "42",
            {"population": Fraction(size)}
            | {column: Fraction(values[code]) for column, values in more.items() if code in values},
        )
        for code, size in SIZES.items()
    )


def asked(settings: CriteriaSettings, need: int, **more: dict[str, int]) -> dict[str, int]:
    found = distribute(settings.problem(need, members(**more)))
    return {share.identifier: share.asked for share in found.shares}


def test_criteria_are_given_back_as_they_were_kept():
    settings = CriteriaSettings(
        weights=(
            Criterion("population", Fraction(2, 3)),
            Criterion("rate", Fraction(1, 3), Direction.LESS, "population", Transform.RANK, Fraction(1, 10)),
        ),
        floor=5,
        most_per_thousand=Fraction(7, 2),
        size_minimum=500,
        excluded=frozenset({"4203"}),
        by_hand=(ByHand("4201", 40, "Ny skole"),),
        em_under15=3,
        em_15_17=4,
        deductions=(Deduction("centre", "places", Fraction(25)),),
        through_counties=True,
    )
    assert from_kept(as_kept(settings)) == settings


def test_a_kept_value_with_something_missing_is_told():
    told = as_kept(CriteriaSettings(weights=BY_SIZE))
    del told["excluded"]
    with pytest.raises(BadInput, match="excluded"):
        from_kept(told)


def test_a_number_by_hand_stands_and_the_others_share_the_rest_by_size():
    # 100 persons; 10 fixed for the largest, 90 by 3000 : 1000.
    settings = CriteriaSettings(weights=BY_SIZE, by_hand=(ByHand("4201", 10, "Brann i skolen"),))
    assert asked(settings, 100) == {"4201": 10, "4202": 68, "4203": 22}


def test_small_municipalities_are_left_out_also_by_own_weights():
    settings = CriteriaSettings(weights=BY_SIZE, size_minimum=2000)
    assert asked(settings, 90) == {"4201": 60, "4202": 30, "4203": 0}


def test_a_cap_counts_for_each_thousand_inhabitants_and_the_shortfall_is_told():
    # At most 10 per 1,000: 60, 30 and 10 places, 100 in all.
    settings = CriteriaSettings(weights=BY_SIZE, most_per_thousand=Fraction(10))
    assert asked(settings, 100) == {"4201": 60, "4202": 30, "4203": 10}
    with pytest.raises(NoAnswer, match="1"):
        asked(settings, 101)


def test_a_part_of_the_places_in_centres_comes_off_the_share():
    # Shares 60, 30, 10; half of 40 places off the first leaves 40, 30, 10, scaled to 100: 50, 37.5, 12.5.
    settings = CriteriaSettings(weights=BY_SIZE, deductions=(Deduction("centre", "places", Fraction(50)),))
    found = asked(settings, 100, places={"4201": 40, "4202": 0, "4203": 0})
    assert found["4201"] == 50
    assert sorted((found["4202"], found["4203"])) in ([12, 38], [13, 37])


def test_every_municipality_without_a_needed_figure_is_named_and_none_is_taken_for_0():
    settings = CriteriaSettings(weights=(Criterion("rate", Fraction(1)),))
    with pytest.raises(BadInput) as fault:
        settings.problem(10, members(rate={"4202": 3}))
    assert "4201, 4203" in fault.value.found
    without = CriteriaSettings(weights=settings.weights, excluded=frozenset({"4201", "4203"}))
    assert distribute(without.problem(10, members(rate={"4202": 3}))).of("4202").asked == 10


def test_a_published_method_reads_the_columns_it_is_given():
    # Germany: 2/3 tax, 1/3 population. Tax 1:1:1, sizes 6:3:1 of 90: 20+18, 20+9, 20+3.
    settings = CriteriaSettings(method=Method.GERMANY, columns=(("tax", "revenue"),))
    revenue = dict.fromkeys(SIZES, 5)
    assert asked(settings, 90, revenue=revenue) == {"4201": 38, "4202": 29, "4203": 23}


def test_pressure_takes_a_part_of_the_own_share_and_is_given_back_as_it_was_kept():
    """By hand: shares 60, 30, 10; at most half off at full pressure, 4201 at four fifths: 60 x 0.4 = 24 off,
    36, 30 and 10 of 76, of 100 persons 47.37, 39.47 and 13.16; the largest remainder is the second's."""
    off = Deduction("pressure", "pressed", Fraction(50), of_share=True)
    settings = CriteriaSettings(weights=BY_SIZE, deductions=(off,))
    pressed = tuple(
        MunicipalityInput(
            code, code, "42",
            {"population": Fraction(size), "pressed": Fraction(4, 5) if code == "4201" else Fraction(0)},
        )
        for code, size in SIZES.items()
    )  # fmt: skip
    found = distribute(settings.problem(100, pressed))
    assert [share.asked for share in found.shares] == [47, 40, 13]
    assert [share.deductions for share in found.shares] == [(("pressure", Fraction(24)),), (), ()]
    assert from_kept(as_kept(settings)) == settings


def test_no_more_than_the_whole_share_comes_off():
    with pytest.raises(BadInput, match="0 to 100 per cent"):
        Deduction("pressure", "pressed", Fraction(101), of_share=True)
    with pytest.raises(BadInput, match="part of the share"):
        MunicipalityInput("a", "a", "c", {}, deduct_share=(("pressure", Fraction(3, 2)),))
