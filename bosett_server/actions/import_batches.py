"""What every step of an import has in common: its row held, its number, its defects, what is forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from bosett.sources.imported import Imported
from bosett.terms.errors import Refused
from bosett_server.access.refusals import NotInSight
from bosett_server.records.models import ImportBatch, ImportDefect, ImportFile, ImportLine

MOST_DEFECTS = 5_000
"""So many defects are kept; the counts are of all."""
PUBLIC_SUBJECTS = ("figures", "facts")
PERSON_SUBJECTS = ("households", "assignments")
UNAPPLIED = ("waiting", "reading", "refused", "checked", "applying")


def lock_imports() -> None:
    """Until the transaction ends no other import takes a step."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('bosett_import'))")


def last_step() -> int:
    """The number of the newest step; steps are numbered under `lock_imports`."""
    return int(ImportBatch.objects.aggregate(last=Max("step"))["last"] or 0)


def held(batch: int, subjects: tuple[str, ...], *states: str) -> ImportBatch:
    """The import, held until the transaction ends.

    Raises NotInSight, or Refused `import_not_ready` when it is in another state.
    """
    lock_imports()
    row = ImportBatch.objects.select_for_update(of=("self",)).filter(pk=batch, subject__in=subjects).first()
    if row is None:
        raise NotInSight("not_in_sight")
    if row.state not in states:
        raise Refused("import_not_ready", {"state": row.state})
    return row


def refuse_again(kind: str, sha256: str) -> None:
    """Raise Refused `file_already_imported` when the same bytes stand already."""
    again = ImportBatch.objects.filter(kind=kind, sha256=sha256, state="applied", undoes=None).first()
    if again is not None and again.applied_at is not None:
        raise Refused(
            "file_already_imported",
            {"import": again.pk, "on": timezone.localdate(again.applied_at).isoformat()},
        )


def forget(batch: ImportBatch) -> None:
    """File and staged lines are gone, and the preview of persons; that of facts is public as they are."""
    ImportFile.objects.filter(batch=batch).delete()
    ImportLine.objects.filter(batch=batch).delete()
    if batch.subject in PERSON_SUBJECTS:
        batch.preview = []


def store_defects(batch: ImportBatch, reading: Imported[Any]) -> dict[str, int]:
    """The defects with the batch, as many as are kept; gives the count of each severity."""
    rows = [
        ImportDefect(
            batch=batch, code=one.code, severity=one.severity.value, file=one.file[:200], row=one.row,
            column=one.column[:120], found=one.found, allowed=one.allowed, place=one.place, year=one.year,
        )
        for one in reading.defects[:MOST_DEFECTS]
    ]  # fmt: skip
    ImportDefect.objects.bulk_create(rows, batch_size=1000)
    told: dict[str, int] = {}
    for one in reading.defects:
        told[one.severity.value] = told.get(one.severity.value, 0) + 1
    return told


def sources_of(reading: Imported[Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """The file's source by the id that its rows carry, what the person told filled in."""
    source = reading.source
    known = {
        "title": source.title,
        "publisher": source.publisher,
        "href": told.get("href") or source.href,
        "licence": told.get("licence") or source.licence,
        "retrieved": told.get("retrieved") or (source.retrieved.isoformat() if source.retrieved else None),
    }
    ids = sorted({row.source_id for row in reading.observations}) or [reading.kind]
    return dict.fromkeys(ids, known)


def facts(batch: ImportBatch) -> dict[str, object]:
    """What the log says of an import."""
    told = {name: batch.counts.get(name, 0) for name in ("added", "changed", "removed", "error")}
    return {"kind": batch.kind, "state": batch.state, "sha256": batch.sha256, **told}
