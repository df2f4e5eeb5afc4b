"""Dates in words and digits, and how long is left."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from bosett.terms.days import Month
from bosett_server.web.look.dates import (
    Deadline,
    as_stated,
    date_digits,
    date_words,
    month_words,
    time_element,
)

TENTH = date(2026, 2, 10)


@pytest.mark.parametrize(
    ("language", "words", "digits", "month"),
    [
        ("nb", "10. februar 2026", "10.02.2026", "februar 2026"),
        ("nn", "10. februar 2026", "10.02.2026", "februar 2026"),
        ("en", "10 February 2026", "10 Feb 2026", "February 2026"),
        ("se", "guovvamánu 10. b. 2026", "10.02.2026", "guovvamánnu 2026"),
        ("uk", "10.02.2026", "10.02.2026", "02.2026"),
    ],
)
def test_a_date_is_written_as_its_language_writes_it(
    language: str, words: str, digits: str, month: str
) -> None:
    with override(language):
        assert (date_words(TENTH), date_digits(TENTH), month_words(Month(2026, 2))) == (words, digits, month)


def test_machines_are_told_the_day_in_iso_form() -> None:
    assert time_element(TENTH, "<b>") == '<time datetime="2026-02-10">&lt;b&gt;</time>'


@pytest.mark.parametrize(
    ("day", "words", "tone"),
    [
        (8, "2 dager over fristen", "danger"),
        (9, "1 dag over fristen", "danger"),
        (10, "i dag", "warning"),
        (11, "i morgen", "warning"),
        (13, "om 3 dager", "warning"),
        (14, "om 4 dager", "neutral"),
    ],
)
def test_a_deadline_says_in_words_how_long_is_left(day: int, words: str, tone: str) -> None:
    with override("nb"):
        deadline = Deadline(date(2026, 2, day), TENTH)
        assert (deadline.words, deadline.tone) == (words, tone)


def test_nynorsk_is_written_and_not_converted() -> None:
    with override("nn"):
        assert Deadline(date(2026, 2, 8), TENTH).words == "2 dagar over fristen"


@pytest.mark.parametrize(
    ("told", "nb", "en"),
    [
        ("2026-03-02", "02.03.2026", "2 Mar 2026"),
        ("2026-03", "mars 2026", "March 2026"),
        ("2025", "2025", "2025"),
    ],
)
def test_a_time_is_told_as_precisely_as_its_source(told, nb, en):
    with override("nb"):
        assert as_stated(told) == nb
    with override("en"):
        assert as_stated(told) == en
