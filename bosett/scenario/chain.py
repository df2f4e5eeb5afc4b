"""One week of the whole chain as a function: modelled answers stand where people decide.

The same room functions run here and behind the service's buttons; only this module and the service's
actions put them together.  Persons are conserved: in = waiting + settled + left, checked at every step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np

from bosett.followup import steps
from bosett.followup.advance import advance
from bosett.followup.deadlines import Rules, answer_due
from bosett.followup.problem import Case, Heard, Item, SettlementDates, Stage
from bosett.placement.problem import (
    PERSONS,
    BlockTable,
    Exclusion,
    Household,
    Municipality,
    Problem,
    ScoreTable,
)
from bosett.placement.program import Limits
from bosett.placement.solve import solve

WEEK = timedelta(days=7)
DECLINED_BEFORE = "declined_before"
HOLDS_PLACE = frozenset(
    {Stage.PROPOSED, Stage.ASKED, Stage.ACCEPTED, Stage.ASSIGNED, Stage.DATE_AGREED, Stage.SETTLED}
)


@dataclass(frozen=True)
class Counts:
    """Persons by where they are."""

    came_in: int
    waiting: int
    settled: int
    left: int

    @property
    def conserved(self) -> bool:
        """Nobody is lost and nobody is counted twice."""
        return self.came_in == self.waiting + self.settled + self.left


@dataclass(frozen=True)
class State:
    """The chain at the start of a week.

    Parameters
    ----------
    places
        Persons each municipality takes in the year, before those that hold a place are taken off.
    came_in
        Persons that have ever come in.
    holders
        Household -> municipality where it holds a place of the year.
    declined
        (household, municipality) pairs that were declined or expired.

    Raises
    ------
    ValueError
        If persons are not conserved.
    """

    week_start: date
    cases: Mapping[str, Case] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    came_in: int = 0
    holders: Mapping[str, str] = field(default_factory=dict)
    declined: frozenset[tuple[str, str]] = frozenset()

    def __post_init__(self) -> None:
        if not self.counts.conserved:
            raise ValueError(f"persons are not conserved: {self.counts}")

    @property
    def counts(self) -> Counts:
        """Persons in, waiting, settled and left."""
        left = sum(len(case.persons) for case in self.cases.values() if case.stage is Stage.LEFT)
        here = [case for case in self.cases.values() if case.stage is not Stage.LEFT]
        settled = sum(one.settled_on is not None for case in here for one in case.persons)
        return Counts(self.came_in, sum(len(case.persons) for case in here) - settled, settled, left)

    def remaining(self) -> dict[str, int]:
        """Places left by municipality; negative = over by so many after a cut."""
        left = dict(self.places)
        for household, municipality in self.holders.items():
            case = self.cases[household]
            if case.stage in HOLDS_PLACE or any(one.settled_on for one in case.persons):
                left[municipality] = left.get(municipality, 0) - len(case.persons)
        return left


@dataclass(frozen=True)
class Inputs:
    """What comes from outside in a week.

    Parameters
    ----------
    places
        Municipality -> new number of places in the year, where it changes.
    heard
        Household -> the items of its hearing this week.
    ready, left
        Households marked ready; households that leave, with a reason code.
    """

    arrivals: tuple[Case, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)
    heard: Mapping[str, Mapping[Item, Heard]] = field(default_factory=dict)
    ready: tuple[str, ...] = ()
    left: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Behaviour:
    """Modelled choices, marked as modelled wherever their result shows.

    Parameters
    ----------
    answer
        (case, municipality) -> True accepts, False declines, None does not answer.
    score
        (case, municipality) -> score, any finite number.
    excluded
        (case, municipality) -> codes of the rules that exclude the pair; None = all are allowed.
    days_to_move
        Days from decision to settlement, >= 0.
    """

    answer: Callable[[Case, str], bool | None]
    score: Callable[[Case, str], float]
    excluded: Callable[[Case, str], tuple[str, ...]] | None = None
    days_to_move: int = 14
    limits: Limits | None = None


def step(state: State, inputs: Inputs, behaviour: Behaviour, rules: Rules) -> State:
    """The chain one week later.

    Promise: persons are conserved; nobody is assigned above the places; every change of a case goes
    through the follow-up's own conditions.

    Raises
    ------
    Refused
        When an input asks for a step that a case does not allow.
    """
    today = state.week_start
    came_in = _arrive(state, inputs)
    taken = _each(came_in, _given_steps(inputs, today))
    settled = _settle_due(taken, today)
    expired = _return_expired(settled, today)
    placed = _propose(expired, behaviour, rules)
    return replace(placed, week_start=today + WEEK)


def _arrive(state: State, inputs: Inputs) -> State:
    again = [case.household_id for case in inputs.arrivals if case.household_id in state.cases]
    if again:
        raise ValueError(f"households that are in the chain already: {again}")
    cases = {**state.cases, **{case.household_id: case for case in inputs.arrivals}}
    persons = sum(len(case.persons) for case in inputs.arrivals)
    return replace(
        state, cases=cases, came_in=state.came_in + persons, places={**state.places, **inputs.places}
    )


def _given_steps(inputs: Inputs, today: date) -> Iterable[tuple[str, steps.AnyStep]]:
    for household, hearing in sorted(inputs.heard.items()):
        yield household, steps.Interviewed(today, hearing)
    for household in sorted(inputs.ready):
        yield household, steps.MarkedReady(today)
    for household, reason in sorted(inputs.left.items()):
        yield household, steps.Left(today, reason)


def _each(state: State, changes: Iterable[tuple[str, steps.AnyStep]]) -> State:
    cases = dict(state.cases)
    for household, change in changes:
        cases[household] = advance(cases[household], change)
    return replace(state, cases=cases)


def _settle_due(state: State, today: date) -> State:
    due = []
    for household, case in sorted(state.cases.items()):
        if case.stage is Stage.DATE_AGREED and case.dates is not None:
            dates = case.dates
            arrived = tuple(
                one.person_id
                for one in case.persons
                if one.settled_on is None and dates.of(one.person_id) <= today
            )
            if arrived:
                due.append((household, steps.Settled(today, arrived)))
    return _each(state, due)


def _return_expired(state: State, today: date) -> State:
    past = [
        case
        for _, case in sorted(state.cases.items())
        if case.stage is Stage.PROPOSED and case.proposal is not None and today > case.proposal.answer_due
    ]
    refused = {(case.household_id, state.holders[case.household_id]) for case in past}
    changes: list[tuple[str, steps.AnyStep]] = []
    for case in past:
        changes.append((case.household_id, steps.Expired(today)))
        changes.append((case.household_id, steps.ReturnedToPool(today, "expired")))
    return _without_places(_each(state, changes), refused)


def _without_places(state: State, refused: set[tuple[str, str]]) -> State:
    gone = {household for household, _ in refused}
    holders = {household: place for household, place in state.holders.items() if household not in gone}
    return replace(state, holders=holders, declined=state.declined | refused)


def _propose(state: State, behaviour: Behaviour, rules: Rules) -> State:
    ready = [case for _, case in sorted(state.cases.items()) if case.stage is Stage.READY]
    if not ready or not state.places:
        return state
    answer = solve(_problem(state, ready, behaviour), limits=behaviour.limits)
    proposed = [
        (one.household_id, one.municipality_id)
        for one in answer.assignments
        if one.municipality_id is not None
    ]
    refused: set[tuple[str, str]] = set()
    changes: list[tuple[str, steps.AnyStep]] = []
    for household, municipality in proposed:
        case, said = state.cases[household], behaviour.answer(state.cases[household], municipality)
        changes += _answered(case, municipality, said, state.week_start, behaviour, rules)
        refused |= {(household, municipality)} if said is False else set()
    after = replace(_each(state, ((h, c) for h, c in changes)), holders={**state.holders, **dict(proposed)})
    return _without_places(after, refused)


def _answered(
    case: Case, place: str, said: bool | None, today: date, behaviour: Behaviour, rules: Rules
) -> list[tuple[str, steps.AnyStep]]:
    name = case.household_id
    due = answer_due(case.track, today, rules).last_day
    found: list[tuple[str, steps.AnyStep]] = [(name, steps.Proposed(today, place, due))]
    if said is None:
        return found
    if said is False:
        declined = steps.Declined(today, place, "modelled")
        return [*found, (name, declined), (name, steps.ReturnedToPool(today, "declined"))]
    day = SettlementDates(today + timedelta(days=behaviour.days_to_move))
    return [
        *found,
        (name, steps.Accepted(today, place)),
        (name, steps.Assigned(today, place)),
        (name, steps.DateAgreed(today, day)),
    ]


def _problem(state: State, ready: list[Case], behaviour: Behaviour) -> Problem:
    left = state.remaining()
    codes = tuple(sorted(left))
    ids = tuple(case.household_id for case in ready)
    exclusions = [
        Exclusion(case.household_id, place, rule)
        for case in ready
        for place in codes
        for rule in (
            *(behaviour.excluded(case, place) if behaviour.excluded else ()),
            *((DECLINED_BEFORE,) if (case.household_id, place) in state.declined else ()),
        )
    ]
    scores = np.array([[behaviour.score(case, place) for place in codes] for case in ready])
    return Problem(
        tuple(Household(case.household_id, len(case.persons)) for case in ready),
        tuple(Municipality(place, "", {PERSONS: max(0, left[place])}) for place in codes),
        ScoreTable(ids, codes, scores.reshape(len(ids), len(codes))),
        BlockTable.of(exclusions, ids, codes),
    )
