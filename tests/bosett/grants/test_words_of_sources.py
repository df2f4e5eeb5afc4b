"""What stands beside a rate or a rule is told in bokmål and nynorsk too, not only in English."""

from __future__ import annotations

import re

import pytest

from bosett.grants import legal, rate_notes
from bosett.grants.legal import in_language
from bosett.grants.rulebook import RULES
from bosett.rules.parameters import Parameters

ENGLISH = re.compile(r"\b(the|of|and|for the|was|paid|rates|circular|regulation|section)\b", re.IGNORECASE)


def rates() -> list:
    """Every value in kroner that a line can be made with."""
    series = Parameters.shipped().series
    return [
        entry
        for path, one in series.items()
        if path.startswith("grants/") and one.unit.startswith("NOK")
        for entry in one.entries
    ]


def test_every_note_of_a_rate_has_both_norwegian_forms() -> None:
    notes = {entry.note for entry in rates() if entry.note}
    assert len(notes) > 20
    assert notes - rate_notes.LABELS.keys() == set()


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_no_note_title_or_section_of_a_rate_is_english_in_norwegian(language: str) -> None:
    told = [
        rate_notes.in_language(text, language)
        for entry in rates()
        for text in (entry.note, entry.source.title, entry.source.section)
    ]
    assert [text for text in told if ENGLISH.search(text)] == []


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_no_legal_reference_of_a_rule_is_english_in_norwegian(language: str) -> None:
    told = {in_language(rule.legal, language) for rule in RULES}
    assert len(told) > 8
    assert [text for text in told if ENGLISH.search(text)] == []


@pytest.mark.parametrize(
    ("language", "ending"),
    [
        ("nb", "; delt i tolvdeler ved flytting, flyttemåneden og den neste til fraflyttingskommunen"),
        ("nn", "; delt i tolvdelar ved flytting, flyttemånaden og den neste til fråflyttingskommunen"),
    ],
)
def test_the_rule_of_division_is_told_after_the_reference(language: str, ending: str) -> None:
    stored = f"{legal.INTEGRATION}; grants/integration/move_split: twelfths_month_and_next"
    told = in_language(stored, language)
    assert told.startswith("Forskrift om integreringstils")
    assert told.endswith(ending)


def test_a_text_that_is_none_of_ours_stands_as_it_was_written() -> None:
    assert in_language("Brev frå statsforvaltaren", "nb") == "Brev frå statsforvaltaren"
    assert rate_notes.in_language("Frå tabellen vår", "nb") == "Frå tabellen vår"
