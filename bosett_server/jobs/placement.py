"""The larger runs and every run's price of fairness, in the background."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bosett_server.actions.placement_work import carry_out, draw_curve, has_newer


@app.task(name="placement.solve_run")
def solve_run(run: int) -> str:
    """A run that waits is solved and stored; killed on the way, it leaves what stood before."""
    return carry_out(run)


@app.task(name="placement.draw_curve")
def draw_run_curve(run: int) -> int:
    """What floors under the worst group would cost, beside a run that is done; none where a newer run was asked for."""
    return 0 if has_newer(run) else draw_curve(run)
