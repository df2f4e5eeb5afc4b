"""Public figures by municipality that can be a criterion: each with its name, its source and what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache

from bosett.distribution.column_names import COLUMN_NAMES
from bosett.registry import Registry
from bosett.registry.codes import FIRST_DAY
from bosett.sources.imported import Imported
from bosett.sources.own_tables import FIGURES, read_own_table
from bosett.sources.vote_figures import shipped_panel
from bosett.terms.errors import BadInput
from bosett.terms.label import Label
from bosett.terms.observation import Breakdown, Observation

OLDEST_POPULATION = 2011
RECENT: Breakdown = (("residence_years", "0_4"),)
MOVED: Breakdown = (("residence_years", "0_4"), ("route", "moved_here"))
SSB = "Statistics Norway (SSB)"


class Scale(StrEnum):
    """Whether a figure grows with the municipality, or is a rate that is multiplied by its population."""

    SIZE = "size"
    RATE = "rate"


@dataclass(frozen=True, eq=False)
class CriteriaColumn:
    """One indicator; a municipality that is not in `values` is missing, never 0."""

    key: str
    label: Label
    scale: Scale
    source: str
    year: int | None
    values: Mapping[str, Fraction] = field(repr=False)


@cache
def public_columns(year: int) -> tuple[CriteriaColumn, ...]:
    """The indicators that are stored for a round of a year, population first; none is later than the year.

    Parameters
    ----------
    year
        Of the round; every figure is of the newest stored year before it, the population up to it.
    """
    registry = Registry.shipped()
    codes = [str(one.code) for one in registry.all_municipalities]
    population_year = _population_year(registry, year)
    people = {code: Fraction(registry.population(code, population_year).value or 0) for code in codes}
    central = {str(one.code): Fraction(one.centrality) for one in registry.all_municipalities}
    even = dict.fromkeys(codes, Fraction(1))
    settled_year, before = _settled_before(year)
    return (
        CriteriaColumn("population", _label("population"), Scale.SIZE, SSB, population_year, people),
        CriteriaColumn(
            "centrality", _label("centrality"), Scale.RATE, f"{SSB}, centrality index", None, central
        ),
        CriteriaColumn("even_part", _label("even_part"), Scale.SIZE, "", None, even),
        CriteriaColumn("settled_before", _label("settled_before"), Scale.SIZE, "IMDi", settled_year, before),
        _newest("refugees_recent", "secondary_moves", "imdi", "refugees_resident", RECENT, year),
        _newest("moved_here", "secondary_moves", "imdi", "refugees_resident", MOVED, year),
        _newest("gp_capacity", "general_practitioners", "helsedirektoratet", "gp_reserve_capacity", (), year),
        _unemployed(codes, year),
    )


def _label(key: str) -> Label:
    return COLUMN_NAMES[key]


def _population_year(registry: Registry, year: int) -> int:
    """The newest year up to the round's whose population is stored for every municipality."""
    for known in range(year, OLDEST_POPULATION - 1, -1):
        if all(registry.population(one.code, known).value is not None for one in registry.all_municipalities):
            return known
    raise BadInput(f"no population of {year} or earlier", f"a year from {OLDEST_POPULATION} on")


def _settled_before(year: int) -> tuple[int | None, dict[str, Fraction]]:
    rows = [one for one in shipped_panel() if one.year < year and one.settled is not None]
    newest = max((one.year for one in rows), default=None)
    return newest, {one.municipality: Fraction(one.settled or 0) for one in rows if one.year == newest}


@cache
def _table(data_set: str, table: str) -> Imported[Observation]:
    """An own table, read once for every year that is asked about."""
    return read_own_table(FIGURES / data_set / f"{table}.csv", Registry.shipped())


def _newest(
    key: str, data_set: str, table: str, measure: str, breakdown: Breakdown, year: int
) -> CriteriaColumn:
    """The figures of the newest stored year before the round's, on today's codes."""
    registry = Registry.shipped()
    found = _table(data_set, table)
    rows = [one for one in found.observations if _is(one, measure, breakdown) and one.year < year]
    newest = max((one.year for one in rows), default=None)
    values: dict[str, Fraction] = {}
    for one in rows:
        code = _code_today(one, registry) if one.year == newest else None
        if code is not None and one.value is not None:
            values[code] = values.get(code, Fraction(0)) + Fraction(one.value)
    scale = Scale.RATE if key == "gp_capacity" else Scale.SIZE
    return CriteriaColumn(key, _label(key), scale, found.source.publisher, newest, values)


def _unemployed(codes: list[str], year: int) -> CriteriaColumn:
    """The county's share of unemployed, the mean of the newest whole year, for each of its municipalities."""
    found = _table("unemployment", "nav")
    months: dict[tuple[str, int], list[Fraction]] = {}
    for one in found.observations:
        counts = one.measure_id == "unemployed_share" and one.value is not None and one.month is not None
        if counts and len(one.place) == 2 and one.year < year:
            months.setdefault((one.place, one.year), []).append(Fraction(one.value or 0))
    whole = {key: sum(rows, Fraction(0)) / 12 for key, rows in months.items() if len(rows) == 12}
    newest = max((known for _, known in whole), default=None)
    values = {code: whole[code[:2], newest] for code in codes if newest and (code[:2], newest) in whole}
    label = _label("unemployed_share")
    return CriteriaColumn("unemployed_share", label, Scale.RATE, found.source.publisher, newest, values)


def _is(one: Observation, measure: str, breakdown: Breakdown) -> bool:
    told = one.measure_id == measure and one.breakdown == breakdown and one.month is None
    return told and len(one.place) == 4


def _code_today(one: Observation, registry: Registry) -> str | None:
    try:
        return str(registry.accept(one.place, max(date(one.year, 1, 1), FIRST_DAY)))
    except BadInput:
        return None
