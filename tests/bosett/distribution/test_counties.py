"""Through counties: sums, what the step costs, recommended needs."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bosett.distribution import Criterion, Direction, DistributionCriteria, DistributionProblem, GroupNeed
from bosett.distribution.counties import distribute_through_counties
from bosett.terms.errors import BadInput, NoAnswer
from tests.bosett.distribution.municipalities import by_population, place

TWO = DistributionCriteria(
    criteria=(Criterion("population", Fraction(1, 2)), Criterion("jobs", Fraction(1, 2)))
)
EQUAL_TWINS = (
    place("0101", population=100, jobs=100),
    place("0102", population=100, jobs=0),
    place("0201", population=100, jobs=100),
    place("0202", population=100, jobs=300),
)


def test_with_one_criterion_the_county_step_costs_nothing() -> None:
    rows = (place("0101", population=30), place("0102", population=20), place("0201", population=50))
    found = distribute_through_counties(DistributionProblem(100, rows, by_population()))
    assert found.persons_moved == 0
    assert dict(found.county_needs) == {"01": 50, "02": 50}


def test_equal_twins_in_different_counties_are_treated_unequally_and_the_cost_is_told() -> None:
    """By hand, 400 persons.  Direct: 50 a place by population and 200 x jobs/500: 90, 50, 90, 170.

    County 01 has 140 and county 02 260.  Inside 01: 70/2 + 70 = 105 and 35; inside 02:
    130/2 + 130/4 = 97.5 and 65 + 97.5 = 162.5 (a tie that goes to the larger share).
    """
    found = distribute_through_counties(DistributionProblem(400, EQUAL_TWINS, TWO))
    assert [step.direct for step in found.steps] == [90, 50, 90, 170]
    assert dict(found.county_needs) == {"01": 140, "02": 260}
    assert [step.through for step in found.steps] == [105, 35, 97, 163]
    assert found.persons_moved == 15 + 7
    assert found.unequal is not None
    low, high = found.unequal
    assert (low.identifier, low.factor) == ("0102", Fraction(35, 50))
    assert (high.identifier, high.factor) == ("0101", Fraction(105, 90))


def test_needs_that_the_counties_recommend_are_kept() -> None:
    problem = DistributionProblem(400, EQUAL_TWINS, TWO)
    found = distribute_through_counties(problem, {"01": 100, "02": 300})
    assert sum(step.through for step in found.steps if step.county == "01") == 100
    assert found.asked("0101") == 75


@pytest.mark.parametrize("needs", [{"01": 400}, {"01": 100, "02": 299}, {"01": -1, "02": 401}])
def test_needs_that_do_not_sum_or_name_another_county_are_refused(needs: dict[str, int]) -> None:
    with pytest.raises(BadInput):
        distribute_through_counties(DistributionProblem(400, EQUAL_TWINS, TWO), needs)


def test_a_county_without_need_asks_nobody_whatever_the_floor() -> None:
    rows = (place("0101", population=30), place("0201", population=50))
    problem = DistributionProblem(100, rows, by_population(floor=10))
    assert distribute_through_counties(problem, {"01": 0, "02": 100}).asked("0101") == 0


def test_groups_stay_inside_each_county() -> None:
    problem = DistributionProblem(400, EQUAL_TWINS, TWO, (GroupNeed("em", 40),))
    found = distribute_through_counties(problem)
    assert sum(share.group("em") for part in found.through.values() for share in part.shares) == 40


def test_caps_that_fit_the_country_but_not_a_county_are_no_answer_naming_the_county() -> None:
    rows = (place("0101", population=30, maximum=40), place("0201", population=50))
    with pytest.raises(NoAnswer, match="county 01"):
        distribute_through_counties(DistributionProblem(100, rows, by_population()), {"01": 50, "02": 50})


def test_a_county_of_one_is_given_its_need_also_where_it_has_the_highest_rate() -> None:
    # 0301 has the highest rate of the country, so `less` gives it nothing; it still gets its county's need.
    criteria = DistributionCriteria(
        criteria=(
            Criterion("population", Fraction(1, 2)),
            Criterion("rate", Fraction(1, 2), Direction.LESS, times="population"),
        )
    )
    rows = (place("0301", population=100, rate=5), place("1101", population=100, rate=1))
    found = distribute_through_counties(DistributionProblem(100, rows, criteria))
    # By hand: population 25 and 25, rate 0 and 50.
    assert [step.through for step in found.steps] == [25, 75]
