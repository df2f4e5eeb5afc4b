"""Why here, why not there, and what another choice costs."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from bosett.placement.explain import TOO_SMALL, explain, override_cost
from bosett.placement.problem import BlockTable, Exclusion, Household, Municipality, Problem, ScoreTable
from bosett.placement.score import (
    HouseholdFacts,
    MunicipalityFacts,
    Prefers,
    Tie,
    Weights,
    plain_score,
    weights_on,
)
from bosett.placement.solve import solve
from bosett.rules.parameters import Parameters
from bosett.terms.errors import BadInput, NoAnswer

DAY = date(2026, 3, 1)


def two_families() -> Problem:
    households = (Household("a", 2), Household("b", 2))
    places = (
        Municipality("0301", "Oslo", {"persons": 2}),
        Municipality("4601", "Bergen", {"persons": 2}),
        Municipality("5601", "Alta", {"persons": 1}),
        Municipality("1103", "Stavanger", {"persons": 9}),
    )
    ids, codes = ("a", "b"), ("0301", "4601", "5601", "1103")
    scores = np.array([[9.0, 8.0, 1.0, 1.0], [7.0, 2.0, 1.0, 1.0]])
    return Problem(
        households,
        places,
        ScoreTable(ids, codes, scores),
        BlockTable.of([Exclusion("a", "1103", "no_hospital_within_reach")], ids, codes),
    )


def test_every_excluded_municipality_names_the_rules_that_exclude_it() -> None:
    problem = two_families()
    told = explain(problem, solve(problem), "a")
    assert {one.municipality_id: one.rules for one in told.blocked} == {
        "1103": ("no_hospital_within_reach",),
        "5601": (TOO_SMALL,),
    }


def test_the_family_that_gives_way_is_told_its_rank_and_what_else_there_was() -> None:
    # a in Bergen (8) and b in Oslo (7) sum to 15; the other way round 9 + 2 = 11.
    problem = two_families()
    told = explain(problem, solve(problem), "a")
    assert (told.municipality_id, told.rank, told.allowed_count) == ("4601", 2, 2)
    assert [(one.municipality_id, one.room) for one in told.alternatives] == [("0301", False)]


def test_an_override_costs_exactly_the_difference_of_the_two_best_answers() -> None:
    problem = two_families()
    cost = override_cost(problem, solve(problem), "a", "0301")
    assert dict(cost.by_level) == pytest.approx({"persons_tier_1": 0.0, "score": 4.0})
    assert cost.moved_households == ("a", "b")


def test_an_override_against_a_rule_is_refused_with_the_rule() -> None:
    problem = two_families()
    with pytest.raises(NoAnswer, match="lock_not_fitting"):
        override_cost(problem, solve(problem), "a", "1103")


def test_a_household_that_is_not_in_the_problem_has_no_explanation() -> None:
    problem = two_families()
    with pytest.raises(BadInput, match="a household of the problem"):
        explain(problem, solve(problem), "c")


WEIGHTS = Weights(
    {Tie.FAMILY_IN_DIRECT_LINE: 30.0, Tie.NETWORK: 10.0, Tie.WORK_OR_SCHOOL: 20.0}, 12.0, 40.0, 5.0
)


def test_the_score_is_the_sum_of_the_parts_it_names() -> None:
    household = HouseholdFacts(
        "a",
        ties={"0301": Tie.WORK_OR_SCHOOL},
        wishes={"0301": 2},
        needs=frozenset({"hospital_near", "school_primary"}),
        prefers=Prefers.CENTRAL,
    )
    oslo = MunicipalityFacts("0301", frozenset({"hospital_near"}), centrality=1)
    found = plain_score(household, oslo, WEIGHTS)
    # 20 for work, 12 / 2 for the second wish, 40 x 1/2 of the needs, 5 for the most central: 51.
    assert {part.code: part.points for part in found.parts} == {
        "tie_work_or_school": 20.0,
        "wish": 6.0,
        "needs_covered": 20.0,
        "centrality": 5.0,
    }
    assert found.points == 51.0


def test_a_household_without_needs_lacks_nothing_anywhere() -> None:
    found = plain_score(HouseholdFacts("a"), MunicipalityFacts("0301", frozenset(), 6), WEIGHTS)
    assert found.points == 40.0


def test_the_score_has_no_room_for_nationality_religion_name_or_diagnosis() -> None:
    assert set(HouseholdFacts.__dataclass_fields__) == {"household_id", "ties", "wishes", "needs", "prefers"}


def test_the_shipped_weights_are_marked_as_our_assumption() -> None:
    rules = Parameters.shipped()
    assert weights_on(rules, DAY).all_needs_covered > 0
    stored = [path for path in rules.paths() if path.startswith("placement/weight_")]
    assert len(stored) == 7
    assert {rules.lookup(path, DAY).certainty.value for path in stored} == {"assumed"}
