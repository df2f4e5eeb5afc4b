"""What of a run is done in the background: told to the worker in the same transaction, or not at all."""

from __future__ import annotations

from procrastinate.contrib.django import app

LARGE_HOUSEHOLDS = 400
"""A larger week takes more than a few seconds and is solved by the worker."""
TASKS = ("solve_run", "draw_curve")
LOOK_AGAIN_SECONDS = 180
"""A smaller run is solved by whoever asked for it; the worker looks then whether that came to an end."""


def is_large(households: int) -> bool:
    """Whether the worker solves the run."""
    return households > LARGE_HOUSEHOLDS


def hand_over(task: str, run: int, in_seconds: int = 0) -> None:
    """The worker does it once this transaction is committed; the task stands in `jobs.placement`.

    Parameters
    ----------
    in_seconds
        Not before so many seconds from now, >= 0.
    """
    if task not in TASKS:
        raise ValueError(f"no such task: {task}")
    job = app.configure_task(
        f"placement.{task}",
        queueing_lock=f"{task}-{run}",
        schedule_in={"seconds": in_seconds} if in_seconds else None,
    )
    job.defer(run=run)
