"""A table as a file to take along: csv, xlsx or json.  No cell is ever run as a formula."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import Http404, HttpResponse

from bosett.outputs.tables import Cell, fill_table

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
RUNS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the beginning of a cell."""


def table_file(
    name: str,
    kind: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    about: Mapping[str, object] | None = None,
) -> HttpResponse:
    """The file as an answer; `about` stands round the rows of a json file.

    Raises Http404 for another kind than csv, xlsx and json.
    """
    if kind not in TYPES:
        raise Http404
    if kind == "json":
        told = {**(about or {}), "rows": [dict(zip(columns, row, strict=True)) for row in rows]}
        content = json.dumps(told, default=str, ensure_ascii=False, indent=1).encode()
    else:
        safe = [[_harmless(cell) for cell in row] for row in rows] if kind == "csv" else rows
        content = _written(kind, columns, safe)
    response = HttpResponse(content, content_type=TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _written(kind: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"table.{kind}"
        fill_table(path, columns, rows)
        return path.read_bytes()


def _harmless(cell: Cell) -> Cell:
    """A text that a spreadsheet would run is led by an apostrophe, which makes it a text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RUNS) else cell
