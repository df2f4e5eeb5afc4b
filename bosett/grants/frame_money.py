"""Kroner of the courses, by year, origin and scheme; nothing of fewer than five settled persons by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from bosett.grants.frame_cohorts import SMALLEST, Cohort, Origin
from bosett.grants.frame_course import Course, Drawn
from bosett.grants.frame_rates import FrameRate
from bosett.grants.frame_result import FrameLine, FrameYear, Spread

LOW, HIGH = 5, 95
TOGETHER = "together"
SCHEMES = ("integration", "elder", "kindergarten", "unaccompanied_minor")


class FrameMoney:
    """The lines and sums of a frame."""

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
        return spread(likely, drawn)

    def _persons(self, course: Course, year: int, number: int, rule: str) -> Drawn:
        weight = course.mix.get((number, rule, year), self._cohorts[number].weights[rule, year])
        return np.asarray(course.paid[number, year] * weight)


def _counts(rule: str, schemes: Sequence[str]) -> bool:
    """Whether a rate counts persons that no other rate of the line counts."""
    return len(schemes) == 1 or rule.split("/")[1] == "integration"


def spread(likely: Drawn | float, drawn: Drawn | float) -> Spread:
    """Whole kroner or persons: the likely one, and nine of ten of the drawn."""
    low, high = np.percentile(np.atleast_1d(drawn), [LOW, HIGH])
    return Spread(
        float(np.floor(np.sum(likely) + 0.5)), float(np.floor(low + 0.5)), float(np.floor(high + 0.5))
    )
