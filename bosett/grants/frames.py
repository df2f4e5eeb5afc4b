"""Five years of grants for a municipality or the country, from those settled and those voted for, with an interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from bosett.grants.frame_cohorts import Cohort, family_cohorts, settled_cohorts, voted_cohorts
from bosett.grants.frame_counts import residents, unused_places
from bosett.grants.frame_course import drawn_rates, drawn_shares, likely_rates, likely_shares, run_course
from bosett.grants.frame_money import FrameMoney
from bosett.grants.frame_persons import people_there
from bosett.grants.frame_problem import LABELS, FrameProblem, FrameScenario, PersonGroup, Range
from bosett.grants.frame_rates import FrameRate, frame_rates
from bosett.grants.frame_result import Alternative, Frame, FrameAssumption
from bosett.grants.problem import Rates

__all__ = ["Frame", "FrameProblem", "FrameScenario", "Range", "alternatives", "frame"]


def frame(
    problem: FrameProblem,
    rates: Rates,
    rng: np.random.Generator,
    scenario: FrameScenario | None = None,
    *,
    draws: int = 2000,
) -> Frame:
    """What the municipality can count on, year by year.

    Promise: likely values are calculated once with the scenario's likely values, so that a workbook gives
    the same; a rate that nothing is known of leaves its line and its year without a sum; the same `rng`
    state gives the same frame.

    Parameters
    ----------
    draws
        Courses drawn for the interval, which holds nine of ten of them.
    """
    there = people_there(problem)
    settled = settled_cohorts(there, problem.budget_years, rates)
    return _frame(problem, rates, rng, scenario or FrameScenario(), draws, there, settled)


def _frame(
    problem: FrameProblem,
    rates: Rates,
    rng: np.random.Generator,
    assumed: FrameScenario,
    draws: int,
    there: Sequence[PersonGroup],
    settled: Sequence[Cohort],
) -> Frame:
    """With the settled already in groups: they are the same whatever is voted."""
    cohorts = (*settled, *voted_cohorts(problem, assumed, there), *family_cohorts(problem, assumed))
    found = frame_rates(rates, assumed, problem.budget_years)
    likely = likely_shares(assumed)
    once = run_course(problem, assumed, cohorts, likely)
    shares = drawn_shares(assumed, rng, draws)
    many = run_course(problem, assumed, cohorts, shares, rng)
    money = FrameMoney(
        cohorts, found, once, many, likely_rates(found), drawn_rates(found, assumed, rng, draws)
    )
    return Frame(
        problem=problem,
        scenario=assumed,
        lines=tuple(one for year in problem.budget_years for one in money.lines(year)),
        years=tuple(money.year(year) for year in problem.budget_years),
        residents=residents(problem, assumed, there, cohorts, once, many, likely, shares),
        unused=unused_places(problem, assumed, there, once, many, rates),
        assumptions=_assumptions(assumed, found),
        cohorts=cohorts,
        rates=tuple(found.values()),
    )


def alternatives(
    problem: FrameProblem,
    numbers: Sequence[int],
    rates: Rates,
    rng: np.random.Generator,
    scenario: FrameScenario | None = None,
    *,
    draws: int = 2000,
) -> tuple[Alternative, ...]:
    """What each answer for the first year would mean, from the same draws, against answering 0."""
    seed, assumed = int(rng.integers(2**62)), scenario or FrameScenario()
    there = people_there(problem)
    settled = settled_cohorts(there, problem.budget_years, rates)

    def one(number: int) -> Frame:
        fresh = np.random.default_rng(seed)
        return _frame(problem.with_vote(number), rates, fresh, assumed, draws, there, settled)

    frames = {number: one(number) for number in {0, *numbers}}
    nothing = frames[0].total_nok
    found = []
    for number in numbers:
        made = frames[number]
        total = made.total_nok
        known = total is not None and nothing is not None
        found.append(Alternative(number, made, (total or 0) - (nothing or 0) if known else None))
    return tuple(found)


def _assumptions(
    scenario: FrameScenario, rates: Mapping[tuple[str, int], FrameRate]
) -> tuple[FrameAssumption, ...]:
    told = [FrameAssumption(name, label, _said(getattr(scenario, name))) for name, label in LABELS.items()]
    for rule in sorted({one.rule for one in rates.values() if one.assumed}):
        own = [one for one in rates.values() if one.rule == rule and one.assumed]
        values = ", ".join(f"{one.year}: {one.nok} ({one.how.value})" for one in own)
        told.append(FrameAssumption(rule, replace(LABELS["rates"]), values))
    return tuple(told)


def _said(value: object) -> str:
    if isinstance(value, Range):
        return f"{value.likely} ({value.low} to {value.high})"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {one}" for key, one in value.items())
    return "" if value is None else str(value)
