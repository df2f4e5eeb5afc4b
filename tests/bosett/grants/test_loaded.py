"""Loaded rates beside the shipped ones: which of them counts, and as known when."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.grants.known import KnownOn
from bosett.grants.loaded import LoadedRate, with_loaded
from bosett.rules.parameters import Parameters
from bosett.terms.errors import NoRuleInForce
from bosett.terms.source import Source

YEAR_3 = "grants/integration/year3"
SINGLE = "grants/integration/year1_single_adult"
SHIPPED_2024 = 241_100  # IMDi's rate for 2024


def rate(rule, year, nok, published):
    return LoadedRate(rule, year, nok, Source("Letter of rates", "", "", published))


def test_a_rate_that_nobody_knew_is_known_once_it_is_loaded():
    loaded = with_loaded(Parameters.shipped(), [rate(YEAR_3, 2027, 70_000, date(2026, 12, 20))])
    assert loaded.lookup(YEAR_3, date(2027, 5, 1)).whole == 70_000
    with pytest.raises(NoRuleInForce):
        Parameters.shipped().lookup(YEAR_3, date(2027, 5, 1))


def test_what_was_published_last_counts_whichever_was_loaded_first():
    first, second = rate(SINGLE, 2024, 1, date(2098, 1, 1)), rate(SINGLE, 2024, 2, date(2099, 1, 1))
    for order in ([first, second], [second, first]):
        assert with_loaded(Parameters.shipped(), order).lookup(SINGLE, date(2024, 1, 1)).whole == 2


def test_before_a_correction_was_published_the_earlier_rate_is_believed():
    loaded = with_loaded(Parameters.shipped(), [rate(SINGLE, 2024, 250_000, date(2099, 1, 1))])
    assert KnownOn(loaded, date(2098, 12, 31)).lookup(SINGLE, date(2024, 6, 1)).whole == SHIPPED_2024
    assert KnownOn(loaded, date(2099, 1, 1)).lookup(SINGLE, date(2024, 6, 1)).whole == 250_000


def test_the_shipped_rates_stay_as_they_are_and_an_unknown_path_is_left_out():
    before = Parameters.shipped().lookup(SINGLE, date(2024, 1, 1))
    loaded = with_loaded(
        Parameters.shipped(), [rate(SINGLE, 2024, 5, date(2099, 1, 1)), rate("x/y", 2024, 5, None)]
    )
    assert Parameters.shipped().lookup(SINGLE, date(2024, 1, 1)) == before
    assert "x/y" not in loaded.paths()
