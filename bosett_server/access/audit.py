"""Append to the log.  Rows hold ids and codes; the database takes time, user and place from the context."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from bosett.terms.errors import Refused
from bosett_server.access.actor import Actor
from bosett_server.access.context import acting

_APPEND = "SELECT bosett_audit(%s, %s, %s, %s, %s::jsonb)"


def append(
    verb: str, about: tuple[str, object], facts: Mapping[str, object] | None = None, outcome: str = "done"
) -> None:
    """Write one event in the current transaction and context."""
    with connection.cursor() as cursor:
        _append(cursor, verb, about, facts or {}, outcome)


def append_many(verb: str, object_type: str, rows: Iterable[tuple[object, Mapping[str, object]]]) -> None:
    """Write one event per (object id, facts), in one round trip per thousand."""
    with connection.cursor() as cursor:
        cursor.executemany(_APPEND, [[verb, object_type, str(key), "done", json.dumps(f)] for key, f in rows])


def log_read(verb: str, object_type: str, ids: Sequence[object]) -> None:
    """Log that the persons behind `ids` were read: one row for the reading, all ids in it."""
    if ids:
        append(verb, (object_type, ids[0] if len(ids) == 1 else "*"), {"ids": [str(i) for i in ids]}, "read")


def log_refusal(actor: Actor, verb: str, refusal: Refused, about: tuple[str, object] = ("", "")) -> None:
    """Log a refusal in a transaction of its own, so that it stays when the step is rolled back."""
    with acting(actor):
        append(verb, about, {"code": refusal.code, **refusal.facts}, "refused")


def _append(
    cursor: CursorWrapper, verb: str, about: tuple[str, object], facts: Mapping[str, Any], outcome: str
) -> None:
    cursor.execute(_APPEND, [verb, about[0], str(about[1]), outcome, json.dumps(facts)])
