"""The ledger of published forecasts as a table, and the years' need: those that come with the version, or one's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bosett.forecast.ledger import Published
from bosett.forecast.quantiles import COLUMNS
from bosett.sources.tables import Row, read_table
from bosett.terms.errors import BadInput

NEEDED = ("made", "target", "series", "low", "point", "high", "actual")
SHIPPED = Path(__file__).resolve().parents[2] / "parameters" / "forecast"


@cache
def shipped_ledger() -> tuple[Published, ...]:
    """The published forecasts that come with this version."""
    return tuple(read_ledger(SHIPPED / "ledger.csv"))


@cache
def shipped_need() -> Mapping[int, int]:
    """Year -> persons settled; where that is not known, the need as revised, or as first stated."""
    table = read_table(SHIPPED / "need_by_year.csv")
    found = {}
    for row in table.rows:
        told = [_number(row, column) for column in ("settled", "revised_need", "first_need")]
        known = next((value for value in told if value is not None), None)
        if known is not None:
            found[int(row.identifier("year"))] = round(known)
    return found


def read_ledger(path: Path) -> list[Published]:
    """The rows of a ledger; `BadInput` names row and column."""
    table = read_table(path)
    table.need(NEEDED)
    if not table.rows:
        raise BadInput("no forecasts", "at least one row", table.file)
    return [_published(row) for row in table.rows]


def _published(row: Row) -> Published:
    try:
        return Published(
            made=row.identifier("made"),
            target=row.identifier("target"),
            series=row.text("series"),
            low=_number(row, "low"),
            point=_number(row, "point"),
            high=_number(row, "high"),
            actual=_number(row, "actual"),
            maker=row.raw("maker").strip(),
            purpose=row.raw("purpose").strip(),
            vintage=row.raw("vintage").strip(),
            source=row.raw("source").strip(),
            quantiles=_quantiles(row),
        )
    except BadInput as bad:
        raise BadInput(bad.found, bad.allowed, row.file, row.line, bad.column) from None


def _number(row: Row, column: str) -> float | None:
    value = row.maybe_number(column)
    return None if value is None else float(value)


def _quantiles(row: Row) -> tuple[float, ...]:
    """The nine columns p01 to p99 where they are filled; some of them alone are refused."""
    told = [_number(row, column) for column in COLUMNS]
    if all(value is None for value in told):
        return ()
    return tuple(float(row.number(column, 0)) for column in COLUMNS)
