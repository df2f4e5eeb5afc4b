"""Sentences for codes: facts as people write them, nothing hidden, nothing broken."""

from __future__ import annotations

import pytest
from django.utils import translation

from bosett.terms.errors import Refused
from bosett_server.words.refusals import filled, sentence, written


@pytest.mark.parametrize(
    ("language", "fact", "expected"),
    [
        ("nb", 16000, "16\u202f000"),
        ("en", 16000, "16,000"),
        ("nb", 2026, 2026),
        ("nb", "2026-02-10", "10. februar 2026"),
        ("nn", "2026-02-10", "10. februar 2026"),
        ("nb", "0301", "0301"),
    ],
)
def test_days_and_large_numbers_are_written_as_people_write_them(language, fact, expected):
    with translation.override(language):
        assert written(fact) == expected


def test_a_fact_that_nobody_gave_is_a_question_mark():
    assert filled("%(left)s of %(all)s", {"left": 3}) == "3 of ?"


def test_a_percent_sign_in_a_sentence_without_facts_is_kept():
    assert filled("100 % sure", {}) == "100 % sure"


def test_an_unknown_code_is_shown_and_not_hidden():
    with translation.override("en"):
        assert "never_heard_of" in sentence(Refused("never_heard_of"))
