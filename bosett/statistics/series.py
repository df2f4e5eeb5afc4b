"""Time series across municipal reforms: what was observed under the codes of its year, on today's municipalities.

A merged municipality has the sum of its parts; of a split one nothing is known without a named rule; a gap
stays a gap.  A sum is never shown where a part is hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bosett.registry.codes import CodeHistory
from bosett.registry.conversion import SplitRule, figures_today
from bosett.terms.errors import BadInput
from bosett.terms.figure import Figure, State
from bosett.terms.municipality import MunicipalityCode

LEAST_KNOWN = (State.SUPPRESSED, State.UNKNOWN, State.AWAITING, State.NOT_STORED)
"""Why a sum has no number, when its parts differ: the first of these that any part has."""


@dataclass(frozen=True)
class NamedSplit:
    """How the figures of split municipalities are divided, and who says so.

    Parameters
    ----------
    name
        Shown beside every number that rests on the rule.
    source
        Where it stands, or whose assumption it is.
    shares
        For a code of its year the share of each code of today; they add up to 1.
    """

    name: str
    source: str
    shares: SplitRule


@dataclass(frozen=True)
class Point:
    """One municipality of today in one year.

    Parameters
    ----------
    parts
        Codes of that year which the figure was put together from, in order.
    rule
        Name of the rule by which a split part was divided; empty where none was needed.
    """

    figure: Figure
    parts: tuple[str, ...]
    rule: str = ""


@dataclass(frozen=True)
class Ratio:
    """A figure by another one, exactly, or why there is none."""

    state: State
    value: Fraction | None = None


Series = dict[MunicipalityCode, dict[int, Point]]
Observed = Mapping[tuple[str, int], Figure]


def series_today(history: CodeHistory, observed: Observed, split: NamedSplit | None = None) -> Series:
    """Every municipality of today by year, from the first year observed to the last.

    Promise: a number only where every part has one, or was not asked; suppressed where a part is; unknown
    for a split part without a rule; not stored where nobody stored a figure.  Persons are neither lost
    nor made.

    Parameters
    ----------
    observed
        (code, year) -> figure; the code is the one of that year, or one of today that did not exist
        then (a source that has moved its figures to today's borders itself).
    split
        Shares for codes that were split since.

    Raises
    ------
    BadInput
        If a code is neither, a figure is given under an old and a new code, or the shares of the rule do
        not fit the split.
    NoRuleInForce
        For a year before 2011: what became of the codes is stored from then on.
    """
    found: Series = {MunicipalityCode(unit.code): {} for unit in history.today}
    if not observed:
        return found
    years = sorted({year for _, year in observed})
    borders: dict[date, Mapping[str, tuple[MunicipalityCode, ...]]] = {}
    for year in range(years[0], years[-1] + 1):
        here = {code: figure for (code, when), figure in observed.items() if when == year}
        last = max((one.day for one in history.changes if one.day <= date(year, 1, 1)), default=None)
        on = last or date(year, 1, 1)
        if on not in borders:
            borders[on] = _successors(history, on)
        for code, point in _year(history, borders[on], here, on, split).items():
            found[code][year] = point
    return found


def per_inhabitants(
    series: Series, population: Callable[[str, int], Figure], per: int = 1000
) -> dict[MunicipalityCode, dict[int, Ratio]]:
    """Each figure per so many inhabitants on 1 January of its year; no number where either has none.

    Parameters
    ----------
    population
        Persons in a municipality of today in a year, such as `Registry.population`.
    """
    return {
        code: {year: _ratio(point.figure, population(code, year), per) for year, point in points.items()}
        for code, points in series.items()
    }


def against(series: Series, measure: Series) -> dict[MunicipalityCode, dict[int, Ratio]]:
    """Each figure as a share of another, such as settled of asked; no number where either has none.

    Where nothing was asked, and where the other figure is zero, there is no share.
    """
    return {
        code: {year: _ratio(point.figure, _figure(measure, code, year), 1) for year, point in points.items()}
        for code, points in series.items()
    }


def _figure(series: Series, code: MunicipalityCode, year: int) -> Figure:
    point = series[code].get(year)
    return point.figure if point else Figure.missing(State.NOT_STORED)


def _ratio(figure: Figure, whole: Figure, per: int) -> Ratio:
    for one in (figure, whole):
        if one.value is None:
            return Ratio(one.state)
    if not whole.value or figure.value is None:
        return Ratio(State.UNKNOWN)
    return Ratio(State.NUMBER, Fraction(figure.value * per, whole.value))


def _successors(history: CodeHistory, on: date) -> Mapping[str, tuple[MunicipalityCode, ...]]:
    return {unit.code: history.successors(unit.code, on) for unit in history.units(on)}


def _year(
    history: CodeHistory,
    borders: Mapping[str, tuple[MunicipalityCode, ...]],
    here: Mapping[str, Figure],
    on: date,
    split: NamedSplit | None,
) -> dict[MunicipalityCode, Point]:
    today = [MunicipalityCode(unit.code) for unit in history.today]
    for code in here:
        if code not in borders and code not in today:
            raise BadInput(repr(code), f"a municipality code of {on.year} or of today")
    parts: dict[MunicipalityCode, dict[str, Figure]] = {code: {} for code in today}
    for code, targets in borders.items():
        figure = here.get(code, Figure.missing(State.NOT_STORED))
        divided = _divided(history, borders, code, figure, on, split)
        for target in targets:
            parts[target][code] = divided[target]
    ruled = split.shares if split else {}
    found = {}
    for code in today:
        own = here.get(code) if code not in borders else None
        if own is not None and any(part in here for part in parts[code]):
            raise BadInput(f"{code} and {min(parts[code])} in {on.year}", "an old code or a new one")
        uses = any(len(borders[part]) > 1 and part in ruled for part in parts[code])
        rule = split.name if split and uses and own is None else ""
        kept = {code: own} if own is not None else parts[code]
        found[code] = Point(_merged(list(kept.values())), tuple(sorted(kept)), rule)
    return found


def _divided(
    history: CodeHistory,
    borders: Mapping[str, tuple[MunicipalityCode, ...]],
    code: str,
    figure: Figure,
    on: date,
    split: NamedSplit | None,
) -> Mapping[MunicipalityCode, Figure]:
    """The figure on each code of today; unknown where the area was split and no rule is given."""
    targets = borders[code]
    if len(targets) == 1 or figure.state is State.NOT_STORED:
        return dict.fromkeys(targets, figure)
    if split is None or code not in split.shares:
        return dict.fromkeys(targets, Figure.missing(State.UNKNOWN))
    alone = dict.fromkeys(borders, Figure.of(0)) | {code: figure}
    return figures_today(history, alone, on, split.shares)


def _merged(parts: list[Figure]) -> Figure:
    states = {part.state for part in parts}
    for state in LEAST_KNOWN:
        if state in states:
            return Figure.missing(state)
    numbers = [part.value for part in parts if part.value is not None]
    return Figure.of(sum(numbers)) if numbers else Figure.missing(State.NOT_ASKED)
