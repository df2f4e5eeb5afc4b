"""Counts of persons made fit to be seen by all: counties and municipalities together, after every earlier version.

One table holds the counties with the whole country and those who are in no county's count (protected address), the
other the municipalities; they count the same persons, so they are protected together, and with what was published of
the year before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bosett.statistics.problem import TOTAL, CountTable, Key, PublishedTable
from bosett.statistics.publish import WouldReveal, publish_linked
from bosett.terms.errors import Refused
from bosett.terms.figure import Figure, State
from bosett_server.queries.statistics import NOT_BY_COUNTY, Published
from bosett_server.queries.statistics_inputs import Counts

STEPS = {"settled": "settled", "not_yet": "not_yet", "agreed": TOTAL}
"""Agreed is the sum of settled and not settled yet: the difference of two shown numbers is a count too."""
COUNTIES, PLACES = ("county", "step"), ("county", "municipality", "step")


@dataclass(frozen=True)
class Shown:
    """Counts as they may be shown: (place, measure) -> figure, `*` the whole country."""

    figures: Mapping[tuple[str, str], Figure]

    def of(self, code: str, measure: str) -> Figure:
        """Agreed, settled, or not settled yet in a place."""
        return self.figures[code, measure]


def shown_counts(counts: Counts, on: date, earlier: Sequence[Published]) -> Shown:
    """Every place's counts, hidden where they, or an earlier version beside them, would show somebody.

    Raises Refused `table_would_reveal` when no hiding keeps the promise.
    """
    try:
        tables = publish_linked(_tables(counts), on, [_as_published(one) for one in _each_once(earlier)])
    except WouldReveal as told:
        raise Refused("table_would_reveal", {"cells": told.cells}) from None
    return Shown({
        (key[-2], measure): _figure(table.cells[*key[:-1], step])
        for table in tables
        for key in table.cells
        for measure, step in STEPS.items()
        if key[-1] == step
    })  # fmt: skip


def _tables(counts: Counts) -> list[CountTable]:
    places: dict[Key, dict[str, int]] = {
        (one.county, one.code): _steps(counts, one.code) for one in counts.places
    }
    counties: dict[Key, dict[str, int]] = {}
    for key, steps in places.items():
        counties[key[:1]] = _added(counties.get(key[:1], {}), steps)
    counties[NOT_BY_COUNTY,] = {"settled": counts.sealed_settled, "not_yet": counts.sealed_not_yet}
    whole: dict[str, int] = {}
    for steps in counties.values():
        whole = _added(whole, steps)
    return [
        CountTable(COUNTIES, _cells({**counties, (TOTAL,): whole}), "by_county"),
        CountTable(PLACES, _cells(places), "by_municipality"),
    ]


def _steps(counts: Counts, code: str) -> dict[str, int]:
    return {"settled": counts.settled.get(code, 0), "not_yet": counts.not_yet.get(code, 0)}


def _added(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {name: one.get(name, 0) + count for name, count in other.items()}


def _cells(places: Mapping[Key, Mapping[str, int]]) -> dict[Key, int]:
    cells: dict[Key, int] = {}
    for place, steps in places.items():
        cells |= {(*place, name): count for name, count in steps.items()}
        cells[*place, TOTAL] = sum(steps.values())
    return cells


def _each_once(earlier: Sequence[Published]) -> list[Published]:
    """The earlier versions, alike ones once: a version that changed nothing tells nothing more."""
    found: dict[tuple[str, str], Published] = {}
    for one in earlier:
        found[one.kind, repr([(row.code, row.figures) for row in one.rows])] = one
    return list(found.values())


def _as_published(table: Published) -> PublishedTable:
    by_county = table.kind == "by_county"
    cells = {
        (*((row.code,) if by_county else (row.county, row.code)), step): row.figures[measure].value
        for row in table.rows
        for measure, step in STEPS.items()
    }
    name = f"{table.name} {table.published_at.isoformat()}"
    return PublishedTable(COUNTIES if by_county else PLACES, cells, name)


def _figure(count: int | None) -> Figure:
    return Figure.missing(State.SUPPRESSED) if count is None else Figure.of(count)
