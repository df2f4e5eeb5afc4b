"""Which published figures are hidden from everybody: the small ones, what sources hide, and what would tell them.

Each rule adds cells; they are gone through again until none adds any, since a number hidden for one sum may be
what another sum told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bosett.statistics.public import PLAIN, SHAPES, Cell, cell_of, is_counted
from bosett.terms.figure import State
from bosett.terms.observation import COUNTRY, Breakdown, Observation

THRESHOLD, WIDTH = 5, 5
FOUR = 4
"""Digits of a municipality's code; counties and the country have fewer."""
RATE_OF = {"unemployed_share": "unemployed", "patients_without_gp_share": "patients_without_gp"}
HALVES: dict[Breakdown, Breakdown] = {
    (("origin", "ukrainian"),): (("origin", "other"),),
    (("origin", "other"),): (("origin", "ukrainian"),),
}
"""Parts that are all of their total together."""
Numbers = Mapping[Cell, Mapping[str, int]]
"""Cell -> what each source says of it."""
Family = dict[str, Cell]
"""Place -> the cell of one measure, period and breakdown."""


def hidden_cells(
    rows: Sequence[Observation], threshold: int = THRESHOLD, width: int = WIDTH
) -> frozenset[Cell]:
    """Every cell that is hidden from the public.

    Promise: what one source hides is hidden in all; no count of persons or cases from 1 to `threshold` - 1 is
    shown; no part is shown whose remainder is so small; a part and its total, whichever source each is from, and
    a published total over places narrow what is hidden to no less than `width`.
    """
    numbers = _numbers(rows)
    hidden = {cell_of(one) for one in rows if one.state is State.SUPPRESSED}
    counted = {cell for cell in {*numbers, *hidden} if is_counted(cell.measure)}
    hidden |= {
        cell
        for cell in counted
        if any(0 < value < threshold for value in numbers.get(cell, {}).values())
    }  # fmt: skip
    parts = [(cell, replace(cell, breakdown=())) for cell in counted if _is_part(cell)]
    hidden |= set(_small_remainders(numbers, parts, threshold))
    families = _families(counted)
    before = -1
    while len(hidden) > before:
        before = len(hidden)
        hidden |= set(_bound_together(numbers, parts, hidden, width))
        for family in families:
            if not hidden.isdisjoint(family.values()):
                _hide_below_totals(numbers, family, hidden, width)
    return frozenset(hidden | set(_followers(numbers, hidden)))


def _numbers(rows: Iterable[Observation]) -> dict[Cell, dict[str, int]]:
    """The numbers that the rules look at, those that count nobody left out."""
    found: dict[Cell, dict[str, int]] = defaultdict(dict)
    for one in rows:
        if one.value is not None and (is_counted(one.measure_id) or one.measure_id in RATE_OF):
            found[cell_of(one)][f"{one.dataset_id}/{one.source_id}"] = int(one.value)
    return found


def _is_part(cell: Cell) -> bool:
    """Whether it is a part of a total that is shown too."""
    return len(cell.breakdown) == 1 and () in SHAPES.get(cell.measure, PLAIN)


def _small_remainders(numbers: Numbers, parts: Sequence[tuple[Cell, Cell]], threshold: int) -> Iterator[Cell]:
    """Parts whose total minus them is small."""
    for cell, total in parts:
        told = numbers.get(cell, {}).values()
        if any(0 < whole - part < threshold for whole in numbers.get(total, {}).values() for part in told):
            yield cell


def _bound_together(
    numbers: Numbers, parts: Sequence[tuple[Cell, Cell]], hidden: set[Cell], width: int
) -> Iterator[Cell]:
    """What a total and its parts tell of each other.

    Of two halves and their sum no one is hidden alone, also where the other half is zero; and a total that leaves
    a hidden part less than `width` is hidden with it.
    """
    for cell, total in parts:
        half = HALVES.get(cell.breakdown)
        other = replace(cell, breakdown=half) if half else None
        if other and (other in hidden or total in hidden):
            yield cell
        if cell in hidden:
            most = [whole - (1 if other in numbers else 0) for whole in numbers.get(total, {}).values()]
            if any(value - 1 < width for value in most):
                yield total


def _followers(numbers: Numbers, hidden: set[Cell]) -> Iterator[Cell]:
    """Rates of a hidden count, and the sum of grants of which a scheme is hidden."""
    for cell in numbers:
        if cell.measure in RATE_OF and replace(cell, measure=RATE_OF[cell.measure]) in hidden:
            yield cell
    for cell in hidden:
        if cell.measure == "grants_paid":
            yield replace(cell, breakdown=(("scheme", "total"),))


def _families(counted: Iterable[Cell]) -> list[Family]:
    found: dict[Cell, Family] = defaultdict(dict)
    for cell in counted:
        found[replace(cell, place=COUNTRY)][cell.place] = cell
    return [family for _, family in sorted(found.items(), key=lambda one: repr(one[0]))]


def _hide_below_totals(numbers: Numbers, family: Family, hidden: set[Cell], width: int) -> None:
    """Below every published total over places: hide more until the hidden ones cannot be narrowed."""
    for place in sorted(place for place in family if len(place) < FOUR):
        if family[place] in numbers and family[place] not in hidden:
            for below in _below(family, place):
                hidden |= _partners(numbers, hidden, family[place], below, width)


def _below(family: Family, place: str) -> Iterator[list[Cell]]:
    """The cells that sum to a total: a county's municipalities; the country's counties, and its municipalities."""
    county = "" if place == COUNTRY else place
    for size in (2, FOUR) if place == COUNTRY else (FOUR,):
        yield [cell for one, cell in family.items() if len(one) == size and one.startswith(county)]


def _partners(
    numbers: Numbers, hidden: set[Cell], total: Cell, below: Sequence[Cell], width: int
) -> set[Cell]:
    """Cells to hide beside the hidden ones below a total, the smallest first, for each source that tells them."""
    more: set[Cell] = set()
    for source in sorted({source for cell in below for source in numbers.get(cell, {})}):
        seen = sorted(
            (cell for cell in below if cell not in hidden and numbers.get(cell, {}).get(source, 0) > 0),
            key=lambda one: (numbers[one][source], one.place),
        )
        unseen = sum(cell in hidden for cell in below)
        told = [numbers[cell][source] for cell in seen]
        for whole in numbers[total].values():
            more |= set(seen[: _needed(whole - sum(told), unseen, told, width)])
    return more


def _needed(left: int, count: int, told: Sequence[int], width: int) -> int:
    """How many of the shown to hide, in their order; none where the total cannot be of the same count."""
    if count == 0:
        return 0
    for place, value in enumerate(told):
        if left < count or left - count >= width:
            return place
        left, count = left + value, count + 1
    return len(told)
