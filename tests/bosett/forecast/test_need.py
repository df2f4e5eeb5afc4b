"""Promises of the settlement need: parts that sum, an interval that encloses, missing is never 0."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.forecast import Combination, Estimate, Need, NeedInputs, Part, settlement_need
from bosett.forecast.explain import explain_need
from bosett.terms.errors import BadInput, NoAnswer
from bosett.terms.groups import Group

TODAY = date(2025, 10, 22)


@st.composite
def estimates(draw: st.DrawFn) -> Estimate:
    low, point, high = sorted(draw(st.lists(st.integers(0, 50_000), min_size=3, max_size=3)))
    return Estimate(low, point, high)


def inputs(
    ready: Estimate,
    grants: Estimate,
    quota: Estimate,
    leaves: Estimate,
    combination: Combination = Combination.TOGETHER,
) -> NeedInputs:
    return NeedInputs(2026, TODAY, ready, grants, quota, leaves, combination=combination)


def test_the_need_is_ready_plus_permits_plus_quota_less_those_who_leave() -> None:
    # By hand: 2 000 + 11 000 + 500 - 500 = 13 000.
    need = settlement_need(
        inputs(Estimate.known(2000), Estimate.known(11_000), Estimate.known(500), Estimate.known(500))
    )
    assert need.persons == Estimate(13_000, 13_000, 13_000)


def test_together_sums_the_ends_and_those_who_leave_pull_the_other_way() -> None:
    # By hand: low 90 + 900 - 30 = 960, high 120 + 1 300 - 10 = 1 410.
    need = settlement_need(
        inputs(Estimate(90, 100, 120), Estimate(900, 1000, 1300), Estimate.known(0), Estimate(10, 20, 30))
    )
    assert need.persons == Estimate(960, 1080, 1410)


def test_independent_parts_combine_as_the_root_of_squares_rounded_outwards() -> None:
    # By hand: distances 3 and 4 give 5; 5 and 5 give the root of 50, above 7, so 8.
    exact = settlement_need(
        inputs(
            Estimate(97, 100, 105),
            Estimate(96, 100, 105),
            Estimate.known(0),
            Estimate.known(0),
            Combination.INDEPENDENT,
        )
    )
    assert exact.persons == Estimate(195, 200, 208)


@given(estimates(), estimates(), estimates(), st.sampled_from(Combination))
def test_the_parts_always_sum_to_the_point(
    ready: Estimate, grants: Estimate, quota: Estimate, combination: Combination
) -> None:
    need = settlement_need(inputs(ready, grants, quota, Estimate.known(0), combination))
    assert need.persons.point == ready.point + grants.point + quota.point
    assert need.persons.low <= need.persons.point <= need.persons.high


@given(estimates(), estimates(), estimates())
def test_independent_is_never_wider_than_together(ready: Estimate, grants: Estimate, quota: Estimate) -> None:
    parts = (ready, grants, quota, Estimate.known(0))
    together = settlement_need(inputs(*parts)).persons
    independent = settlement_need(inputs(*parts, Combination.INDEPENDENT)).persons
    assert together.low <= independent.low
    assert independent.high <= together.high


@given(estimates(), estimates(), st.integers(0, 1000))
def test_a_wider_part_never_makes_the_interval_narrower(
    ready: Estimate, grants: Estimate, wider: int
) -> None:
    nothing = Estimate.known(0)
    wide = Estimate(max(0, ready.low - wider), ready.point, ready.high + wider)
    for combination in Combination:
        before = settlement_need(inputs(ready, grants, nothing, nothing, combination)).persons
        after = settlement_need(inputs(wide, grants, nothing, nothing, combination)).persons
        assert after.low <= before.low
        assert after.high >= before.high


def test_a_low_end_below_zero_is_cut_and_said_so() -> None:
    need = settlement_need(
        inputs(Estimate(0, 10, 20), Estimate(0, 10, 20), Estimate.known(0), Estimate(0, 10, 40))
    )
    assert need.persons.low == 0
    assert need.low_was_cut
    assert "forecast.low_was_cut" in [one.key for one in explain_need(need)]


def test_more_leaving_than_there_are_is_no_answer() -> None:
    with pytest.raises(NoAnswer, match="5 more persons"):
        settlement_need(inputs(Estimate.known(10), Estimate.known(0), Estimate.known(0), Estimate.known(15)))


@pytest.mark.parametrize(("low", "point", "high"), [(-1, 0, 1), (2, 1, 3), (1, 3, 2)])
def test_an_interval_that_does_not_enclose_its_point_is_refused(low: int, point: int, high: int) -> None:
    with pytest.raises(BadInput):
        Estimate(low, point, high)


@pytest.mark.parametrize("level", [Fraction(0), Fraction(1), Fraction(3, 2)])
def test_a_level_that_is_no_probability_between_is_refused(level: Fraction) -> None:
    known = Estimate.known(1)
    with pytest.raises(BadInput):
        NeedInputs(2026, TODAY, known, known, known, known, level=level)


def test_a_need_whose_parts_do_not_sum_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="sum to 3"):
        Need(
            2026,
            TODAY,
            Group.ALL,
            Estimate.known(4),
            (Part("quota", 1, Estimate.known(3)),),
            Combination.TOGETHER,
            Fraction(8, 10),
            low_was_cut=False,
        )


def test_the_explanation_names_every_part_with_its_sign() -> None:
    need = settlement_need(inputs(Estimate.known(7), Estimate.known(5), Estimate.known(3), Estimate.known(2)))
    parts = [one for one in explain_need(need) if one.key.startswith("forecast.part.")]
    assert [one.fact("point") for one in parts] == [7, 5, 3, -2]
