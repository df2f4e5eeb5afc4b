"""The questionnaire as a workbook to fill in, and the filled-in one read back with every fault by its cell.

The first column holds each line's key, hidden, so that the workbook is read by line whatever the language or
the order.  What is filled in is text as it was typed; the form decides what it means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

from bosett.expenditure.questionnaire import Line
from bosett.expenditure.typed import Typed
from bosett.sources.cells import read_cells
from bosett.terms.errors import BadInput
from bosett.terms.label import Label

_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
COLUMNS = ("amount", "share", "whole", "explanation")
HEADS: Mapping[str, Label] = {
    "line": Label("What", "Hva", "Kva"),
    "help": Label("How to find it", "Slik finner dere det", "Slik finn de det"),
    "amount": Label("Amount or number", "Beløp eller tall", "Beløp eller tal"),
    "share": Label("or: share in per cent", "eller: andel i prosent", "eller: del i prosent"),
    "whole": Label("of (kroner for the whole service)", "av (kroner for hele tjenesten)",
                   "av (kroner for heile tenesta)"),
    "explanation": Label("Explanation", "Forklaring", "Forklaring"),
}  # fmt: skip
TITLE = Label(
    "Whole kroner, net of refunds. Leave a line empty only if you cannot answer it: empty is not 0.",
    "Hele kroner, etter refusjoner. La en linje stå tom bare hvis dere ikke kan svare: tomt er ikke 0.",
    "Heile kroner, etter refusjonar. La ei linje stå tom berre om de ikkje kan svare: tomt er ikkje 0.",
)
HEAD_ROW = 3
_KEY = "bosett"
_LONE_ZERO = re.compile(r"-?\d+\.0+")


@dataclass(frozen=True)
class Filled:
    """One line of a filled-in workbook, with its row in the sheet."""

    row: int
    typed: Typed


def write_template(
    path: Path, lines: Sequence[Line], typed: Mapping[str, Typed], heading: str, mark: str, language: str
) -> None:
    """The questionnaire with what is written so far; `mark` is a line above it, empty for none."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": _NO_DAY, "title": heading})
        sheet = book.add_worksheet()
        strong, wrap = (
            book.add_format({"bold": True, "text_wrap": True}),
            book.add_format({"text_wrap": True}),
        )
        open_cell = book.add_format({"locked": False, "border": 1, "text_wrap": True, "num_format": "@"})
        sheet.protect(options={"format_columns": True, "format_rows": True})
        sheet.set_column(0, 0, None, None, {"hidden": True})
        for column, width in enumerate((34, 60, 20, 16, 24, 44), start=1):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 1, heading, strong)
        sheet.write_string(1, 1, TITLE.in_language(language), wrap)
        sheet.write_string(2, 1, mark, strong)
        sheet.write_string(HEAD_ROW, 0, _KEY)
        for column, name in enumerate(("line", "help", *COLUMNS), start=1):
            sheet.write_string(HEAD_ROW, column, HEADS[name].in_language(language), strong)
        sheet.freeze_panes(HEAD_ROW + 1, 2)
        for row, line in enumerate(lines, start=HEAD_ROW + 1):
            told = typed.get(line.area, Typed(line.area))
            sheet.write_string(row, 0, line.area)
            sheet.write_string(row, 1, line.name.in_language(language), strong)
            sheet.write_string(row, 2, line.help.in_language(language), wrap)
            for column, name in enumerate(COLUMNS, start=3):
                sheet.write_string(row, column, getattr(told, name), open_cell)


def read_template(path: Path, lines: Sequence[Line]) -> tuple[Filled, ...]:
    """The filled-in lines, in the order of the sheet; a line that is not there is not given.

    Raises
    ------
    BadInput
        If it is not this template, a key is unknown or stands twice; names the row.
    """
    known, found, seen = {line.area for line in lines}, [], set()
    started = False
    for row, cells in read_cells(path):
        key = cells[0].strip() if cells else ""
        if not started:
            started = key == _KEY
            continue
        if not key:
            if any(cell.strip() for cell in cells):
                raise BadInput("a line without its key", "the rows of the template only", path.name, row, "A")
            continue
        if key not in known:
            raise BadInput(repr(key[:40]), "a line of this questionnaire", path.name, row, "A")
        if key in seen:
            raise BadInput(f"{key} twice", "each line once", path.name, row, "A")
        seen.add(key)
        told = [_text(cells[place]) if place < len(cells) else "" for place in range(3, 7)]
        found.append(Filled(row, Typed(key, *told)))
    if not started:
        raise BadInput("no key row", "the template as it was downloaded", path.name)
    return tuple(found)


def _text(cell: str) -> str:
    """A number that the spreadsheet wrote as 1200.0 is 1200."""
    text = cell.strip()
    return text.split(".", maxsplit=1)[0] if _LONE_ZERO.fullmatch(text) else text
