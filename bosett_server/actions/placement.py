"""The weekly run: from ready households to proposals.  A proposal decides nothing; a named person does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from bosett import __version__
from bosett.decisions.reservation import Reservation, ReservationCode, spoken_against
from bosett.placement.explain import Explanation, explain
from bosett.placement.result import Placement
from bosett.terms.days import age_on
from bosett.terms.errors import Refused
from bosett.terms.groups import Track
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.actions.step import Done, action
from bosett_server.queries.decisions import conditions_in_force
from bosett_server.queries.placement_instance import Instance, answered, has_leaning, instance
from bosett_server.queries.placement_pool import HEALTH_NEEDS, Candidate
from bosett_server.records.models import Notice, PlacementRun, Proposal

ADULT_YEARS = 18
SPECIAL_NEEDS = HEALTH_NEEDS - {"ground_floor"}


@action(Permission.PROPOSAL_RUN)
def run_placement(actor: Actor, *, year: int) -> Done[int]:
    """Every household that can be placed has a fresh proposal with its reasons; older open ones are replaced.

    Raises Refused: `run_under_way` when another run has not ended, `nobody_to_place` when no household
    is ready and heard, `no_places_anywhere` when no municipality has a place left.
    """
    _alone()
    started = clock.now()
    now = instance(actor, year, clock.today())
    if not now.problem.households:
        raise Refused("nobody_to_place", {"year": year})
    if not now.problem.municipalities:
        raise Refused("no_places_anywhere", {"year": year})
    made, placement = answered(now)
    run = PlacementRun.objects.create(
        year=year, objective=placement.objective.value, started_by_id=actor.person, started_at=started,
        finished_at=clock.now(), library_version=__version__, instance_sha256=made.sha256,
        seed=placement.seed, summary=_summary(made, placement),
    )  # fmt: skip
    proposals = _proposals(run, made, placement)
    replaced = _replace_open()
    Proposal.objects.bulk_create(proposals)
    easy = sum(one.easy for one in proposals)
    run.summary["easy"] = easy
    run.save(update_fields=["summary"])
    facts = {"year": year, "households": len(proposals), "easy": easy, "replaced": replaced}
    notice = Notice(
        code="placement_run_done", to_role=Role.IMDI_CASEWORKER.value, url="/proposals/",
        facts={"households": len(proposals), "easy": easy, "hard": len(proposals) - easy},
    )  # fmt: skip
    return Done(run.pk, about=("run", run.pk), facts=facts, notices=[notice])


def _alone() -> None:
    """One run at a time; the lock goes with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('bosett_placement_run'))")
        if not (cursor.fetchone() or (False,))[0]:
            raise Refused("run_under_way")


def _replace_open() -> int:
    """Locked in the order of their numbers, as every step that decides locks them."""
    ids = list(
        Proposal.objects.select_for_update().filter(state="open").order_by("id").values_list("id", flat=True)
    )
    return Proposal.objects.filter(pk__in=ids).update(state="replaced", decided_at=clock.now())


def _summary(made: Instance, placement: Placement) -> dict[str, Any]:
    closed: dict[str, list[str]] = defaultdict(list)
    for code, rule in sorted(made.full.items()):
        closed[rule].append(code)
    return {
        "households": len(made.problem.households),
        "persons": sum(one.persons for one in made.problem.households),
        "placed_households": sum(one.municipality_id is not None for one in placement.assignments),
        "placed_persons": placement.placed_persons,
        "municipalities": len(made.problem.municipalities),
        "score": placement.score,
        "score_bound": placement.score_bound,
        "gap": placement.gap,
        "proven": placement.proven,
        "waiting": dict(made.pool.waiting),
        "closed": dict(closed),
    }


def _proposals(run: PlacementRun, made: Instance, placement: Placement) -> list[Proposal]:
    links = Counter(one.heard.row.link for one in made.pool.candidates if one.heard.row.link)
    conditions = conditions_in_force(run.year)
    found = []
    for one in made.pool.candidates:
        told = explain(made.problem, placement, one.id)
        here = told.municipality_id
        doubts = _doubts(one, told, links, conditions.get(here or "", ()))
        found.append(
            Proposal(
                run=run,
                household_id=one.heard.row.pk,
                municipality_id=here,
                score=told.score,
                unplaced_reason=told.reason.value if told.reason else "",
                reasons=_reasons(made, one, told),
                alternatives=_alternatives(told),
                easy=not doubts,
                doubts=doubts,
            )
        )
    return found


def _reasons(made: Instance, one: Candidate, told: Explanation) -> list[dict[str, Any]]:
    """What speaks for the municipality, where it ranks, and which rules close which others.

    `needs_covered` is left out: no register of services is stored, so it is the same everywhere.
    """
    reasons: list[dict[str, Any]] = []
    if told.municipality_id is not None:
        parts = made.parts(one.id, told.municipality_id)
        told_apart = [part for part in parts if part.code != "needs_covered"]
        reasons += [{"code": part.code, "facts": {"points": part.points}} for part in told_apart]
        if (one.own_places or {}).get(told.municipality_id):
            reasons.append({"code": "opened_for_household", "facts": {}})
        if told.municipality_id in one.partner_in:
            reasons.append({"code": "linked_here", "facts": {}})
        if not has_leaning(one) and not one.heard.row.link:
            reasons.append({"code": "spread", "facts": {}})
        if not reasons:
            reasons.append({"code": "room", "facts": {}})
        reasons.append({"code": "rank", "facts": {"rank": told.rank, "of": told.allowed_count}})
    by_rule: dict[str, list[str]] = defaultdict(list)
    for blocked in told.blocked:
        for rule in blocked.rules:
            by_rule[rule].append(blocked.municipality_id)
    reasons += [
        {"code": "blocked", "facts": {"rule": rule, "municipalities": places}}
        for rule, places in sorted(by_rule.items())
    ]
    return reasons


def _alternatives(told: Explanation) -> list[dict[str, Any]]:
    own = told.score or 0.0
    return [
        {
            "municipality": one.municipality_id,
            "score": one.score,
            "difference": own - one.score,
            "room": one.room,
        }
        for one in told.alternatives
    ]


def _doubts(
    one: Candidate, told: Explanation, links: Mapping[str, int], conditions: Sequence[Reservation]
) -> list[str]:
    """Coded reasons why a person should look; none means nothing speaks against taking it as it is."""
    row, here = one.heard.row, told.municipality_id
    leans = set(one.heard.ties) | set(one.heard.wishes)
    as_good = any(a.room and a.score >= (told.score or 0.0) for a in told.alternatives)
    found = {
        "unplaced": here is None,
        "came_back_twice": one.came_back > 1,
        "came_back": one.came_back == 1,
        "minors": row.group != "all",
        "linked": links.get(row.link, 0) > 1 or bool(one.partner_in) or one.partners_waiting > 0,
        "special_needs": bool(one.usable_needs & SPECIAL_NEEDS),
        "against_condition": bool(_against(one, conditions)),
        "no_consent": not one.heard.health_consent,
        "wish_not_met": here is not None and bool(leans) and here not in leans,
        "another_as_good": here is not None and bool(leans) and here in leans and as_good,
    }
    return [code for code, holds in found.items() if holds]


def _against(one: Candidate, conditions: Sequence[Reservation]) -> tuple[ReservationCode, ...]:
    row, today = one.heard.row, clock.today()
    minors = row.group != "all"
    return spoken_against(
        conditions,
        minors=minors,
        children=not minors and any(age_on(born, today) < ADULT_YEARS for born, _sex in one.heard.people),
        collective=row.track == Track.COLLECTIVE,
        complex_needs=bool(one.usable_needs & SPECIAL_NEEDS),
    )
