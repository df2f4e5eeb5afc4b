"""The country, a county and a municipality through the years: by inhabitants, against need, and a year's funnel."""

from __future__ import annotations

import re

import pytest

from bosett.terms.figure import State
from bosett.terms.observation import COUNTRY, Observation, breakdown_of
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from tests.bosett_server.statistics.test_open_pages import figure, figures, got, stored

__all__ = ["figures"]
COLLECTIVE, UKRAINIAN = breakdown_of(protection="collective"), breakdown_of(origin="ukrainian")


def national(measure, year, value, breakdown=()):
    return Observation(
        measure, "national", COUNTRY, year, State.NUMBER, value, "persons", "made_up", breakdown=breakdown
    )


def text(address, language="en"):
    """What a reader sees, tags and blanks left out."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", got(address, language).content.decode()))


def test_a_municipality_has_its_rates_beside_its_numbers(figures):
    """Drammen: 40 settled of 50 asked for is 80 per cent; by 10,000 inhabitants it is 40."""
    page = text("/statistics/municipalities/3301/")
    assert "Settled of asked, per cent" in page
    assert re.search(r"2024 50 . not stored 40 . not stored 80 40\.0", page)


def test_a_hidden_number_gives_no_rate(figures):
    page = text("/statistics/municipalities/3303/")
    assert re.search(r"2024 50 . not stored : protected . not stored : protected : protected", page)


def test_a_sum_that_lacks_hidden_numbers_gives_at_least_so_much(figures):
    """Buskerud shows 40 + 12 of 200 asked for: at least 26 per cent."""
    assert "at least 26" in text("/statistics/counties/33/")


def test_the_funnel_of_a_year_names_what_is_stored_and_what_is_not(figures):
    with acting(SYSTEM):
        revised = breakdown_of(statement="revised")
        stored([national("need", 2024, 300, revised), national("voted", 2024, 180)], 2)
    page = text("/statistics/country/?year=2024")
    assert "2024: 60 settled of 200 asked for" in page
    assert "100 not asked for" in page
    assert "120 voted, not settled" in page
    assert "Settled of the need as last stated, per cent" in page


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_year_of_the_funnel_can_be_chosen(figures, language):
    with acting(SYSTEM):
        stored([figure("asked", "3301", 77, 2012)], 2)
    assert "77" in text("/statistics/country/?year=2012", language)


def test_the_four_years_are_summed_with_their_sources_and_what_hidden_numbers_take(figures):
    """31 + 43 + 60 + 22 = 156 stated; 52 of the 60 of 2024 are shown; the second year has Ukrainian citizens only."""
    years = {2022: 31, 2023: 43, 2025: 22}
    rows = [national("settled", year, value) for year, value in years.items()]
    rows += [figure("settled", "3301", value, year) for year, value in years.items()]
    rows += [national("settled", 2022, 20, COLLECTIVE), national("settled", 2023, 30, UKRAINIAN)]
    rows += [national("settled", 2024, 40, COLLECTIVE), national("settled", 2025, 10, COLLECTIVE)]
    with acting(SYSTEM):
        stored(rows, 2)
    page = text("/statistics/country/")
    assert "156 settled in the four years 2022–2025" in page
    words = "100 of them with collective protection (2022, 2024, 2025); for 2023 Ukrainian citizens"
    assert words in page
    assert "All four 156 148 8 100" in page
    assert "8 2 municipalities" in page


def test_a_year_without_any_number_of_protection_is_named_and_no_sum_is_told(figures):
    with acting(SYSTEM):
        stored([national("settled", 2022, 20, COLLECTIVE)], 2)
    page = text("/statistics/country/")
    assert "20 of them with collective protection (2022); not stored for 2023, 2024, 2025" in page
    assert re.search(r"All four . not stored . not stored . not stored . not stored", page)
