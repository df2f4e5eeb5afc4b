"""Tables read: every fault names file, row, column, what was found and what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from bosett.sources import Row, Table, read_table
from bosett.terms.days import Month
from bosett.terms.errors import BadInput


def table(tmp_path: Path, text: str | bytes) -> Table:
    file = tmp_path / "t.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_table(file)


def row(**cells: str) -> Row:
    return Row("t.csv", 7, {name: place for place, name in enumerate(cells)}, list(cells.values()))


def fault(read: Callable[[], object]) -> BadInput:
    with pytest.raises(BadInput) as caught:
        read()
    return caught.value


def test_rows_know_their_line_and_wholly_empty_rows_fall_away(tmp_path: Path) -> None:
    found = table(tmp_path, "id,n\n\na,1\n,\nb,2\n")
    assert [(one.line, one.raw("id")) for one in found.rows] == [(3, "a"), (5, "b")]


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    assert table(tmp_path, b"\xef\xbb\xbfid,n\na,1\n").columns == ("id", "n")


def test_a_byte_that_is_not_utf8_is_named_by_its_line(tmp_path: Path) -> None:
    bad = fault(lambda: table(tmp_path, b"id,name\n1,Oslo\n2,Troms\xf8\n"))
    assert (bad.row, bad.found) == (3, "a byte that is not UTF-8 (0xf8)")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no header row"),
        ("\n", "no header row"),
        ("id,id\n", "the column id twice"),
        ("id, n\n", "' n'"),
        ("id,,n\na,,1\n", "a column without a name"),
        ("id,n\na\n", "1 cells"),
        ("id,n\na,1,2\n", "3 cells"),
        ('id,n\n"a,1\n', "unexpected end of data"),
        ('id,n\n"a"x,1\n', "expected after"),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, text: str, told: str) -> None:
    bad = fault(lambda: table(tmp_path, text))
    assert told in bad.found
    assert bad.file.endswith("t.csv")


def test_a_table_with_semicolons_is_told_that_commas_are_expected(tmp_path: Path) -> None:
    bad = fault(lambda: table(tmp_path, "id;n\na;1\n").need(["id"]))
    assert "id;n" in bad.found


def test_a_missing_column_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    bad = fault(lambda: table(tmp_path, "id,n\na,1\n").need(["id", "name"]))
    assert (bad.column, bad.row) == ("name", 1)
    assert "id, n" in bad.found


def test_a_repeated_identifier_names_both_rows(tmp_path: Path) -> None:
    found = table(tmp_path, "id,n\na,1\nb,1\na,2\n")
    bad = fault(lambda: found.refuse_repeats("id"))
    assert bad.row == 4
    assert "first in row 2" in bad.found
    found.refuse_repeats("id", "n")


@pytest.mark.parametrize("written", [" a", "a ", "\ta", "a\u00a0"])
def test_a_blank_around_an_identifier_is_refused(written: str) -> None:
    bad = fault(lambda: row(id=written).identifier("id"))
    assert (bad.file, bad.row, bad.column) == ("t.csv", 7, "id")
    assert "without blanks" in bad.allowed


@pytest.mark.parametrize("read", [Row.identifier, Row.text, Row.whole, Row.number, Row.day, Row.month])
def test_an_empty_cell_where_a_value_is_needed_is_refused(read: Callable[[Row, str], object]) -> None:
    assert fault(lambda: read(row(id=""), "id")).row == 7


@pytest.mark.parametrize(
    "read", [Row.maybe_identifier, Row.maybe_whole, Row.maybe_number, Row.maybe_day, Row.maybe_yes]
)
def test_an_empty_cell_or_a_missing_column_is_none_and_not_zero(read: Callable[[Row, str], object]) -> None:
    assert read(row(id=""), "id") is None
    assert read(row(id="x"), "other") is None


@pytest.mark.parametrize("written", ["1.5", "x", "1e3", "1_000", "1 000", "\u0663", "--1", "NaN", "1,5"])
def test_a_whole_number_is_written_in_digits(written: str) -> None:
    assert fault(lambda: row(n=written).whole("n")).found == repr(written)


@pytest.mark.parametrize(("written", "value"), [("7", 7), ("7.0", 7), ("-3", -3), ("007", 7), (" 7 ", 7)])
def test_a_whole_number_is_read(written: str, value: int) -> None:
    assert row(n=written).whole("n") == value


def test_a_number_below_what_is_allowed_is_refused() -> None:
    assert fault(lambda: row(n="-1").whole("n", 0)).allowed == "a whole number, 0 or more"
    assert fault(lambda: row(n="-0.5").number("n", 0)).allowed == "a number, 0 or more"


@pytest.mark.parametrize("written", ["nan", "inf", "1/3", "1_0", "1,5", "1e9999", "", "0x10"])
def test_a_number_is_finite_and_decimal(written: str) -> None:
    assert fault(lambda: row(n=written).number("n")).column == "n"


def test_a_number_is_exactly_what_is_written() -> None:
    assert row(n="0.1").number("n") == Fraction(1, 10)
    assert row(n="1e-3").number("n") == Fraction(1, 1000)


@given(st.decimals(-1_000_000, 1_000_000, places=6))
def test_every_decimal_is_read_without_loss(value: object) -> None:
    assert row(n=str(value)).number("n") == Fraction(str(value))


@pytest.mark.parametrize("written", ["2026-02-30", "10.02.2026", "20260210", "2026-2-1", "2026-W07-2"])
def test_a_date_is_written_as_iso(written: str) -> None:
    assert fault(lambda: row(d=written).day("d")).allowed == "a date as YYYY-MM-DD"


def test_dates_months_and_yes_and_no_are_read() -> None:
    assert row(d="2026-02-10").day("d") == date(2026, 2, 10)
    assert row(d="2026-02").month("d") == Month(2026, 2)
    assert [row(d=one).maybe_yes("d") for one in ("1", "0", "TRUE", "false")] == [True, False, True, False]
    assert fault(lambda: row(d="ja").maybe_yes("d")).found == "'ja'"


def test_one_of_several_words_is_read_and_another_is_refused() -> None:
    assert row(w="b").one_of("w", {"b", "a"}) == "b"
    assert fault(lambda: row(w="c").one_of("w", {"b", "a"})).allowed == "one of a, b"


def test_an_unknown_ending_or_no_file_is_refused(tmp_path: Path) -> None:
    assert ".csv, .xlsx, .parquet" in fault(lambda: read_table(tmp_path / "t.ods")).allowed
    assert fault(lambda: read_table(tmp_path / "t.csv")).found == "no such file"


@pytest.mark.parametrize("ending", [".xlsx", ".parquet"])
def test_a_file_that_is_not_what_its_ending_says_is_refused(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"t{ending}").write_text("id,n\n")
    assert "unreadable" in fault(lambda: read_table(tmp_path / f"t{ending}")).found


def test_a_workbook_is_read_with_its_own_row_numbers_and_numbers_as_written(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "t.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "n", "x"])
        sheet.write_row(3, 0, ["0301", 10, 0.1])
        sheet.write_row(4, 0, [301, 2.5, True])
    first, second = read_table(tmp_path / "t.xlsx").rows
    assert (first.line, first.identifier("id"), first.whole("n"), first.number("x")) == (
        4,
        "0301",
        10,
        Fraction(1, 10),
    )
    assert second.identifier("id") == "301"
    assert fault(lambda: second.whole("n")).row == 5
    assert second.maybe_yes("x") is True


def test_a_parquet_file_is_read_like_the_csv_it_could_have_been(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "id": ["0301", None],
            "n": [1.0, None],
            "x": [0.1, 2.5],
            "d": [date(2026, 1, 1), None],
            "y": [True, None],
        }
    )
    frame.write_parquet(tmp_path / "t.parquet")
    first, second = read_table(tmp_path / "t.parquet").rows
    assert (first.line, first.whole("n"), first.number("x")) == (2, 1, Fraction(1, 10))
    assert first.day("d") == date(2026, 1, 1)
    assert first.maybe_yes("y") is True
    assert (second.maybe_whole("n"), second.maybe_day("d")) == (None, None)


def test_a_parquet_column_of_lists_is_refused(tmp_path: Path) -> None:
    pl.DataFrame({"id": ["a"], "many": [[1, 2]]}).write_parquet(tmp_path / "t.parquet")
    assert fault(lambda: read_table(tmp_path / "t.parquet")).column == "many"
