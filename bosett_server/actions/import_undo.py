"""Taking an import back: what it put in goes out of force, what stood before stands again, as a new step."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from bosett_server.actions.observation_steps import COLUMNS


@dataclass(frozen=True)
class Versioned:
    """A table whose rows are superseded and never overwritten.

    Parameters
    ----------
    same
        When two rows, `a` and `b`, are versions of one thing.
    columns
        What is copied when a version is put back.
    """

    table: str
    same: str
    columns: str


FIGURES = Versioned("records_observation", "a.key = b.key", COLUMNS)
FACTS = Versioned("records_importedfact", "a.kind = b.kind AND a.key = b.key", "kind, key, value")

_REPLACED = """
SELECT b.batch_id FROM {table} a JOIN {table} b ON {same} AND b.superseded_by_id IS NULL
WHERE (a.batch_id = %(of)s OR a.superseded_by_id = %(of)s) AND b.origin_id <> %(of)s
ORDER BY b.batch_id DESC LIMIT 1"""
_TAKEN_AWAY = """
SELECT a.superseded_by_id FROM {table} a
WHERE a.batch_id = %(of)s AND a.superseded_by_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM {table} b WHERE {same} AND b.superseded_by_id IS NULL)
ORDER BY a.superseded_by_id DESC LIMIT 1"""
_CLOSE = (
    "UPDATE {table} SET superseded_by_id = %(step)s WHERE origin_id = %(of)s AND superseded_by_id IS NULL"
)
_PUT_BACK = """
INSERT INTO {table} ({columns}, batch_id, origin_id)
SELECT {columns}, %(step)s, origin_id FROM {table} WHERE superseded_by_id = %(of)s ORDER BY id"""


def built_on_by(versioned: Versioned, batch: int) -> int | None:
    """A later step that changed something this import put in or took away; None when nothing did."""
    for question in (_REPLACED, _TAKEN_AWAY):
        with connection.cursor() as cursor:
            cursor.execute(_on(versioned, question), {"of": batch})
            row = cursor.fetchone()
        if row is not None:
            return int(row[0])
    return None


def put_back(versioned: Versioned, batch: int, step: int) -> tuple[int, int]:
    """What the batch put in is superseded by the step, what it superseded stands again; gives both counts."""
    with connection.cursor() as cursor:
        cursor.execute(_on(versioned, _CLOSE), {"of": batch, "step": step})
        closed = cursor.rowcount
        cursor.execute(_on(versioned, _PUT_BACK), {"of": batch, "step": step})
        return int(closed), int(cursor.rowcount)


def _on(versioned: Versioned, statement: str) -> str:
    return statement.format(table=versioned.table, same=versioned.same, columns=versioned.columns)
