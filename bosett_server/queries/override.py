"""What another choice would cost: this week's problem solved again with the household locked there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from bosett.placement.explain import OverrideCost, override_cost
from bosett.placement.rules import OTHER_NEED
from bosett.placement.whatif import what_if
from bosett.terms.errors import NoAnswer
from bosett_server.access import audit, clock
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.queries.placement_instance import LIMITS, answered, instance
from bosett_server.records.models import Household


def override_cost_now(
    actor: Actor, year: int, row: Household, municipality: str | None
) -> OverrideCost | None:
    """The exact loss, level by level; None when the engine cannot tell.  No municipality = the household waits.

    It cannot for a household that is not in the pool (a protected address, not heard, not ready), nor for
    a place that a rule closes to it: there the decision itself says which rule.
    """
    now, name = instance(actor, year, clock.today()), str(row.pk)
    places = (None, *now.problem.municipality_ids)
    if name not in now.problem.household_ids or municipality not in places:
        return None
    made, placement = answered(now)
    if placement.by_household[name] == municipality:
        levels = tuple((level.name, 0.0) for level in placement.levels)
        return OverrideCost(name, municipality, levels, placement.proven, ())
    problem = replace(made.problem, locks=tuple(x for x in made.problem.locks if x.household_id != name))
    try:
        return override_cost(problem, placement, name, municipality, LIMITS)
    except NoAnswer:
        return None


def exclusion_cost_now(actor: Actor, year: int, row: Household, municipality: str) -> OverrideCost | None:
    """What it costs that the household may not go there; None when the engine cannot tell."""
    now, name = instance(actor, year, clock.today()), str(row.pk)
    if name not in now.problem.household_ids or municipality not in now.problem.municipality_ids:
        return None
    _made, placement = answered(now)
    problem = placement.problem
    bits = problem.rules.bits.copy()
    at = problem.household_ids.index(name), problem.municipality_ids.index(municipality)
    bits[at] |= 1 << problem.rules.rules.index(OTHER_NEED)
    try:
        found = what_if(placement, replace(problem, blocked=replace(problem.rules, bits=bits)), LIMITS)
    except NoAnswer:
        return None
    levels = tuple((level, -gained) for level, gained in found.gained)
    return OverrideCost(name, municipality, levels, found.proven, tuple(one for one, _, _ in found.moved))


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
