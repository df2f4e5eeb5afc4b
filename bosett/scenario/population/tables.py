"""The small marginal tables beside the generator, read strictly."""

from __future__ import annotations

import csv
import math
from pathlib import Path

from bosett.terms.errors import BadInput

Row = dict[str, str]


def read_table(file: Path, columns: tuple[str, ...]) -> list[Row]:
    """Rows of a comma-separated table with exactly these columns, in order.

    Raises
    ------
    BadInput
        If the file cannot be read, the header differs, a cell is empty or a row is short or long.
    """
    try:
        with file.open(encoding="utf-8", newline="") as handle:
            lines = list(csv.reader(handle, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as bad:
        raise BadInput(f"an unreadable file ({bad})", "a CSV file in UTF-8", str(file)) from None
    if not lines or tuple(lines[0]) != columns:
        raise BadInput(f"the header {lines[:1]}", ",".join(columns), str(file), 1)
    if len(lines) == 1:
        raise BadInput("no rows", "at least one row", str(file))
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(columns) or not all(line):
            raise BadInput(f"the row {line}", f"{len(columns)} filled cells", str(file), number)
    return [dict(zip(columns, line, strict=True)) for line in lines[1:]]


def whole(row: Row, column: str, file: Path) -> int:
    """A whole number of zero or more."""
    text = row[column]
    if not text.isascii() or not text.isdigit():
        raise BadInput(repr(text), "a whole number of zero or more", str(file), column=column)
    return int(text)


def number(row: Row, column: str, file: Path) -> float:
    """A finite number of zero or more."""
    try:
        value = float(row[column])
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value >= 0):
        raise BadInput(repr(row[column]), "a number of zero or more", str(file), column=column)
    return value
