"""An import comes into force whole or not at all, and is taken back by a step of its own."""

from __future__ import annotations

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.actions import fact_steps, import_jobs, observation_steps
from bosett_server.actions.import_batches import (
    PUBLIC_SUBJECTS,
    facts,
    forget,
    held,
    last_step,
    refuse_again,
)
from bosett_server.actions.import_files import read_batch
from bosett_server.actions.import_undo import FACTS, FIGURES, built_on_by, put_back
from bosett_server.actions.step import Done, action
from bosett_server.records.models import ImportBatch

VERSIONED = {"figures": FIGURES, "facts": FACTS}


@action(Permission.FIGURES_IMPORT)
def apply_import(actor: Actor, *, batch: int) -> Done[str]:
    """Every difference of the import is in force, or none is; gives the import's state.

    A large difference is applied in the background.  Raises Refused: `import_not_ready`,
    `nothing_to_import`, `file_already_imported`, `somebody_imported_meanwhile`.
    """
    worker = actor.role is Role.SYSTEM
    row = held(batch, PUBLIC_SUBJECTS, "applying" if worker else "checked")
    if not worker:
        row.applied_by_id = actor.person
    row.fault = {}
    if not worker and changes(row) > import_jobs.LARGE_LINES:
        row.state = "applying"
        row.save(update_fields=["state", "applied_by", "fault"])
        import_jobs.later("apply_import", batch)
    else:
        _apply(row)
    return Done(row.state, about=("import", batch), facts=facts(row))


@action(Permission.FIGURES_IMPORT)
def undo_import(actor: Actor, *, batch: int) -> Done[str]:
    """What stood before the import stands again; gives the import's state.

    A large import is undone in the background.  Raises Refused: `import_not_ready`, `undo_is_not_undone`,
    `shipped_is_not_undone`, `later_import_builds_on_it`.
    """
    worker = actor.role is Role.SYSTEM
    row = held(batch, PUBLIC_SUBJECTS, "undoing" if worker else "applied")
    _refuse_undo(row)
    row.fault = {}
    if not worker:
        row.undone_by_id = actor.person
    if not worker and changes(row) > import_jobs.LARGE_LINES:
        row.state = "undoing"
        row.save(update_fields=["state", "undone_by", "fault"])
        import_jobs.later("undo_import", batch)
        return Done(row.state, about=("import", batch), facts=facts(row))
    step = _undo(row)
    return Done(row.state, about=("import", batch), facts={**facts(row), "step": step})


@action(Permission.FIGURES_IMPORT)
def hand_back_import(actor: Actor, *, batch: int, refusal: Refused) -> Done[str]:
    """A step that was refused in the background: the import stands as before it, and says why."""
    row = held(batch, PUBLIC_SUBJECTS, "applying", "undoing", "waiting", "reading")
    row.state = {"applying": "checked", "undoing": "applied"}.get(row.state, "refused")
    row.fault, row.phase = {"code": refusal.code, "facts": refusal.facts}, ""
    row.save(update_fields=["state", "fault", "phase"])
    return Done(row.state, about=("import", batch), facts={**facts(row), "code": refusal.code})


def changes(batch: ImportBatch) -> int:
    """How many figures or facts the import adds, changes and removes."""
    return sum(int(batch.counts.get(name, 0)) for name in ("added", "changed", "removed"))


def _apply(batch: ImportBatch) -> None:
    if not changes(batch):
        raise Refused("nothing_to_import")
    refuse_again(batch.kind, batch.sha256)
    _refuse_meanwhile(batch)
    if batch.subject == "figures":
        observation_steps.apply_lines(batch.pk)
    else:
        fact_steps.store(batch.pk, batch.kind, read_batch(batch).rows, whole=batch.whole)
    forget(batch)
    batch.state, batch.applied_at, batch.step, batch.phase = "applied", clock.now(), last_step() + 1, ""
    batch.save()


def _refuse_meanwhile(batch: ImportBatch) -> None:
    """The table was compared with what stood then; what was applied to it since is not in the preview."""
    since = ImportBatch.objects.filter(tables__overlap=batch.tables, step__gt=batch.base_step)
    other = since.order_by("-step").first()
    if other is not None:
        raise Refused("somebody_imported_meanwhile", {"import": other.pk, "file": other.file_name})


def _refuse_undo(batch: ImportBatch) -> None:
    if batch.undoes_id is not None:
        raise Refused("undo_is_not_undone")
    if batch.shipped:
        raise Refused("shipped_is_not_undone")
    later = built_on_by(VERSIONED[batch.subject], batch.pk)
    if later is not None:
        name = ImportBatch.objects.values_list("file_name", flat=True).get(pk=later)
        raise Refused("later_import_builds_on_it", {"import": later, "file": name})


def _undo(batch: ImportBatch) -> int:
    at = clock.now()
    step = ImportBatch.objects.create(
        kind=batch.kind, subject=batch.subject, file_name=batch.file_name, sha256=batch.sha256, size_bytes=0,
        tables=batch.tables, state="applied", made_by_id=batch.undone_by_id, made_at=at,
        applied_by_id=batch.undone_by_id, applied_at=at, undoes=batch, step=last_step() + 1,
    )  # fmt: skip
    closed, restored = put_back(VERSIONED[batch.subject], batch.pk, step.pk)
    if batch.subject == "facts":
        fact_steps.follow(batch.kind)
    step.counts = {"removed": closed, "added": restored}
    step.save(update_fields=["counts"])
    batch.state, batch.undone_at, batch.phase = "undone", at, ""
    batch.save()
    return step.pk
