"""What an xlsx file must be before its cells are read: whole, not a bomb, and without uncounted formulas."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from bosett.sources.ask import DefectList
from bosett.sources.opened import Opened
from bosett.terms.errors import BadInput

UNPACKED_LIMIT_BYTES = 256 * 2**20
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
"""What the standard library raises for an archive that is cut off, damaged, encrypted or of a later kind."""
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELL = re.compile(rb"<c\b([^>]*)>((?:(?!</c>).)*?<f[\s/>].*?)</c>", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
STARTS = "=@+-\t\r"
"""What a text begins with that a spreadsheet may run."""
_TEXT_FORMULA = re.compile(r"[=@\t\r]|[+\-](?!\s*[\d.,]*\s*$).")


def check_workbook(file: Opened, defects: DefectList) -> None:
    """Tell every formula of the workbook.

    A formula whose result is stored is a warning: the result is read as it stands.  One without a
    stored result is an error, since reading it would make the figure disappear.

    Raises
    ------
    BadInput
        If the file is no whole workbook, or unpacks to more than the limit.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as packed:
            for name, sheet in _sheets(packed, file.name):
                _tell_formulas(name, sheet, defects)
    except DAMAGED as bad:
        found = f"a workbook that is cut off or damaged ({bad})"
        raise BadInput(found, "a whole xlsx file", file.name) from None


def looks_like_formula(cell: str) -> bool:
    """Whether a spreadsheet would run the text: it begins with `=`, `@`, a tab, or a sign before a word."""
    return bool(_TEXT_FORMULA.match(cell)) and cell.strip() not in ("-", "+")


def _sheets(packed: zipfile.ZipFile, file: str) -> Iterator[tuple[str, bytes]]:
    total = sum(part.file_size for part in packed.infolist())
    if total > UNPACKED_LIMIT_BYTES:
        raise BadInput(f"{total:,} bytes unpacked", f"at most {UNPACKED_LIMIT_BYTES:,}", file)
    sheets = [part for part in packed.infolist() if _SHEET.fullmatch(part.filename)]
    if not sheets:
        raise BadInput("no sheet in the workbook", "an xlsx file with a sheet", file)
    for part in sheets:
        yield part.filename, packed.read(part)


def _tell_formulas(name: str, sheet: bytes, defects: DefectList) -> None:
    for cell in _CELL.finditer(sheet):
        at = _PLACE.search(cell.group(1))
        row = int(at.group(2)) if at else None
        column = at.group(1).decode() if at else name
        if re.search(rb"<v>[^<]+</v>", cell.group(2)):
            allowed = "a number typed in; the stored result is read"
            defects.warn("formula_in_cell", "a formula", allowed, row, column)
        else:
            defects.error("formula_not_computed", "a formula without a result", "a number", row, column)
