"""The work of a run: solved outside any transaction, stored in one; the same for the page, the API and the worker."""

from __future__ import annotations

from bosett.placement.curve import fairness_curve
from bosett.placement.problem import Objective, Problem
from bosett.placement.program import Limits
from bosett.placement.replan import settle
from bosett.terms.errors import BadInput, NoAnswer, Refused
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting, request_keyed
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.placement import ask_run, begin_run, fail_run, finish_run, store_curve
from bosett_server.actions.placement_jobs import is_large
from bosett_server.queries.placement_files import read_packed_before, read_packed_instance
from bosett_server.queries.placement_solved import solve_placed
from bosett_server.records.models import PlacementFile, PlacementRun

CURVE_POINTS = 10


def run_placement(
    actor: Actor,
    *,
    year: int,
    objective: str = Objective.PLACED_FIRST.value,
    fairness_floor: float | None = None,
    score_floor: float | None = None,
    scores: int | None = None,
    pressure_percent: int | None = None,
    homes: bool = False,
    priorities: bool = False,
) -> int:
    """A week's run is asked for and solved; a larger one is left to the worker.  Gives the run.

    Raises as `ask_run`.
    """
    run = ask_run(
        actor, year=year, objective=objective, fairness_floor=fairness_floor, score_floor=score_floor,
        scores=scores, pressure_percent=pressure_percent, homes=homes, priorities=priorities,
    )  # fmt: skip
    with acting(SYSTEM):
        waits = PlacementRun.objects.get(pk=run)
    if waits.state == "queued" and not is_large(waits.summary["households"]):
        carry_out(run)
    return run


def carry_out(run: int) -> str:
    """Solve a run that waits and store what it gave; gives its state.

    A run that somebody stopped is left alone; one without an answer ends with the rule that stands in the way.
    """
    with request_keyed(""):  # asking is served once for a form's key; these steps are the service's own
        return _carried_out(run)


def _carried_out(run: int) -> str:
    try:
        begin_run(SYSTEM, run=run)
        row, problem, before = _kept(run)
        found = solve_placed(
            problem, Objective(row.objective), row.seed, row.fairness_floor, row.score_floor, limits_of(row)
        )
        placement = settle(found, before, row.gap)
        begin_run(SYSTEM, run=run, phase="explaining")
        finish_run(SYSTEM, run=run, placement=placement)
    except NoAnswer as refusal:
        fail_run(SYSTEM, run=run, refusal=refusal)
    except Refused as refusal:
        if refusal.code != "run_has_ended":
            raise
    return _state(run)


def draw_curve(run: int) -> int:
    """What ten floors under the worst group would cost stands with the run; gives how many points.

    Raises Refused: `run_not_done`, `curve_needs_groups`.
    """
    if _state(run) != "done":
        raise Refused("run_not_done")
    row, problem, _before = _kept(run)
    try:
        curve = fairness_curve(problem, CURVE_POINTS, Objective(row.objective), limits_of(row), row.seed)
    except BadInput as bad:
        raise Refused("curve_needs_groups") from bad
    store_curve(SYSTEM, run=run, curve=curve)
    return len(curve)


def has_newer(run: int) -> bool:
    """Whether a later run of the year is done or under way, so that this one's proposals are not looked at any more."""
    with acting(SYSTEM):
        row = PlacementRun.objects.get(pk=run)
        later = PlacementRun.objects.filter(
            year=row.year, pk__gt=run, state__in=["queued", "solving", "done"]
        )
        return later.exists()


def limits_of(row: PlacementRun) -> Limits:
    """What the run stops by: the same every time."""
    return Limits(gap=row.gap, effort=row.effort)


def _kept(run: int) -> tuple[PlacementRun, Problem, dict[str, str | None]]:
    with acting(SYSTEM):
        files = PlacementFile.objects.select_related("run").get(run_id=run)
    packed = bytes(files.instance)
    return files.run, read_packed_instance(packed), read_packed_before(packed)


def _state(run: int) -> str:
    with acting(SYSTEM):
        found = PlacementRun.objects.filter(pk=run).values_list("state", flat=True).first()
    if found is None:
        raise NotInSight("not_in_sight")
    return found
