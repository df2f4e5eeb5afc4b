"""The figures that come with this version, stored once; a later version is an import with its own difference."""

from __future__ import annotations

from datetime import date

from bosett.sources.imported import Imported
from bosett.sources.shipped import shipped_figures
from bosett.terms.observation import Observation
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.actions import fact_steps, observation_steps
from bosett_server.actions.import_batches import last_step, lock_imports, sources_of, store_defects
from bosett_server.actions.import_facts import LANGUAGE
from bosett_server.actions.registry import load_registry
from bosett_server.actions.step import Done, action
from bosett_server.records.models import ImportBatch
from bosett_server.records.models import Observation as Stored

KIND = "own_table"


@action(Permission.DEMO_LOAD)
def store_shipped_figures(actor: Actor, *, on: date) -> Done[dict[str, int]]:
    """Every shipped table stands as this version has it; gives added, changed and removed figures.

    A table that stands already is left alone.  Municipalities are brought up to date first.
    """
    load_registry(actor, on=on)
    fact_steps.follow(LANGUAGE)
    lock_imports()
    stands = set(ImportBatch.objects.filter(shipped=True, state="applied").values_list("file_name", "sha256"))
    told = {"tables": 0, "added": 0, "changed": 0, "removed": 0}
    for table in shipped_figures():
        name = _name(table)
        if (name, table.sha256) in stands:
            continue
        batch = _store(table, name)
        told["tables"] += 1
        for count in ("added", "changed", "removed"):
            told[count] += batch.counts.get(count, 0)
    return Done(told, about=("import", "shipped"), facts=dict(told))


def _name(table: Imported[Observation]) -> str:
    return ", ".join(observation_steps.tables_of(table.rows))


def _store(table: Imported[Observation], name: str) -> ImportBatch:
    at = clock.now()
    batch = ImportBatch.objects.create(
        kind=KIND, file_name=name, sha256=table.sha256, size_bytes=table.counts["bytes"], whole=True,
        shipped=True, state="applied", made_at=at, checked_at=at, applied_at=at, step=last_step() + 1,
        tables=observation_steps.tables_of(table.rows), sources=sources_of(table, {}),
    )  # fmt: skip
    batch.counts = {**table.counts, **store_defects(batch, table), **_bring_in(batch, table)}
    batch.save(update_fields=["counts"])
    return batch


def _bring_in(batch: ImportBatch, table: Imported[Observation]) -> dict[str, int]:
    first = {(row.dataset_id, row.source_id) for row in table.rows}
    if not any(
        Stored.objects.filter(dataset=dataset, source=source, superseded_by__isnull=True).exists()
        for dataset, source in first
    ):
        return {"added": observation_steps.store_first(batch.pk, table.rows), "changed": 0, "removed": 0}
    told = observation_steps.stage(batch.pk, table.rows, whole=True)
    observation_steps.apply_lines(batch.pk)
    return told
