"""Five years of grants for a municipality or the country, from those settled and those voted for, with an interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from bosett.grants.frame_cohorts import (
    SMALLEST,
    Cohort,
    Origin,
    family_cohorts,
    living_there,
    settled_cohorts,
    voted_cohorts,
)
from bosett.grants.frame_course import (
    Course,
    Drawn,
    Shares,
    drawn_rates,
    drawn_shares,
    likely_rates,
    likely_shares,
    run_course,
)
from bosett.grants.frame_problem import LABELS, FrameProblem, FrameScenario, Range
from bosett.grants.frame_rates import FrameRate, frame_rates
from bosett.grants.frame_result import (
    Alternative,
    Frame,
    FrameAssumption,
    FrameLine,
    FrameYear,
    Residents,
    Spread,
    UnusedPlaces,
)
from bosett.grants.problem import Rates
from bosett.terms.errors import NoRuleInForce

__all__ = ["Frame", "FrameProblem", "FrameScenario", "Range", "alternatives", "frame"]
LOW, HIGH = 5, 95
TOGETHER = "together"
SCHEMES = ("integration", "elder", "kindergarten", "unaccompanied_minor")
UNUSED = "grants/unused_places/per_place"


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
    assumed = scenario or FrameScenario()
    cohorts = (
        *settled_cohorts(problem, rates),
        *voted_cohorts(problem, assumed),
        *family_cohorts(problem, assumed),
    )
    found = frame_rates(rates, assumed, problem.budget_years)
    once = run_course(problem, assumed, cohorts, likely_shares(assumed))
    shares = drawn_shares(assumed, rng, draws)
    many = run_course(problem, assumed, cohorts, shares, rng)
    money = _Money(cohorts, found, once, many, likely_rates(found), drawn_rates(found, assumed, rng, draws))
    return Frame(
        problem=problem,
        scenario=assumed,
        lines=tuple(one for year in problem.budget_years for one in money.lines(year)),
        years=tuple(money.year(year) for year in problem.budget_years),
        residents=_residents(problem, assumed, cohorts, once, many, likely_shares(assumed), shares),
        unused=_unused(problem, assumed, once, many, rates),
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
    seed = int(rng.integers(2**62))

    def one(number: int) -> Frame:
        return frame(problem.with_vote(number), rates, np.random.default_rng(seed), scenario, draws=draws)

    nothing = one(0).total_nok
    found = []
    for number in numbers:
        made = one(number)
        total = made.total_nok
        known = total is not None and nothing is not None
        found.append(Alternative(number, made, (total or 0) - (nothing or 0) if known else None))
    return tuple(found)


class _Money:
    """Kroner of the courses, by year, origin and scheme."""

    def __init__(
        self,
        cohorts: Sequence[Cohort],
        rates: Mapping[tuple[str, int], FrameRate],
        once: Course,
        many: Course,
        likely: Mapping[tuple[str, int], Drawn],
        drawn: Mapping[tuple[str, int], Drawn],
    ) -> None:
        self._cohorts, self._rates = cohorts, rates
        self._once, self._many, self._likely, self._drawn = once, many, likely, drawn
        years = sorted({year for _, year in once.paid})
        self._any_small = any(self._is_small(year, scheme) for year in years for scheme in SCHEMES)

    def lines(self, year: int) -> list[FrameLine]:
        """The year's lines; those of the settled put together when one, in any year, would be small."""
        found = []
        for origin in Origin:
            whole = origin is Origin.SETTLED and self._any_small
            each = [SCHEMES] if whole else [(scheme,) for scheme in SCHEMES]
            lines = [self._line(year, origin, schemes) for schemes in each]
            found += [one for one in lines if one is not None]
        return found

    def _is_small(self, year: int, scheme: str) -> bool:
        line = self._line(year, Origin.SETTLED, (scheme,))
        return line is not None and (line.persons is None or 0 < line.persons < SMALLEST)

    def _line(self, year: int, origin: Origin, schemes: Sequence[str]) -> FrameLine | None:
        """None when nobody releases anything."""
        keys = [
            (number, rule)
            for number, cohort in enumerate(self._cohorts)
            if cohort.origin is origin and (number, year) in self._once.paid
            for rule, of_year in cohort.weights
            if of_year == year and rule.split("/")[1] in schemes
        ]
        if not keys:
            return None
        missing = tuple(sorted({rule for _, rule in keys if (rule, year) not in self._rates}))
        small = any(self._cohorts[number].small for number, _ in keys)
        persons = sum(self._persons(self._once, year, *key) for key in keys if _counts(key[1], schemes))
        return FrameLine(
            year=year,
            scheme=schemes[0] if len(schemes) == 1 else TOGETHER,
            origin=origin,
            persons=None if small else float(np.sum(persons)),
            nok=None if missing else self._spread(year, keys),
            missing=missing,
            assumed=any(self._rates[rule, year].assumed for _, rule in keys if (rule, year) in self._rates),
        )

    def year(self, year: int) -> FrameYear:
        """The year's sum: the likely one of its lines, the interval of all groups together."""
        keys = [
            (number, rule)
            for number, cohort in enumerate(self._cohorts)
            if (number, year) in self._once.paid
            for rule, of_year in cohort.weights
            if of_year == year
        ]
        missing = tuple(sorted({rule for _, rule in keys if (rule, year) not in self._rates}))
        if missing:
            return FrameYear(year, None, missing)
        likely = sum(line.nok.likely for line in self.lines(year) if line.nok is not None)
        return FrameYear(year, replace(self._spread(year, keys), likely=likely), ())

    def _spread(self, year: int, keys: Sequence[tuple[int, str]]) -> Spread:
        likely = sum(self._persons(self._once, year, *key) * self._likely[key[1], year] for key in keys)
        drawn = sum(self._persons(self._many, year, *key) * self._drawn[key[1], year] for key in keys)
        return _spread(likely, drawn)

    def _persons(self, course: Course, year: int, number: int, rule: str) -> Drawn:
        weight = course.mix.get((number, rule, year), self._cohorts[number].weights[rule, year])
        return np.asarray(course.paid[number, year] * weight)


def _counts(rule: str, schemes: Sequence[str]) -> bool:
    """Whether a rate counts persons that no other rate of the line counts."""
    return len(schemes) == 1 or rule.split("/")[1] == "integration"


def _spread(likely: Drawn | float, drawn: Drawn | float) -> Spread:
    """Whole kroner or persons: the likely one, and nine of ten of the drawn."""
    low, high = np.percentile(np.atleast_1d(drawn), [LOW, HIGH])
    return Spread(
        float(np.floor(np.sum(likely) + 0.5)), float(np.floor(low + 0.5)), float(np.floor(high + 0.5))
    )


def _residents(
    problem: FrameProblem,
    scenario: FrameScenario,
    cohorts: Sequence[Cohort],
    once: Course,
    many: Course,
    likely: Shares,
    shares: Shares,
) -> tuple[Residents, ...]:
    """Who lives there on 1 July the year before: half of a year's moves and arrivals have come by then."""
    found = []
    for year in problem.budget_years:
        counted = date(year - 1, 7, 1)
        if year == problem.first_year:
            there = sum(one.settled_date <= counted for one in living_there(problem))
            persons = Spread(there, there, there)
        else:
            persons = _spread(
                _midyear(year - 1, cohorts, once, likely), _midyear(year - 1, cohorts, many, shares)
            )
        each = scenario.innbyggertilskudd_nok
        nok = None if each is None else Spread(persons.likely * each, persons.low * each, persons.high * each)
        found.append(Residents(year, counted, persons, nok))
    return tuple(found)


def _midyear(year: int, cohorts: Sequence[Cohort], course: Course, shares: Shares) -> Drawn:
    half = 1 - (shares.moved_out_share - shares.moved_in_share + shares.left_share) / 2
    parts = [
        course.start[number, year] * (0.5 if cohort.comes == year else half)
        for number, cohort in enumerate(cohorts)
        if (number, year) in course.start
    ]
    return np.asarray(sum(parts, np.zeros_like(half)))


def _unused(
    problem: FrameProblem, scenario: FrameScenario, once: Course, many: Course, rates: Rates
) -> tuple[UnusedPlaces, ...]:
    found = []
    for year in problem.budget_years:
        voted = problem.voted.get(year, 0)
        if year not in once.came:
            continue
        whole = voted - sum(one.settled_date.year == year for one in living_there(problem))
        places = _spread(whole - once.came[year], whole - many.came[year])
        each, back = scenario.unused_place_nok, _compensation(rates, year)
        asked = problem.asked.get(year)
        returned = None
        if back is not None and asked is not None:
            over = max(0, voted - asked)
            returned = _times(Spread(*(max(0.0, one - over) for one in _three(places))), back)
        found.append(
            UnusedPlaces(
                year,
                voted,
                places,
                None if each is None else _times(places, each),
                returned,
                "municipality" if returned is None else "state_in_part",
            )
        )
    return tuple(found)


def _times(spread: Spread, each: int) -> Spread:
    return Spread(*(one * each for one in _three(spread)))


def _three(spread: Spread) -> tuple[float, float, float]:
    return spread.likely, spread.low, spread.high


def _compensation(rates: Rates, year: int) -> int | None:
    """Kroner per unused place where a rule gives it; there was one in 2022 only."""
    try:
        return rates.lookup(UNUSED, date(year, 1, 1)).whole
    except NoRuleInForce:
        return None


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
