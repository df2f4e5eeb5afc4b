"""What of a run is done in the background: told to the worker in the same transaction, or not at all."""

from __future__ import annotations

from procrastinate.contrib.django import app

LARGE_HOUSEHOLDS = 250
"""A larger week takes more than a few seconds and is solved by the worker."""
TASKS = ("solve_run", "draw_curve")
QUIET_MINUTES = 3
"""How long the price of fairness lets others go before: runs come in rows, and only the last one's is looked at."""


def is_large(households: int) -> bool:
    """Whether the worker solves the run."""
    return households > LARGE_HOUSEHOLDS


def hand_over(task: str, run: int) -> None:
    """The worker does it once this transaction is committed; the task stands in `jobs.placement`."""
    if task not in TASKS:
        raise ValueError(f"no such task: {task}")
    later = {"minutes": QUIET_MINUTES} if task == "draw_curve" else None
    job = app.configure_task(
        f"placement.{task}", queueing_lock=f"{task}-{run}", schedule_in=later, priority=-1 if later else 0
    )
    job.defer(run=run)
