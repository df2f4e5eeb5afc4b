"""What of a run is done in the background: told to the worker in the same transaction, or not at all."""

from __future__ import annotations

from procrastinate.contrib.django import app

LARGE_HOUSEHOLDS = 250
"""A larger week takes more than a few seconds and is solved by the worker."""
TASKS = ("solve_run", "draw_curve")


def is_large(households: int) -> bool:
    """Whether the worker solves the run."""
    return households > LARGE_HOUSEHOLDS


def hand_over(task: str, run: int) -> None:
    """The worker does it once this transaction is committed; the task stands in `jobs.placement`."""
    if task not in TASKS:
        raise ValueError(f"no such task: {task}")
    app.configure_task(f"placement.{task}", queueing_lock=f"{task}-{run}").defer(run=run)
