"""Tables about the need: its parts, lags, settled cohorts with the family that came, and years behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bosett.forecast import Estimate
from bosett.forecast.lags import LagDistribution
from bosett.sources.tables import Row, Table
from bosett.terms.errors import BadInput
from bosett.terms.municipality import MunicipalityCode, municipality_code

PARTS = ("ready_in_reception", "expected_grants", "quota", "leaves")


@dataclass(frozen=True)
class Cohorts:
    """One municipality: year -> persons settled, and year -> family members who came; a year not there is not known."""

    settled: dict[int, int] = field(default_factory=dict)
    family: dict[int, int] = field(default_factory=dict)


def read_parts(table: Table) -> Mapping[str, Estimate]:
    """`part,low,point,high`, each of the four parts once; a part that is none is said as 0.

    Raises
    ------
    BadInput
        Names the row of an unknown or doubled part and of ends the wrong way round, and the part that is missing.
    """
    table.need(("part", "low", "point", "high"))
    table.refuse_repeats("part")
    told = {row.one_of("part", PARTS): _estimate(row) for row in table.rows}
    missing = [part for part in PARTS if part not in told]
    if missing:
        raise BadInput(
            f"no row for {missing[0]}", "each of the four parts; one that is none is said as 0", table.file
        )
    return told


def read_lags(table: Table) -> LagDistribution:
    """`months,persons`: how many were settled 0, 1, 2, ... months after their permit; none left out."""
    table.need(("months", "persons"))
    table.refuse_repeats("months")
    told = {row.whole("months", 0): row.whole("persons", 0) for row in table.rows}
    left_out = next((lag for lag in range(max(told, default=0) + 1) if lag not in told), None)
    if left_out is not None:
        raise BadInput(
            f"no row for {left_out} months", "each month from 0 on; nobody is said as 0", table.file
        )
    return LagDistribution.of_counts([told[lag] for lag in sorted(told)])


def read_cohorts(table: Table) -> Mapping[MunicipalityCode, Cohorts]:
    """`municipality_id,year,settled,family`; an empty family is not known, which is not 0."""
    table.need(("municipality_id", "year", "settled", "family"))
    table.refuse_repeats("municipality_id", "year")
    found: dict[MunicipalityCode, Cohorts] = {}
    for row in table.rows:
        one = found.setdefault(municipality_code(row.identifier("municipality_id")), Cohorts())
        year = row.whole("year", 1900)
        one.settled[year] = row.whole("settled", 0)
        came = row.maybe_whole("family", 0)
        if came is not None:
            one.family[year] = came
    if not found:
        raise BadInput("no municipalities", "at least one row", table.file)
    return found


def read_years(table: Table) -> Mapping[int, int]:
    """`year,persons`."""
    table.need(("year", "persons"))
    table.refuse_repeats("year")
    return {row.whole("year", 1900): row.whole("persons", 1) for row in table.rows}


def _estimate(row: Row) -> Estimate:
    low, point, high = (row.whole(name, 0) for name in ("low", "point", "high"))
    if not low <= point <= high:
        raise BadInput(f"{low}, {point}, {high}", "low <= point <= high", row.file, row.line, "point")
    return Estimate(low, point, high)
