"""A five-year frame as a workbook whose sums are live formulas: change an assumption, and it follows."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from bosett.grants.frame_cohorts import Origin
from bosett.grants.frame_money import SCHEMES, TOGETHER
from bosett.grants.frame_result import Frame, FrameLine
from bosett.grants.frame_words import word
from bosett.outputs.grant_frame_book import FIRST_COLUMN, FrameBook
from bosett.outputs.whole import write_file_whole
from bosett.terms.errors import BadInput, NoAnswer

# A fixed day inside every workbook, so that the same frame gives the same bytes.
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def write_frame(path: Path, frame: Frame, language: str) -> None:
    """Write the frame as xlsx in `nb`, `nn` or `en`, whole or not at all; the same frame gives the same bytes.

    Raises
    ------
    BadInput
        If the file is no xlsx, or the place cannot be written.
    NoAnswer
        If a rate is missing: a sum of formulas would then be too small.
    """
    if path.suffix.lower() != ".xlsx":
        raise BadInput(repr(path.suffix), "a file that ends with .xlsx", str(path))
    if frame.missing:
        raise NoAnswer("grant frame", f"no rate is known or assumed for {', '.join(frame.missing)}")
    write_file_whole(path, lambda made: _fill(made, frame, language))


def _fill(path: Path, frame: Frame, language: str) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": _NO_DAY})
        made = FrameBook(book, frame, language)
        made.rates()
        made.assumptions()
        made.groups()
        made.amounts()
        _front(made)


def _front(book: FrameBook) -> None:
    """Sums by origin and scheme, the year's total, its interval, residents and unused places."""
    book.head("frame", ("what", "scheme", "origin"))
    sheet, frame = book.sheets["frame"], book.frame
    pairs = [
        (origin, scheme)
        for origin in Origin
        for scheme in (*SCHEMES, TOGETHER)
        if any(frame.cohorts[one.cohort].origin is origin and one.scheme == scheme for one in book.rows)
    ]
    for row, (origin, scheme) in enumerate(pairs, 1):
        sheet.write_string(row, 0, f"{word(origin.value, book.language)}: {word(scheme, book.language)}")
        sheet.write_string(row, 1, word(scheme, book.language))
        sheet.write_string(row, 2, word(origin.value, book.language))
        for column in range(FIRST_COLUMN, FIRST_COLUMN + len(book.years)):
            _sum(book, row, column, origin, scheme)
    _totals(book, len(pairs) + 1, len(pairs))


def _sum(book: FrameBook, row: int, column: int, origin: Origin, scheme: str) -> None:
    rows = [
        number
        for number, one in enumerate(book.rows, 1)
        if book.frame.cohorts[one.cohort].origin is origin and one.scheme == scheme
    ]
    cells = "+".join(book.ref("amounts", number, column) for number in rows)
    year = book.years[column - FIRST_COLUMN]
    value = sum(one.nok.likely for one in _lines(book.frame, year, origin, scheme) if one.nok is not None)
    book.sheets["frame"].write_formula(row, column, f"=ROUND({cells},0)", book.kroner, value)


def _lines(frame: Frame, year: int, origin: Origin, scheme: str) -> list[FrameLine]:
    return [
        one
        for one in frame.lines
        if (one.year, one.origin) == (year, origin) and scheme in (one.scheme, TOGETHER)
    ]


def _totals(book: FrameBook, row: int, lines: int) -> None:
    sheet = book.sheets["frame"]
    for place, name in enumerate(
        ("total", "low", "high", "residents", "innbyggertilskudd", "unused", "unused_cost")
    ):
        sheet.write_string(row + place, 0, word(name, book.language), book.bold)
    for column, year in enumerate(book.frame.years, FIRST_COLUMN):
        first, last = xl_rowcol_to_cell(1, column), xl_rowcol_to_cell(max(1, lines), column)
        if year.nok is None:
            continue
        sheet.write_formula(row, column, f"=SUM({first}:{last})", book.kroner, year.nok.likely)
        sheet.write_number(row + 1, column, year.nok.low, book.kroner)
        sheet.write_number(row + 2, column, year.nok.high, book.kroner)
    _others(book, row + 3)


def _others(book: FrameBook, row: int) -> None:
    sheet = book.sheets["frame"]
    for one in book.frame.residents:
        column = FIRST_COLUMN + book.years.index(one.year)
        sheet.write_number(row, column, one.persons.likely, book.persons)
        told = word("unknown", book.language) if one.nok is None else one.nok.likely
        sheet.write(row + 1, column, told, book.kroner)
    for place in book.frame.unused:
        column = FIRST_COLUMN + book.years.index(place.year)
        sheet.write_number(row + 2, column, place.places.likely, book.persons)
        told = word("unknown", book.language) if place.cost_nok is None else place.cost_nok.likely
        sheet.write(row + 3, column, told, book.kroner)
