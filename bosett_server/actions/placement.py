"""A run, step by step: asked for, begun, finished or ended.  A proposal decides nothing; a named person does.

The instance is frozen and kept when the run is asked for; the answer comes in one transaction or not at
all, so that a worker that is killed leaves no half of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bosett import __version__
from bosett.placement.curve import CurvePoint
from bosett.placement.fingerprint import fingerprint
from bosett.placement.problem import Objective
from bosett.placement.result import Placement
from bosett.placement.shares import group_shares
from bosett.terms.errors import NoAnswer, Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.actions.placement_jobs import hand_over, is_large
from bosett_server.actions.placement_proposals import prices_of, proposals_of
from bosett_server.actions.step import Done, action
from bosett_server.queries.placement_files import (
    content_sha256,
    homes_given,
    pack_answer,
    pack_instance,
    read_packed_before,
    read_packed_homes,
)
from bosett_server.queries.placement_instance import LIMITS, SPREAD, instance
from bosett_server.queries.placement_known import Known, read_known
from bosett_server.queries.placement_scores import loaded_scores
from bosett_server.records.models import Notice, PlacementFile, PlacementPrice, PlacementRun, Proposal

UNDER_WAY = ("queued", "solving")
PHASES = ("solving", "explaining")
SILENT = timedelta(minutes=10)
"""A run that has told nothing for so long was killed; our own choice."""


@action(Permission.PROPOSAL_RUN)
def ask_run(
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
    seed: int = 0,
) -> Done[int]:
    """The week's problem is frozen and kept, and waits to be solved; gives the run.

    Raises Refused: `run_under_way` when another run has not ended, `nobody_to_place` when no household
    is ready and heard, `no_places_anywhere` when no municipality has a place left, `no_such_objective`,
    `floor_is_a_share`, `score_floor_only_with_wishes`, `scores_not_active`, `scores_lack_households`,
    `pressure_is_a_percentage`.

    Parameters
    ----------
    pressure_percent
        How much of its places a municipality under full pressure is spared; None leaves pressure out.
    homes
        Municipalities that offer homes get only households that a home is left for.
    priorities
        What municipalities say they can best receive decides between places that are nearly as good.
    """
    _check_asked(objective, fairness_floor, score_floor)
    if pressure_percent is not None and not 0 <= pressure_percent <= 100:
        raise Refused("pressure_is_a_percentage", {"found": pressure_percent})
    _alone(year)
    loaded = loaded_scores(scores) if scores is not None else None
    made = instance(actor, year, clock.today(), loaded, pressure_percent, homes=homes, priorities=priorities)
    if not made.problem.households:
        raise Refused("nobody_to_place", {"year": year})
    if not made.problem.municipalities:
        raise Refused("no_places_anywhere", {"year": year})
    run = PlacementRun.objects.create(
        year=year, state="queued", objective=objective, fairness_floor=fairness_floor, score_floor=score_floor,
        pressure_percent=pressure_percent, homes=homes, priorities=priorities,
        gap=LIMITS.gap, effort=LIMITS.effort, scores_id=scores, seed=seed, started_by_id=actor.person,
        started_at=clock.now(), told_at=clock.now(), library_version=__version__, instance_sha256=made.sha256,
        summary={"households": len(made.problem.households)},
    )  # fmt: skip
    packed = pack_instance(made.problem, _proposed_before(made.problem.household_ids), made.homes)
    PlacementFile.objects.create(run=run, instance=packed, known=made.known.packed())
    if is_large(len(made.problem.households)):
        hand_over("solve_run", run.pk)
    facts = {
        "year": year, "households": len(made.problem.households), "objective": objective, "homes": homes,
        "priorities": priorities,
    }  # fmt: skip
    return Done(run.pk, about=("run", run.pk), facts=facts)


@action(Permission.PLACEMENT_WORK)
def begin_run(actor: Actor, *, run: int, phase: str = "solving") -> Done[int]:
    """Whoever waits for the run sees how far it has come.  Raises Refused `run_has_ended`."""
    if phase not in PHASES:
        raise ValueError(f"no such phase: {phase}")
    row = _under_way(run)
    row.state, row.phase, row.told_at = "solving", phase, clock.now()
    row.save(update_fields=["state", "phase", "told_at"])
    return Done(run, about=("run", run), facts={"phase": phase})


@action(Permission.PLACEMENT_WORK)
def finish_run(actor: Actor, *, run: int, placement: Placement) -> Done[int]:
    """Every household of the run that still can be placed has a fresh proposal with its reasons.

    Older open proposals are replaced; the answer, its certificate and its prices are kept as they are.
    Raises Refused `run_has_ended` when somebody stopped it meanwhile.
    """
    row = _under_way(run)
    kept = PlacementFile.objects.get(run=row)
    known = read_known(bytes(kept.known))
    before = read_packed_before(bytes(kept.instance))
    offered = read_packed_homes(bytes(kept.instance))
    kept.instance = pack_instance(placement.problem, before, offered)
    kept.answer = pack_answer(placement, offered)
    kept.save(update_fields=["instance", "answer"])
    given = homes_given(placement, offered)
    proposals, changed = proposals_of(row, placement, known, given)
    replaced = _replace_open()
    Proposal.objects.bulk_create(proposals)
    PlacementPrice.objects.bulk_create(prices_of(row, placement))
    easy = sum(one.easy for one in proposals)
    row.summary = _summary(placement, known, before) | {
        "easy": easy, "changed_meanwhile": changed, "homes_offered": len(offered.homes) if offered else None,
        "homes_given": len(given) if offered else None, "hosts": len(known.hosts) if row.priorities else None,
    }  # fmt: skip

    row.state, row.phase, row.finished_at = "done", "", clock.now()
    row.instance_sha256 = str(row.summary["instance_sha256"])
    row.answer_sha256 = content_sha256(kept.answer)
    row.save()
    hand_over("draw_curve", run)
    facts = {"year": row.year, "households": len(proposals), "easy": easy, "replaced": replaced}
    notice = Notice(
        code="placement_run_done", to_role=Role.IMDI_CASEWORKER.value, url="/proposals/",
        facts={"households": len(proposals), "easy": easy, "hard": len(proposals) - easy},
    )  # fmt: skip
    return Done(run, about=("run", run), facts=facts, notices=[notice])


@action(Permission.PLACEMENT_WORK)
def fail_run(actor: Actor, *, run: int, refusal: NoAnswer) -> Done[int]:
    """The run ends without an answer and says which rule stands in the way; nothing else has changed."""
    row = _under_way(run)
    row.state, row.phase, row.finished_at = "failed", "", clock.now()
    row.fault = {"code": refusal.rule, "why": refusal.why}
    row.save(update_fields=["state", "phase", "finished_at", "fault"])
    return Done(run, about=("run", run), facts={"rule": refusal.rule})


@action(Permission.PROPOSAL_RUN)
def cancel_run(actor: Actor, *, run: int) -> Done[int]:
    """The run is stopped before it gave anything; what stood before it stands.  Raises Refused `run_has_ended`."""
    row = _under_way(run)
    _cancel(row)
    return Done(run, about=("run", run), facts={"year": row.year})


@action(Permission.PLACEMENT_WORK)
def store_curve(actor: Actor, *, run: int, curve: tuple[CurvePoint, ...]) -> Done[int]:
    """What floors under the worst group would cost stands with the run.  Raises Refused `run_not_done`."""
    row = PlacementRun.objects.select_for_update().filter(pk=run).first()
    if row is None:
        raise NotInSight("not_in_sight")
    if row.state != "done":
        raise Refused("run_not_done")
    if not row.curve:
        row.curve = [vars(point) for point in curve]
        row.save(update_fields=["curve"])
    return Done(run, about=("run", run), facts={"points": len(curve)})


def _check_asked(objective: str, fairness_floor: float | None, score_floor: float | None) -> None:
    if objective not in {one.value for one in Objective}:
        raise Refused("no_such_objective", {"objective": objective[:20]})
    if any(floor is not None and not 0 <= floor <= 1 for floor in (fairness_floor, score_floor)):
        raise Refused("floor_is_a_share")
    if score_floor is not None and objective != Objective.WISHES:
        raise Refused("score_floor_only_with_wishes")


def _alone(year: int) -> None:
    """One run at a time; one that has fallen silent was killed and is put away."""
    for row in PlacementRun.objects.select_for_update().filter(year=year, state__in=UNDER_WAY):
        if row.told_at is not None and clock.now() - row.told_at < SILENT:
            raise Refused("run_under_way")
        _cancel(row)


def _cancel(row: PlacementRun) -> None:
    row.state, row.phase, row.finished_at = "cancelled", "", clock.now()
    row.save(update_fields=["state", "phase", "finished_at"])


def _under_way(run: int) -> PlacementRun:
    row = PlacementRun.objects.select_for_update().filter(pk=run).first()
    if row is None:
        raise NotInSight("not_in_sight")
    if row.state not in UNDER_WAY:
        raise Refused("run_has_ended")
    return row


def _replace_open() -> int:
    """Locked in the order of their numbers, as every step that decides locks them."""
    ids = list(
        Proposal.objects.select_for_update().filter(state="open").order_by("id").values_list("id", flat=True)
    )
    return Proposal.objects.filter(pk__in=ids).update(state="replaced", decided_at=clock.now())


def _proposed_before(households: Sequence[str]) -> dict[str, str | None]:
    """Where those of these households that have an open proposal are proposed now."""
    rows = Proposal.objects.filter(state="open", household_id__in=households)
    return {str(home): place for home, place in rows.values_list("household_id", "municipality_id")}


def _summary(placement: Placement, known: Known, before: Mapping[str, str | None]) -> dict[str, Any]:
    problem = placement.problem
    closed: dict[str, list[str]] = {}
    for code, rule in sorted(known.closed.items()):
        closed.setdefault(rule, []).append(code)
    where = placement.by_household
    return {
        "households": len(where),
        "persons": sum(one.persons for one in problem.households),
        "placed_households": sum(place is not None for place in where.values()),
        "placed_persons": placement.placed_persons,
        "municipalities": len(problem.municipalities),
        "score": placement.score,
        "score_bound": placement.score_bound,
        "solver_bound": placement.solver_bound,
        "gap": placement.gap,
        "proven": placement.proven,
        "levels": [{"name": one.name, "value": one.value, "bound": one.bound} for one in placement.levels],
        "group_shares": group_shares(problem, placement),
        "spread": any(one.capacities.get(SPREAD) is not None for one in problem.municipalities),
        "locks": len(problem.locks),
        "exclusions": sum(len(home.barred) for home in known.homes.values()),
        "not_kept": len(known.not_kept),
        "kept_from_before": sum(where[one] == place for one, place in before.items()) if before else None,
        "had_before": len(before),
        "waiting": dict(known.waiting),
        "closed": closed,
        "not_counted": sum(known.not_counted.values()),
        "instance_sha256": fingerprint(problem),
    }
