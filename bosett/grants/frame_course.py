"""The course of the groups over the years: with likely values once, and drawn many times for the interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bosett.grants.frame_cohorts import LAST_GRANT_YEAR, Cohort, Origin, kept_in_year_of_move
from bosett.grants.frame_problem import CATEGORIES, FrameProblem, FrameScenario, Range
from bosett.grants.frame_rates import LATER, YEAR_1, FrameRate, How

Drawn = NDArray[np.float64]
NAMES = (
    "settled_share",
    "moved_out_share",
    "moved_in_share",
    "family_per_person",
    "left_share",
    "collective_left_share",
)


@dataclass(frozen=True)
class Shares:
    """One value a course of everything that is not known."""

    settled_share: Drawn
    moved_out_share: Drawn
    moved_in_share: Drawn
    family_per_person: Drawn
    left_share: Drawn
    collective_left_share: Drawn


@dataclass(frozen=True)
class Course:
    """What happens in every course.

    Parameters
    ----------
    start
        (cohort, year) -> persons at the start of the year, or who come in it.
    paid
        (cohort, year) -> persons that the municipality is paid for, by parts of the year.
    came
        Year -> of the number voted for, how many come.
    mix
        (cohort, rate, year) -> how many of the rate each person releases, where that differs by course.
    """

    start: Mapping[tuple[int, int], Drawn]
    paid: Mapping[tuple[int, int], Drawn]
    came: Mapping[int, Drawn]
    mix: Mapping[tuple[int, str, int], Drawn]


def _range(scenario: FrameScenario, name: str) -> Range:
    found = getattr(scenario, name)
    if not isinstance(found, Range):
        raise TypeError(f"{name} is no range")
    return found


def likely_shares(scenario: FrameScenario) -> Shares:
    """The likely value of each, as one course."""
    return Shares(**{name: np.array([_range(scenario, name).likely]) for name in NAMES})


def drawn_shares(scenario: FrameScenario, rng: np.random.Generator, draws: int) -> Shares:
    """Values drawn from triangles between lowest, likely and highest."""
    return Shares(**{name: triangle(_range(scenario, name), rng, draws) for name in NAMES})


def triangle(span: Range, rng: np.random.Generator, draws: int) -> Drawn:
    """Draws between the lowest and the highest value, most of them near the likely one."""
    if span.low == span.high:
        return np.full(draws, span.low)
    return rng.triangular(span.low, span.likely, span.high, draws)


def run_course(
    problem: FrameProblem,
    scenario: FrameScenario,
    cohorts: Sequence[Cohort],
    shares: Shares,
    rng: np.random.Generator | None = None,
) -> Course:
    """Every cohort through the years; without `rng` by expected numbers, with it by chance for each person."""
    start: dict[tuple[int, int], Drawn] = {}
    paid: dict[tuple[int, int], Drawn] = {}
    came: dict[int, Drawn] = {}
    mix: dict[tuple[int, str, int], Drawn] = {}
    net_out = (shares.moved_out_share - shares.moved_in_share) * (1 - float(kept_in_year_of_move()))
    for year in problem.budget_years:
        live_there = np.zeros_like(shares.left_share)
        for number, cohort in enumerate(cohorts):
            if cohort.comes < year or cohort.origin is Origin.SETTLED:
                stock = _stock(number, year, scenario, cohort, start, shares, rng)
                start[number, year] = stock
                fresh = cohort.comes == year
                paid[number, year] = stock if fresh else stock * (1 - net_out)
                live_there = live_there + (stock if _draws_family(cohort, year) else 0)
        for number, cohort in enumerate(cohorts):
            if cohort.comes != year or cohort.origin is Origin.SETTLED:
                continue
            if cohort.origin is Origin.VOTED:
                stock = cohort.persons * shares.settled_share
                came[year] = stock if rng is None else np.floor(stock + 0.5)
                stock = came[year]
                mix.update(_composition(number, cohort, scenario, stock, rng))
            else:
                stock = live_there * shares.family_per_person
                stock = stock if rng is None else rng.poisson(stock).astype(np.float64)
            start[number, year] = paid[number, year] = stock
    return Course(start, paid, came, mix)


def _draws_family(cohort: Cohort, year: int) -> bool:
    """Family comes to those still inside the grant scheme, and not to family."""
    return cohort.origin is not Origin.FAMILY and year - cohort.comes < LAST_GRANT_YEAR


def _stock(
    number: int,
    year: int,
    scenario: FrameScenario,
    cohort: Cohort,
    start: Mapping[tuple[int, int], Drawn],
    shares: Shares,
    rng: np.random.Generator | None,
) -> Drawn:
    """Persons at the start of a year: of those a year before, who has not moved or left."""
    ends = year == scenario.collective_ends
    lost = cohort.collective * shares.collective_left_share if ends else np.zeros_like(shares.left_share)
    if (number, year - 1) not in start:
        return _kept(np.full_like(shares.left_share, cohort.persons), 1 - lost, rng)
    before = start[number, year - 1]
    stay = np.clip(1 - shares.moved_out_share - shares.left_share, 0, 1) * (1 - lost)
    into = before * shares.moved_in_share * (1 - lost)
    return _kept(before, stay, rng) + (into if rng is None else rng.poisson(into))


def _kept(before: Drawn, stay: Drawn, rng: np.random.Generator | None) -> Drawn:
    if rng is None:
        return np.asarray(before * stay)
    return rng.binomial(before.astype(np.int64), stay).astype(np.float64)


def _composition(
    number: int, cohort: Cohort, scenario: FrameScenario, stock: Drawn, rng: np.random.Generator | None
) -> dict[tuple[int, str, int], Drawn]:
    """In each course another mix of those who come: in the first year's rates and among the minors."""
    if rng is None:
        return {}
    shares = np.array([scenario.composition[one] for one in CATEGORIES])
    counts = rng.multinomial(stock.astype(np.int64), shares / shares.sum())
    each = counts / np.maximum(stock, 1)[:, None]
    found = {
        (number, YEAR_1[one], cohort.comes): each[:, place]
        for place, one in enumerate(CATEGORIES)
        if (YEAR_1[one], cohort.comes) in cohort.weights
    }
    minors = scenario.composition["unaccompanied_minor"]
    for (rule, year), weight in cohort.weights.items():
        if minors and rule.startswith("grants/unaccompanied_minor/"):
            found[number, rule, year] = each[:, -1] * (weight / minors)
    return found


def likely_rates(rates: Mapping[tuple[str, int], FrameRate]) -> dict[tuple[str, int], Drawn]:
    """The rates as they are, as one course."""
    return {key: np.array([float(one.nok)]) for key, one in rates.items()}


def drawn_rates(
    rates: Mapping[tuple[str, int], FrameRate],
    scenario: FrameScenario,
    rng: np.random.Generator,
    draws: int,
) -> dict[tuple[str, int], Drawn]:
    """Known rates as they are; the others with drawn growth; years 3 and 4 anywhere between their neighbours."""
    growth = 1 + triangle(scenario.growth_percent, rng, draws) / 100
    between = np.sort(rng.random((2, draws)), axis=0)
    found: dict[tuple[str, int], Drawn] = {}
    for key, one in rates.items():
        if one.how is not How.BETWEEN:
            known = one.how is How.KNOWN
            found[key] = np.full(draws, float(one.nok)) if known else _grown(one, growth)
    for (rule, year), one in rates.items():
        if one.how is How.BETWEEN:
            second, fifth = found[LATER[2], year], found[LATER[5], year]
            found[rule, year] = second - (second - fifth) * between[one.between - 1]
    return found


def _grown(rate: FrameRate, growth: Drawn) -> Drawn:
    return np.asarray(rate.base_nok * growth ** (rate.year - rate.base_year))
