"""The questionnaire as a workbook to fill in.

The first column holds each line's key, hidden, so that the workbook is read by line whatever the language or
the order (`bosett.sources.expenditure_sheet`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

from bosett.expenditure.questionnaire import SHEET_KEY, Line
from bosett.expenditure.typed import Typed
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
        sheet.write_string(HEAD_ROW, 0, SHEET_KEY)
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
