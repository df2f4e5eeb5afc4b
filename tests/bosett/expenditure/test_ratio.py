"""The ratio estimate against hand calculation and against every sample of a small population."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from math import sqrt

import pytest

from bosett.expenditure.problem import Answer, FrameRow, Survey
from bosett.expenditure.ratio import estimate_area, estimate_total
from bosett.terms.errors import BadInput, NoAnswer

PERSONS = [10, 20, 15, 30, 25, 12]
SPENT = [105, 190, 160, 310, 240, 130]


def survey(sampled: tuple[int, ...], area: str = "school") -> Survey:
    weight = Fraction(len(PERSONS), len(sampled))
    frame = tuple(
        FrameRow(str(row), "s", Fraction(size), row in sampled, certainty=False, base_weight=weight)
        for row, size in enumerate(PERSONS)
    )
    return Survey(frame, tuple(Answer(str(row), area, SPENT[row]) for row in sampled))


def test_the_estimate_of_three_answers_is_the_one_worked_by_hand() -> None:
    # Rows 0, 1, 2: y = 105, 190, 160 (455); x = 10, 20, 15 (45).  R = 455/45 = 91/9.
    # e = y - R x = 35/9, -110/9, 75/9; sum 0; sum of squares (1225 + 12100 + 5625)/81 = 18950/81.
    # Each weighs 2, so z = 2e/90 = e/45: v = (1 - 3/6) (3/2) (18950/81)/45^2.
    found = estimate_area(survey((0, 1, 2)), "school")
    assert found.per_person_nok == pytest.approx(91 / 9)
    assert found.standard_error == pytest.approx(sqrt(0.5 * 1.5 * 18950 / 81 / 2025))
    assert found.respondents == 3


def test_over_all_samples_the_bias_is_small_and_the_variance_about_right() -> None:
    true = sum(SPENT) / sum(PERSONS)
    found = [estimate_area(survey(one), "school") for one in combinations(range(6), 4)]
    values = [one.per_person_nok for one in found]
    mean = sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / len(values)
    estimated = sum((one.standard_error or 0) ** 2 for one in found) / len(found)
    assert abs(mean - true) < 0.1 * sqrt(variance)
    assert 0.6 < estimated / variance < 1.5


def test_a_census_has_no_sampling_error() -> None:
    found = estimate_area(survey(tuple(range(6))), "school")
    assert found.per_person_nok == pytest.approx(sum(SPENT) / sum(PERSONS))
    assert found.standard_error == 0.0


def test_no_answer_is_not_an_answer_of_nothing() -> None:
    four = survey((0, 1, 2, 3))
    silent = replace(four, answers=four.answers[:3])
    nothing = replace(four, answers=(*four.answers[:3], Answer("3", "school", 0)))
    assert estimate_area(silent, "school").per_person_nok == pytest.approx(455 / 45)
    assert estimate_area(nothing, "school").per_person_nok == pytest.approx(455 / 75)


def test_strata_are_weighted_by_what_they_stand_for() -> None:
    # Stratum a: 2 of 4; stratum b: certain.  Weighted y: 2x30 + 2x50 + 100; x: 2x2 + 2x4 + 10.
    asked_of = (("1", 2, True), ("2", 4, True), ("3", 3, False), ("4", 5, False))
    drawn = [FrameRow(m, "a", Fraction(x), asked, False, Fraction(2)) for m, x, asked in asked_of]
    certain = FrameRow("5", "b", Fraction(10), sampled=True, certainty=True, base_weight=Fraction(1))
    frame = (*drawn, certain)
    answers = (Answer("1", "x", 30), Answer("2", "x", 50), Answer("5", "x", 100))
    found = estimate_area(Survey(frame, answers), "x")
    ratio = 260 / 22
    residuals = [2 * (30 - ratio * 2) / 22, 2 * (50 - ratio * 4) / 22]
    mean = sum(residuals) / 2
    variance = 0.5 * 2 * sum((one - mean) ** 2 for one in residuals)
    assert found.per_person_nok == pytest.approx(ratio)
    assert found.standard_error == pytest.approx(sqrt(variance))


def test_one_respondent_that_stands_for_others_gives_an_estimate_without_error() -> None:
    four = survey((0, 1, 2, 3))
    found = estimate_area(replace(four, answers=four.answers[:1]), "school")
    assert found.standard_error is None
    assert found.low95 is None
    assert found.why_no_error == "one_respondent_stands_for_others"


def test_a_stratum_where_nobody_answered_gives_no_answer() -> None:
    with pytest.raises(NoAnswer, match="no_respondent"):
        estimate_area(survey((0, 1, 2)), "health")


def test_the_error_of_a_sum_of_areas_is_not_the_sum_of_their_errors() -> None:
    one = survey((0, 1, 2, 3))
    opposite = tuple(Answer(str(row), "home", 12 * PERSONS[row] - SPENT[row]) for row in range(4))
    total = estimate_total(replace(one, answers=one.answers + opposite))
    # Together every municipality spends exactly 12 a person: no error is left.
    assert total.per_person_nok == pytest.approx(12.0)
    assert total.standard_error == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(
    "answers",
    [(Answer("5", "school", 1),), (Answer("0", "school", 1), Answer("0", "school", 2))],
)
def test_answers_from_outside_the_sample_or_given_twice_are_refused(answers: tuple[Answer, ...]) -> None:
    with pytest.raises(BadInput):
        Survey(survey((0, 1, 2)).frame, answers)
