"""The workbench: dials within limits, the same people under both rules, every number from the table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bosett.scenario.assumptions import ChainAssumptions
from bosett.scenario.tried import TodaysKept
from bosett.scenario.weeks.plan import Policy
from bosett.scenario.weeks.sweep import one_by_one, simulate
from bosett.scenario.workbench import LIMITS, Dials, Start, plan_of, try_out
from bosett.terms.errors import BadInput

START = Start(
    {"collective": 500, "asylum": 800}, {"collective": 600}, {"ordinary": 2500, "care_centre": 60}, (250.0,)
)
HEAD = "group,name,value,unit,certainty,why\n"


def test_with_the_dials_at_rest_they_are_todays_rule() -> None:
    told = try_out(START, Dials(weeks=26), draws=250)
    assert told.yours == told.today


def test_a_larger_buffer_has_more_empty_places_and_fewer_missing_on_the_same_people() -> None:
    small, large = (try_out(START, Dials(weeks=52, buffer=buffer), draws=500) for buffer in (0.0, 0.4))
    assert small.residents == large.residents
    assert small.today == large.today
    assert small.yours.empty_nok < large.yours.empty_nok
    assert small.yours.short_nok > large.yours.short_nok


def test_more_municipal_places_settle_more_and_leave_fewer_in_reception() -> None:
    few, many = (try_out(START, Dials(weeks=52, municipal_places=share), draws=250) for share in (0.5, 1.0))
    assert few.settled[1] < many.settled[1]
    assert few.residents.middle[-1] > many.residents.middle[-1]
    assert few.today == many.today, "the dials change nothing under today's rule"


def test_the_same_dials_give_the_same_answer_and_another_seed_another() -> None:
    told = [try_out(START, Dials(weeks=13), draws=250, seed=seed) for seed in (1, 1, 2)]
    assert told[0] == told[1] != told[2]


def test_todays_rule_is_simulated_once_for_the_same_arrivals_and_tells_the_same_as_without_what_is_kept() -> (
    None
):
    asked: list[list[str]] = []

    def counted(run, tasks):
        asked.extend([policy.name for policy in task.plan.policies] for task in tasks)
        return one_by_one(run, tasks)

    kept = TodaysKept()
    turned = [
        Dials(weeks=13, faster_ready=0.7),
        Dials(weeks=13, private_share=0.1),
        Dials(weeks=13, arrivals=1.5),
    ]
    for dials in turned:
        told = try_out(START, dials, draws=250, mapper=counted, kept=kept)
        assert told == try_out(START, dials, draws=250)
    assert asked == [["yours", "today"], ["yours"], ["yours", "today"]]


def test_a_rule_said_in_other_words_is_followed_once() -> None:
    """The share who live privately, told as the group's own or by the policy, is the same chain."""
    said, own = (Policy("p", private_share=share) for share in (0.4, None))
    plan = replace(plan_of(START, Dials(weeks=13), ChainAssumptions.shipped()), policies=(said,))
    assert plan.groups[0].private_share == 0.4
    sweeps = [simulate(replace(plan, policies=(one,)), 250, 1) for one in (said, own)]
    for key in sweeps[0].row_keys():
        assert (sweeps[0].row(key) == sweeps[1].row(key)).all()


@pytest.mark.parametrize("name", list(LIMITS))
def test_a_dial_outside_its_limits_is_refused_by_name(name: str) -> None:
    limits = LIMITS[name]
    for value in (limits.least - 1, limits.most + 1):
        with pytest.raises(BadInput, match=name):
            Dials(**{name: value})


def test_standby_is_paid_for_although_nobody_needs_it() -> None:
    # 100 places, 55 kroner a day, 13 weeks: 500,500 kroner more than without.
    without, with_it = (try_out(START, Dials(weeks=13, standby=many), draws=250) for many in (0, 100))
    assert with_it.yours.empty_nok - without.yours.empty_nok == 100 * 55 * 7 * 13


def test_every_number_of_the_plan_is_the_tables() -> None:
    told = ChainAssumptions.shipped()
    plan = plan_of(START, Dials(arrivals=2.0), told)
    assert [group.arrivals_per_week[0] for group in plan.groups] == pytest.approx([369.2, 167.4, 31.0, 5.4])
    assert plan.places[0].price_empty_nok == 556
    assert sum(one.assumed for one in told.listed) > 0
    with pytest.raises(BadInput, match="no colour of asylum"):
        told.of("asylum", "colour")


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ("a,b,1,weeks,sure,x\n", "sure"),
        ("a,b,many,weeks,assumed,x\n", "many"),
        ("a,b,1,weeks,assumed,x\na,b,2,weeks,assumed,x\n", "b of a twice"),
    ],
)
def test_a_table_that_cannot_be_believed_is_refused(tmp_path: Path, rows: str, named: str) -> None:
    file = tmp_path / "chain.csv"
    file.write_text(HEAD + rows, encoding="utf-8")
    with pytest.raises(BadInput, match=named):
        ChainAssumptions.read(file)
