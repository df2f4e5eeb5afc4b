"""The larger imports, in the background: read, applied, undone, each with its progress told on the way.

Every step is one transaction of its action: a worker that is killed leaves the import as it was before.
"""

from __future__ import annotations

from collections.abc import Callable

from procrastinate.contrib.django import app

from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.figure_imports import drop_forgotten_imports, store_reading, tell_progress
from bosett_server.actions.import_apply import apply_import, hand_back_import, undo_import
from bosett_server.actions.import_files import read_batch
from bosett_server.records.models import ImportBatch

EVERY_NIGHT = "40 1 * * *"


@app.task(name="imports.read_import")
def read_import(batch: int) -> None:
    """The kept file is read, then compared."""
    if not _told(batch, "reading"):
        return
    with acting(SYSTEM):
        row = ImportBatch.objects.get(pk=batch)
        reading = read_batch(row)
    tell_progress(SYSTEM, batch=batch, phase="comparing")
    _step(batch, lambda: store_reading(SYSTEM, batch=batch, reading=reading))


@app.task(name="imports.apply_import")
def apply_in_background(batch: int) -> None:
    """The difference comes into force."""
    if _told(batch, "storing"):
        _step(batch, lambda: apply_import(SYSTEM, batch=batch))


@app.task(name="imports.undo_import")
def undo_in_background(batch: int) -> None:
    """What stood before stands again."""
    if _told(batch, "storing"):
        _step(batch, lambda: undo_import(SYSTEM, batch=batch))


@app.periodic(cron=EVERY_NIGHT)
@app.task(queueing_lock="drop_forgotten_imports")
def drop_forgotten(timestamp: int) -> int:
    """Files that nobody applied are forgotten after a week."""
    return drop_forgotten_imports(SYSTEM)


def _told(batch: int, phase: str) -> bool:
    """Whether the import still waits for this; somebody may have dropped it."""
    try:
        tell_progress(SYSTEM, batch=batch, phase=phase)
    except Refused as refusal:
        if refusal.code not in ("import_not_ready", "not_in_sight"):
            raise
        return False
    return True


def _step(batch: int, act: Callable[[], object]) -> None:
    try:
        act()
    except Refused as refusal:
        hand_back_import(SYSTEM, batch=batch, refusal=refusal)
