"""What is told when a file is wrong in many places, and the flat table that a run is compared with."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from bosett.outputs.tables import write_table
from bosett.sources.citizenships import alpha3_of_alpha2, alpha3_of_name, is_citizenship
from bosett.sources.importers import KINDS, importer
from bosett.sources.known_defects import known_defects
from bosett.sources.observation_table import COLUMNS, observation_row, read_observations
from bosett.statistics.measures import MEASURES, measure
from bosett.terms.errors import BadInput
from bosett.terms.figure import State
from bosett.terms.observation import Observation, breakdown_of
from tests.bosett.sources.given import codes, read
from tests.bosett.sources.test_imdi_pages import AGDER, HEADER, page, table

TEMPLATE = "kommunenummer,year,metric,value,status,source,licence,retrieved_at\n"


def test_beyond_a_hundred_of_a_kind_only_their_number_is_told() -> None:
    rows = "".join(f"0301,{1900 + n},settled,x,,S,L,2026-05-01\n" for n in range(120))
    found = read("template", "a.csv", TEMPLATE + rows)
    assert len(found.errors) == 101
    assert found.errors[-1].found == "20 more of the kind"
    assert not found.accepted


def test_an_unknown_kind_names_those_there_are() -> None:
    with pytest.raises(BadInput, match="imdi_bulk"):
        importer("astrology")


def test_every_template_is_read_by_its_own_importer_up_to_the_missing_rows() -> None:
    for kind, one in KINDS.items():
        if one.template:
            found = read(kind, "template.csv", one.template)
            assert "unreadable" not in codes(found)


def test_a_county_twice_a_row_twice_and_a_short_row_stop_the_page() -> None:
    assert "row_twice" in codes(read("imdi_pages", "p.html", page(AGDER, AGDER)))
    twice = table("Agder", HEADER[:2], [["Arendal", "1"], ["Arendal", "2"]])
    assert codes(read("imdi_pages", "p.html", page(twice))) == ["row_twice"]
    short = table("Agder", HEADER[:3], [["Arendal", "1"]])
    assert codes(read("imdi_pages", "p.html", page(short))) == ["cells_missing"]


def test_a_table_under_no_county_stops_the_page() -> None:
    found = read("imdi_pages", "p.html", page(AGDER, table("Atlantis", HEADER[:2], [["Arendal", "1"]])))
    assert "row_twice" in codes(found) or "county_unknown" in codes(found)
    assert not found.accepted


def test_two_headings_of_the_same_meaning_stop_the_page() -> None:
    double = table("Agder", ["Kommune", "Bosatt", "Bosatt i alt"], [["Arendal", "1", "2"]])
    assert "column_twice" in codes(read("imdi_pages", "p.html", page(double)))


FIGURES = (
    Observation(
        "settled",
        "d",
        "0301",
        2024,
        State.NUMBER,
        7,
        "persons",
        "s",
        breakdown=breakdown_of(sex="men", age="0_4"),
    ),
    Observation("applications", "d", "0", 2024, State.NUMBER, 3, "applications", "s", 5, published="2024-10"),
    Observation("gp_reserve_capacity", "d", "1103", 2024, State.NUMBER, Decimal("101.5"), "percent", "s"),
    Observation("grants_paid", "d", "1103", 2024, State.NUMBER, -491000, "nok", "s"),
    Observation("settled", "d", "1103", 2024, State.SUPPRESSED, None, "persons", "s", None, 2),
)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
def test_observations_come_back_as_they_were_written(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"o{suffix}"
    rows = [tuple("" if cell is None else str(cell) for cell in observation_row(one)) for one in FIGURES]
    write_table(file, COLUMNS, rows)
    assert read_observations(file) == FIGURES


@pytest.mark.parametrize(
    ("column", "cell"),
    [("state", "maybe"), ("value", "seven"), ("place", "03011"), ("month", "13"), ("year", "")],
)
def test_a_wrong_row_of_an_earlier_run_is_named(tmp_path: Path, column: str, cell: str) -> None:
    row = ["" if told is None else str(told) for told in observation_row(FIGURES[1])]
    row[COLUMNS.index(column)] = cell
    write_table(tmp_path / "o.csv", COLUMNS, [row])
    with pytest.raises(BadInput) as bad:
        read_observations(tmp_path / "o.csv")
    assert bad.value.row == 2 or column == "value"


# ISO 3166-1, and Eurostat's and UNHCR's own codes.
@pytest.mark.parametrize(
    ("two", "three"),
    [
        ("UA", "UKR"),
        ("SY", "SYR"),
        ("CD", "COD"),
        ("DE", "DEU"),
        ("MM", "MMR"),
        ("EL", "GRC"),
        ("XK", "XKX"),
        ("STLS", "XXA"),
    ],
)
def test_two_letters_become_three(two: str, three: str) -> None:
    assert alpha3_of_alpha2(two) == three


@pytest.mark.parametrize(
    ("name", "code"),
    [("Syria", "SYR"), ("Türkiye", "TUR"), ("Turkey", "TUR"), ("Statsløs", "XXA"), ("Ukraina", "UKR"),
     ("Russland", "RUS"), ("Republic of Korea", "KOR"), ("Kosovo", "XKX"), ("Ruritania", None)],
)  # fmt: skip
def test_names_in_english_and_norwegian_become_codes(name: str, code: str | None) -> None:
    assert alpha3_of_name(name) == code


def test_the_codes_of_countries_that_are_gone_are_no_citizenships() -> None:
    assert not any(is_citizenship(code) for code in ("DDR", "ZAR", "YMD", "QQQ", ""))


def test_every_measure_has_a_definition_and_a_rate_is_never_added() -> None:
    for one in MEASURES.values():
        assert one.definition.nb != one.name.nb
        if one.unit == "percent":
            assert (one.additive_places, one.additive_periods) == (False, False)
    with pytest.raises(BadInput, match="settled"):
        measure("happiness")


def test_known_defects_of_pages_are_read_with_their_place_and_year() -> None:
    told = {(one.code, one.place, one.year) for one in known_defects()}
    assert ("headings_swapped", "32", 2026) in told
    assert ("stated_as_zero", "1580", 2023) in told
