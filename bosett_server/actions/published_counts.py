"""Counts of persons made fit to be seen by all: county by county, then municipality by municipality.

The counties stand in one table with the whole country and those who are in no county's count (protected
address).  Municipalities are protected within their county, whose sums are shown; where any of a county's
sums is hidden, or would have to be, nothing below that county is shown.  So what one table hides cannot be
worked out from another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bosett.statistics.attack import attack
from bosett.statistics.problem import TOTAL, CountTable, Key, PublishedTable
from bosett.statistics.protect import protect_counts
from bosett.terms.errors import Refused
from bosett.terms.figure import Figure, State
from bosett_server.queries.statistics import NOT_BY_COUNTY
from bosett_server.queries.statistics_inputs import Counts, Place

STEPS = {"settled": "settled", "not_yet": "not_yet", "agreed": TOTAL}
"""Agreed is the sum of settled and not settled yet: the difference of two shown numbers is a count too."""


@dataclass(frozen=True)
class Shown:
    """Counts as they may be shown: (place, measure) -> figure, `*` the whole country."""

    figures: Mapping[tuple[str, str], Figure]

    def of(self, code: str, measure: str) -> Figure:
        """Agreed or settled in a place."""
        return self.figures[code, measure]


def shown_counts(counts: Counts, threshold: int, width: int) -> Shown:
    """Every place's agreed and settled, hidden where they would show somebody.

    Raises Refused `table_would_reveal` if a table does not withstand its attack.
    """
    counties = _by_county(counts.places)
    cells = {code: _county_steps(counts, places) for code, places in counties.items()}
    cells[NOT_BY_COUNTY] = {"settled": counts.sealed_settled, "not_yet": counts.sealed_not_yet}
    top = _protected(cells, threshold, width)
    figures = _figures(top, [*cells, TOTAL])
    for code, places in counties.items():
        below = {one.code: _steps(counts, one.code) for one in places}
        table = _protected(below, threshold, width)
        if _hides(top, code) or _hides(table, TOTAL):
            figures |= {
                (one, measure): Figure.missing(State.SUPPRESSED)
                for one in below
                for measure in ("agreed", "settled")
            }
        else:
            figures |= _figures(table, list(below))
    return Shown(figures)


def _by_county(places: Iterable[Place]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for one in places:
        found.setdefault(one.county, []).append(one)
    return found


def _steps(counts: Counts, code: str) -> dict[str, int]:
    return {"settled": counts.settled.get(code, 0), "not_yet": counts.not_yet.get(code, 0)}


def _county_steps(counts: Counts, places: Iterable[Place]) -> dict[str, int]:
    steps = [_steps(counts, one.code) for one in places]
    return {name: sum(one[name] for one in steps) for name in ("settled", "not_yet")}


def _protected(cells: Mapping[str, Mapping[str, int]], threshold: int, width: int) -> PublishedTable:
    whole: dict[Key, int] = {}
    for name in ("settled", "not_yet"):
        whole |= {(code, name): steps[name] for code, steps in cells.items()}
        whole[TOTAL, name] = sum(steps[name] for steps in cells.values())
    for code in (*cells, TOTAL):
        whole[code, TOTAL] = whole[code, "settled"] + whole[code, "not_yet"]
    table = protect_counts(CountTable(("place", "step"), whole), threshold, width).table
    narrow = attack(table, width)
    if narrow:
        raise Refused("table_would_reveal", {"cells": len(narrow)})
    return table


def _hides(table: PublishedTable, code: str) -> bool:
    return any(table.cells[code, step] is None for step in STEPS.values())


def _figures(table: PublishedTable, codes: Iterable[str]) -> dict[tuple[str, str], Figure]:
    found = {}
    for code in codes:
        for measure in ("agreed", "settled"):
            count = table.cells[code, STEPS[measure]]
            found[code, measure] = Figure.missing(State.SUPPRESSED) if count is None else Figure.of(count)
    return found
