"""A file of figures or facts is read and compared; nothing is changed until it is applied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bosett.sources.imported import Imported
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.actions import fact_steps, import_jobs, observation_steps
from bosett_server.actions.import_batches import (
    PUBLIC_SUBJECTS,
    UNAPPLIED,
    facts,
    forget,
    held,
    last_step,
    refuse_again,
    sources_of,
    store_defects,
)
from bosett_server.actions.import_files import Incoming, kind_of, read_content, refuse_size
from bosett_server.actions.step import Done, action
from bosett_server.queries.import_kinds import subject_of
from bosett_server.records.models import ImportBatch, ImportFile

KEPT_DAYS = 7
"""So long a file that nobody applied is kept; our own choice."""
PHASES = ("reading", "comparing", "storing")


@dataclass(frozen=True)
class Told:
    """What the person who loads a file knows about it and the file does not say."""

    retrieved: date | None = None
    href: str = ""
    licence: str = ""
    year: int | None = None
    measure: str = ""

    def kept(self) -> dict[str, Any]:
        """As the import keeps it until the file is read."""
        day = self.retrieved.isoformat() if self.retrieved else None
        return {"retrieved": day, "href": self.href, "licence": self.licence, "year": self.year,
                "measure": self.measure}  # fmt: skip


@action(Permission.FIGURES_IMPORT)
def check_import(
    actor: Actor, *, kind: str, file: Incoming, told: Told | None = None, whole: bool = False
) -> Done[int]:
    """The file is read and compared, nothing is changed; gives the import, to be applied or dropped.

    A larger file is read in the background.  Raises Refused: `import_kind_not_known`, `file_too_large`,
    `file_is_empty`, `file_already_imported`, `retrieved_in_the_future`, `figure_twice`.
    """
    subject = subject_of(kind_of(kind, PUBLIC_SUBJECTS))
    refuse_size(file.size)
    told = told or Told()
    if told.retrieved is not None and told.retrieved > clock.today():
        raise Refused("retrieved_in_the_future", {"day": told.retrieved.isoformat()})
    refuse_again(kind, file.sha256)
    batch = ImportBatch.objects.create(
        kind=kind, subject=subject, file_name=file.name[:200], sha256=file.sha256, size_bytes=file.size,
        whole=whole, state="waiting", made_by_id=actor.person, made_at=clock.now(),
        sources={"": told.kept()},
    )  # fmt: skip
    ImportFile.objects.create(batch=batch, content=file.content)
    if file.is_large:
        import_jobs.later("read_import", batch.pk)
    else:
        _store(batch, read_content(kind, batch.file_name, file.content, told.kept()))
    return Done(batch.pk, about=("import", batch.pk), facts=facts(batch))


@action(Permission.FIGURES_IMPORT)
def store_reading(actor: Actor, *, batch: int, reading: Imported[Any]) -> Done[int]:
    """What a file read in the background holds is compared and ready to be applied, or its errors are told."""
    row = held(batch, PUBLIC_SUBJECTS, "waiting", "reading")
    _store(row, reading)
    return Done(batch, about=("import", batch), facts=facts(row))


@action(Permission.FIGURES_IMPORT)
def tell_progress(actor: Actor, *, batch: int, phase: str) -> Done[int]:
    """Whoever waits for the import sees how far it has come.  Raises Refused `import_not_ready`."""
    if phase not in PHASES:
        raise ValueError(f"no such phase: {phase}")
    row = held(batch, PUBLIC_SUBJECTS, "waiting", "reading", "applying", "undoing")
    row.phase = phase
    if row.state == "waiting":
        row.state = "reading"
    row.save(update_fields=["phase", "state"])
    return Done(batch, about=("import", batch), facts={"phase": phase})


@action(Permission.FIGURES_IMPORT)
def drop_import(actor: Actor, *, batch: int) -> Done[int]:
    """A file that was not applied is forgotten with all that was read of it.  Raises Refused `import_not_ready`."""
    row = held(batch, PUBLIC_SUBJECTS, *UNAPPLIED)
    _drop(row)
    return Done(batch, about=("import", batch), facts=facts(row))


@action(Permission.DEADLINES_RUN)
def drop_forgotten_imports(actor: Actor) -> Done[int]:
    """Every file that nobody applied within a week is forgotten, persons' files among them; gives how many."""
    before = clock.now() - timedelta(days=KEPT_DAYS)
    rows = list(ImportBatch.objects.select_for_update().filter(state__in=UNAPPLIED, made_at__lt=before))
    for row in rows:
        _drop(row)
    many = [("import", row.pk, facts(row)) for row in rows]
    return Done(len(rows), about=("import", "*"), facts={"dropped": len(rows)}, many=many)


def _drop(batch: ImportBatch) -> None:
    forget(batch)
    batch.defects.all().delete()
    batch.state, batch.phase = "dropped", ""
    batch.save(update_fields=["state", "phase", "preview"])


def _store(batch: ImportBatch, reading: Imported[Any]) -> None:
    batch.counts = {**reading.counts, **store_defects(batch, reading)}
    batch.sources = sources_of(reading, batch.sources.get("", {}))
    batch.checked_at, batch.base_step, batch.phase = clock.now(), last_step(), ""
    if reading.accepted:
        batch.state = "checked"
        _compare(batch, reading)
    else:
        batch.state = "refused"
        forget(batch)
    batch.save()


def _compare(batch: ImportBatch, reading: Imported[Any]) -> None:
    if batch.subject == "figures":
        rows = reading.observations
        batch.tables = observation_steps.tables_of(rows)
        batch.counts |= observation_steps.stage(batch.pk, rows, whole=batch.whole)
        ImportFile.objects.filter(batch=batch).delete()
    else:
        batch.tables = [batch.kind]
        batch.preview, told = fact_steps.compare(batch.kind, reading.rows, whole=batch.whole)
        batch.counts |= told
