"""What if: other places, a withdrawal, a choice or a new site, solved anew against a run that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from time import perf_counter
from uuid import UUID

import numpy as np

from bosett.placement.problem import PERSONS, BlockTable, Lock, Municipality, Problem, ScoreTable
from bosett.placement.replan import what_if_near
from bosett.placement.rules import OTHER_NEED
from bosett.placement.score import MunicipalityFacts, plain_score, weights_on
from bosett.placement.whatif import with_capacities, with_locks
from bosett.rules.parameters import Parameters
from bosett.terms.errors import NoAnswer, Refused
from bosett_server.access import audit
from bosett_server.access.actor import Actor
from bosett_server.queries.placement_instance import LIMITS
from bosett_server.queries.placement_known import Known, KnownHome, facts_of, read_known
from bosett_server.queries.placement_runs import RunKept, placement_of
from bosett_server.queries.places import place_names
from bosett_server.records.models import Household, PlacementFile
from bosett_server.records.models import Municipality as MunicipalityRow

MOST_PLACES = 5000
CHOICE_RULES = ("lock_not_fitting", "locks_overfill", "conflicting_locks")
"""Rules of the engine that say: a choice that stands cannot be kept."""


@dataclass(frozen=True)
class Change:
    """What is otherwise.

    Parameters
    ----------
    places
        Municipality -> places for persons; 0 = it withdraws; one that was not in the run is a new site.
    locks
        Household -> municipality; empty = it waits.
    """

    places: Mapping[str, int] = field(default_factory=dict)
    locks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class MovedHome:
    """Who would move, an empty name = no place; `points` more for it, a loss is negative."""

    household: UUID
    reference: str
    persons: int
    before: str
    after: str
    points: float


@dataclass(frozen=True)
class Outcome:
    """The difference the change makes: `persons` and `points` gained (a loss is negative).

    Parameters
    ----------
    exact
        Both answers are proven best; else within the run's gap.
    hidden
        Households that would move and are not in sight.
    seconds
        What solving took.
    """

    run: RunKept
    persons: int
    points: float
    moved: tuple[MovedHome, ...]
    hidden: int
    exact: bool
    seconds: float


def outcome(actor: Actor, run: int, change: Change) -> Outcome:
    """What the run would have been with the change; nothing is stored.

    Raises NotInSight, Refused: `run_not_done`, `no_change_to_try`, `no_such_municipality`,
    `number_not_a_place_count`, `household_not_in_run`, `choice_needs_these_places`,
    `no_answer_with_this`.
    """
    kept, placement = placement_of(actor, run)
    if not change.places and not change.locks:
        raise Refused("no_change_to_try")
    names = place_names()
    changed = _changed(placement.problem, change, run, names)
    began = perf_counter()
    try:
        found = what_if_near(placement, changed, LIMITS)
    except NoAnswer as refusal:
        code = "choice_needs_these_places" if refusal.rule in CHOICE_RULES else "no_answer_with_this"
        raise Refused(code, {"rule": refusal.rule}) from refusal
    seconds = perf_counter() - began
    moved = _moved(found.moved, names, changed)
    audit.log_read("what_if", "household", [str(one.household) for one in moved])
    gained = dict(found.gained)
    return Outcome(
        run=kept, persons=found.placement.placed_persons - placement.placed_persons, points=gained["score"],
        moved=moved, hidden=len(found.moved) - len(moved), exact=found.proven, seconds=seconds,
    )  # fmt: skip


def places_in_run(actor: Actor, run: int) -> dict[str, int | None]:
    """Municipality -> places for persons that the run was given, without those it had none in."""
    _kept, placement = placement_of(actor, run)
    return {one.municipality_id: one.capacities.get(PERSONS) for one in placement.problem.municipalities}


def household_by_reference(actor: Actor, reference: str) -> str:
    """The identifier behind a reference in sight.  Raises Refused `household_not_in_run`."""
    found = (
        Household.objects.filter(reference=reference, protection="none").values_list("pk", flat=True).first()
    )
    if found is None:
        raise Refused("household_not_in_run")
    return str(found)


def _changed(problem: Problem, change: Change, run: int, names: Mapping[str, str]) -> Problem:
    for code, number in change.places.items():
        if code not in names:
            raise Refused("no_such_municipality", {"municipality": code[:10]})
        if not 0 <= number <= MOST_PLACES:
            raise Refused("number_not_a_place_count", {"most": MOST_PLACES})
    known = read_known(bytes(PlacementFile.objects.get(run_id=run).known))
    for code in sorted(change.places.keys() - set(problem.municipality_ids)):
        problem = with_site(problem, known, code, names[code])
    there = set(problem.municipality_ids)
    for home, place in change.locks.items():
        if home not in problem.household_ids:
            raise Refused("household_not_in_run")
        if place and place not in there:
            raise Refused("no_such_municipality", {"municipality": place[:10]})
    capacities = {(code, PERSONS): number for code, number in change.places.items()}
    return with_locks(
        with_capacities(problem, capacities),
        [Lock(home, place or None) for home, place in sorted(change.locks.items())],
    )


def with_site(problem: Problem, known: Known, code: str, name: str) -> Problem:
    """The problem with a municipality that had no places: what each household would score there.

    It has no places for unaccompanied minors and no limit on spreading until somebody says otherwise.
    Raises Refused `scores_lack_the_site` where scores were loaded: they say nothing of a new place.
    """
    if known.loaded:
        raise Refused("scores_lack_the_site", {"municipality": name})
    town = MunicipalityRow.objects.get(pk=code)
    facts = MunicipalityFacts(code, frozenset(), town.centrality)
    weights = weights_on(Parameters.shipped(), known.day)
    column = [
        plain_score(facts_of(one, known.homes[one]), facts, weights).points for one in problem.household_ids
    ]
    codes = (*problem.municipality_ids, code)
    values = np.column_stack([problem.scores.values, np.array(column)])
    closed = [_closed_by(known.homes[one], code) for one in problem.household_ids]
    rules = tuple(dict.fromkeys([*problem.rules.rules, *(rule for told in closed for rule in told)]))
    more = np.array([[sum(1 << rules.index(rule) for rule in told)] for told in closed], dtype=np.uint64)
    bits = np.hstack([problem.rules.bits.astype(np.uint64), more])
    site = Municipality(
        code, name, {d: 0 if d == PERSONS or d.startswith("em_") else None for d in problem.dimensions}
    )
    return replace(
        problem,
        municipalities=(*problem.municipalities, site),
        scores=ScoreTable(problem.household_ids, codes, values),
        blocked=BlockTable(rules, problem.household_ids, codes, bits),
    )


def _closed_by(home: KnownHome, code: str) -> list[str]:
    """The rules that close a place to a household, also one that was in no run."""
    found = {
        "declined_before": code in home.declined,
        "linked_elsewhere": bool(home.partners) and code not in home.partners,
        OTHER_NEED: code in home.barred,
    }
    return [rule for rule, holds in found.items() if holds]


def _moved(
    moved: tuple[tuple[str, str | None, str | None], ...], names: Mapping[str, str], problem: Problem
) -> tuple[MovedHome, ...]:
    rows = {str(one.pk): one for one in Household.objects.filter(pk__in=[home for home, _, _ in moved])}
    return tuple(
        MovedHome(
            rows[home].pk, rows[home].reference, rows[home].persons_count, names.get(before or "", ""),
            names.get(after or "", ""), _points(problem, home, after) - _points(problem, home, before),
        )
        for home, before, after in moved
        if home in rows
    )  # fmt: skip


def _points(problem: Problem, household: str, place: str | None) -> float:
    """What the household scores there; 0 without a place."""
    if place is None:
        return 0.0
    row, column = problem.household_ids.index(household), problem.municipality_ids.index(place)
    return float(problem.scores.values[row, column])
