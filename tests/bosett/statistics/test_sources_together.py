"""Everything that the public sees of the settled, all sources together, attacked by linear programmes written here.

The attacker believes one source for each kind of number and tries every choice of them.  He knows that a hidden
number is at least one, that Ukrainians and others are all the settled, that minors and those under collective
protection are among them, and every sum stated for the country.  No cell and no number is printed, also not when
a test fails: what is told is how many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product

import highspy
import numpy as np
import pytest

from bosett.sources.shipped import shipped_figures
from bosett.statistics.hiding import hidden_cells
from bosett.statistics.public import is_shown_shape, shown
from bosett.terms.figure import State
from bosett.terms.observation import COUNTRY, Observation

KINDS = {(): "all", (("origin", "ukrainian"),): "ukrainian", (("origin", "other"),): "other",
         (("group", "em"),): "minors", (("protection", "collective"),): "collective"}  # fmt: skip
NARROW = 5 - 1e-6
Told = dict[str, dict[str, int | None]]
"""Kind -> municipality -> number, or None where it is hidden."""


@cache
def public() -> tuple[Observation, ...]:
    rows = [one for table in shipped_figures() for one in table.observations if is_shown_shape(one)]
    hidden = hidden_cells(rows)
    return tuple(shown(one, hidden) for one in rows)


def sources(year: int) -> dict[str, dict[str, dict[str, int | None]]]:
    """Kind -> source -> municipality -> number."""
    found: dict[str, dict[str, dict[str, int | None]]] = defaultdict(lambda: defaultdict(dict))
    for one in public():
        told = one.state in (State.NUMBER, State.SUPPRESSED) and len(one.place) == 4
        if one.measure_id == "settled" and one.year == year and told and one.breakdown in KINDS:
            kind, source = KINDS[one.breakdown], f"{one.dataset_id}/{one.source_id}"
            found[kind][source][one.place] = None if one.value is None else int(one.value)
    return found


def stated(year: int) -> dict[str, int]:
    """Kind -> what is stated for the country."""
    return {
        KINDS[one.breakdown]: int(one.value)
        for one in public()
        if one.measure_id == "settled" and one.year == year and one.place == COUNTRY
        and one.value is not None and one.breakdown in KINDS
    }  # fmt: skip


def beliefs(year: int) -> Iterator[Told]:
    """One source for each kind, in every way."""
    held = sources(year)
    for chosen in product(*(held[kind] for kind in held)):
        yield {kind: held[kind][source] for kind, source in zip(held, chosen, strict=True)}


class Attack:
    """One unknown for each kind and municipality, bound by what is told."""

    def __init__(self, told: Told, sums: dict[str, int], least: float) -> None:
        self.places = sorted({place for numbers in told.values() for place in numbers})
        self.told, self.solver = told, highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        self.column = {
            (kind, place): number for number, (kind, place) in enumerate(product(KINDS.values(), self.places))
        }
        for kind, place in self.column:
            value = told.get(kind, {}).get(place, -1)
            low, high = (least, 1e5) if value is None else (0.0, 1e5) if value < 0 else (value, value)
            self.solver.addVar(float(low), float(high))
        for place in self.places:
            self.row(0, 0, {("all", place): -1, ("ukrainian", place): 1, ("other", place): 1})
            for kind in ("minors", "collective"):
                self.row(0, 1e5, {("all", place): 1, (kind, place): -1})
        for kind, total in sums.items():
            if kind in told:
                self.row(total, total, {(kind, place): 1 for place in self.places})

    def row(self, low: float, high: float, parts: dict[tuple[str, str], float]) -> None:
        places = np.array([self.column[one] for one in parts], dtype=np.int32)
        self.solver.addRow(low, high, len(places), places, np.array(list(parts.values()), dtype=float))

    def ends(self, column: int) -> tuple[float, float] | None:
        """Least and greatest; None when nothing can be behind it."""
        found = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            self.solver.changeColCost(column, 1.0)
            self.solver.changeObjectiveSense(sense)
            self.solver.run()
            if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
            found.append(self.solver.getInfo().objective_function_value)
            self.solver.changeColCost(column, 0.0)
        return found[0], found[1]

    def narrow(self) -> int | None:
        """How many hidden numbers are bounded within five; None when nothing can be behind the numbers."""
        count = 0
        for (kind, place), column in self.column.items():
            if place in self.told.get(kind, {}) and self.told[kind][place] is None:
                ends = self.ends(column)
                if ends is None:
                    return None
                count += ends[1] - ends[0] < NARROW
        return count


def alone(told: Told) -> tuple[int, int]:
    """(narrow, tried) municipality by municipality, so that a contradiction in one saves no other."""
    narrow = tried = 0
    for place in sorted({place for numbers in told.values() for place in numbers}):
        here = {kind: {place: numbers[place]} for kind, numbers in told.items() if place in numbers}
        if any(numbers[place] is None for numbers in here.values()):
            for least in (1.0, 0.0):
                found = Attack(here, {}, least).narrow()
                if found is not None:
                    narrow, tried = narrow + found, tried + 1
                    break
    return narrow, tried


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025])
def test_no_hidden_number_of_a_municipality_follows_from_any_choice_of_sources(year: int) -> None:
    found = [alone(told) for told in beliefs(year)]
    assert sum(tried for _, tried in found) > 10
    assert sum(narrow for narrow, _ in found) == 0


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025])
def test_no_hidden_number_follows_from_the_sums_stated_for_the_country(year: int) -> None:
    """All kinds together where one set of numbers can be behind them, and each kind with its own sum."""
    found = []
    for told in beliefs(year):
        for kind, total in stated(year).items():
            every = [told, {kind: told[kind]}] if kind in told else [told]
            found += [Attack(some, {kind: total}, 1.0).narrow() for some in every]
    assert [one for one in found if one is not None]
    assert sum(one or 0 for one in found) == 0
