"""An official table of rates: looked at, refused by name, loaded, and believed only from its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bosett.grants.known import KnownOn
from bosett.grants.rate_table import ChangeKind, RateRow, preview_rates, series_text, with_rates
from bosett.rules.parameters import Parameters
from bosett.rules.read import read_series
from bosett.sources.rate_rows import read_rate_rows
from bosett.terms.errors import BadInput, NoRuleInForce
from bosett.terms.source import Source

PARAMS = Parameters.shipped()
OFFICIAL = Source("An official table, made up for this test", published=date(2026, 12, 15))
YEAR_3 = "grants/integration/year3"
CHILD = "grants/integration/year1_child"


def row(rule: str = YEAR_3, start: date = date(2025, 1, 1), **more: object) -> RateRow:
    return replace(RateRow(rule, start, Decimal(100_000), OFFICIAL, line=2, file="rates.csv"), **more)  # type: ignore[arg-type]


def test_a_rate_that_nobody_knew_is_new_and_is_in_force_after_loading() -> None:
    preview = preview_rates(PARAMS, [row()])
    (change,) = preview.changes
    assert (change.kind, change.old_nok, change.new_nok) == (ChangeKind.NEW, None, 100_000)
    loaded = with_rates(PARAMS, preview)
    assert loaded.lookup(YEAR_3, date(2025, 5, 1)).value == 100_000
    with pytest.raises(NoRuleInForce):
        PARAMS.lookup(YEAR_3, date(2025, 5, 1))
    with pytest.raises(NoRuleInForce):
        loaded.lookup(YEAR_3, date(2026, 5, 1))


def test_a_correction_counts_from_the_day_it_was_published_and_not_before() -> None:
    preview = preview_rates(PARAMS, [row(CHILD, date(2024, 1, 1), value=Decimal(200_000))])
    (change,) = preview.of_kind(ChangeKind.CORRECTION)
    assert (change.old_nok, change.new_nok) == (194_400, 200_000)
    loaded = with_rates(PARAMS, preview)
    assert loaded.lookup(CHILD, date(2024, 5, 1)).value == 200_000
    assert KnownOn(loaded, date(2026, 12, 14)).lookup(CHILD, date(2024, 5, 1)).value == 194_400


def test_a_row_over_several_years_is_a_rate_for_each_of_them() -> None:
    preview = preview_rates(PARAMS, [row(end=date(2027, 12, 31))])
    assert [one.year for one in preview.changes] == [2025, 2026, 2027]


def test_the_same_rate_again_changes_nothing() -> None:
    preview = preview_rates(PARAMS, [row(CHILD, date(2024, 1, 1), value=Decimal(194_400))])
    assert [one.kind for one in preview.changes] == [ChangeKind.SAME]
    assert with_rates(PARAMS, preview).series == PARAMS.series


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([row(value=Decimal("100000.5"))], "100000.5; allowed: whole kroner"),
        ([row(), row(start=date(2027, 1, 1))], "a gap after 2025-12-31"),
        ([row(end=date(2026, 12, 31)), row(start=date(2026, 1, 1))], "an overlap"),
        ([row(), row()], "an overlap"),
        ([row(source=None)], "no source"),
        ([row(source=Source("  "))], "no source"),
        ([row(value=Decimal(-1))], "0 or more"),
        ([row(start=date(2025, 7, 1))], "1 January"),
        ([row(end=date(2025, 6, 30))], "31 December"),
        ([row("grants/integration/yaer3")], "the path of a rate"),
        ([row("grants/elder/lowest_age")], "no rate of the grants"),
        ([row(CHILD, date(2024, 1, 1), source=Source("Undated"))], "the day it was published"),
        ([], "no rates"),
    ],
)
def test_a_table_with_a_fault_is_refused_by_name(rows: list[RateRow], says: str) -> None:
    with pytest.raises(BadInput, match=says) as bad:
        preview_rates(PARAMS, rows)
    if rows:
        assert (bad.value.file, bad.value.row) == ("rates.csv", 2)


def test_a_correction_published_before_what_it_corrects_is_refused() -> None:
    older = row(
        "grants/unaccompanied_minor/to_year_16",
        date(2023, 1, 1),
        source=Source("Old", published=date(2024, 3, 11)),
    )
    with pytest.raises(BadInput, match="a day after 2024-03-11"):
        preview_rates(PARAMS, [older])


def test_a_parameter_written_and_read_again_is_the_same(tmp_path: Path) -> None:
    for path in PARAMS.paths():
        if path.startswith("grants/"):
            file = tmp_path / "one.yaml"
            file.write_text(series_text(PARAMS.get(path)), encoding="utf-8")
            assert read_series(file, path) == PARAMS.get(path)


def test_a_table_is_read_from_a_file_with_its_source_in_the_rows_or_for_the_whole(tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    file.write_text(
        "rule,from,to,amount_nok,source_title,published,certainty\n"
        f"{YEAR_3},2025-01-01,,100000,Own,2026-12-15,derived\n"
        f"{CHILD},2025-01-01,2026-12-31,200000,,,\n"
    )
    own, other = read_rate_rows(file, source=OFFICIAL)
    assert (own.source, own.certainty.value) == (Source("Own", published=date(2026, 12, 15)), "derived")
    assert (other.source, other.last, other.line) == (OFFICIAL, date(2026, 12, 31), 3)
    without = read_rate_rows(file)
    with pytest.raises(BadInput, match="no source") as bad:
        preview_rates(PARAMS, without)
    assert (bad.value.row, bad.value.column) == (3, "source_title")
