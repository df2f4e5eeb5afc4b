"""Whatever can be refused or told has a sentence: codes in code and SQL against `bosett_server/words`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bosett_server.words.rooms import WORDS

ROOT = Path(__file__).parents[2]
REFUSED = re.compile(r"\b(?:Refused|NotPermitted|NotInSight)\(\s*\"([a-z0-9_]+)\"")
RAISED = re.compile(r"RAISE EXCEPTION '([a-z0-9_]+)'[^;]*ERRCODE = 'BS00[1-4]'", re.S)
TOLD = re.compile(r"(?:Notice\(\s*code=|notice\(\s*)\"([a-z0-9_]+)\"")
# Raised only where a person cannot come: a missing access context is a fault of ours.
NOT_FOR_PEOPLE = {"refused", "refused_by_database"}


def codes(pattern: re.Pattern[str], folders: list[str], suffix: str = "*.py") -> set[str]:
    """Every code that the sources of these folders hold."""
    files = [path for folder in folders for path in (ROOT / folder).rglob(suffix)]
    return {code for path in files for code in pattern.findall(path.read_text(encoding="utf-8"))}


def with_words(kind: str) -> set[str]:
    return {code for words in WORDS for code in getattr(words, kind)}


def test_every_refusal_in_the_code_has_a_sentence():
    used = codes(REFUSED, ["bosett", "bosett_server"]) - NOT_FOR_PEOPLE
    assert sorted(used - with_words("REFUSALS")) == []


def test_every_refusal_of_the_database_has_a_sentence():
    used = codes(RAISED, ["bosett_server/records/sql"], "*.sql")
    assert used, "the pattern finds the database's refusals"
    assert sorted(used - with_words("REFUSALS")) == []


def test_every_constraint_that_we_translate_has_a_sentence():
    from bosett_server.actions.database_refusals import CONSTRAINTS

    assert sorted(set(CONSTRAINTS.values()) - with_words("REFUSALS")) == []


def test_every_notice_has_a_sentence():
    used = codes(TOLD, ["bosett_server/actions"])
    assert used, "the pattern finds notices"
    assert sorted(used - with_words("NOTICES")) == []


@pytest.mark.parametrize("kind", ["REFUSALS", "NOTICES"])
def test_no_code_has_two_sentences(kind):
    seen: dict[str, str] = {}
    for words in WORDS:
        for code in getattr(words, kind):
            assert code not in seen, f"{code} stands in {seen.get(code)} and {words.__name__}"
            seen[code] = words.__name__


def test_a_code_without_a_sentence_would_be_found():
    assert REFUSED.findall('raise Refused("never_heard_of", {})') == ["never_heard_of"]
    assert RAISED.findall("RAISE EXCEPTION 'no_more' USING ERRCODE = 'BS001';") == ["no_more"]
