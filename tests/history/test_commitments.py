"""The commitments of 2016-2025 from stored figures; every expected number stands in the source that is named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bosett.agreement import Finding, Held, Verdict, changes_of_year, held
from bosett.sources.commitment_facts import shipped_facts


def of(year: int) -> dict[str, Held]:
    return {one.commitment.code: one for one in held(shipped_facts(), date(year, 12, 31))}


def indicator(year: int, commitment: str, code: str) -> Finding:
    return next(one for one in of(year)[commitment].findings if one.indicator == code)


@pytest.mark.parametrize(
    ("year", "before", "after"),
    [
        # KS and IMDi: 4,400 in November 2017, then 5,350.  IMDi's register: the originals of 2020 and 2022.
        (2018, 4_400, 5_350),
        (2020, 5_120, 3_602),
        (2022, 5_500, 35_000),
        # The government and IMDi: 35,000 raised to 38,000 in June 2023; 18,900 cut to 12,640 in summer 2025.
        (2023, 35_000, 38_000),
        (2025, 18_900, 12_640),
    ],
)
def test_each_change_of_a_years_request_stands_with_its_size(year: int, before: int, after: int) -> None:
    (change,) = changes_of_year(shipped_facts(), year, date(year, 12, 31))
    assert (change.before.value, change.after.value) == (before, after)


def test_the_rise_of_2022_is_known_from_the_day_of_the_letter() -> None:
    book = shipped_facts()
    assert not changes_of_year(book, 2022, date(2022, 3, 17))
    (change,) = changes_of_year(book, 2022, date(2022, 3, 18))
    assert change.persons == 29_500


@pytest.mark.parametrize(
    ("year", "voted", "settled"),
    [
        # The register's votes; settled as IMDi and the government told them.
        (2016, 16_523, 15_291), (2020, 4_838, 2_819), (2022, 35_355, 31_258), (2024, 28_340, 25_618),
        (2025, 12_919, 12_596),
    ],
)  # fmt: skip
def test_settled_stands_against_voted_by_year(year: int, voted: int, settled: int) -> None:
    book, day = shipped_facts(), date(year, 12, 31)
    told = [book.newest(what, year, day) for what in ("voted", "settled")]
    assert [one and one.value for one in told] == [voted, settled]


def test_in_2016_not_everybody_was_settled_in_line_with_the_need() -> None:
    told = indicator(2016, "need_met", "need_met")
    assert told.verdict is Verdict.NOT_KEPT
    assert dict(told.figures) == {
        "need": 16_000, "settled": 15_291, "settled_percent": Decimal("95.6"), "ready_waiting": 1_751,
    }  # fmt: skip


def test_in_2020_the_request_followed_the_need_and_in_2021_it_did_not() -> None:
    assert indicator(2020, "new_division", "division_followed").verdict is Verdict.KEPT
    told = indicator(2021, "new_division", "division_followed")
    assert (told.verdict, told.missing) == (Verdict.CANNOT_BE_SAID, ("committee_minutes",))


def test_settled_within_six_months_was_83_per_cent_in_2018_and_94_in_2019_against_90() -> None:
    assert indicator(2018, "settled_fast", "within_six_months").verdict is Verdict.NOT_KEPT
    assert indicator(2019, "settled_fast", "within_six_months").verdict is Verdict.KEPT


def test_2024_lacked_8_660_places() -> None:
    told = indicator(2024, "enough_places", "enough_places")
    assert dict(told.figures)["short"] == 37_000 - 28_340


@pytest.mark.parametrize("year", range(2016, 2026))
def test_every_year_has_its_table_and_what_cannot_be_said_names_what_is_missing(year: int) -> None:
    table = of(year)
    assert table
    for one in table.values():
        assert one.commitment.source.title
        for told in one.findings:
            assert bool(told.missing) == (told.verdict is Verdict.CANNOT_BE_SAID)
            assert all(fact.on.latest <= date(year, 12, 31) for fact in told.evidence)


def test_in_2025_two_tables_of_one_source_disagree_and_it_is_told() -> None:
    told = indicator(2025, "enough_places", "enough_places")
    assert any("sum to 15631" in fact.note for fact in told.evidence)
