"""From an answer to rows: a proposal for each household with its reasons, a price for each municipality."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bosett.placement.explain import TOO_SMALL, Explanation, explain
from bosett.placement.homes import PREFIX
from bosett.placement.problem import Household as PlacedHousehold
from bosett.placement.problem import Municipality, Problem
from bosett.placement.result import Placement, used_places
from bosett_server.queries.placement_instance import SPREAD
from bosett_server.queries.placement_known import Known, KnownHome
from bosett_server.queries.placement_places import NOT_COUNTED_ON
from bosett_server.records.models import Household, PlacementPrice, PlacementRun, Proposal

NEXT_BEST = 3
Used = Mapping[tuple[str, str], int]
"""Places taken, by (municipality, dimension)."""


def proposals_of(
    run: PlacementRun, placement: Placement, known: Known, homes: Mapping[str, str] | None = None
) -> tuple[list[Proposal], int]:
    """One proposal for each household that still is as it was when the run began, and how many are not.

    A household that left, was decided, changed or got a protected address meanwhile gets none.

    Parameters
    ----------
    homes
        Household -> the offer of the home it gets.
    """
    as_it_was = set(
        Household.objects.filter(
            pk__in=placement.problem.household_ids, stage="ready", protection="none",
            merged_into__isnull=True, recheck=[],
        ).values_list("pk", flat=True)
    )  # fmt: skip
    still = {str(pk) for pk in as_it_was}
    ids = [one for one in placement.problem.household_ids if one in still]
    used = used_places(placement.problem, placement.by_household)
    made = [proposal_of(run, placement, known, one, used) for one in ids]
    for one in made:
        number = (homes or {}).get(str(one.household_id))
        if number is not None:
            one.home_id = int(number)
            one.reasons = [{"code": "home_offered", "facts": {"home": int(number)}}, *one.reasons]
    return made, len(known.homes) - len(ids)


def proposal_of(
    run: PlacementRun, placement: Placement, known: Known, household: str, used: Used | None = None
) -> Proposal:
    """The household's proposal, not stored; `used` spares counting the places for each household."""
    taken = used_places(placement.problem, placement.by_household) if used is None else used
    told = explain(placement.problem, placement, household, alternatives=NEXT_BEST)
    home = known.homes[household]
    doubts = _doubts(home, told, household in known.not_kept)
    return Proposal(
        run=run,
        household_id=household,
        municipality_id=told.municipality_id,
        score=told.score,
        unplaced_reason=told.reason.value if told.reason else "",
        reasons=_reasons(placement, known, home, told),
        alternatives=_alternatives(told, placement.problem, taken),
        easy=not doubts,
        doubts=doubts,
    )


def prices_of(run: PlacementRun, placement: Placement) -> Iterable[PlacementPrice]:
    """What one more place would have been worth: in persons at the first levels, in points at the last.

    Prices of homes, and of the share that spreads households, stand in the kept files alone.
    """
    persons: dict[tuple[str, str], float] = defaultdict(float)
    for certificate in placement.certificates[:-1]:
        for place, by_dimension in certificate.prices.items():
            for name, price in by_dimension.items():
                persons[place, name] = max(persons[place, name], price)
    for one in placement.prices:
        if one.dimension != SPREAD and not one.dimension.startswith(PREFIX):
            yield PlacementPrice(
                run=run, municipality_id=one.municipality_id, year=run.year, dimension=one.dimension,
                persons=persons[one.municipality_id, one.dimension], points=one.price,
            )  # fmt: skip


def _reasons(placement: Placement, known: Known, home: KnownHome, told: Explanation) -> list[dict[str, Any]]:
    """What speaks for the municipality, where it ranks, and which rules close which others."""
    reasons: list[dict[str, Any]] = []
    here = told.municipality_id
    if here is not None:
        parts = known.parts(told.household_id, here)
        reasons += [{"code": part.code, "facts": {"points": part.points}} for part in parts]
        said = {
            "chosen": any(lock.household_id == told.household_id for lock in placement.problem.locks)
            and here not in home.own,
            "opened_for_household": here in home.own,
            "linked_here": here in home.partners,
            "spread": home.free,
            "loaded_scores": known.loaded,
        }
        reasons += [{"code": code, "facts": {}} for code, holds in said.items() if holds]
        if not reasons:
            reasons.append({"code": "room", "facts": {}})
        reasons.append({"code": "rank", "facts": {"rank": told.rank, "of": told.allowed_count}})
    by_rule: dict[str, list[str]] = defaultdict(list)
    for blocked in told.blocked:
        for rule in blocked.rules:
            by_rule[
                _named(rule, blocked.municipality_id, placement.problem, known, told.household_id)
            ].append(blocked.municipality_id)
    reasons += [
        {"code": "blocked", "facts": {"rule": rule, "municipalities": places}}
        for rule, places in sorted(by_rule.items())
    ]
    return reasons


def _named(rule: str, municipality: str, problem: Problem, known: Known, household: str) -> str:
    """The rule of capacity by its reason: the vedtak has too few places, or the State counts on too few of them."""
    held = known.not_counted.get(municipality, 0)
    if rule != TOO_SMALL or not held:
        return rule
    place = problem.municipalities[problem.municipality_ids.index(municipality)]
    unit = _unit(problem, household)
    fits = all(
        capacity is None or sum(one.use(name) for one in unit) <= capacity + held * (name == "persons")
        for name, capacity in place.capacities.items()
    )
    return NOT_COUNTED_ON if fits else rule


def _unit(problem: Problem, household: str) -> list[PlacedHousehold]:
    """The household and those linked with it."""
    row = problem.households[problem.household_ids.index(household)]
    return [one for one in problem.households if one.link == row.link] if row.link else [row]


def _alternatives(told: Explanation, problem: Problem, used: Used) -> list[dict[str, Any]]:
    own = told.score or 0.0
    unit = _unit(problem, told.household_id)
    places = {place.municipality_id: place for place in problem.municipalities}
    return [
        {
            "municipality": one.municipality_id,
            "score": one.score,
            "difference": own - one.score,
            "price": one.score - one.score_after_price,
            "room": one.room,
            "lacks": "" if one.room else lacks(places[one.municipality_id], unit, used),
        }
        for one in told.alternatives
    ]


def lacks(place: Municipality, unit: Sequence[PlacedHousehold], used: Used) -> str:
    """What a place has too little of: `places` that others use, a `home`, or only its share of the `spread`."""
    full = {
        name
        for name, capacity in place.capacities.items()
        if capacity is not None
        and used.get((place.municipality_id, name), 0) + sum(one.use(name) for one in unit) > capacity
    }
    if full == {SPREAD}:
        return "spread"
    return "home" if any(name.startswith(PREFIX) for name in full) else "places"


def _doubts(home: KnownHome, told: Explanation, is_not_kept: bool) -> list[str]:
    """Coded reasons why a person should look; none means nothing speaks against taking it as it is."""
    here = told.municipality_id
    leans = set(home.ties) | set(home.wishes)
    as_good = any(one.room and one.score >= (told.score or 0.0) for one in told.alternatives)
    found = {
        "choice_not_kept": is_not_kept,
        "unplaced": here is None,
        **dict.fromkeys(home.doubts, True),
        "against_condition": here in home.against,
        "wish_not_met": here is not None and bool(leans) and here not in leans,
        "another_as_good": here is not None and bool(leans) and here in leans and as_good,
    }
    order = ("choice_not_kept", "unplaced", "came_back_twice", "came_back", "minors", "linked", "special_needs",
             "against_condition", "no_consent", "wish_not_met", "another_as_good")  # fmt: skip
    return [code for code in order if found.get(code)]
