"""A recorded year through both chains: case by case with the rooms' own steps, and in weeks over draws."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from bosett.followup.problem import Case, Heard, Item, Person, Stage
from bosett.rules.parameters import Parameters
from bosett.scenario.chain import Behaviour, Inputs, State, step
from bosett.scenario.weeks.flows import Stream
from bosett.scenario.weeks.plan import Delay, FlowGroup, Policy, SettlementPlan
from bosett.scenario.weeks.settle import settle
from bosett.scenario.weeks.thinning import Flow
from bosett.terms.groups import Track

START = date(2026, 1, 5)
WEEKS = 52
MOVE_WEEKS = 2
AT_ONCE = Delay(0, 0)
GROUP = FlowGroup("collective", (1.0,), AT_ONCE, AT_ONCE, AT_ONCE, "ordinary")


def record(seed: int) -> tuple[list[int], list[int]]:
    """A year of ready persons and of new municipal places, week by week; quiet, then a surge."""
    rng = np.random.default_rng(seed)
    ready = rng.poisson([2.0 if week < 20 or week > 32 else 6.0 for week in range(WEEKS)])
    return ready.tolist(), rng.poisson(3.0, WEEKS).tolist()


def accepts(case: Case, place: str) -> bool | None:
    return True


def no_favourite(case: Case, place: str) -> float:
    return 1.0


def case_by_case(ready: list[int], places: list[int]) -> tuple[list[int], list[int]]:
    """Persons who get a municipality in each week, and who have moved there by its end."""
    state, rules = State(START), Parameters.shipped()
    behaviour = Behaviour(accepts, no_favourite, days_to_move=7 * MOVE_WEEKS)
    placed, moved, held = [], [], 0
    for week in range(WEEKS):
        day = START + timedelta(weeks=week)
        names = [f"{week}-{number}" for number in range(ready[week])]
        cases = tuple(
            Case(name, Track.COLLECTIVE, (Person(f"{name}-0", date(1990, 1, 1)),)) for name in names
        )
        heard = {item: Heard(on=day) for item in Item if item is not Item.CHILD_BEST_INTERESTS}
        opened = sum(places[: week + 1])
        two = {"0301": opened // 2, "4601": opened - opened // 2}
        state = step(state, Inputs(cases, two, dict.fromkeys(names, heard), tuple(names)), behaviour, rules)
        holders = sum(case.stage in (Stage.DATE_AGREED, Stage.SETTLED) for case in state.cases.values())
        placed.append(holders - held)
        moved.append(state.counts.settled)
        held = holders
    return placed, moved


@pytest.mark.parametrize("seed", [1, 2])
def test_a_recorded_year_agrees_week_by_week(seed: int) -> None:
    ready, places = record(seed)
    placed, moved = case_by_case(ready, places)
    flow = Flow.of(np.array(ready, dtype=np.int32)[:, None], np.array(ready, dtype=float))
    nobody = Flow.of(np.zeros((WEEKS, 1), dtype=np.int32), np.zeros(WEEKS))
    stream = Stream(GROUP, False, flow, flow, nobody, flow, nobody, 0)
    plan = SettlementPlan((1.0,), ("collective",), keep_unused=True)
    weekly = settle([stream], plan, Policy("as recorded"), np.array(places, dtype=np.int32)[:, None])[0][:, 0]
    assert weekly.tolist() == placed
    # Whoever gets a municipality has moved there two weeks later, in both.
    upto = np.cumsum(weekly).tolist()
    assert moved[MOVE_WEEKS:] == upto[:-MOVE_WEEKS]
    assert placed != ready  # the surge made some wait, so that the places were felt
