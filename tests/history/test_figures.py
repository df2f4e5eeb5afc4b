"""The published history of settlement, replayed from the own tables; each sum with where it is from."""

from __future__ import annotations

from collections import defaultdict

import pytest

from bosett.registry import Registry
from bosett.sources.shipped import shipped_figures
from bosett.terms.figure import State
from bosett.terms.observation import Breakdown, Observation

ALL = [one for found in shipped_figures() for one in found.observations]
COLLECTIVE = (("protection", "collective"),)
UKRAINIAN = (("origin", "ukrainian"),)


def cells(
    measure: str, year: int, breakdown: Breakdown = (), dataset: str = "settlement"
) -> list[Observation]:
    wanted = (measure, year, breakdown, dataset)
    return [one for one in ALL if (one.measure_id, one.year, one.breakdown, one.dataset_id) == wanted]


def total(measure: str, year: int, breakdown: Breakdown = (), dataset: str = "settlement") -> int:
    return sum(int(one.value or 0) for one in cells(measure, year, breakdown, dataset))


def hidden(measure: str, year: int, breakdown: Breakdown = ()) -> int:
    return sum(one.state is State.SUPPRESSED for one in cells(measure, year, breakdown))


# IMDi, key figures for settlement 2024, 2025 and 2026 (national headlines).
@pytest.mark.parametrize(
    ("measure", "year", "persons"),
    [("asked", 2024, 37_000), ("voted", 2024, 28_340), ("asked", 2025, 12_640), ("asked", 2026, 13_000)],
)
def test_the_municipalities_add_up_to_the_published_headline(measure: str, year: int, persons: int) -> None:
    assert total(measure, year) == persons
    assert hidden(measure, year) == 0


# The Government's page of 2023 (2022), Samarbeidsdesken's collection (2023), IMDi's pages (2024, 2025).
SETTLED = {2022: 31_258, 2023: 33_420, 2024: 25_618, 2025: 12_596}
PROTECTED = {2022: 27_058, 2023: 29_811, 2024: 22_284, 2025: 10_921}


def test_over_100_000_were_settled_in_2022_to_2025_in_all_groups() -> None:
    national = {year: total("settled", year, dataset="national") for year in SETTLED}
    assert national == SETTLED
    assert sum(national.values()) == 102_892


def test_about_90_000_of_them_have_collective_protection() -> None:
    """For 2023 only Ukrainians by citizenship are published, nearly all under collective protection."""
    told = {year: total("settled", year, COLLECTIVE, "national") for year in (2022, 2024, 2025)}
    told[2023] = total("settled", 2023, UKRAINIAN, "national")
    assert told == PROTECTED
    assert sum(told.values()) == 90_074


# Counted by hand on IMDi's pages and in its bulk file: the sum shown and the cells hidden.
SHOWN = {2022: (31_253, 2), 2023: (33_420, 0), 2024: (25_576, 11), 2025: (12_563, 11)}


def test_hidden_cells_take_80_persons_from_the_municipalities_sum_of_four_years() -> None:
    assert {year: (total("settled", year), hidden("settled", year)) for year in SHOWN} == SHOWN
    assert sum(SETTLED[year] - SHOWN[year][0] for year in SHOWN) == 80


def test_hidden_cells_take_five_of_six_thousand_from_collective_protection() -> None:
    """Hidden on 206 and 240 rows: a municipality's number is often hidden only to protect another's."""
    assert (total("settled", 2024, COLLECTIVE), hidden("settled", 2024, COLLECTIVE)) == (16_311, 206)
    assert (total("settled", 2025, COLLECTIVE), hidden("settled", 2025, COLLECTIVE)) == (6_032, 240)


# IMDi's bulk file as others have added it up: asked, voted, settled (sum of what is shown).
@pytest.mark.parametrize(
    ("year", "asked", "voted", "settled"),
    [
        (2014, 10_973, 8_084, 7_784),
        (2015, 11_185, 11_714, 11_342),
        (2016, 18_517, 16_523, 15_221),
        (2018, 5_350, 5_263, 4_766),
        (2019, 5_350, 5_259, 4_782),
        (2021, 5_025, 4_973, 4_482),
    ],
)
def test_earlier_years_add_up_as_published(year: int, asked: int, voted: int, settled: int) -> None:
    assert (total("asked", year), total("voted", year), total("settled", year)) == (asked, voted, settled)


def test_the_request_of_2022_was_5_500_at_first_and_35_000_in_the_end() -> None:
    assert (total("asked_original", 2022), total("asked", 2022)) == (5_500, 35_000)


def test_610_unaccompanied_minors_were_asked_for_in_57_municipalities_in_2024_and_334_voted() -> None:
    minors = (("group", "em"),)
    assert (total("asked", 2024, minors), len(cells("asked", 2024, minors))) == (610, 57)
    assert total("voted", 2024, minors) == 334


def test_answers_and_settlements_of_2026_are_not_stored() -> None:
    assert cells("voted", 2026) == []
    assert cells("settled", 2026) == []


# Oslo is one municipality, so that its county sum is its own request on IMDi's page of the year.
@pytest.mark.parametrize(
    ("year", "country", "oslo"), [(2024, 37_000, 1_650), (2025, 12_640, 640), (2026, 13_000, 600)]
)
def test_county_sums_add_up_to_the_country(year: int, country: int, oslo: int) -> None:
    by_county: dict[str, int] = defaultdict(int)
    for one in cells("asked", year):
        by_county[one.place[:2]] += int(one.value or 0)
    assert sorted(by_county) == [county.code for county in Registry.shipped().counties()]
    assert sum(by_county.values()) == country
    assert by_county["03"] == oslo


def test_haram_before_2024_is_unknown_and_never_zero() -> None:
    haram = [
        one
        for one in ALL
        if one.place == "1580" and one.measure_id == "population" and 2020 <= one.year < 2024
    ]
    assert [one.state for one in haram] == [State.UNKNOWN] * 4


def test_haram_has_no_figure_of_the_years_it_was_part_of_alesund() -> None:
    """The sources write 0 or Ålesund's number; only the population says unknown."""
    haram = [one for one in ALL if one.place == "1580" and 2020 <= one.year < 2024]
    assert {one.measure_id for one in haram} == {"population"}
    assert [
        one for one in ALL if one.place == "1508" and 2020 <= one.year < 2024 and one.value is not None
    ] == []


def test_no_municipality_has_a_population_of_zero() -> None:
    assert [one for one in ALL if one.measure_id == "population" and one.value == 0] == []


def test_population_runs_from_1986_to_2026_without_a_gap() -> None:
    oslo = {one.year: one.value for one in ALL if one.measure_id == "population" and one.place == "0301"}
    assert sorted(oslo) == list(range(1986, 2027))
    assert (oslo[1986], oslo[2026]) == (449_395, 728_714)  # Statistics Norway, table 07459


# UDI's page as first published in February 2026 and as revised in May 2026.
def test_january_2026_is_kept_in_both_versions() -> None:
    versions = {
        one.published: one.value
        for one in ALL
        if one.source_id == "monthly"
        and one.period == "2026-01"
        and one.breakdown == (("procedure", "asylum"),)
    }
    assert versions == {"2026-02": 207, "2026-05": 199}


# Statistical Yearbook, table 94; UDI 6 January 2023.
def test_applications_of_2002_2010_and_2015_are_as_published() -> None:
    asylum = (("procedure", "asylum"),)
    told = {year: total("applications", year, asylum, "applications_annual") for year in (2002, 2010, 2015)}
    assert told == {2002: 17_480, 2010: 10_064, 2015: 31_150}
    assert cells("applications", 2020, asylum, "applications_annual") == []


def test_anonymised_grants_stay_hidden() -> None:
    states = defaultdict(int)
    for one in ALL:
        if one.measure_id == "grants_paid":
            states[one.state] += 1
    assert states[State.SUPPRESSED] == 491  # cells that IMDi marks as anonymised
    assert set(states) == {State.NUMBER, State.SUPPRESSED}
