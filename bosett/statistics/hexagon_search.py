"""Finds a layout: neighbours side by side in their own direction, counties whole, few sides between them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np

from bosett.statistics.hexagon_points import spread
from bosett.statistics.hexagons import Place, centre, groups, neighbours
from bosett.terms.errors import NoAnswer

APART, FAR = 1.0, 9.0
"""Weight of a pair's wrong vector, squared, in widths of a cell; and where it stops counting."""
BORDER, FALSE_BORDER, COAST, PIECE = 1.0, 2.5, 1.8, 12.0
"""Price of a side between counties that adjoin, between those that do not, towards nothing; of a loose piece."""
HOT, COLD = 4.0, 0.08


class Search:
    """A layout on its way: what lies where, and what a swap of two cells would cost."""

    def __init__(
        self,
        points: Mapping[str, tuple[float, float]],
        county: Mapping[str, str],
        pairs: set[tuple[str, str]],
    ) -> None:
        self.county = county
        self.adjoin = {frozenset((county[a], county[b])) for a, b in pairs if county[a] != county[b]}
        self.wanted: dict[str, list[tuple[str, float, float]]] = {code: [] for code in points}
        for a, b in sorted(pairs):
            east, south = points[b][0] - points[a][0], points[a][1] - points[b][1]
            length = math.hypot(east, south)
            self.wanted[a].append((b, east / length, south / length))
            self.wanted[b].append((a, -east / length, -south / length))
        self.at = _start(spread(points, pairs))
        self.code: dict[Place, str] = {place: code for code, place in self.at.items()}

    def cost(self, places: Iterable[Place]) -> float:
        """What the given cells cost: their pairs and their sides (a side between two of them counts twice)."""
        total = 0.0
        for place in places:
            code = self.code.get(place)
            if code is None:
                continue
            x, y = centre(place)
            for other, east, south in self.wanted[code]:
                x2, y2 = centre(self.at[other])
                wrong = (x2 - x - east) ** 2 + (y2 - y - south) ** 2
                total += APART * min(wrong, FAR + 0.1 * wrong)
            total += self._sides(place, self.county[code])
        return total

    def _sides(self, place: Place, county: str) -> float:
        total = 0.0
        for near in neighbours(place):
            other = self.code.get(near)
            if other is None:
                total += COAST
            elif (there := self.county[other]) != county:
                total += BORDER if frozenset((county, there)) in self.adjoin else FALSE_BORDER
        return total

    def pieces(self, counties: Iterable[str]) -> int:
        """Pieces of the given counties beyond one each."""
        cells: dict[str, list[Place]] = {county: [] for county in counties}
        for place, code in self.code.items():
            if self.county[code] in cells:
                cells[self.county[code]].append(place)
        return sum(len(groups(one)) - 1 for one in cells.values())

    def swap(self, one: Place, two: Place) -> None:
        """What lies in one cell lies in the other; either may be empty."""
        first, second = self.code.pop(one, None), self.code.pop(two, None)
        for place, code in ((one, second), (two, first)):
            if code is not None:
                self.code[place] = code
                self.at[code] = place


def lay_out(
    points: Mapping[str, tuple[float, float]],
    county: Mapping[str, str],
    pairs: set[tuple[str, str]],
    rng: np.random.Generator,
    steps: int,
) -> dict[str, Place]:
    """Code -> cell, by simulated annealing from the spread points; northernmost row and westernmost column 0.

    Promise: one cell each, every county hangs together; the same input and generator give the same layout.

    Parameters
    ----------
    points
        Code -> (east, north), see `hexagon_points.project`.
    steps
        How many swaps are tried, >= 1.

    Raises
    ------
    NoAnswer
        If a county is in pieces when the search ends.
    """
    search = Search(points, county, pairs)
    codes = sorted(points)
    for block in range(0, steps, 10_000):
        size = min(10_000, steps - block)
        chosen, ways, again = (
            rng.integers(len(codes), size=size),
            rng.integers(6, size=size),
            rng.integers(12, size=size),
        )
        luck = -np.log(rng.random(size))
        for step in range(size):
            heat = HOT * (COLD / HOT) ** ((block + step) / steps)
            _try(search, codes[chosen[step]], int(ways[step]), int(again[step]), heat * float(luck[step]))
    if search.pieces(set(county.values())):
        raise NoAnswer("hexagons", "a county is in pieces; take more steps or another seed")
    return _from_corner(search.at)


def _try(search: Search, code: str, way: int, again: int, allowed: float) -> None:
    """Swap a cell with one beside it (or one further on) unless it costs more than allowed."""
    one = search.at[code]
    two = neighbours(one)[way]
    if again < 6:
        two = neighbours(two)[again]
    if two == one:
        return
    other = search.code.get(two)
    counties = {search.county[code]} | ({search.county[other]} if other else set())
    same = len(counties) == 1 and other is not None
    before = search.cost((one, two))
    loose = 0 if same else search.pieces(counties)
    search.swap(one, two)
    more = search.cost((one, two)) - before
    if more - PIECE * loose <= allowed and not same:
        more += PIECE * (search.pieces(counties) - loose)
    if more > allowed:
        search.swap(one, two)


def _start(spread_points: Mapping[str, tuple[float, float]]) -> dict[str, Place]:
    """Each point in the nearest free cell, from the middle outwards."""
    ordered = sorted(spread_points, key=lambda code: (math.hypot(*spread_points[code]), code))
    taken: dict[Place, str] = {}
    for code in ordered:
        x, y = spread_points[code]
        row = round(y / (math.sqrt(3) / 2))
        col = round(x - (row % 2) / 2)
        near = ((col + right, row + down) for right in range(-12, 13) for down in range(-12, 13))
        free = (place for place in near if place not in taken)
        taken[min(free, key=lambda place: (math.dist(centre(place), (x, y)), place))] = code
    return {code: place for place, code in taken.items()}


def _from_corner(at: Mapping[str, Place]) -> dict[str, Place]:
    """Moved so that no row or column is below 0; rows by an even number, since odd rows are shifted."""
    north = min(row for _, row in at.values())
    north -= north % 2
    west = min(col for col, _ in at.values())
    return {code: (col - west, row - north) for code, (col, row) in sorted(at.items())}
