"""Rates of coming years: known ones as they are, the others carried forward as assumptions, or missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bosett.grants.frame_problem import FrameScenario
from bosett.grants.problem import Rates
from bosett.terms.errors import NoRuleInForce

I = "grants/integration"  # noqa: E741
EM = "grants/unaccompanied_minor"
YEAR_1 = {
    "single_adult": f"{I}/year1_single_adult",
    "other_adult": f"{I}/year1_other_adult",
    "child": f"{I}/year1_child",
    "unaccompanied_minor": f"{I}/year1_unaccompanied_minor",
}
LATER = {number: f"{I}/year{number}" for number in (2, 3, 4, 5)}
ELDER, KINDERGARTEN = "grants/elder/age_60_plus", "grants/kindergarten/age_0_5"
HIGH, LOW = f"{EM}/to_year_16", f"{EM}/year_17_to_20"
ALL = (*YEAR_1.values(), *LATER.values(), ELDER, KINDERGARTEN, HIGH, LOW)
LOOKS_BACK = 15


class How(StrEnum):
    """Where a rate of a coming year is from."""

    KNOWN = "known"
    OWN = "own"
    CARRIED = "carried"
    BETWEEN = "between"


@dataclass(frozen=True)
class FrameRate:
    """A rate of one budget year.

    Parameters
    ----------
    base_nok, base_year
        What it is carried forward from, and since when it grows.
    between
        For `BETWEEN`: how far from year 2's rate towards year 5's, in thirds.
    """

    rule: str
    year: int
    nok: int
    how: How
    base_nok: int
    base_year: int
    between: int = 0

    @property
    def assumed(self) -> bool:
        """Whether no source gives it."""
        return self.how is not How.KNOWN


def frame_rates(
    rates: Rates, scenario: FrameScenario, years: Iterable[int]
) -> dict[tuple[str, int], FrameRate]:
    """Every rate that a frame may ask for; one that nothing is known of is not there."""
    listed = list(years)
    found: dict[tuple[str, int], FrameRate] = {}
    for rule in ALL:
        for year in listed:
            one = _one(rates, scenario, rule, year, listed[0])
            if one is not None:
                found[rule, year] = one
    if scenario.between_years_2_and_5:
        for year in listed:
            _between(found, year)
    return found


def _one(rates: Rates, scenario: FrameScenario, rule: str, year: int, first: int) -> FrameRate | None:
    known = _known(rates, rule, year)
    if known is not None:
        return FrameRate(rule, year, known, How.KNOWN, known, year)
    if rule in scenario.rates:
        return _grown(rule, year, scenario.rates[rule], first, How.OWN, scenario)
    for before in range(1, LOOKS_BACK + 1):
        last = _known(rates, rule, year - before)
        if last is not None:
            return _grown(rule, year, last, year - before, How.CARRIED, scenario)
    return None


def _known(rates: Rates, rule: str, year: int) -> int | None:
    try:
        return rates.lookup(rule, date(year, 1, 1)).whole
    except NoRuleInForce:
        return None


def _grown(rule: str, year: int, base: int, since: int, how: How, scenario: FrameScenario) -> FrameRate:
    nok = whole_kroner(base * (1 + scenario.growth_percent.likely / 100) ** (year - since))
    return FrameRate(rule, year, nok, how, base, since)


def _between(found: dict[tuple[str, int], FrameRate], year: int) -> None:
    second, fifth = found.get((LATER[2], year)), found.get((LATER[5], year))
    if second is None or fifth is None:
        return
    for number, thirds in ((3, 1), (4, 2)):
        if (LATER[number], year) not in found:
            nok = whole_kroner(second.nok - (second.nok - fifth.nok) * thirds / 3)
            found[LATER[number], year] = FrameRate(LATER[number], year, nok, How.BETWEEN, nok, year, thirds)


def whole_kroner(amount: float) -> int:
    """The nearest whole krone, half up, as a workbook's ROUND does for sums above 0."""
    return int(amount + 0.5)
