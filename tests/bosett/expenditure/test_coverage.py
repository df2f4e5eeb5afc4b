"""Coverage: five years' grant over five years' expenditure, the registers in it, each figure worked by hand."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import pytest

from bosett.expenditure.coverage import coverage, five_years, one_year
from bosett.expenditure.problem import Answer, FrameRow, RegisterItem, Survey
from bosett.expenditure.ratio import estimate_parts
from bosett.expenditure.register import register_parts
from bosett.expenditure.result import Estimate
from bosett.terms.errors import BadInput, NoAnswer

GRANTS = {1: 200, 2: 200, 3: 100, 4: 100, 5: 100}
PERSONS = {"1": 10, "2": 20, "3": 15, "4": 5}


def survey(*asked: str) -> Survey:
    weight = Fraction(len(PERSONS), len(asked))
    frame = tuple(
        FrameRow(one, "s", Fraction(size), one in asked, certainty=False, base_weight=weight)
        for one, size in PERSONS.items()
    )
    return Survey(frame, tuple(Answer(one, "school", 100 * PERSONS[one]) for one in asked))


def items(*places: str) -> list[RegisterItem]:
    return [
        RegisterItem(year, "social_assistance", 10 * (6 - year) * PERSONS[place], PERSONS[place], place)
        for year in range(1, 6)
        for place in places
    ]


def test_five_years_are_five_times_the_survey_and_each_year_of_the_register() -> None:
    asked = survey("1", "2")
    parts, register = estimate_parts(asked), register_parts(asked, items(*PERSONS))
    # 5 x 100 + 50 + 40 + 30 + 20 + 10; year 2: 100 + 40.  All spend alike: no error.
    assert five_years(parts, register).value == pytest.approx(650.0)
    assert one_year(parts, register, 2).value == pytest.approx(140.0)
    assert five_years(parts, register).estimate().standard_error == pytest.approx(0.0, abs=1e-9)


def test_coverage_turns_the_interval_of_the_expenditure_round() -> None:
    # The error is 10, so 1.96 of it 19.6: 700 / 669.6 and 700 / 630.4.
    found = coverage(Estimate("*", 650.0, 10.0, 9), GRANTS)
    assert found.coverage == pytest.approx(700 / 650)
    assert found.coverage_low95 == pytest.approx(700 / 669.5996, rel=1e-6)
    assert found.coverage_high95 == pytest.approx(700 / 630.4004, rel=1e-6)


def test_a_register_with_every_municipality_has_no_sampling_error() -> None:
    uneven = [
        RegisterItem(1, "benefit", amount, 10, one) for one, amount in zip("1234", (1, 5, 9, 33), strict=True)
    ]
    (found,) = register_parts(survey("1", "2"), uneven)
    assert found.part.value == pytest.approx(48 / 40)
    assert found.part.estimate().standard_error == 0.0


def test_a_register_of_some_municipalities_carries_the_error_of_a_ratio() -> None:
    # Two of four, each standing for two: R = (10 + 50)/20 = 3; e = 10 - 30, 50 - 30 = -20, 20;
    # z = 2e/40 = -1, 1; v = (1 - 2/4) (2/1) (1 + 1) = 2.
    some = [RegisterItem(1, "benefit", amount, 10, one) for one, amount in (("1", 10), ("2", 50))]
    (found,) = register_parts(survey("1", "2"), some)
    assert found.part.value == pytest.approx(3.0)
    assert found.part.estimate().standard_error == pytest.approx(sqrt(2))


def test_the_errors_of_survey_and_register_go_together_municipality_by_municipality() -> None:
    asked = survey("1", "2", "3")
    opposite = [
        RegisterItem(year, "b", 5 * PERSONS[m] - (m == "1") * 9, PERSONS[m], m)
        for year in range(1, 6)
        for m in "123"
    ]
    answers = tuple(Answer(m, "school", 100 * PERSONS[m] + (m == "1") * 9) for m in "123")
    whole = Survey(asked.frame, answers)
    five = five_years(estimate_parts(whole), register_parts(whole, opposite)).estimate()
    # What municipality 1 spends more in one it spends less in the other: 5 x 105 without error.
    assert five.per_person_nok == pytest.approx(525.0)
    assert five.standard_error == pytest.approx(0.0, abs=1e-9)


def test_a_year_without_a_grant_is_missing_not_nothing() -> None:
    with pytest.raises(NoAnswer, match="grant_missing"):
        coverage(Estimate("*", 100.0, 2.0, 9), {1: 200, 2: 200})


def test_a_register_without_a_residence_year_gives_no_five_years() -> None:
    asked = survey("1", "2")
    four = [one for one in items(*PERSONS) if one.residence_year < 5]
    with pytest.raises(NoAnswer, match="register_missing"):
        five_years(estimate_parts(asked), register_parts(asked, four))


@pytest.mark.parametrize("wrong", [RegisterItem(6, "b", 1, 1, "1"), RegisterItem(1, "b", 1, 1, "9")])
def test_a_sixth_year_or_a_municipality_outside_the_frame_is_refused(wrong: RegisterItem) -> None:
    with pytest.raises(BadInput):
        register_parts(survey("1", "2"), [wrong])
