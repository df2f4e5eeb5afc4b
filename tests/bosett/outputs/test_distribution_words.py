"""Reasons in words: every sentence has words, numbers are written as people write them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from bosett.distribution import Bound, DistributionCriteria, Method
from bosett.outputs.distribution_words import SENTENCES, explain_in_words
from bosett.outputs.plain_numbers import day_text, number_text
from tests.bosett.distribution.municipalities import by_population, divide, place


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_way_a_number_can_be_held_has_words(language: str) -> None:
    assert {f"distribution.bound.{bound.value}" for bound in Bound if bound is not Bound.NONE} <= set(
        SENTENCES
    )
    rows = (
        place("A", population=90, minimum=60),
        place("B", population=900, maximum=20),
        place("C", population=0),
        place("D", population=500, excluded=True),
        replace(place("E", population=10), fixed=5, reason="Agreed in June"),
    )
    found = divide(100, *rows, place("F", population=20), criteria=by_population(floor=2), groups={"em": 7})
    for share in found.shares:
        text = " ".join(explain_in_words(found, share.identifier, language))
        assert "{" not in text
        assert share.name in text
    assert "Agreed in June" in " ".join(explain_in_words(found, "E", language))


def test_what_a_criterion_takes_off_is_told_as_taken() -> None:
    rows = (
        place("A", population=50, immigrants=1, family_reunifications=10),
        place("B", population=50, immigrants=3, family_reunifications=0),
    )
    found = divide(90, *rows, criteria=DistributionCriteria(method=Method.DENMARK))
    told = explain_in_words(found, "A", "nb")
    assert "Familiegjenforeninger trekker fra 10 personer." in told
    assert "Folketallet gir 100 personer." in told


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        (13_000, "nb", "13\u00a0000"),
        (Fraction(25, 2), "nn", "12,5"),
        (Fraction(1, 3), "en", "0.3"),
        (-4, "nb", "\u22124"),
        (1_234_567, "en", "1,234,567"),
        (Fraction(1, 20), "nb", "0,1"),
        (Fraction(1, 100), "nb", "0"),
    ],
)
def test_numbers_are_written_as_people_write_them(value: int | Fraction, language: str, text: str) -> None:
    assert number_text(value, language) == text


def test_days_have_their_month_in_words() -> None:
    assert day_text(date(2026, 5, 17), "nn") == "17. mai 2026"
    assert day_text(date(2026, 10, 3), "en") == "3 October 2026"
