"""Population per municipality and year, on the borders of 2024."""

from __future__ import annotations

from pathlib import Path

from bosett.registry.tables import read_rows, whole
from bosett.terms.errors import BadInput
from bosett.terms.figure import Figure, State

COLUMNS = ("municipality_id", "year", "persons", "status")


def read_population(file: Path) -> dict[tuple[str, int], Figure]:
    """Persons on 1 January by code and year; a cell without a number says why.

    Raises
    ------
    BadInput
        As `read_rows`; a number with another status than `number`, a repeated municipality and year.
    """
    found: dict[tuple[str, int], Figure] = {}
    for line, row in enumerate(read_rows(file, COLUMNS), start=2):
        key = row["municipality_id"], whole(row["year"], file, line, "year")
        if key in found:
            raise BadInput(f"{key[0]} in {key[1]} twice", "each municipality and year once", str(file), line)
        found[key] = _figure(row, file, line)
    return found


def _figure(row: dict[str, str], file: Path, line: int) -> Figure:
    if row["status"] == State.NUMBER:
        return Figure.of(whole(row["persons"], file, line, "persons"))
    if row["status"] != State.UNKNOWN or row["persons"]:
        raise BadInput(
            f"{row['status']!r} with {row['persons']!r}",
            "number, or unknown without persons",
            str(file),
            line,
        )
    return Figure.missing(State.UNKNOWN)
