"""A year of weeks through the whole chain: nobody is lost, nobody is placed above the places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from bosett.followup.problem import Case, Heard, Item, Person, Stage
from bosett.rules.parameters import Parameters
from bosett.scenario.chain import Behaviour, Inputs, State, step
from bosett.terms.errors import Refused
from bosett.terms.groups import Track

START = date(2026, 1, 5)
ADULT = date(1990, 1, 1)
RULES = Parameters.shipped()


def household(name: str, persons: int) -> Case:
    people = tuple(Person(f"{name}-{row}", ADULT) for row in range(persons))
    return Case(name, Track.COLLECTIVE, people)


def heard(day: date) -> dict[Item, Heard]:
    return {item: Heard(on=day) for item in Item if item is not Item.CHILD_BEST_INTERESTS}


def yes(case: Case, place: str) -> bool | None:
    return True


def even(case: Case, place: str) -> float:
    return 1.0


def silence(case: Case, place: str) -> bool | None:
    return None


def arrive_and_be_ready(names: dict[str, int], day: date) -> Inputs:
    cases = tuple(household(name, persons) for name, persons in names.items())
    return Inputs(cases, {"0301": 4}, {name: heard(day) for name in names}, tuple(names))


def test_a_family_goes_all_the_way_in_three_weeks() -> None:
    # Assigned on 5 January, moves fourteen days later: settled in the week that begins on the 19th.
    behaviour = Behaviour(yes, even)
    state = step(State(START), arrive_and_be_ready({"a": 3}, START), behaviour, RULES)
    assert state.cases["a"].stage is Stage.DATE_AGREED
    state = step(state, Inputs(), behaviour, RULES)
    state = step(state, Inputs(), behaviour, RULES)
    assert state.cases["a"].stage is Stage.SETTLED
    assert (state.counts.waiting, state.counts.settled, state.counts.left) == (0, 3, 0)


def test_a_household_that_does_not_fit_waits_until_places_are_opened() -> None:
    behaviour = Behaviour(yes, even)
    state = step(State(START), arrive_and_be_ready({"a": 3, "b": 2}, START), behaviour, RULES)
    assert {name: case.stage for name, case in state.cases.items()} == {
        "a": Stage.DATE_AGREED,
        "b": Stage.READY,
    }
    state = step(state, Inputs(places={"0301": 5}), behaviour, RULES)
    assert state.cases["b"].stage is Stage.DATE_AGREED


def test_a_cut_below_what_is_assigned_stops_new_assignments_and_undoes_none() -> None:
    behaviour = Behaviour(yes, even)
    state = step(State(START), arrive_and_be_ready({"a": 3}, START), behaviour, RULES)
    more = replace(arrive_and_be_ready({"b": 1}, state.week_start), places={"0301": 2})
    state = step(state, more, behaviour, RULES)
    assert state.remaining() == {"0301": -1}
    assert state.cases["a"].stage is Stage.DATE_AGREED
    assert state.cases["b"].stage is Stage.READY


def test_a_municipality_that_declines_is_not_asked_again_for_the_same_household() -> None:
    asked: list[str] = []

    def declines(case: Case, place: str) -> bool | None:
        asked.append(place)
        return place != "0301"

    def oslo_first(case: Case, place: str) -> float:
        return 2.0 if place == "0301" else 1.0

    inputs = replace(arrive_and_be_ready({"a": 1}, START), places={"0301": 4, "4601": 4})
    state = step(State(START), inputs, Behaviour(declines, oslo_first), RULES)
    assert state.cases["a"].stage is Stage.READY
    state = step(state, Inputs(), Behaviour(declines, oslo_first), RULES)
    assert asked == ["0301", "4601"]
    assert state.cases["a"].municipality_id == "4601"


def test_a_proposal_without_an_answer_goes_back_to_the_pool_and_its_place_is_free_again() -> None:
    silent = Behaviour(silence, even)
    state = step(State(START), arrive_and_be_ready({"a": 4}, START), silent, RULES)
    assert state.cases["a"].stage is Stage.PROPOSED
    assert state.remaining() == {"0301": 0}
    for _ in range(2):
        state = step(state, Inputs(), silent, RULES)
    assert state.cases["a"].stage is Stage.READY
    assert state.remaining() == {"0301": 4}


def test_a_household_that_has_not_been_heard_is_not_assigned() -> None:
    unheard = replace(arrive_and_be_ready({"a": 1}, START), heard={"a": {Item.INTERVIEW: Heard(on=START)}})
    with pytest.raises(Refused, match="not_heard"):
        step(State(START), unheard, Behaviour(yes, even), RULES)


@pytest.mark.parametrize("seed", range(5))
def test_in_every_week_of_a_year_persons_are_conserved_and_places_are_kept(seed: int) -> None:
    rng = np.random.default_rng(seed)
    state, came_in = State(START), 0

    def moody(case: Case, place: str) -> bool | None:
        return [True, True, False, None][int(rng.integers(4))]

    def drawn(case: Case, place: str) -> float:
        return float(rng.random())

    behaviour = Behaviour(moody, drawn)
    for week in range(30):
        day = START + timedelta(weeks=week)
        sizes = {
            f"{week}-{row}": int(size) for row, size in enumerate(rng.integers(1, 6, rng.integers(0, 4)))
        }
        came_in += sum(sizes.values())
        inputs = replace(
            arrive_and_be_ready(sizes, day), places={"0301": 3 * week, "4601": 2 * week, "5601": 4}
        )
        waiting = [name for name, case in state.cases.items() if case.stage is Stage.READY]
        if waiting and rng.random() < 0.3:
            inputs = replace(inputs, left={waiting[0]: "returned"})
        state = step(state, inputs, behaviour, RULES)
        assert state.came_in == came_in
        assert state.counts.waiting + state.counts.settled + state.counts.left == came_in
        assert min(state.remaining().values()) >= 0
    assert state.counts.settled > 0
    assert state.counts.left > 0
