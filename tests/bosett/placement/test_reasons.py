"""Words for the caseworker and for the household, what-if, and the price of a floor."""

from __future__ import annotations

import numpy as np
import pytest

from bosett.placement.curve import fairness_curve
from bosett.placement.explain import explain, override_cost
from bosett.placement.problem import (
    BlockTable,
    Exclusion,
    Household,
    Lock,
    Municipality,
    Problem,
    ScoreTable,
)
from bosett.placement.reasons import WORDS, Language, for_caseworker, for_household
from bosett.placement.rules import OTHER_NEED
from bosett.placement.score import Part
from bosett.placement.solve import solve
from bosett.placement.whatif import what_if, with_capacities, with_locks

NAMES = {"0301": "Oslo", "4601": "Bergen", "1103": "Stavanger"}


def two_families() -> Problem:
    homes = (Household("a", 2, group="g"), Household("b", 2, group="h"))
    towns = tuple(
        Municipality(code, NAMES[code], {"persons": places})
        for code, places in (("0301", 2), ("4601", 2), ("1103", 9))
    )
    scores = np.array([[9.0, 8.0, 1.0], [7.0, 2.0, 1.0]])
    out = BlockTable.of([Exclusion("a", "1103", OTHER_NEED)], ("a", "b"), tuple(NAMES))
    return Problem(homes, towns, ScoreTable(("a", "b"), tuple(NAMES), scores), out)


@pytest.mark.parametrize("language", list(Language))
def test_the_caseworker_reads_the_rank_the_next_best_and_the_rule_of_each_exclusion(
    language: Language,
) -> None:
    problem = two_families()
    lines = for_caseworker(explain(problem, solve(problem), "a"), NAMES, language)
    assert any("Bergen" in line and "2" in line for line in lines)
    assert any("Oslo" in line for line in lines)
    assert any("Stavanger" in line and WORDS[OTHER_NEED][language] in line for line in lines)


@pytest.mark.parametrize("language", list(Language))
def test_the_household_never_reads_of_prices_other_places_or_others(language: Language) -> None:
    problem = two_families()
    told = explain(problem, solve(problem), "a", parts=(Part("tie_network", 10.0),))
    text = " ".join(for_household(told, NAMES, language))
    assert "Bergen" in text
    assert WORDS["tie_network"][language] in text
    assert not any(word in text for word in ("Oslo", "Stavanger", "10", "pris", "price"))


def test_every_sentence_is_there_in_three_languages() -> None:
    assert all(set(said) == set(Language) and all(said.values()) for said in WORDS.values())


def test_a_withdrawal_is_solved_anew_with_its_exact_cost_and_who_would_move() -> None:
    # At best a in Bergen (8) and b in Oslo (7): 15.  Without Oslo: a in Bergen (8) and b in Stavanger (1): 9.
    problem = two_families()
    found = what_if(solve(problem), with_capacities(problem, {("0301", "persons"): 0}))
    assert dict(found.gained) == pytest.approx({"persons_tier_1": 0.0, "score": -6.0})
    assert found.moved == (("b", "0301", "1103"),)
    assert found.proven


def test_a_lock_costs_the_same_as_the_override() -> None:
    problem = two_families()
    best = solve(problem)
    by_lock = dict(what_if(best, with_locks(problem, [Lock("a", "0301")])).gained)
    by_override = dict(override_cost(problem, best, "a", "0301").by_level)
    assert by_lock["score"] == pytest.approx(-by_override["score"])
    assert by_lock["score"] == pytest.approx(-4.0)  # 9 + 2 against 15


def test_the_curve_goes_from_no_floor_to_the_highest_and_never_becomes_cheaper() -> None:
    problem = two_families()
    curve = fairness_curve(problem, 10)
    assert len(curve) == 10
    # Unasked a reaches 8 of 9 and b 7 of 7.
    assert (curve[0].floor, curve[0].price) == (pytest.approx(8 / 9), 0.0)
    prices = [one.price for one in curve if one.price is not None]
    assert prices == sorted(prices)
