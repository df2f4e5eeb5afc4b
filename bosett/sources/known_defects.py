"""Defects seen on published pages that our own tables no longer show, since they hold one side only."""

from __future__ import annotations

from bosett.registry.tables import read_rows
from bosett.sources.defect_codes import DEFECT_CODES
from bosett.sources.imported import Defect, Severity
from bosett.sources.own_tables import FIGURES
from bosett.terms.errors import BadInput

COLUMNS = ("code", "table", "place", "year", "column", "found", "allowed")


def known_defects() -> tuple[Defect, ...]:
    """The rows of `known_defects.csv`, in its order; BadInput for a code that has no sentence."""
    file = FIGURES / "known_defects.csv"
    return tuple(_defect(row, line) for line, row in enumerate(read_rows(file, COLUMNS), start=2))


def _defect(row: dict[str, str], line: int) -> Defect:
    if row["code"] not in DEFECT_CODES:
        raise BadInput(repr(row["code"]), "a code with a sentence", "known_defects.csv", line, "code")
    year = int(row["year"])
    told = row["found"], row["allowed"]
    return Defect(row["code"], Severity.WARNING, row["table"], *told, None, row["column"], row["place"], year)
