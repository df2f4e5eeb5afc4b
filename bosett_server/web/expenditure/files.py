"""Files that come in beside a round: persons of the frame, registers, KOSTRA totals; each fault by row and column."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bosett.expenditure.register import YEARS
from bosett.sources import Row, Table, read_table
from bosett.sources.opened import opened
from bosett_server.actions.expenditure_known import KnownRow

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    Upload = UploadedFile[bytes]

THOUSANDTH = Decimal("0.001")


def frame_persons(file: Upload) -> dict[str, dict[int, Decimal]]:
    """Municipality -> residence year (0 = not told) -> persons.  Raises BadInput."""
    table = _table(file)
    table.need(("municipality_id", "persons"))
    found: dict[str, dict[int, Decimal]] = {}
    for row in table.rows:
        year = row.maybe_whole("residence_year") or 0
        if year not in (0, *YEARS):
            raise row.bad("residence_year", "1 to 5, or nothing")
        here = found.setdefault(row.identifier("municipality_id"), {})
        if year in here:
            raise row.bad("municipality_id", "each municipality and residence year once")
        here[year] = _decimal(row.number("persons", 0))
    return found


def known_rows(file: Upload, kind: str) -> list[KnownRow]:
    """The rows of a register or of KOSTRA totals.  Raises BadInput."""
    table = _table(file)
    wanted = ("municipality_id", "item", "amount_nok")
    table.need((*wanted, "residence_year", "persons") if kind == "register" else wanted)
    return [_known(row, kind) for row in table.rows]


def _known(row: Row, kind: str) -> KnownRow:
    register = kind == "register"
    return KnownRow(
        row.line, row.maybe_identifier("municipality_id") or "", row.identifier("item"),
        row.whole("residence_year", 1) if register else None, round(row.number("amount_nok", 0)),
        _decimal(row.number("persons", 0)) if register else None,
    )  # fmt: skip


def stored(file: Upload, folder: str) -> Path:
    """The upload as a file that a reader can open; its size was looked at first."""
    content = opened(file.name or "", file.read()).content
    path = Path(folder) / f"upload{Path(file.name or '').suffix.lower()}"
    path.write_bytes(content)
    return path


def _table(file: Upload) -> Table:
    with TemporaryDirectory() as folder:
        return read_table(stored(file, folder))


def _decimal(number: Fraction) -> Decimal:
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(THOUSANDTH)
