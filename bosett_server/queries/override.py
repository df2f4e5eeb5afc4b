"""What another choice would cost: solved anew near the answer that stands, with the household locked there."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from uuid import UUID

from bosett.placement.explain import OverrideCost
from bosett.placement.fingerprint import fingerprint
from bosett.placement.problem import Lock, Problem
from bosett.placement.replan import replan, what_if_near
from bosett.placement.result import Placement
from bosett.placement.rules import OTHER_NEED
from bosett.terms.errors import NoAnswer
from bosett_server.access import audit, clock
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.queries.placement_instance import LIMITS, SPREAD, Instance, instance, unspread
from bosett_server.queries.placement_runs import newest_usual, placement_of
from bosett_server.queries.placement_solved import answered
from bosett_server.records.models import Household, PlacementRun

_stands: OrderedDict[str, Placement] = OrderedDict()
KEPT_ANSWERS = 4


def _now(actor: Actor, year: int) -> tuple[PlacementRun | None, Instance]:
    """The last run of the usual kind, and this moment's problem with its options."""
    newest = newest_usual(year)
    if newest is None:
        return None, instance(actor, year, clock.today())
    made = instance(
        actor, year, clock.today(), pressure_percent=newest.pressure_percent, homes=newest.homes,
        priorities=newest.priorities,
    )  # fmt: skip
    return newest, made


def _standing_answer(actor: Actor, newest: PlacementRun | None, now: Instance) -> Placement:
    """This moment's answer: the last run's where nothing has changed since, else the last run replanned.

    Without a run the problem is solved.  The last few are kept: the same problem has the same answer.
    """
    if newest is None:
        return answered(now)[1]
    key = f"{now.sha256} {newest.answer_sha256}"
    if key not in _stands:
        _run, placement = placement_of(actor, newest.pk)
        _stands[key] = _from(placement, now)
        while len(_stands) > KEPT_ANSWERS:
            _stands.popitem(last=False)
    return _stands[key]


def _from(placement: Placement, now: Instance) -> Placement:
    spread = any(one.capacities.get(SPREAD) is not None for one in placement.problem.municipalities)
    problem = now.problem if spread else unspread(now.problem)
    if placement.problem.household_ids == problem.household_ids and fingerprint(
        placement.problem
    ) == fingerprint(problem):
        return replace(placement, problem=problem)  # with every rule's name, also of those that close nothing
    return replan(placement, problem, LIMITS)


def override_cost_now(
    actor: Actor, year: int, row: Household, municipality: str | None
) -> OverrideCost | None:
    """What it costs the others, level by level; None when the engine cannot tell.  No municipality = it waits.

    It cannot for a household that is not in the pool (a protected address, not heard, not ready), nor for
    a place that a rule closes to it: there the decision itself says which rule.
    """
    (newest, now), name = _now(actor, year), str(row.pk)
    places = (None, *now.problem.municipality_ids)
    if name not in now.problem.household_ids or municipality not in places:
        return None
    placement = _standing_answer(actor, newest, now)
    if placement.by_household[name] == municipality:
        levels = tuple((level.name, 0.0) for level in placement.levels)
        return OverrideCost(name, municipality, levels, placement.proven, ())
    return _cost(placement, _put(placement.problem, name, municipality), name, municipality)


def exclusion_cost_now(actor: Actor, year: int, row: Household, municipality: str) -> OverrideCost | None:
    """What it costs that the household may not go there; None when the engine cannot tell."""
    (newest, now), name = _now(actor, year), str(row.pk)
    if name not in now.problem.household_ids or municipality not in now.problem.municipality_ids:
        return None
    placement = _standing_answer(actor, newest, now)
    problem = placement.problem
    bits = problem.rules.bits.copy()
    at = problem.household_ids.index(name), problem.municipality_ids.index(municipality)
    bits[at] |= 1 << problem.rules.rules.index(OTHER_NEED)
    closed = replace(problem, blocked=replace(problem.rules, bits=bits))
    if placement.by_household[name] != municipality:
        levels = tuple((level.name, 0.0) for level in placement.levels)
        return OverrideCost(name, municipality, levels, placement.proven, ())
    return _cost(placement, closed, name, municipality)


def _put(problem: Problem, household: str, municipality: str | None) -> Problem:
    """The problem with the household locked there; earlier locks of it and of its linked give way."""
    link = next(one.link for one in problem.households if one.household_id == household)
    unit = {one.household_id for one in problem.households if link and one.link == link} | {household}
    others = tuple(lock for lock in problem.locks if lock.household_id not in unit)
    return replace(problem, locks=(*others, Lock(household, municipality)))


def _cost(
    placement: Placement, changed: Problem, household: str, municipality: str | None
) -> OverrideCost | None:
    try:
        found = what_if_near(placement, changed, LIMITS)
    except NoAnswer:
        return None
    levels = tuple((level, -gained) for level, gained in found.gained)
    return OverrideCost(
        household, municipality, levels, found.proven, tuple(one for one, _, _ in found.moved)
    )


def choice_cost(actor: Actor, year: int, row: Household, kind: str, municipality: str) -> OverrideCost | None:
    """What a choice costs the others: to this place, to none yet, or never there."""
    if kind == "not_there":
        return exclusion_cost_now(actor, year, row, municipality)
    return override_cost_now(actor, year, row, municipality or None)


@dataclass(frozen=True)
class HomeInSight:
    """A household that somebody decides by hand; `stored` is for the cost, never for a template."""

    id: str
    reference: str
    persons: int
    group: str
    protected: bool
    stored: Household


def household_in_sight(actor: Actor, household: UUID) -> HomeInSight:
    """The household, logged as read.  Raises NotInSight."""
    row = Household.objects.filter(pk=household, merged_into__isnull=True).first()
    if row is None:
        raise NotInSight("not_in_sight")
    audit.log_read("override", "household", [row.pk])
    return HomeInSight(
        str(row.pk), row.reference, row.persons_count, row.group, row.protection != "none", row
    )
