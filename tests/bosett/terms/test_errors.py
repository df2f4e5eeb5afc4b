"""Promises of the errors: they name the place, and they survive being sent between processes."""

from __future__ import annotations

import pickle

import pytest

from bosett.terms.errors import BadInput, BosettError, NoAnswer, NoRuleInForce, Refused

ALL = [
    BadInput("'-3'", "a whole number", "persons.csv", 7, "persons"),
    NoAnswer("locks", "they overfill 0301"),
    NoRuleInForce("grants/integration/year1_child", "2025-01-01"),
    Refused("no_round", {"year": 2027}),
]


def test_bad_input_names_file_row_column_what_was_found_and_what_is_allowed() -> None:
    assert str(ALL[0]) == "persons.csv, row 7, column persons: found '-3'; allowed: a whole number"


@pytest.mark.parametrize("error", ALL, ids=lambda error: type(error).__name__)
def test_an_error_comes_back_the_same_from_another_process(error: BosettError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(again) is type(error)
    assert str(again) == str(error)


def test_no_rule_in_force_names_rule_and_day() -> None:
    assert "grants/integration/year1_child on 2025-01-01" in str(ALL[2])


def test_a_refusal_shows_its_code_and_facts() -> None:
    assert str(ALL[3]) == "no_round (year=2027)"
