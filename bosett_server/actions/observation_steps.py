"""Published figures into the database and out of force again: all rows of an import in one go.

Row-level security rules out COPY, so rows go in as arrays, a few statements for a whole file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection

from bosett.registry import Registry
from bosett.registry.codes import FIRST_DAY
from bosett.terms.errors import BadInput, Refused
from bosett.terms.observation import Breakdown, Observation

CHUNK = 25_000
TYPES = {
    "key": "uuid", "dataset": "text", "source": "text", "measure": "text", "place": "text",
    "municipality_id": "text", "year": "int", "quarter": "int", "month": "int", "breakdown": "jsonb",
    "published": "text", "state": "text", "value": "numeric", "unit": "text",
}  # fmt: skip
COLUMNS = ", ".join(TYPES)
BETWEEN, NOTHING = "\x1f", "\x1e"
"""Separator and mark of an empty cell; neither can stand in a code, a number or escaped JSON."""
ARRAYS = ", ".join(f"string_to_array(%s, chr(31), chr(30))::{kind}[]" for kind in TYPES.values())
INCOMING = f"unnest({ARRAYS}) AS n ({COLUMNS})"
TAKEN = ", ".join("coalesce(n.published, '')" if name == "published" else f"n.{name}" for name in TYPES)

_FIRST = (
    f"INSERT INTO records_observation ({COLUMNS}, batch_id, origin_id) SELECT {TAKEN}, %s, %s FROM {INCOMING}"  # noqa: S608
)
_STAGE = f"""
INSERT INTO records_importline ({COLUMNS}, batch_id, operation, old_id)
SELECT {TAKEN}, %s, CASE WHEN o.id IS NULL THEN 'added' ELSE 'changed' END, o.id
FROM {INCOMING}
LEFT JOIN records_observation o ON o.key = n.key AND o.superseded_by_id IS NULL
WHERE o.id IS NULL OR (o.state, o.value, o.unit) IS DISTINCT FROM (n.state, n.value, n.unit)"""  # noqa: S608
_STAGE_REMOVED = f"""
INSERT INTO records_importline ({COLUMNS}, batch_id, operation, old_id)
SELECT {", ".join(f"o.{name}" for name in TYPES)}, %s, 'removed', o.id FROM records_observation o
WHERE o.dataset || '/' || o.source = ANY (%s) AND o.superseded_by_id IS NULL
  AND NOT EXISTS (SELECT FROM unnest(%s::text[]::uuid[]) AS k (key) WHERE k.key = o.key)"""  # noqa: S608
_CLOSE = """
UPDATE records_observation o SET superseded_by_id = %s FROM records_importline l
WHERE l.batch_id = %s AND l.operation IN ('changed', 'removed') AND o.id = l.old_id AND o.superseded_by_id IS NULL"""
_PUT = f"""
INSERT INTO records_observation ({COLUMNS}, batch_id, origin_id)
SELECT {COLUMNS}, batch_id, batch_id FROM records_importline
WHERE batch_id = %s AND operation IN ('added', 'changed') ORDER BY id"""  # noqa: S608


def store_first(batch: int, rows: Iterable[Observation]) -> int:
    """Rows of tables of which nothing stands: every one is new, and stands at once."""
    return sum(_each(_FIRST, [batch, batch], rows))


def stage(batch: int, rows: Sequence[Observation], *, whole: bool) -> dict[str, int]:
    """The difference that the rows would make, as lines of the batch; gives the counts.

    What the file leaves out of its tables is removed when it is the whole of them, else it stands.
    Raises Refused `figure_twice` when two rows are the same figure.
    """
    keys = [str(figure_key(row)) for row in rows]
    if len(set(keys)) != len(keys):
        raise Refused("figure_twice")
    different = sum(_each(_STAGE, [batch], rows))
    removed = _execute(_STAGE_REMOVED, [batch, tables_of(rows), keys]) if whole else 0
    told = _counts(batch)
    return {**told, "removed": removed, "unchanged": len(rows) - different}


def apply_lines(batch: int) -> int:
    """The staged difference comes into force; gives the number of lines.

    Raises Refused `somebody_imported_meanwhile` when a figure no longer stands as it was compared.
    """
    told = _counts(batch)
    closed = _execute(_CLOSE, [batch, batch])
    if closed != told.get("changed", 0) + told.get("removed", 0):
        raise Refused("somebody_imported_meanwhile")
    _execute(_PUT, [batch])
    _execute("DELETE FROM records_importline WHERE batch_id = %s", [batch])
    return sum(told.values())


def tables_of(rows: Iterable[Observation]) -> list[str]:
    """The tables that the rows belong to, `data set/source`, in order."""
    return sorted({f"{row.dataset_id}/{row.source_id}" for row in rows})


def figure_key(row: Observation) -> UUID:
    """The same for the same figure in every version of its data set."""
    return UUID(bytes=hashlib.blake2b(repr(row.key).encode(), digest_size=16).digest())


@cache
def municipality_today(place: str, year: int) -> str | None:
    """The code of 2024 of the municipality published under `place` that year; None where that is not certain.

    Changes of codes are stored from 2011: an older figure is followed when its code was still in use then.
    """
    if len(place) != 4:
        return None
    try:
        return str(Registry.shipped().accept(place, max(date(year, 1, 1), FIRST_DAY)))
    except BadInput:
        return None


def _each(statement: str, before: list[Any], rows: Iterable[Observation]) -> Iterator[int]:
    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        yield _execute(statement, [*before, *_arrays(chunk)])


def _arrays(rows: Sequence[Observation]) -> list[str]:
    """One text a column, taken apart by the database: far quicker than arrays quoted cell by cell."""
    return [BETWEEN.join(column) for column in zip(*map(_cells, rows), strict=True)]


def _cells(row: Observation) -> tuple[str, ...]:
    return (
        str(figure_key(row)), row.dataset_id, row.source_id, row.measure_id, row.place,
        municipality_today(row.place, row.year) or NOTHING, str(row.year), str(row.quarter or 0),
        str(row.month or 0), _dimensions(row.breakdown), row.published or NOTHING, row.state.value,
        NOTHING if row.value is None else str(row.value), row.unit,
    )  # fmt: skip


@cache
def _dimensions(breakdown: Breakdown) -> str:
    return json.dumps(dict(breakdown))


def _counts(batch: int) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT operation, count(*) FROM records_importline WHERE batch_id = %s GROUP BY operation",
            [batch],
        )
        return {"added": 0, "changed": 0, **dict(cursor.fetchall())}


def _execute(statement: str, values: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
