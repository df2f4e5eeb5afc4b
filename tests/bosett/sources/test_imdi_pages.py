"""IMDi's yearly pages: names without codes, changing columns, and pages that contradict themselves."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.registry import Registry
from bosett.sources.ask import Ask
from bosett.terms.figure import State
from tests.bosett.sources.given import codes, read


def table(heading: str, header: list[str], rows: list[list[str]]) -> str:
    head = "".join(f"<th>{cell}</th>" for cell in header)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f"<h3>{heading}</h3>\n<table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>\n"


def page(*parts: str, year: int = 2025) -> str:
    heading = f"<h2>Oversikt over bosettingen i kommunene i {year}</h2>"
    return f"<!doctype html><html><body>{heading}{''.join(parts)}</body></html>"


HEADER = ["Kommune", "Anmodet", "Vedtatt", "Bosatt", "Av disse på kollektiv beskyttelse"]
AGDER = table(
    "Agder",
    HEADER,
    [
        ["Arendal", "85", "115", "86", "71"],
        ["Valle", "-", "avventer vedtak", ":", ""],
        ["Totalt", "85", "115", "90", "71"],
    ],
)


def test_names_become_codes_and_marks_keep_their_meaning() -> None:
    found = read("imdi_pages", "p.html", page(AGDER))
    told = {(one.place, one.measure_id, one.breakdown): (one.state, one.value) for one in found.observations}
    assert told == {
        ("4203", "asked", ()): (State.NUMBER, 85),
        ("4203", "voted", ()): (State.NUMBER, 115),
        ("4203", "settled", ()): (State.NUMBER, 86),
        ("4203", "settled", (("protection", "collective"),)): (State.NUMBER, 71),
        ("4221", "asked", ()): (State.NOT_ASKED, None),
        ("4221", "voted", ()): (State.AWAITING, None),
        ("4221", "settled", ()): (State.SUPPRESSED, None),
    }
    assert {one.year for one in found.observations} == {2025}


def test_columns_are_matched_by_their_text_in_any_order() -> None:
    turned = table("Agder", ["Kommune", "Bosatt", "Vedtatt", "Anmodet"], [["Arendal", "86", "115", "85"]])
    found = read("imdi_pages", "p.html", page(turned))
    assert {one.measure_id: one.value for one in found.observations} == {
        "settled": 86,
        "voted": 115,
        "asked": 85,
    }


@pytest.mark.parametrize(
    ("county", "name", "code"),
    [
        ("Akershus", "Nes (Ak.)", "3228"), ("Innlandet", "Våler (Hedm.)", "3419"),
        ("Innlandet", "Os (Hedm.)", "3430"), ("Nordland", "Herøy (Nordland)", "1818"),
        ("Møre og Romsdal", "Herøy", "1515"), ("Nordland", "Bø (Nordland)", "1867"),
        ("Østfold", "Våler", "3114"), ("Møre og Romsdal", "Sande (Møre og Romsdal)", "1514"),
    ],
)  # fmt: skip
def test_aliases_are_found_within_their_county(county: str, name: str, code: str) -> None:
    found = read("imdi_pages", "p.html", page(table(county, HEADER[:2], [[name, "10"]])))
    assert [one.place for one in found.observations] == [code]


def test_an_unknown_name_and_a_name_of_another_county_stop_the_page() -> None:
    for name in ("Atlantis", "Bergen"):
        found = read("imdi_pages", "p.html", page(table("Agder", HEADER[:2], [[name, "10"]])))
        assert [(one.code, one.found) for one in found.errors] == [("name_unknown", repr(name))]


def test_an_unknown_heading_stops_the_page() -> None:
    found = read("imdi_pages", "p.html", page(table("Agder", ["Kommune", "Lykke"], [["Arendal", "10"]])))
    assert [(one.code, one.column) for one in found.errors] == [("column_unknown", "Lykke")]


def test_municipalities_that_do_not_add_up_to_their_county_are_told() -> None:
    wrong = AGDER.replace("<td>Totalt</td><td>85</td>", "<td>Totalt</td><td>95</td>")
    found = read("imdi_pages", "p.html", page(wrong))
    told = [(one.code, one.column, one.allowed) for one in found.defects]
    assert told == [("sum_differs_from_county", "asked", "95")]
    assert found.accepted


def test_a_gap_that_hidden_cells_can_explain_is_not_told() -> None:
    assert read("imdi_pages", "p.html", page(AGDER)).defects == ()  # settled: 86 and one hidden, 90 in all


def test_hidden_cells_never_explain_a_sum_above_the_county() -> None:
    wrong = AGDER.replace("<td>115</td><td>90</td>", "<td>115</td><td>80</td>")
    assert codes(read("imdi_pages", "p.html", page(wrong))) == ["sum_differs_from_county"]


MINORS = ["Kommune", "Anmodet", "Herav enslige mindreårige under 15 år", "Herav enslige mindreårige 15-18 år"]
COUNTIES = table("Fylkene", ["Fylke", *MINORS[1:]], [["Akershus", "300", "12", "40"]])


def test_swapped_headings_are_found_by_the_county_table_and_put_right() -> None:
    # As on IMDi's page of 2026: Akershus's municipalities have the two ages under each other's heading.
    swapped = table("Akershus", MINORS, [["Bærum", "200", "25", "8"], ["Asker", "100", "15", "4"]])
    found = read("imdi_pages", "p.html", page(COUNTIES, swapped, year=2026))
    assert codes(found) == ["headings_swapped"]
    under = {
        one.place: one.value for one in found.observations if one.breakdown == (("group", "em_under15"),)
    }
    assert under == {"3201": 8, "3203": 4}


def test_right_headings_are_left_alone() -> None:
    right = table("Akershus", MINORS, [["Bærum", "200", "8", "25"], ["Asker", "100", "4", "15"]])
    found = read("imdi_pages", "p.html", page(COUNTIES, right, year=2026))
    assert found.defects == ()


def test_a_headline_that_differs_from_its_table_is_told() -> None:
    text = "<p>Kommunene har vedtatt å bosette 12 919 flyktninger.</p>"
    found = read("imdi_pages", "p.html", page(text, AGDER))
    assert [(one.code, one.column) for one in found.defects] == [("headline_differs", "voted")]
    assert read("imdi_pages", "p.html", page(text.replace("12 919", "115"), AGDER)).defects == ()


def test_the_year_must_be_told_when_the_page_does_not() -> None:
    silent = page(AGDER).replace(" 2025", "").replace("i 2025", "")
    assert "year" in read("imdi_pages", "p.html", silent).errors[0].found
    ask = Ask(Registry.shipped(), date(2026, 11, 23), year=2024)
    assert read("imdi_pages", "p.html", silent, ask).observations[0].year == 2024


@pytest.mark.parametrize("cell", ["12 %", "ca. 10", "=1+1", "1,5"])
def test_a_cell_that_is_no_number_and_no_mark_stops_the_page(cell: str) -> None:
    found = read("imdi_pages", "p.html", page(table("Agder", HEADER[:2], [["Arendal", cell]])))
    assert codes(found) == ["cell_wrong"]


def test_thousands_are_read_with_any_blank_between_them() -> None:
    for cell in ("1 650", "1&nbsp;650", "1\u202f650", "1.650"):
        found = read("imdi_pages", "p.html", page(table("Oslo", HEADER[:2], [["Oslo", cell]])))
        assert [one.value for one in found.observations] == [1650]


GENUINE = [
    "Kommune", "Antall personer kommunen har blitt anmodet om å bosette:",
    "Antall personer kommunen har vedtatt å bosette:", "Antall bosatte personer:",
    "Antall bosatte personer med kollektiv beskyttelse:",
]  # fmt: skip
"""IMDi's own headings on the pages of 2022 to 2025."""


def test_a_page_of_2022_stands_under_the_counties_of_its_day_with_imdis_own_headings() -> None:
    """Drammen was 3005 in Viken, Tromsø 5401 in Troms og Finnmark; the numbers are made up."""
    found = read(
        "imdi_pages", "p.html",
        page(table("Viken", GENUINE, [["Drammen", "200", "200", "190", "150"]]),
             table("Troms og Finnmark", GENUINE, [["Tromsø", "90", "90", "80", ":"]]), year=2022),
    )  # fmt: skip
    assert found.errors == ()
    told = {(one.place, one.measure_id, one.breakdown): one.value for one in found.rows}
    collective = (("protection", "collective"),)
    assert (told["3005", "asked", ()], told["3005", "settled", collective]) == (200, 150)
    assert (told["5401", "voted", ()], told["5401", "settled", collective]) == (90, None)


def test_a_municipality_that_the_ended_county_did_not_have_is_told() -> None:
    found = read(
        "imdi_pages", "p.html", page(table("Viken", GENUINE, [["Bergen", "1", "1", "1", "1"]]), year=2022)
    )
    assert [one.code for one in found.errors] == ["name_unknown"]
