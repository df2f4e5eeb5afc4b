"""Imports as people see them: the history, one import with its difference, its defects by row and column."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Q

from bosett.terms.errors import Refused
from bosett.terms.figure import State
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.queries.import_kinds import PERSONS
from bosett_server.records.models import ImportBatch, ImportDefect

OPERATIONS = ("added", "changed", "removed")
WORKING = ("waiting", "reading", "applying", "undoing")
SEVERITIES = ("error", "warning", "note")
Number = int | Decimal | None


@dataclass(frozen=True)
class ImportRow:
    """An import in the history.

    Parameters
    ----------
    by
        User name of who loaded it; empty for what came with this version.
    undoes
        The import that this step took back.
    """

    id: int
    kind: str
    subject: str
    file: str
    state: str
    by: str
    made_at: datetime
    applied_at: datetime | None
    undone_at: datetime | None
    undoes: int | None
    shipped: bool
    counts: dict[str, int]

    @property
    def changes(self) -> int:
        """How many figures, facts or persons it changes."""
        return sum(self.counts.get(name, 0) for name in OPERATIONS)

    @property
    def is_working(self) -> bool:
        """Whether the worker has it now."""
        return self.state in WORKING


@dataclass(frozen=True)
class ImportDetail:
    """An import with all that is known of its file."""

    row: ImportRow
    sha256: str
    size_bytes: int
    tables: tuple[str, ...]
    whole: bool
    phase: str
    fault: dict[str, Any]
    sources: tuple[dict[str, Any], ...]
    applied_by: str
    undone_by: str
    undone_in: int | None


@dataclass(frozen=True)
class DefectRow:
    """A defect as the file has it."""

    id: int
    code: str
    severity: str
    row: int | None
    column: str
    found: str
    allowed: str
    place: str
    year: int | None


@dataclass(frozen=True)
class DifferenceLine:
    """A figure or fact before and after; `before` None was not there, `after` None is taken away.

    `at` is its place in the list: the next part begins after it.
    """

    operation: str
    what: str
    place: str
    period: str
    breakdown: dict[str, str]
    at: int
    before: tuple[State, Number] | str | None
    after: tuple[State, Number] | str | None


@dataclass(frozen=True)
class PersonLine:
    """What a file of persons would do with one household; `why` or `refusal` say why nothing.

    Only rows and the household's reference: no name, no number.
    """

    operation: str
    rows: tuple[int, ...]
    reference: str
    before: str
    after: str
    why: str = ""
    refusal: Refused | None = None


def imports(actor: Actor, before: int = 0, size: int = 50, *, shipped: bool = False) -> tuple[ImportRow, ...]:
    """The newest imports first, at most `size`, older than the import `before`."""
    rows = ImportBatch.objects.select_related("made_by").filter(shipped=shipped).exclude(state="dropped")
    if before:
        rows = rows.filter(pk__lt=before)
    return tuple(_row(one) for one in rows.order_by("-pk")[:size])


def import_detail(actor: Actor, batch: int) -> ImportDetail:
    """One import.  Raises NotInSight."""
    one = (
        ImportBatch.objects.select_related("made_by", "applied_by", "undone_by").filter(pk=batch)
        .exclude(state="dropped").first()
    )  # fmt: skip
    if one is None:
        raise NotInSight("not_in_sight")
    undone_in = ImportBatch.objects.filter(undoes=one).values_list("pk", flat=True).first()
    return ImportDetail(
        _row(one), one.sha256, one.size_bytes, tuple(one.tables), one.whole, one.phase, one.fault,
        tuple(_source(key, told) for key, told in one.sources.items() if key), _name(one.applied_by),
        _name(one.undone_by), undone_in,
    )  # fmt: skip


def defects(
    actor: Actor, batch: int, after: int = 0, size: int = 200, severity: str = ""
) -> tuple[DefectRow, ...]:
    """The import's defects, errors first and then in the order of the file; `after` is a defect's id."""
    rows = ImportDefect.objects.filter(batch=batch, pk__gt=after)
    if severity:
        rows = rows.filter(severity=severity)
    return tuple(_defect(one) for one in rows.order_by("pk")[:size])


def defect_counts(actor: Actor, batch: int) -> dict[str, int]:
    """How many kept defects of each severity, in order of severity."""
    found = list(ImportDefect.objects.filter(batch=batch).values_list("severity", flat=True))
    return {name: found.count(name) for name in SEVERITIES if name in found}


def standing_defects(actor: Actor, after: int = 0, size: int = 200) -> tuple[tuple[int, DefectRow], ...]:
    """(import, defect) of every import of figures that is in force: what is wrong with the published tables."""
    rows = ImportDefect.objects.filter(
        Q(severity__in=["error", "warning"]), batch__state="applied", batch__subject="figures", pk__gt=after
    )
    return tuple((one.batch_id, _defect(one)) for one in rows.order_by("pk")[:size])


def difference(
    actor: Actor, batch: int, operation: str = "", after: int = 0, size: int = 100
) -> tuple[DifferenceLine, ...]:
    """What the import would change, or has changed, after the line `after`, in the order of the file."""
    one = ImportBatch.objects.filter(pk=batch).first()
    if one is None:
        raise NotInSight("not_in_sight")
    if one.subject in PERSONS.values():
        return ()
    if one.subject != "figures":
        return tuple(line for line in _facts(one, operation) if line.at > after)[:size]
    question = _APPLIED if one.state in ("applied", "undoing", "undone") else _STAGED
    with connection.cursor() as cursor:
        cursor.execute(question, {"batch": batch, "operation": operation, "after": after, "size": size})
        return tuple(_line(row) for row in cursor.fetchall())


def person_lines(actor: Actor, batch: int) -> tuple[PersonLine, ...]:
    """What a checked file of persons would do, row by row; gone once it is applied or dropped."""
    one = ImportBatch.objects.filter(pk=batch).first()
    if one is None:
        raise NotInSight("not_in_sight")
    return tuple(_person_line(line) for line in one.preview)


def _person_line(line: list[Any]) -> PersonLine:
    operation, reference, before, after, rows = line
    if isinstance(after, str):
        return PersonLine(operation, tuple(rows), reference, before, after)
    refusal = Refused(after["code"], after["facts"]) if "code" in after else None
    return PersonLine(operation, tuple(rows), reference, before, "", after.get("why", ""), refusal)


def whole_difference(actor: Actor, batch: int, size: int = 5_000) -> Iterator[DifferenceLine]:
    """Every line of the difference, read in parts."""
    after = 0
    while part := difference(actor, batch, after=after, size=size):
        yield from part
        after = part[-1].at


def _facts(batch: ImportBatch, operation: str) -> tuple[DifferenceLine, ...]:
    """The preview of facts; it stays with the import once it is applied."""
    return tuple(
        DifferenceLine(what, batch.kind, key, "", {}, at, before, after)
        for at, (what, key, before, after) in enumerate(batch.preview, start=1)
        if operation in ("", what)
    )


def _line(row: tuple[Any, ...]) -> DifferenceLine:
    at, operation, measure, place, year, quarter, month, breakdown, old_state, old, state, value = row
    period = f"{year}-{month:02d}" if month else f"{year}-Q{quarter}" if quarter else str(year)
    before = None if operation == "added" else (State(old_state), number(old))
    after = None if operation == "removed" else (State(state), number(value))
    return DifferenceLine(operation, measure, place, period, _mapping(breakdown), at, before, after)


def _mapping(told: Any) -> dict[str, str]:
    return dict(json.loads(told) if isinstance(told, str) else told)


def number(value: Decimal | None) -> Number:
    """Whole numbers as such, others without zeros at the end."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else value.normalize()


def _row(one: ImportBatch) -> ImportRow:
    return ImportRow(
        one.pk, one.kind, one.subject, one.file_name, one.state, _name(one.made_by), one.made_at,
        one.applied_at, one.undone_at, one.undoes_id, one.shipped, one.counts,
    )  # fmt: skip


def _source(key: str, told: dict[str, Any]) -> dict[str, Any]:
    day = told.get("retrieved")
    return {"id": key, **told, "retrieved": date.fromisoformat(day) if day else None}


def _name(user: Any) -> str:
    return "" if user is None else user.get_full_name() or user.username


def _defect(one: ImportDefect) -> DefectRow:
    return DefectRow(
        one.pk, one.code, one.severity, one.row, one.column, one.found, one.allowed, one.place, one.year
    )


_STAGED = """
SELECT l.id, l.operation, l.measure, l.place, l.year, l.quarter, l.month, l.breakdown, o.state, o.value, l.state,
       l.value
FROM records_importline l LEFT JOIN records_observation o ON o.id = l.old_id
WHERE l.batch_id = %(batch)s AND l.id > %(after)s AND (%(operation)s = '' OR l.operation = %(operation)s)
ORDER BY l.id LIMIT %(size)s"""
_APPLIED = """
SELECT * FROM (
  SELECT 2 * n.id AS at, CASE WHEN o.id IS NULL THEN 'added' ELSE 'changed' END AS operation, n.measure,
         n.place, n.year, n.quarter, n.month, n.breakdown, o.state AS old_state, o.value AS old_value, n.state, n.value
  FROM records_observation n
  LEFT JOIN records_observation o ON o.key = n.key AND o.superseded_by_id = n.batch_id
  WHERE n.batch_id = %(batch)s
  UNION ALL
  SELECT 2 * o.id + 1, 'removed', o.measure, o.place, o.year, o.quarter, o.month, o.breakdown, o.state, o.value,
         NULL, NULL
  FROM records_observation o
  WHERE o.superseded_by_id = %(batch)s
    AND NOT EXISTS (SELECT FROM records_observation n WHERE n.key = o.key AND n.batch_id = %(batch)s)
) AS d
WHERE at > %(after)s AND (%(operation)s = '' OR operation = %(operation)s)
ORDER BY at LIMIT %(size)s"""
