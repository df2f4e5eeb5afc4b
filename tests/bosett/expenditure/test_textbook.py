"""Textbook examples: Lohr, Sampling: Design and Analysis (2nd ed. 2010), example 4.9, dead trees on 100 plots."""

from __future__ import annotations

from fractions import Fraction

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
