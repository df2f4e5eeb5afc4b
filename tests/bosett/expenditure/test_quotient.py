"""Price per hour and class size: a quotient of two answers with its error, by hand."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import pytest

from bosett.expenditure.problem import Answer, FrameRow, Survey
from bosett.expenditure.quotient import quotient


def test_price_per_hour_is_the_one_worked_by_hand() -> None:
    # Two of four answer: 1 000 kr for 2 hours, 3 000 for 4.  R = 4000/6 = 2000/3.
    # e = 1000 - 4000/3 = -1000/3 and 3000 - 8000/3 = 1000/3; w = 2; z = 2e/12 = e/6 = -/+ 500/9.
    # v = (1 - 2/4) x 2 x 2 (500/9)^2 = 2 (500/9)^2.
    frame = tuple(
        FrameRow(str(n), "s", Fraction(10), n < 2, certainty=False, base_weight=Fraction(2)) for n in range(4)
    )
    answers = (
        Answer("0", "training", 1000), Answer("0", "hours", 2), Answer("1", "training", 3000), Answer("1", "hours", 4),
    )  # fmt: skip
    found = quotient(Survey(frame, answers), "training", "hours").estimate()
    assert found.per_person_nok == pytest.approx(2000 / 3)
    assert found.standard_error == pytest.approx(sqrt(2) * 500 / 9)
    assert found.respondents == 2


def test_who_answered_only_one_of_the_two_does_not_count() -> None:
    frame = tuple(
        FrameRow(str(n), "s", Fraction(10), True, certainty=False, base_weight=Fraction(1)) for n in range(3)
    )
    answers = (
        Answer("0", "training", 1000), Answer("0", "hours", 2), Answer("1", "training", 3000), Answer("1", "hours", 4),
        Answer("2", "training", 9_000_000),
    )  # fmt: skip
    assert quotient(Survey(frame, answers), "training", "hours").estimate().respondents == 2
