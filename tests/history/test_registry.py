"""The number of municipalities in Norway year by year, as the reforms left it."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.registry import Registry

# Statistics Norway: municipalities on 1 January.
COUNTED = {
    2011: 430,
    2012: 429,
    2013: 428,
    2014: 428,
    2015: 428,
    2016: 428,
    2017: 426,
    2018: 422,
    2019: 422,
    2020: 356,
    2021: 356,
    2022: 356,
    2023: 356,
    2024: 357,
}


@pytest.mark.parametrize(("year", "municipalities"), COUNTED.items())
def test_the_number_of_municipalities_is_the_one_of_the_year(year: int, municipalities: int) -> None:
    assert len(Registry.shipped().units(date(year, 1, 1))) == municipalities


def test_the_names_of_a_year_are_those_of_the_year() -> None:
    names = {unit.code: unit.name for unit in Registry.shipped().units(date(2012, 6, 1))}
    assert names["1739"] == "Røyrvik"
    assert names["1601"] == "Trondheim"
    later = {unit.code: unit.name for unit in Registry.shipped().units(date(2016, 6, 1))}
    assert later["1739"] == "Raarvihke - Røyrvik"
