"""Tables written: same rows same bytes, texts stay texts, missing stays empty."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.outputs import Cell, write_table
from bosett.sources import read_table
from bosett.terms.errors import BadInput

COLUMNS = ["municipality_id", "asked", "share", "day", "yes", "note"]
ROWS: list[list[Cell]] = [
    ["0301", 7, Fraction(1, 4), date(2026, 2, 10), True, None],
    ["4601", 0, Fraction(3), None, False, "plain"],
]
EVERY = pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])


def test_csv_has_commas_dots_iso_dates_and_empty_cells(tmp_path: Path) -> None:
    write_table(tmp_path / "t.csv", COLUMNS, ROWS)
    assert (tmp_path / "t.csv").read_bytes() == (
        b"municipality_id,asked,share,day,yes,note\n0301,7,0.25,2026-02-10,1,\n4601,0,3,,0,plain\n"
    )


@EVERY
def test_what_is_written_is_read_back(tmp_path: Path, ending: str) -> None:
    write_table(tmp_path / f"t{ending}", COLUMNS, ROWS)
    first, second = read_table(tmp_path / f"t{ending}").rows
    assert first.identifier("municipality_id") == "0301"
    assert first.whole("asked") == 7
    assert first.number("share") == Fraction(1, 4)
    assert first.day("day") == date(2026, 2, 10)
    assert first.maybe_yes("yes") is True
    assert first.raw("note") == ""
    assert second.maybe_day("day") is None
    assert second.whole("asked") == 0


@EVERY
def test_the_same_rows_give_the_same_bytes(tmp_path: Path, ending: str) -> None:
    for name in ("one", "two"):
        write_table(tmp_path / f"{name}{ending}", COLUMNS, ROWS)
    assert (tmp_path / f"one{ending}").read_bytes() == (tmp_path / f"two{ending}").read_bytes()


def test_a_workbook_does_not_tell_when_it_was_made(tmp_path: Path) -> None:
    write_table(tmp_path / "t.xlsx", COLUMNS, ROWS)
    with zipfile.ZipFile(tmp_path / "t.xlsx") as inside:
        made = inside.read("docProps/core.xml").decode()
    assert made.count("2000-01-01T00:00:00Z") == 2


@pytest.mark.parametrize("dangerous", ["=1+1", "+47 22 00 00 00", "-x", "@SUM(A1)", "=HYPERLINK(1)"])
def test_a_text_that_looks_like_a_formula_is_stored_as_text(tmp_path: Path, dangerous: str) -> None:
    write_table(tmp_path / "t.xlsx", ["note"], [[dangerous]])
    with zipfile.ZipFile(tmp_path / "t.xlsx") as inside:
        sheet = inside.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert read_table(tmp_path / "t.xlsx").rows[0].raw("note") == dangerous


def test_a_code_with_a_leading_zero_stays_a_text_in_a_workbook(tmp_path: Path) -> None:
    write_table(tmp_path / "t.xlsx", ["municipality_id"], [["0301"]])
    assert read_table(tmp_path / "t.xlsx").rows[0].raw("municipality_id") == "0301"


def test_another_ending_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"\.csv, \.xlsx, \.parquet"):
        write_table(tmp_path / "t.ods", COLUMNS, ROWS)
    assert list(tmp_path.iterdir()) == []


def test_a_row_that_does_not_fit_the_columns_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one cell for each column"):
        write_table(tmp_path / "t.csv", COLUMNS, [["0301"]])


def test_decimals_keep_their_digits_in_csv(tmp_path: Path) -> None:
    write_table(tmp_path / "t.csv", ["rate"], [[Decimal("0.10")]])
    assert (tmp_path / "t.csv").read_text() == "rate\n0.10\n"


def test_parquet_keeps_numbers_as_numbers_and_missing_as_null(tmp_path: Path) -> None:
    write_table(tmp_path / "t.parquet", ["asked", "share"], [[1, Fraction(1, 2)], [None, None]])
    frame = pl.read_parquet(tmp_path / "t.parquet")
    assert frame.schema == {"asked": pl.Int64, "share": pl.Float64}
    assert frame.rows() == [(1, 0.5), (None, None)]


@given(st.fractions(0, 50_000, max_denominator=10_000))
def test_a_share_in_csv_is_the_nearest_double_and_never_an_exponent_of_a_whole(share: Fraction) -> None:
    from bosett.outputs.tables import _text

    assert float(_text(share)) == float(share)
