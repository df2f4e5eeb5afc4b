"""Textbook examples: Lohr (2nd ed. 2010), example 4.9, dead trees on 100 plots; the population of Särndal et al."""

from __future__ import annotations

import csv
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from bosett.expenditure.problem import Answer, FrameRow, Survey
from bosett.expenditure.ratio import estimate_area

PHOTO = [10, 12, 7, 13, 13, 6, 17, 16, 15, 10, 14, 12, 10, 5, 12, 10, 10, 9, 6, 11, 7, 9, 11, 10, 10]
FIELD = [15, 14, 9, 14, 8, 5, 18, 15, 13, 15, 11, 15, 12, 8, 13, 9, 11, 12, 9, 12, 13, 11, 10, 9, 8]


def plots() -> Survey:
    """100 plots whose mean photo count is 11.3; 25 were visited.  Each plot counts once."""
    rest = Fraction(1130 - sum(PHOTO), 75)
    counts = [Fraction(one) for one in PHOTO] + [rest] * 75
    frame = tuple(
        FrameRow(
            str(n), "s", Fraction(1), n < 25, certainty=False, base_weight=Fraction(4), auxiliary={"photo": x}
        )
        for n, x in enumerate(counts)
    )
    return Survey(frame, tuple(Answer(str(n), "trees", y) for n, y in enumerate(FIELD)))


def test_the_regression_estimate_of_dead_trees_is_the_books() -> None:
    # The book: 11.99 trees a plot, standard error 0.41 (from 5.548, the residuals' variance).
    found = estimate_area(plots(), "trees", "greg")
    assert found.per_person_nok == pytest.approx(11.99, abs=0.005)
    assert found.standard_error == pytest.approx(0.41, abs=0.01)


def test_without_the_photos_the_estimate_is_the_sample_mean_with_the_books_error() -> None:
    # Mean 289/25 = 11.56, sample variance 9.09; sqrt(0.75 x 9.09 / 25) = 0.522.
    found = estimate_area(plots(), "trees", "ratio")
    assert found.per_person_nok == pytest.approx(11.56)
    assert found.standard_error == pytest.approx((0.75 * 9.09 / 25) ** 0.5, rel=1e-6)


# Särndal, Swensson and Wretman (1992), appendix B: the population MU284 of Swedish municipalities.


def mu284() -> list[dict[str, int]]:
    with (Path(__file__).parent / "r_survey" / "mu284.csv").open(encoding="utf-8") as file:
        return [{name: int(value) for name, value in row.items()} for row in csv.DictReader(file)]


def regions() -> Survey:
    """Every fourth municipality answers with its taxes of 1985, by region; persons are thousands in 1975."""
    rows = mu284()
    size, drawn = (
        Counter(row["REG"] for row in rows),
        Counter(row["REG"] for row in rows if row["LABEL"] % 4 == 0),
    )
    frame = tuple(
        FrameRow(
            f"{row['LABEL']:03}", str(row["REG"]), Fraction(row["P75"]), row["LABEL"] % 4 == 0, certainty=False,
            base_weight=Fraction(size[row["REG"]], drawn[row["REG"]]), auxiliary={"S82": Fraction(row["S82"])},
        )
        for row in rows
    )  # fmt: skip
    taxes = tuple(
        Answer(f"{row['LABEL']:03}", "RMT85", row["RMT85"]) for row in rows if row["LABEL"] % 4 == 0
    )
    return Survey(frame, taxes)


def test_the_population_is_the_books() -> None:
    # The book: 284 municipalities, taxes 69,605 in all, 8,182 thousand persons; without the three largest
    # (MU281) 53,151 and 6,818.
    rows = sorted(mu284(), key=lambda row: -row["RMT85"])
    for kept, taxes, persons in ((rows, 69_605, 8_182), (rows[3:], 53_151, 6_818)):
        assert (sum(row["RMT85"] for row in kept), sum(row["P75"] for row in kept)) == (taxes, persons)


@pytest.mark.parametrize("estimator", ["ratio", "greg"])
def test_on_the_books_population_both_estimators_are_those_of_r_survey(estimator: str) -> None:
    lines = (Path(__file__).parent / "r_survey" / "mu284_values.csv").read_text("utf-8").splitlines()
    (told,) = [row for row in csv.DictReader(lines[1:]) if row["estimator"] == estimator]
    found = estimate_area(regions(), "RMT85", estimator)
    assert found.per_person_nok == pytest.approx(float(told["per_person"]), rel=1e-8)
    assert found.standard_error == pytest.approx(float(told["standard_error"]), rel=1e-8)
    assert found.respondents == int(told["respondents"])
