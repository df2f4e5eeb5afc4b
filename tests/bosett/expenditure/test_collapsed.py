"""A stratum with one answer: its error is taken together with the stratum most like it, and it is named."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import pytest

from bosett.expenditure.checks import check_survey
from bosett.expenditure.problem import Answer, FrameRow, Survey
from bosett.expenditure.ratio import ONE_RESPONDENT, estimate_area

SIZES = {"small": 10, "middle": 20, "large": 100}


def survey(answered: dict[str, list[int]], of: int = 4) -> Survey:
    """Strata of `of` municipalities each, with so many answers."""
    frame, answers = [], []
    for stratum, amounts in answered.items():
        for n in range(of):
            row = f"{stratum}{n}"
            sampled = n < len(amounts)
            weight = Fraction(of, max(len(amounts), 1))
            frame.append(
                FrameRow(row, stratum, Fraction(SIZES[stratum]), sampled, certainty=False, base_weight=weight)
            )
            answers += [Answer(row, "school", amounts[n])] if sampled else []
    return Survey(tuple(frame), tuple(answers))


def test_two_strata_with_one_answer_each_share_an_error_worked_by_hand() -> None:
    # w = 4; y = 120, 180; x = 10, 20.  R = 4(120+180) / 4(10+20) = 10.  e = 20, -20; z = 4e/120 = 2/3, -2/3.
    # One group of 8 with 2 answers: v = (1 - 2/8) x 2 x (4/9 + 4/9) = 4/3.
    found = estimate_area(survey({"small": [120], "middle": [180]}), "school")
    assert found.per_person_nok == pytest.approx(10)
    assert found.standard_error == pytest.approx(sqrt(4 / 3))


def test_the_stratum_that_is_joined_is_the_one_nearest_in_size() -> None:
    # "small" (mean 10) joins "middle" (mean 20), not "large" (mean 100): three answers in one group of 8.
    answered = {"small": [150], "middle": [200, 240], "large": [1000, 1100, 900]}
    found = estimate_area(survey(answered), "school")
    # Weights 4, 2, 4/3.  Sums: y 600 + 880 + 4000 = 5480; x 40 + 80 + 400 = 520.  R = 137/13.
    r, whole = 5480 / 520, 520
    group = [4 * (150 - 10 * r) / whole, 2 * (200 - 20 * r) / whole, 2 * (240 - 20 * r) / whole]
    alone = [4 / 3 * (y - 100 * r) / whole for y in (1000, 1100, 900)]

    def variance(z: list[float], of: int) -> float:
        mean = sum(z) / len(z)
        return (1 - len(z) / of) * len(z) / (len(z) - 1) * sum((one - mean) ** 2 for one in z)

    assert found.standard_error == pytest.approx(sqrt(variance(group, 8) + variance(alone, 4)))


def test_one_answer_is_named_with_its_stratum() -> None:
    (found,) = [
        one
        for one in check_survey(survey({"small": [120], "middle": [180, 190]}))
        if one.rule == "one_respondent"
    ]
    assert (found.municipality_id, found.area) == ("small0", "school")
    assert "stratum small" in found.why


def test_with_no_other_stratum_there_is_no_error_and_the_estimate_says_why() -> None:
    found = estimate_area(survey({"small": [120]}), "school")
    assert found.standard_error is None
    assert found.why_no_error == ONE_RESPONDENT
    assert "no stratum is like it" in next(
        one.why for one in check_survey(survey({"small": [120]})) if one.rule == "one_respondent"
    )
