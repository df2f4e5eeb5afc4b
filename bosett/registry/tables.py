"""The project's own tables: a CSV with a `.source.yaml` beside it, read strictly."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bosett.rules.strict_yaml import Lines, read_yaml
from bosett.terms.errors import BadInput

SOURCE_KEYS = {"title", "publisher", "href", "licence", "retrieved", "as_of", "made", "notes"}
NEEDED = ("title", "publisher", "licence", "made")


@dataclass(frozen=True)
class TableSource:
    """Where a table is from and what may be done with it.

    Parameters
    ----------
    retrieved
        The day the figures were fetched; None when it was not recorded (then `notes` says so).
    as_of
        The day or year the figures describe, as text.
    made
        What was done to the source to get this table.
    """

    title: str
    publisher: str
    licence: str
    made: str
    href: str = ""
    retrieved: date | None = None
    as_of: str = ""
    notes: tuple[str, ...] = ()


def read_rows(file: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a CSV whose header is exactly `columns`.

    Raises
    ------
    BadInput
        Unreadable file, another header, a row of another length, a cell with blanks round it;
        names file and line (the header is line 1).
    """
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            listed = list(csv.reader(opened, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as bad:
        raise BadInput(f"an unreadable file ({bad})", "a CSV file in UTF-8", str(file)) from None
    if not listed or tuple(listed[0]) != columns:
        raise BadInput(f"the header {listed[:1]}", ",".join(columns), str(file), 1)
    return [_row(cells, columns, file, line) for line, cells in enumerate(listed[1:], start=2)]


def _row(cells: list[str], columns: tuple[str, ...], file: Path, line: int) -> dict[str, str]:
    if len(cells) != len(columns):
        raise BadInput(f"{len(cells)} cells", f"{len(columns)} cells", str(file), line)
    for column, cell in zip(columns, cells, strict=True):
        if cell != cell.strip():
            raise BadInput(repr(cell), "a cell without blanks round it", str(file), line, column)
    return dict(zip(columns, cells, strict=True))


def whole(cell: str, file: Path, line: int, column: str) -> int:
    """A whole number >= 0; BadInput with the place otherwise."""
    if not cell.isascii() or not cell.isdigit():
        raise BadInput(repr(cell), "a whole number, 0 or more", str(file), line, column)
    return int(cell)


def read_table_source(table: Path) -> TableSource:
    """The source of a table, from the `.source.yaml` beside it.

    Raises
    ------
    BadInput
        If the file is missing, has unknown keys, or lacks title, publisher, licence or made.
    """
    file = table.with_suffix(".source.yaml")
    told = read_yaml(file)
    if not isinstance(told, Lines):
        raise BadInput(repr(told)[:60], "a mapping", str(file), 1)
    for key in told:
        if key not in SOURCE_KEYS:
            raise BadInput(
                f"the unknown key {key!r}", ", ".join(sorted(SOURCE_KEYS)), str(file), told.key_lines[key]
            )
    for key in NEEDED:
        if not told.get(key):
            raise BadInput(f"no {key}", f"{key} is needed", str(file), told.line)
    if told.get("retrieved") is None and not told.get("notes"):
        raise BadInput(
            "no day of retrieval", "a day, or a note saying why there is none", str(file), told.line
        )
    texts = {key: str(told[key]) for key in ("title", "publisher", "licence", "made")}
    notes = tuple(told.get("notes") or ())
    return TableSource(
        **texts,
        href=told.get("href") or "",
        retrieved=told.get("retrieved"),
        as_of=str(told.get("as_of") or ""),
        notes=notes,
    )
