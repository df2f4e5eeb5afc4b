"""Promises of the registry: who there is, what they are called, and how they are found."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from bosett.registry import LanguageDecision, NameLanguage, Registry
from bosett.terms.errors import BadInput, NoRuleInForce
from bosett.terms.figure import Figure, State

REGISTRY = Registry.shipped()
NOW = REGISTRY.municipalities(date(2026, 1, 1))


def test_norway_has_357_municipalities_in_15_counties() -> None:
    assert len(NOW) == 357
    assert len(REGISTRY.counties()) == 15
    assert {one.county_code for one in NOW} == {county.code for county in REGISTRY.counties()}


def test_every_code_begins_with_its_county() -> None:
    assert all(one.code.startswith(one.county_code) for one in NOW)


def test_language_decisions_add_up_to_the_language_councils_sums() -> None:
    counted = Counter(one.language for one in NOW)
    assert counted == {
        LanguageDecision.BOKMAL: 119,
        LanguageDecision.NYNORSK: 88,
        LanguageDecision.NEUTRAL: 150,
    }


def test_official_names_are_made_of_the_norwegian_and_the_other_names() -> None:
    for one in NOW:
        parts = {one.name, *(name.text for name in one.other_names)}
        assert set(one.official_name.split(" - ")) == parts, one.code


def test_three_municipalities_of_finnmark_and_troms_have_a_kven_name_beside_a_sami_one() -> None:
    kven = {one.name for one in NOW if NameLanguage.KVEN in {name.language for name in one.other_names}}
    assert kven == {"Storfjord", "Kåfjord", "Nordreisa", "Porsanger"}


def test_every_point_lies_in_norway() -> None:
    assert all(57.9 < one.latitude < 71.3 and 4.4 < one.longitude < 31.4 for one in NOW)


def test_facts_before_2024_are_refused_rather_than_borrowed() -> None:
    with pytest.raises(NoRuleInForce, match="2023-12-31"):
        REGISTRY.municipalities(date(2023, 12, 31))


def test_an_unknown_code_or_county_is_bad_input() -> None:
    with pytest.raises(BadInput, match="0999"):
        REGISTRY.municipality("0999")
    with pytest.raises(BadInput, match="'99'"):
        REGISTRY.in_county("99")


def test_troms_and_finnmark_are_two_counties_again() -> None:
    assert REGISTRY.county("55").official_name == "Troms - Romsa - Tromssa"
    assert {one.name for one in REGISTRY.in_county("56")} >= {"Alta", "Vadsø", "Hammerfest"}


@pytest.mark.parametrize(
    ("name", "county", "code"),
    [
        ("Oslo", None, "0301"),
        ("oslo", None, "0301"),
        (" Tromsø ", None, "5501"),
        ("Guovdageaidnu", None, "5612"),
        ("Guovdageaidnu - Kautokeino", None, "5612"),
        ("Raisi", None, "5544"),
        ("Våler", "31", "3114"),
        ("Våler", "34", "3419"),
        ("Våler (Innlandet)", None, "3419"),
        ("Våler (Hedm.)", None, "3419"),
        ("Herøy (Nordland)", None, "1818"),
        ("Herøy", "15", "1515"),
        ("Nes (Ak.)", None, "3228"),
        ("Os (Hedm.)", None, "3430"),
        ("Bø (Nordland)", None, "1867"),
        ("Sande (Møre og Romsdal)", None, "1514"),
        ("Røros - Rosse", None, "5025"),
    ],
)
def test_a_municipality_is_found_by_every_spelling_it_is_met_with(
    name: str, county: str | None, code: str
) -> None:
    assert REGISTRY.by_name(name, county).code == code


@pytest.mark.parametrize("name", ["Herøy", "Våler"])
def test_a_name_that_two_have_is_refused_without_its_county(name: str) -> None:
    with pytest.raises(BadInput, match="several"):
        REGISTRY.by_name(name)


@pytest.mark.parametrize(("name", "county"), [("Atlantis", None), ("Oslo", "11"), ("", None)])
def test_a_name_that_nobody_has_is_bad_input(name: str, county: str | None) -> None:
    with pytest.raises(BadInput, match="name of a municipality"):
        REGISTRY.by_name(name, county)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("tromso", "Tromsø"),
        ("karasj", "Karasjok"),
        ("gáiv", "Kåfjord"),
        ("0301", "Oslo"),
        ("ÅLESUND", "Ålesund"),
    ],
)
def test_search_forgives_case_and_letters_that_are_not_on_the_keyboard(typed: str, first: str) -> None:
    assert REGISTRY.search(typed)[0].name == first


def test_search_puts_names_that_begin_with_the_text_first() -> None:
    found = [one.name for one in REGISTRY.search("nes")]
    assert found[:2] == ["Nes", "Nesbyen"]
    assert "Askvoll" not in found
    assert "Ullensvang" not in found
    assert "Hemnes" in found


def test_an_empty_search_finds_nothing() -> None:
    assert REGISTRY.search("  ") == ()


def test_population_of_the_whole_country_is_statistics_norways() -> None:
    total = sum(REGISTRY.population(one.code, 2024).value or 0 for one in NOW)
    assert total == 5_550_203


def test_haram_has_no_population_while_it_was_part_of_alesund_and_alesund_none_of_its_own() -> None:
    for year in (2020, 2021, 2022, 2023):
        assert REGISTRY.population("1580", year) == Figure.missing(State.UNKNOWN)
        assert REGISTRY.population("1508", year) == Figure.missing(State.UNKNOWN)
    assert REGISTRY.population("1580", 2024) == Figure.of(9_357)


@pytest.mark.parametrize("code", ["1806", "1875", "5055", "5056", "5059"])
def test_a_municipality_that_got_a_part_of_a_split_one_has_no_earlier_population(code: str) -> None:
    assert REGISTRY.population(code, 2019).state is State.UNKNOWN
    assert REGISTRY.population(code, 2020).state is State.NUMBER


def test_no_population_is_zero() -> None:
    found = [REGISTRY.population(one.code, year) for one in NOW for year in range(2011, 2027)]
    assert all(figure.value != 0 for figure in found)
    assert {figure.state for figure in found} == {State.NUMBER, State.UNKNOWN}


def test_a_year_outside_the_table_is_not_stored() -> None:
    assert REGISTRY.population("0301", 2010) == Figure.missing(State.NOT_STORED)
    assert REGISTRY.population("0301", 2027) == Figure.missing(State.NOT_STORED)


def test_the_population_of_an_unknown_code_is_bad_input() -> None:
    with pytest.raises(BadInput, match="1507"):
        REGISTRY.population("1507", 2022)
