"""Where the published tables disagree with themselves: found, named, and nothing invented."""

from __future__ import annotations

from dataclasses import replace

from bosett.sources.disagreements import (
    disagreements,
    grants_and_their_total,
    headlines_and_tables,
    parts_and_totals,
    sources_of_a_place,
)
from bosett.sources.imported import Defect
from bosett.sources.shipped import shipped_figures
from bosett.terms.figure import State
from bosett.terms.observation import Observation

FOUND = disagreements(shipped_figures())


def of(code: str) -> list[Defect]:
    return [one for one in FOUND if one.code == code]


def test_the_headline_of_2025_says_12_919_voted_where_its_table_has_15_631() -> None:
    told = [one for one in of("headline_differs") if one.year == 2025]
    assert [(one.column, one.found.split()[0], one.allowed.split(",")[0]) for one in told] == [
        ("voted", "12919", "15631")
    ]


def test_the_page_of_2026_still_shows_13_000_after_the_need_was_raised() -> None:
    assert [one.year for one in of("headline_differs") if "16000" in one.allowed] == [2026]


def test_akershus_swapped_headings_of_2026_are_listed() -> None:
    assert [(one.place, one.year) for one in of("headings_swapped")] == [("32", 2026)]


def test_januarys_revision_is_listed() -> None:
    assert [(one.found) for one in of("versions_differ")] == ["2026-01: 207 (2026-02), 199 (2026-05)"]


def test_codes_of_trondelag_that_had_ended_are_listed_for_2018_and_2019() -> None:
    ended = {(one.place, one.year, one.allowed.split(",")[0]) for one in of("code_ended")}
    assert {("1601", 2018, "5001"), ("1601", 2019, "5001"), ("1702", 2018, "5004")} <= ended
    assert {("1729", 2012, "1756"), ("1901", 2013, "1903")} <= ended


def test_cells_hidden_as_small_hold_thousands_of_persons_under_collective_protection() -> None:
    told = {(one.column, one.year): one.found for one in of("hidden_hold_more")}
    assert (
        told["settled|protection=collective", 2024] == "206 hidden cells hold 5973 together"
    )  # 22,284 - 16,311
    assert (
        told["settled|protection=collective", 2025] == "240 hidden cells hold 4889 together"
    )  # 10,921 - 6,032


def test_no_list_tells_a_number_of_persons_from_one_to_four() -> None:
    for one in of("sources_differ"):
        numbers = [int(word) for word in one.found.replace("(", " ").split() if word.isdecimal()]
        assert all(number == 0 or number > 4 for number in numbers if one.file == "settlement")


def figure(measure: str, value: int | None, **told: object) -> Observation:
    state = State.NUMBER if value is not None else State.SUPPRESSED
    one = Observation(measure, "settlement", "0301", 2022, state, value, "persons", "imdi_bulk")
    return replace(one, **told)  # type: ignore[arg-type]


def test_a_gap_that_one_hidden_cell_can_explain_is_not_listed() -> None:
    headline = figure("settled", 12, dataset_id="national", place="0")
    rows = [headline, figure("settled", 10), figure("settled", None, place="1103")]
    assert list(headlines_and_tables(rows)) == []
    assert len(list(headlines_and_tables([headline, figure("settled", 10)]))) == 1


def test_a_table_above_its_headline_is_listed_whatever_is_hidden() -> None:
    headline = figure("settled", 9, dataset_id="national", place="0")
    rows = [headline, figure("settled", 10), figure("settled", None, place="1103")]
    assert len(list(headlines_and_tables(rows))) == 1


def test_two_sources_that_agree_or_hide_are_not_listed() -> None:
    main = figure("settled", 10)
    other = figure("settled", 10, dataset_id="settlement_other", source_id="collected_2024")
    assert list(sources_of_a_place([main, other])) == []
    assert list(sources_of_a_place([main, replace(other, state=State.SUPPRESSED, value=None)])) == []
    assert len(list(sources_of_a_place([main, replace(other, value=11)]))) == 1


def test_parts_that_miss_their_total_are_listed() -> None:
    ukrainian, other = ((("origin", "ukrainian"),), (("origin", "other"),))
    rows = [
        figure("settled", 20),
        figure("settled", 12, breakdown=ukrainian),
        figure("settled", 7, breakdown=other),
    ]
    assert [one.allowed for one in parts_and_totals(rows)] == ["20"]
    assert list(parts_and_totals([*rows[:2], figure("settled", 8, breakdown=other)])) == []


def test_grants_with_an_anonymised_scheme_are_not_added_up() -> None:
    def paid(scheme: str, value: int | None) -> Observation:
        told = {"dataset_id": "grants_paid", "unit": "nok", "breakdown": (("scheme", scheme),)}
        return figure("grants_paid", value, **told)

    assert len(list(grants_and_their_total([paid("total", 100), paid("special", 90)]))) == 1
    hidden = paid("elder", None)
    assert list(grants_and_their_total([paid("total", 100), paid("special", 90), hidden])) == []
