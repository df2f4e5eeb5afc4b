"""Promises of the statements that explanations are made of."""

from __future__ import annotations

import pytest

from bosett.terms.sentence import Sentence


def test_the_order_in_which_facts_are_named_does_not_matter() -> None:
    assert Sentence.of("gap", asked=3, voted=2) == Sentence.of("gap", voted=2, asked=3)


def test_a_fact_is_found_by_name_and_one_that_is_not_there_is_an_error() -> None:
    told = Sentence.of("gap", asked=3)
    assert told.fact("asked") == 3
    with pytest.raises(KeyError):
        told.fact("voted")
