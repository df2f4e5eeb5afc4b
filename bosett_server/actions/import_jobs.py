"""What of an import is done in the background: told to the worker in the same transaction, or not at all."""

from __future__ import annotations

from procrastinate.contrib.django import app

LARGE_BYTES = 400_000
"""A larger file takes over a second to read."""
LARGE_LINES = 20_000
"""A larger difference takes over a second to store."""
TASKS = ("read_import", "apply_import", "undo_import")


def later(task: str, batch: int) -> None:
    """The worker does it once this transaction is committed; the task stands in `jobs.imports`."""
    if task not in TASKS:
        raise ValueError(f"no such task: {task}")
    app.configure_task(f"imports.{task}", queueing_lock=f"{task}-{batch}").defer(batch=batch)
