"""The log as the auditor reads it, and as the check recomputes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from bosett_server.access import audit
from bosett_server.access.actor import Actor
from bosett_server.access.audit_seal import COLUMNS, Seal
from bosett_server.records.models import AuditEvent, AuditSeal, User

PAGE_SIZE = 100
EXPORT_ROWS = 100_000
OUTCOMES = ("done", "read", "refused")


@dataclass(frozen=True)
class Filter:
    """What is asked for; empty means all."""

    user: str = ""
    object_type: str = ""
    object_id: str = ""
    verb: str = ""
    outcome: str = ""
    day: date | None = None

    def told(self) -> dict[str, str]:
        """As the log keeps it."""
        named = {name: str(getattr(self, name) or "") for name in self.__dataclass_fields__}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True)
class EventRow:
    """One event, with the user's name as it is today."""

    id: int
    at: datetime
    user_id: int | None
    user: str
    role: str
    scope: str
    verb: str
    object_type: str
    object_id: str
    outcome: str
    facts: dict[str, Any]
    request_id: str
    sealed: bool


def events(actor: Actor, wanted: Filter, *, before_id: int = 0, limit: int = PAGE_SIZE) -> list[EventRow]:
    """The newest events first, a page at a time; three queries, and the reading is itself logged."""
    rows = list(_filtered(wanted, before_id)[:limit])
    names = dict(
        User.objects.filter(pk__in={r.user_id for r in rows if r.user_id}).values_list("pk", "username")
    )
    sealed = _sealed_until()
    audit.append("read_log", ("log", "*"), {**wanted.told(), "rows": len(rows)}, "read")
    return [_row(r, names, sealed) for r in rows]


def verbs(actor: Actor) -> list[str]:
    """Every verb the log knows, by walking its index."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE v AS ((SELECT verb FROM records_auditevent ORDER BY verb LIMIT 1) UNION ALL"
            " SELECT (SELECT e.verb FROM records_auditevent e WHERE e.verb > v.verb ORDER BY e.verb LIMIT 1)"
            " FROM v WHERE v.verb IS NOT NULL) SELECT verb FROM v WHERE verb IS NOT NULL"
        )
        return [row[0] for row in cursor.fetchall()]


def state_of_seals(actor: Actor) -> tuple[int, datetime | None, int]:
    """(rows sealed, when last, rows waiting) from the seals and the last event."""
    last = AuditSeal.objects.order_by("-to_id").first()
    end = last.to_id if last else 0
    waiting = AuditEvent.objects.filter(pk__gt=end).count()
    return end, last.sealed_at if last else None, waiting


def seals() -> Iterator[Seal]:
    """Every seal in order."""
    for r in AuditSeal.objects.order_by("id").iterator(2000):
        yield Seal(r.from_id, r.to_id, r.rows, r.root, r.previous_head, r.head, r.signature, r.sealed_at)


class RowsInOrder:
    """The log's rows in order of id, read once and handed out stretch by stretch."""

    def __init__(self, chunk: int = 10_000) -> None:
        self._chunk = chunk
        self._stream = self._read()
        self._held: tuple[Any, ...] | None = None

    def between(self, after: int, up_to: int) -> Iterator[tuple[Any, ...]]:
        """Rows with `after < id <= up_to`; stretches must be asked for in rising order."""
        while (row := self._next()) is not None:
            if row[0] > up_to:
                self._held = row
                return
            if row[0] > after:
                yield row

    def _next(self) -> tuple[Any, ...] | None:
        if self._held is not None:
            row, self._held = self._held, None
            return row
        return next(self._stream, None)

    def _read(self) -> Iterator[tuple[Any, ...]]:
        columns, end = ", ".join(COLUMNS), 0
        statement = f"SELECT {columns} FROM records_auditevent WHERE id > %s ORDER BY id LIMIT %s"  # noqa: S608
        while True:
            with connection.cursor() as cursor:
                cursor.execute(statement, [end, self._chunk])
                rows = cursor.fetchall()
            if not rows:
                return
            yield from rows
            end = rows[-1][0]


def rows_after(end: int) -> int:
    """How many events no seal holds yet."""
    return AuditEvent.objects.filter(pk__gt=end).count()


def _filtered(wanted: Filter, before_id: int) -> QuerySet[AuditEvent, AuditEvent]:
    rows = AuditEvent.objects.order_by("-id")
    if before_id:
        rows = rows.filter(pk__lt=before_id)
    if wanted.user:
        found = User.objects.filter(username=wanted.user).values_list("pk", flat=True).first()
        rows = rows.filter(user_id=found or (int(wanted.user) if wanted.user.isdecimal() else -1))
    for name in ("object_type", "object_id", "verb", "outcome"):
        if getattr(wanted, name):
            rows = rows.filter(**{name: getattr(wanted, name)})
    if wanted.day:
        begins = timezone.make_aware(datetime.combine(wanted.day, time()))
        ends = timezone.make_aware(datetime.combine(wanted.day + timedelta(days=1), time()))
        rows = rows.filter(at__gte=begins, at__lt=ends)
    return rows


def _sealed_until() -> int:
    return AuditSeal.objects.order_by("-to_id").values_list("to_id", flat=True).first() or 0


def _row(r: AuditEvent, names: dict[int, str], sealed: int) -> EventRow:
    return EventRow(
        r.pk, r.at, r.user_id, names.get(r.user_id or 0, ""), r.role, r.scope, r.verb, r.object_type, r.object_id,
        r.outcome, r.facts, r.request_id, r.pk <= sealed,
    )  # fmt: skip
