"""Files and answers that the tests of importers share; every figure in them is made up."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import xlsxwriter

from bosett.registry import Registry
from bosett.sources.ask import Ask
from bosett.sources.imported import Imported
from bosett.sources.importers import import_opened
from bosett.sources.opened import opened

TODAY = date(2026, 11, 23)
ASK = Ask(Registry.shipped(), TODAY, date(2026, 5, 20))


def read(kind: str, name: str, content: str | bytes, ask: Ask = ASK) -> Imported[Any]:
    """Import a text (as UTF-8) or bytes under a name."""
    return import_opened(kind, opened(name, content.encode() if isinstance(content, str) else content), ask)


def codes(found: Imported[Any]) -> list[str]:
    """The codes of the defects, in order."""
    return [one.code for one in found.defects]


def workbook(rows: list[list[Any]], formula: tuple[int, int, str, Any] | None = None) -> bytes:
    """An xlsx file; `formula` is (row, column, text, stored result)."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet()
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    if formula:
        sheet.write_formula(formula[0], formula[1], formula[2], None, formula[3])
    book.close()
    return made.getvalue()
