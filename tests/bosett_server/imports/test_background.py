"""The larger files: read, applied and undone by the worker, with progress, and handed back when refused."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.db import connection

from bosett.registry import Registry
from bosett_server.access.actor import PUBLIC, SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions import import_jobs
from bosett_server.actions.figure_imports import check_import, drop_forgotten_imports, tell_progress
from bosett_server.actions.import_apply import apply_import, undo_import
from bosett_server.actions.registry import load_registry
from bosett_server.jobs.imports import apply_in_background, read_import, undo_in_background
from bosett_server.queries.figure_imports import import_detail
from bosett_server.queries.figures import place_series
from bosett_server.records.models import AuditEvent, ImportBatch, ImportFile, ImportLine, Observation
from tests.bosett_server.cast import DAY, World, world
from tests.bosett_server.imports.files import long_template, settled


@pytest.fixture
def stage(db, settings, monkeypatch) -> World:
    settings.BOSETT_TODAY = DAY
    made = world()
    load_registry(SYSTEM, on=DAY)
    monkeypatch.setattr(import_jobs, "LARGE_LINES", 100)
    return made


def waiting() -> list[tuple[str, int]]:
    """The tasks that the worker will find."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        return [
            (name, (args if isinstance(args, dict) else json.loads(args))["batch"]) for name, args in cursor
        ]


def state(batch: int) -> str:
    with acting(SYSTEM):
        return ImportBatch.objects.get(pk=batch).state


def large(codes: int = 357) -> object:
    places = [str(one.code) for one in Registry.shipped().all_municipalities][:codes]
    return long_template(9_000, places)


def test_a_large_file_is_read_applied_and_undone_by_the_worker(stage):
    lead = stage["imdi_lead"]
    file = large()
    assert file.size > import_jobs.LARGE_BYTES
    batch = check_import(lead, kind="template", file=file)
    assert state(batch) == "waiting"
    assert waiting() == [("imports.read_import", batch)]
    read_import(batch)
    with acting(lead):
        told = import_detail(lead, batch)
    assert (told.row.state, told.row.counts["added"], told.phase) == ("checked", 9_000, "")
    assert apply_import(lead, batch=batch) == "applying"
    with acting(PUBLIC):
        assert place_series(PUBLIC, ["0301"]) == ()
    apply_in_background(batch)
    with acting(PUBLIC):
        assert len(place_series(PUBLIC, ["0301"])) == 26  # 9000 rows over 357 municipalities from 1990 on
    assert undo_import(lead, batch=batch) == "undoing"
    undo_in_background(batch)
    assert state(batch) == "undone"
    with acting(SYSTEM):
        assert not Observation.objects.filter(superseded_by=None).exists()
        row = ImportBatch.objects.get(pk=batch)
    assert (row.applied_by_id, row.undone_by_id) == (lead.user_id, lead.user_id)


def test_whoever_waits_sees_how_far_it_has_come(stage):
    lead = stage["imdi_lead"]
    batch = check_import(lead, kind="template", file=large())
    tell_progress(SYSTEM, batch=batch, phase="reading")
    with acting(lead):
        told = import_detail(lead, batch)
    assert (told.row.state, told.phase, told.row.is_working) == ("reading", "reading", True)


def test_what_is_refused_in_the_background_is_handed_back_with_its_reason(stage):
    lead = stage["imdi_lead"]
    batch = check_import(lead, kind="template", file=large())
    read_import(batch)
    apply_import(lead, batch=batch)
    other = check_import(lead, kind="template", file=long_template(30, ["0301"]))
    apply_import(lead, batch=other)
    apply_in_background(batch)
    with acting(lead):
        told = import_detail(lead, batch)
    assert (told.row.state, told.fault["code"]) == ("checked", "somebody_imported_meanwhile")


def test_an_import_that_was_dropped_meanwhile_is_left_alone(stage):
    lead = stage["imdi_lead"]
    batch = check_import(lead, kind="template", file=large())
    with acting(SYSTEM):
        ImportBatch.objects.filter(pk=batch).update(state="dropped")
    read_import(batch)
    assert state(batch) == "dropped"


def test_a_file_that_nobody_applied_is_forgotten_after_a_week(stage, settings):
    lead = stage["imdi_lead"]
    settings.BOSETT_TODAY = DAY - timedelta(days=8)
    old = check_import(lead, kind="imdi_bulk", file=settled(2023, k3301=12))
    settings.BOSETT_TODAY = date(2026, 3, 15)
    new = check_import(lead, kind="imdi_bulk", file=settled(2023, k3301=13))
    settings.BOSETT_TODAY = DAY
    assert drop_forgotten_imports(SYSTEM) == 1
    assert (state(old), state(new)) == ("dropped", "checked")
    with acting(SYSTEM):
        assert set(ImportLine.objects.values_list("batch_id", flat=True)) == {new}
        assert not ImportFile.objects.exists()
        assert AuditEvent.objects.filter(verb="drop_forgotten_imports").count() == 2
