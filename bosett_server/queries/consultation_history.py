"""How meetings, actions and matters were before: what was changed, when, and in whose name.  Texts have versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.queries.consultation import ItemRow, MeetingRow, item_of
from bosett_server.queries.row_history import stored_row
from bosett_server.records.models import ConsultationItem

Row = dict[str, Any]
MEETING = ("title", "starts", "ends", "place", "parties", "state", "agenda_version")
ACTION = ("due", "done_on")
MATTER = ("into_id", "closed_on")


@dataclass(frozen=True)
class Change:
    """One change: the row's columns before and after, as the database tells values; `body` empty where not told."""

    at: datetime
    body: str
    before: Row
    after: Row

    def changed(self, *columns: str) -> bool:
        """Whether one of them is another than it was."""
        return any(self.before[one] != self.after[one] for one in columns)


def meeting_changes(actor: Actor, number: int) -> list[Change]:
    """A meeting's changes, the newest first; two queries.  Raises NotInSight."""
    return _changes("records_consultationmeeting", number, MEETING)


def action_changes(actor: Actor, number: int) -> list[Change]:
    """An action's changes, the newest first; two queries.  Raises NotInSight."""
    return _changes("records_consultationaction", number, ACTION)


def matter_changes(actor: Actor, number: int) -> list[Change]:
    """When a matter was merged, taken apart and closed, the newest first; two queries.  Raises NotInSight."""
    return _changes("records_consultationmatter", number, MATTER)


def earlier_agendas(actor: Actor, row: MeetingRow) -> dict[int, list[ItemRow]]:
    """The agendas that no longer stand, the newest first; one query."""
    found: dict[int, list[ItemRow]] = {}
    rows = ConsultationItem.objects.filter(meeting_id=row.id, agenda_version__lt=row.agenda_version)
    for one in rows.select_related("matter", "action").order_by("-agenda_version", "number"):
        found.setdefault(one.agenda_version, []).append(item_of(one))
    return found


def _changes(table: str, number: int, names: tuple[str, ...]) -> list[Change]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t) FROM {table} t WHERE id = %s", [number])  # noqa: S608 - our own tables
        now = cursor.fetchone()
        if now is None:
            raise NotInSight("not_in_sight")
        cursor.execute("SELECT * FROM bosett_consultation_history(%s, %s)", [table, number])
        kept = [(at, body or "", stored_row(old)) for at, body, old in cursor.fetchall()]
    return list(_beside_each_other(stored_row(now[0]), kept, names))


def _beside_each_other(
    now: Row, kept: list[tuple[datetime, str, Row]], names: tuple[str, ...]
) -> Iterator[Change]:
    """Each kept row against the one that took its place."""
    after = now
    for at, body, before in kept:
        told = Change(at, body, before, after)
        if told.changed(*names):
            yield told
        after = before
