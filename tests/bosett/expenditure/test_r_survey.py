"""Equality with R's survey package, whose script and output are kept beside this test."""

from __future__ import annotations

import csv
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from bosett.expenditure.problem import Answer, FrameRow, Survey
from bosett.expenditure.ratio import estimate_area

FOLDER = Path(__file__).parent / "r_survey"
EQUAL = 1e-8


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def survey() -> Survey:
    units = rows("units.csv")
    frame = tuple(
        FrameRow(
            row["municipality_id"], row["stratum"], Fraction(row["eligible_persons"]),
            row["sampled"] == "1", row["certainty"] == "1", Fraction(row["base_weight"]),
            {"children": Fraction(row["children"])},
        )
        for row in units
    )  # fmt: skip
    given = [(row["municipality_id"], area, row[area]) for row in units for area in ("school", "housing")]
    answers = [Answer(place, area, int(amount)) for place, area, amount in given if amount]
    school = {one.municipality_id: one.amount_nok for one in answers if one.area == "school"}
    housing = {one.municipality_id: one.amount_nok for one in answers if one.area == "housing"}
    both = [Answer(one, "both", school[one] + housing[one]) for one in sorted({*school} & {*housing})]
    return Survey(frame, (*answers, *both))


@pytest.mark.parametrize(
    "fixed", rows("fixed_values.csv"), ids=lambda row: f"{row['estimator']}-{row['area']}"
)
def test_estimates_and_errors_equal_those_of_the_survey_package(fixed: dict[str, str]) -> None:
    found = estimate_area(survey(), fixed["area"], fixed["estimator"])
    assert found.per_person_nok == pytest.approx(float(fixed["per_person_nok"]), rel=EQUAL)
    assert found.standard_error == pytest.approx(float(fixed["standard_error"]), rel=EQUAL)
    assert found.respondents == int(fixed["respondents"])


def test_calibration_without_further_figures_is_the_combined_ratio() -> None:
    plain = survey()
    plain = replace(plain, frame=tuple(replace(row, auxiliary={}) for row in plain.frame))
    calibrated = estimate_area(plain, "school", "greg").per_person_nok
    assert calibrated == pytest.approx(estimate_area(plain, "school").per_person_nok, rel=1e-12)
