"""A new answer near an old one: what changed is repaired, what lies around it is solved anew, the rest stands.

Among answers that are equally good, the one in which most households keep their municipality is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from bosett.placement.answer import answer
from bosett.placement.best_from import best_from
from bosett.placement.certificate import Prices, certified_bound
from bosett.placement.improve import Losses
from bosett.placement.insert import fill_rest
from bosett.placement.levels import SCORE, SLACK, Goal, LevelOutcome, goals
from bosett.placement.part import part_of, solve_part
from bosett.placement.problem import Objective, Problem
from bosett.placement.program import Limits
from bosett.placement.result import Placement
from bosett.placement.search import WEEK
from bosett.placement.solve import solve
from bosett.placement.units import FREE, Bools, Floats, Ints, Units, units_of
from bosett.placement.whatif import WhatIf, compared
from bosett.placement.worth import Demand, Worth

STAYING = 1e-5
"""What keeping a municipality is worth, in the mean score of a placed household: it decides only between equals.
All of them together weigh less than a ten-thousandth of the score."""
ROUNDS = 6
ROWS, COLUMNS = 80, 40
ALL_PAIRS = 1_500
SMALL = 5_000
"""Pairs up to which the changed problem is solved as a whole, so that the difference is exact."""
PART = Limits(effort=20, gap=0.0)


@dataclass(frozen=True)
class _Near:
    """The old answer in the changed problem; `touched` are the municipalities where something changed."""

    places: Ints
    stays: Floats
    touched: Bools


def what_if_near(placement: Placement, changed: Problem, limits: Limits | None = None) -> WhatIf:
    """Replan, and compare with what stood.

    Where the answer that stands was not proven best, the same neighbourhood is searched without the change
    too, so that the difference is the change's and not that of having looked once more.

    Raises
    ------
    NoAnswer
        If the change leaves no answer; the rule is named.
    """
    found = compared(placement, replan(placement, changed, limits))
    if placement.proven or placement.objective is Objective.WISHES or placement.fairness_floor is not None:
        return found
    there = frozenset(place for _, before, after in found.moved for place in (before, after) if place)
    base = {one.name: one.value for one in replan(placement, placement.problem, limits, there).levels}
    told = {one.name: one.value for one in found.placement.levels}
    gained = tuple((name, told[name] - base.get(name, 0.0)) for name, _ in found.gained)
    return replace(found, gained=gained)


def replan(
    placement: Placement,
    changed: Problem,
    limits: Limits | None = None,
    around: frozenset[str] = frozenset(),
) -> Placement:
    """An answer to the changed problem that starts from the one that stands and moves few.

    Promise: every rule is kept; on an instance small enough to be one part the answer is a best one, and of
    the best ones it moves fewest households; where nothing changed, nobody moves.  Every bound is certified.
    Up to a week's size it is then searched on for a best one.  With wishes or a floor under groups, and
    where it is small, the problem is solved anew as a whole.

    Parameters
    ----------
    around
        Municipalities to look around beside those that the change touches.

    Raises
    ------
    NoAnswer
        If the locks conflict, do not fit, or overfill.
    """
    if placement.objective is Objective.WISHES or placement.fairness_floor is not None:
        floors = placement.fairness_floor, placement.score_floor
        return solve(changed, placement.objective, limits, placement.seed, *floors)
    if len(changed.households) * len(changed.municipalities) <= SMALL:
        return settle(solve(changed, placement.objective, limits, placement.seed), placement.by_household)
    known = dict(zip(placement.problem.municipality_ids, placement.problem.municipalities, strict=True))
    other = {one.municipality_id for one in changed.municipalities if known.get(one.municipality_id) != one}
    near = _near_answer(placement, changed, placement.by_household, frozenset(other) | around)
    whole = len(changed.households) * len(changed.municipalities) <= WEEK
    return best_from(near, limits or Limits()) if whole else near


def settle(answer_: Placement, before: Mapping[str, str | None], gap: float = 0.0) -> Placement:
    """Of answers that count as equal, the one in which most households keep what they were proposed before.

    Promise: as many persons are placed at every level, and the score is at most `gap` of its bound lower.
    With wishes or a floor under groups the answer stands as it is.

    Parameters
    ----------
    before
        Household -> municipality or None, as it was proposed; a household that is not there is new.
    gap
        A fraction >= 0; the gap at which the search was content.
    """
    if answer_.objective is Objective.WISHES or answer_.fairness_floor is not None or not before:
        return answer_
    near = _near_answer(answer_, answer_.problem, before, frozenset())
    persons = zip(near.levels[:-1], answer_.levels[:-1], strict=True)
    enough = answer_.score - max(SLACK, gap * abs(answer_.score_bound))
    if any(one.value < other.value for one, other in persons) or near.score < enough:
        return answer_
    as_good = near.score >= answer_.score - SLACK
    tight = max(near.score, min(answer_.solver_bound, near.solver_bound))
    return replace(near, solver_bound=tight, proven=near.proven or (answer_.proven and as_good))


def _near_answer(
    priced: Placement, changed: Problem, stood: Mapping[str, str | None], around: frozenset[str]
) -> Placement:
    """From where everybody stood, at the prices of an answer to this problem or a like one."""
    units = units_of(changed)
    objective = priced.objective
    if len(changed.households) * len(changed.municipalities) <= SMALL:
        around = frozenset(changed.municipality_ids)
    near = _repaired(changed, units, stood, around, take_losses=objective is not Objective.SCORE)
    places, before = near.places, near.places.copy()
    demands: list[Demand] = []
    outcomes: list[LevelOutcome] = []
    for goal in goals(units, objective):
        bound, prices = _lowest(units, goal, _known(priced, changed, units, goal, demands), demands)
        if goal.name == SCORE or goal.worth.total(places) < bound - SLACK:
            touched = near.touched | _differ(units, places, before)
            places = _around(units, goal, demands, places, prices, touched, near.stays)
        value = goal.worth.total(places)
        proven = value >= bound - SLACK
        outcomes.append(LevelOutcome(goal.name, value, bound, bound, places, prices, tuple(demands), proven))
        demands.append(Demand(goal.name, goal.worth, value))
    return answer(changed, units, objective, priced.seed, outcomes)


def _repaired(
    changed: Problem,
    units: Units,
    stood: Mapping[str, str | None],
    around: frozenset[str],
    *,
    take_losses: bool,
) -> _Near:
    """Where everybody stood, as far as the rules still allow it; whoever cannot stay goes where there is room."""
    column = {code: index for index, code in enumerate(changed.municipality_ids)}
    names = [changed.households[rows[0]].household_id for rows in units.members]
    old = np.array([column.get(stood.get(one) or "", -1) for one in names], dtype=np.int64)
    places = np.where(units.lock == FREE, old, units.lock)
    unit = np.flatnonzero((places >= 0) & (units.lock == FREE))
    places[unit[~units.fitting[unit, places[unit]]]] = -1
    for place in np.flatnonzero((units.used(places) > units.capacity).any(axis=1)).tolist():
        _cut(units, places, place)
    stays = np.zeros((units.count, units.places))
    here = np.flatnonzero(old >= 0)
    stays[here, old[here]] = [len(units.members[one]) for one in here.tolist()]
    left = units.capacity - units.used(places)
    touched = np.array([code in around for code in changed.municipality_ids], dtype=np.bool_)
    touched[old[(old != places) & (old >= 0)]] = True
    fill_rest(units, places, units.score + STAYING * stays, left, take_losses=take_losses)
    return _Near(places, stays, touched | _differ(units, places, old))


def _cut(units: Units, places: Ints, place: int) -> None:
    """Take the least worth out of a municipality that has too little room.  Changes `places`."""
    there = np.flatnonzero((places == place) & (units.lock == FREE))
    for one in there[np.argsort(units.score[there, place], kind="stable")].tolist():
        if not (units.used(places)[place] > units.capacity[place]).any():
            return
        places[one] = -1


def _differ(units: Units, places: Ints, before: Ints) -> Bools:
    """Municipalities that somebody came to or left."""
    found = np.zeros(units.places, dtype=np.bool_)
    moved = places != before
    for side in (places[moved], before[moved]):
        found[side[side >= 0]] = True
    return found


def _known(placement: Placement, changed: Problem, units: Units, goal: Goal, demands: list[Demand]) -> Prices:
    """The prices of the level as they were: valid for any problem, and sharp for one that is near."""
    told = next((one for one in placement.certificates if one.name == goal.name), None)
    if told is None:
        return Prices.none(units, len(demands))
    capacity = [
        [told.prices.get(code, {}).get(name, 0.0) for name in changed.dimensions]
        for code in changed.municipality_ids
    ]
    kept = [told.mu.get(one.name, 0.0) for one in demands]
    return Prices.rounded(np.array(capacity, dtype=np.float64), kept, units)


def _lowest(units: Units, goal: Goal, prices: Prices, demands: list[Demand]) -> tuple[float, Prices]:
    """The lower of the bounds with these prices and with none."""
    free = Prices.none(units, len(demands))
    bounds = [(goal.rounded(certified_bound(units, goal.worth, one, demands)), one) for one in (prices, free)]
    return min(bounds, key=lambda one: one[0])


def _around(
    units: Units,
    goal: Goal,
    demands: list[Demand],
    places: Ints,
    prices: Prices,
    touched: Bools,
    stays: Floats,
) -> Ints:
    """Solve what lies around the change, then what that changed, until nothing gains."""
    worth = _worth(units, goal, stays)
    losses = Losses(units, worth, prices, demands)
    for _ in range(ROUNDS):
        if not touched.any() and not (places < 0).any():
            break
        rows, columns = _part(units, losses, places, touched)
        if not len(rows):
            break
        part = part_of(units, places, rows, columns)
        pairs = _pairs(losses, part.units.fitting, rows, columns, units.places)
        found = solve_part(units, worth, demands, places, part, pairs, PART, 0)
        if (found == places).all():
            break
        touched = touched | _differ(units, found, places)
        places = found
    return places


def _worth(units: Units, goal: Goal, stays: Floats) -> Worth:
    """The level's worth, and among equals the municipality that a household had."""
    plain = goal.worth.rows(0, units.count, units.places)
    best = np.abs(np.where(units.fitting, plain, 0.0)).max(axis=1, initial=0.0)
    each = STAYING * (float(best.mean()) or 1.0) if len(best) else STAYING
    return replace(
        goal.worth, weight=np.ones(units.count), table=plain + each * stays, special={}, added=None
    )


def _part(units: Units, losses: Losses, places: Ints, touched: Bools) -> tuple[Ints, Ints]:
    """Whoever stands in a touched municipality or nowhere, or would come there; and where they could go."""
    free = units.lock == FREE
    core = free & np.where(places >= 0, touched[places], units.fitting.any(axis=1))
    now = losses.of(places)
    come = _least(losses, touched) - now
    columns = _columns(units, losses, places, core, touched, come)
    inside = np.zeros(units.places, dtype=np.bool_)
    inside[columns] = True
    elsewhere = inside[losses.place] & (losses.place != places[:, None])
    margin = np.where(elsewhere & np.isfinite(losses.net), losses.below, np.inf).min(axis=1) - now
    candidates = np.flatnonzero(free & (core | ((places >= 0) & inside[places])))
    order = np.lexsort((candidates, margin[candidates], ~core[candidates]))
    return np.sort(candidates[order][:ROWS]), columns


def _least(losses: Losses, wanted: Bools) -> Floats:
    """What each unit loses at least by going to one of the municipalities; infinite when none is near."""
    there = wanted[losses.place] & np.isfinite(losses.net)
    return np.asarray(np.where(there, losses.below, np.inf).min(axis=1), dtype=np.float64)


def _columns(units: Units, losses: Losses, places: Ints, core: Bools, touched: Bools, come: Floats) -> Ints:
    """The touched ones; those that the core loses least by going to; those whose units gain most by coming."""
    loss = np.full(units.places, np.inf)
    np.minimum.at(loss, losses.place[core].ravel(), losses.below[core].ravel())
    placed = np.flatnonzero((places >= 0) & np.isfinite(come) & (units.lock == FREE))
    np.minimum.at(loss, places[placed], come[placed])
    loss[touched] = -np.inf
    order = np.lexsort((np.arange(units.places), loss))[: max(COLUMNS, int(touched.sum()))]
    return np.sort(order[loss[order] < np.inf])


def _pairs(losses: Losses, fitting: Bools, rows: Ints, columns: Ints, places: int) -> Bools:
    """Every fitting pair of a small part; of a larger one, each unit's nearest."""
    if fitting.size <= ALL_PAIRS:
        return fitting
    column_of = np.full(places, -1, dtype=np.int64)
    column_of[columns] = np.arange(len(columns))
    at = column_of[losses.place[rows]]
    pairs = np.zeros(fitting.shape, dtype=np.bool_)
    row, place = np.nonzero((at >= 0) & np.isfinite(losses.net[rows]))
    pairs[row, at[row, place]] = True
    return pairs
