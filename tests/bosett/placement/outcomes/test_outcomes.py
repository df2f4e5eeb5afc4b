"""Scores learned from outcomes: nothing where there is nothing, the truth where there is one, nobody's attributes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bosett.placement.outcomes.calibration import calibration, fit_calibrated
from bosett.placement.outcomes.card import card_text, learn
from bosett.placement.outcomes.cases import COLUMNS, Adult, case_of, check_columns
from bosett.placement.outcomes.estimator import fit
from bosett.placement.outcomes.gain import modelled_gain
from bosett.placement.outcomes.null_world import ALLOWED, null_test
from bosett.placement.outcomes.offpolicy import robust_gains
from bosett.placement.outcomes.report import drift, fairness_report
from bosett.placement.outcomes.scoring import Aggregation, household_scores, score_table
from bosett.placement.outcomes.synthetic import World, world
from bosett.terms.errors import BadInput

SENSITIVE = (
    "nationality", "citizenship", "religion", "language", "sex", "gender", "name", "birth_country",
    "ethnicity", "diagnosis", "health", "age", "skin_colour", "orientation",
)  # fmt: skip


@pytest.fixture(scope="module")
def without_effect() -> World:
    return world(np.random.default_rng(1), 3000, 20, effect=0.0)


@pytest.fixture(scope="module")
def with_effect() -> World:
    return world(np.random.default_rng(2), 3000, 20, effect=0.6)


@pytest.mark.parametrize("name", SENSITIVE)
def test_a_sensitive_attribute_has_no_column_to_come_in_by(name: str) -> None:
    with pytest.raises(BadInput, match=name):
        check_columns((*COLUMNS, name))


def test_a_number_that_is_not_known_is_not_taken_for_zero() -> None:
    row = {
        "household_id": "h1",
        "education_years": "",
        "experience_years": "3",
        "children": "0",
        "adults": "1",
    }
    case = case_of({**row, "municipality_id": "1001", "year": "2020", "outcome": "1"})
    assert case.adult == Adult("h1", None, 3.0, 0, 1)


def test_in_a_world_where_place_has_no_effect_no_gain_is_reported(without_effect: World) -> None:
    gain = modelled_gain(without_effect.cases, without_effect.municipality_ids, np.random.default_rng(3))
    assert abs(gain.share) <= ALLOWED


def test_a_model_that_judges_itself_and_is_not_shrunk_sees_a_gain_in_that_world(
    without_effect: World,
) -> None:
    # What the test on itself is there to catch: the same cases choose and judge.
    model = fit(without_effect.cases, without_effect.municipality_ids, shrink=False)
    chances = model.chances([one.adult for one in without_effect.cases])
    column = {code: place for place, code in enumerate(without_effect.municipality_ids)}
    there = [column[one.municipality_id] for one in without_effect.cases]
    settled = chances[np.arange(len(there)), there].mean()
    assert chances.max(axis=1).mean() / settled - 1 > 10 * ALLOWED


def test_the_test_on_itself_passes_also_on_cases_from_a_world_with_an_effect(with_effect: World) -> None:
    assert null_test(
        with_effect.cases, with_effect.municipality_ids, np.random.default_rng(4), worlds=2
    ).passed


def test_a_gain_that_is_there_is_found_and_not_told_larger_than_the_truth(with_effect: World) -> None:
    # The truth: the mean chance when each adult is sent to its best municipality with room for everybody.
    gain = modelled_gain(with_effect.cases, with_effect.municipality_ids, np.random.default_rng(5))
    most = with_effect.truth.max(axis=1).mean() / gain.settled - 1
    assert ALLOWED < gain.share < most


def test_the_estimates_lie_nearer_the_truth_than_the_mean_of_everybody(with_effect: World) -> None:
    model = fit(with_effect.cases, with_effect.municipality_ids)
    error = np.abs(model.chances([one.adult for one in with_effect.cases]) - with_effect.truth).mean()
    assert error < 0.6 * np.abs(with_effect.truth - with_effect.truth.mean()).mean()


def test_chances_told_for_cases_left_out_are_reached(with_effect: World) -> None:
    _, found = fit_calibrated(with_effect.cases, with_effect.municipality_ids, np.random.default_rng(6))
    assert found.error < 0.03
    assert sum(one.cases for one in found.bins) == len(with_effect.cases)


def test_calibration_of_a_teller_who_always_says_ten_per_cent_is_off_by_what_it_misses() -> None:
    outcome = np.array([1.0, 0.0] * 50)
    assert calibration(np.full(100, 0.1), outcome).error == pytest.approx(0.4)


def test_a_small_municipality_is_drawn_towards_the_others(with_effect: World) -> None:
    few = [one for one in with_effect.cases if one.municipality_id != "1005"]
    lucky = [replace(one, outcome=True) for one in with_effect.cases if one.municipality_id == "1005"][:3]
    model = fit([*few, *lucky], with_effect.municipality_ids)
    chance = model.chances([Adult("x", 10, 5, 0, 1)])[0]
    assert chance[4] < 0.9 * 1.0
    assert abs(chance[4] - np.median(chance)) < 0.35


def test_groups_never_reach_the_estimator(with_effect: World) -> None:
    other = [replace(one, group="another") for one in with_effect.cases]
    first, second = (fit(cases, with_effect.municipality_ids) for cases in (with_effect.cases, other))
    assert (first.own == second.own).all()
    assert (first.common == second.common).all()


def test_a_group_of_few_has_no_figures(with_effect: World) -> None:
    cases = [replace(one, group="few" if row < 10 else "many") for row, one in enumerate(with_effect.cases)]
    rows = {
        one.group: one
        for one in fairness_report(cases, with_effect.municipality_ids, np.random.default_rng(7))
    }
    assert rows["few"].told is None
    assert rows["many"].told == pytest.approx(rows["many"].reached, abs=0.03)


def test_the_same_mix_is_no_drift_and_another_mix_is(with_effect: World) -> None:
    half = len(with_effect.cases) // 2
    before, later = with_effect.cases[:half], with_effect.cases[half:]
    model = fit(before, with_effect.municipality_ids)
    assert drift(model, before, later).verdict == "same"
    lower = [replace(one, adult=replace(one.adult, education_years=2.0), outcome=False) for one in later]
    assert drift(model, before, lower).verdict == "learn_again"


def test_the_doubly_robust_gain_of_staying_where_one_was_is_small_when_the_model_is_right(
    with_effect: World,
) -> None:
    column = {code: place for place, code in enumerate(with_effect.municipality_ids)}
    at = np.array([column[one.municipality_id] for one in with_effect.cases])
    gains = robust_gains(with_effect.cases, with_effect.truth, at, at)
    assert abs(gains.mean()) < 3 * gains.std() / np.sqrt(len(gains))


def test_at_least_one_and_how_many_are_two_scores() -> None:
    chances = np.array([[0.5, 0.2], [0.5, 0.2], [0.3, 0.1]])
    names, one = household_scores(chances, ["a", "a", "b"], Aggregation.AT_LEAST_ONE)
    _, number = household_scores(chances, ["a", "a", "b"], Aggregation.NUMBER)
    assert names == ("a", "b")
    assert one == pytest.approx(np.array([[0.75, 0.36], [0.3, 0.1]]))
    assert number == pytest.approx(np.array([[1.0, 0.4], [0.3, 0.1]]))


def test_the_scores_fit_the_engine(with_effect: World) -> None:
    model = fit(with_effect.cases, with_effect.municipality_ids)
    table = score_table(model, [one.adult for one in with_effect.cases[:30]], Aggregation.NUMBER)
    assert table.municipality_ids == with_effect.municipality_ids
    assert (table.values >= 0).all()


def test_the_card_tells_the_test_on_itself_and_what_it_may_not_be_used_for(with_effect: World) -> None:
    card = learn(with_effect.cases, with_effect.municipality_ids, np.random.default_rng(8))
    text = card_text(card)
    assert card.may_be_used
    assert "Test on itself" in text
    assert "Not for" in text


def test_too_few_cases_teach_nothing(with_effect: World) -> None:
    with pytest.raises(BadInput, match="cases"):
        fit(with_effect.cases[:50], with_effect.municipality_ids)
