"""A map with one equal cell per municipality: the cells, and how good a layout is.

Rows with an odd number lie half a cell to the right (east); row 0 is in the north.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bosett.rules.parameters import SHIPPED
from bosett.terms.errors import BadInput

Place = tuple[int, int]
Pair = tuple[str, str]
ROW_HEIGHT = math.sqrt(3) / 2
"""Distance of two rows, in widths of a cell."""


@dataclass(frozen=True)
class Quality:
    """How a layout does; every share is of 1, and 1 is the best.

    Parameters
    ----------
    neighbours_kept
        Of the pairs that lie beside each other on the ground: whose cells share a side.
    counties_kept
        Of the pairs of counties that hold such a pair: which share a side on the map.
    false_borders
        Pairs of counties that share a side on the map only.
    turn_degrees
        Mean angle between the direction on the ground and on the map, over the same pairs.
    broken_counties
        Counties that do not hang together; a layout with any is refused by the generator.
    holes
        Empty cells with land all round.
    """

    neighbours_kept: float
    counties_kept: float
    false_borders: int
    turn_degrees: float
    broken_counties: int
    holes: int


def neighbours(place: Place) -> list[Place]:
    """The six cells round one: east, south-east, south-west, west, north-west, north-east."""
    col, row = place
    shift = row % 2
    return [
        (col + 1, row),
        (col + shift, row + 1),
        (col - 1 + shift, row + 1),
        (col - 1, row),
        (col - 1 + shift, row - 1),
        (col + shift, row - 1),
    ]


def centre(place: Place) -> tuple[float, float]:
    """East and south of the cell's middle, in widths of a cell."""
    return place[0] + (place[1] % 2) / 2, place[1] * ROW_HEIGHT


def groups(cells: Iterable[Place]) -> list[set[Place]]:
    """The cells in pieces that hang together, each piece once."""
    left, found = set(cells), []
    while left:
        edge = [left.pop()]
        piece = set(edge)
        while edge:
            reached = [one for one in neighbours(edge.pop()) if one in left]
            left.difference_update(reached)
            piece.update(reached)
            edge += reached
        found.append(piece)
    return found


def holes(cells: Iterable[Place]) -> int:
    """How many empty cells have land all round."""
    taken = set(cells)
    cols, rows = {col for col, _ in taken}, {row for _, row in taken}
    around = {
        (col, row)
        for col in range(min(cols) - 2, max(cols) + 3)
        for row in range(min(rows) - 2, max(rows) + 3)
    }
    return sum(len(piece) for piece in groups(around - taken) if not _is_sea(piece, min(rows) - 2))


def _is_sea(piece: set[Place], north: int) -> bool:
    return any(row == north for _, row in piece)


def measure(
    layout: Mapping[str, Place],
    county: Mapping[str, str],
    points: Mapping[str, tuple[float, float]],
    pairs: Iterable[Pair],
) -> Quality:
    """How good a layout is against the pairs that lie beside each other on the ground.

    Parameters
    ----------
    points
        Code -> (east, north) in any one unit, see `hexagon_points.project`.
    pairs
        At least one; see `hexagon_points.beside`.
    """
    ground = {_sorted(one) for one in pairs}
    code = {place: one for one, place in layout.items()}
    touching = {
        _sorted((one, code[near])) for one, at in layout.items() for near in neighbours(at) if near in code
    }
    real, drawn = _between(ground, county), _between(touching, county)
    by_county: dict[str, list[Place]] = {}
    for one, place in layout.items():
        by_county.setdefault(county[one], []).append(place)
    return Quality(
        neighbours_kept=len(ground & touching) / len(ground),
        counties_kept=len(real & drawn) / len(real) if real else 1.0,
        false_borders=len(drawn - real),
        turn_degrees=sum(_turn(layout, points, pair) for pair in ground) / len(ground),
        broken_counties=sum(len(groups(cells)) > 1 for cells in by_county.values()),
        holes=holes(layout.values()),
    )


def _sorted(pair: Pair) -> Pair:
    return (pair[0], pair[1]) if pair[0] < pair[1] else (pair[1], pair[0])


def _between(pairs: set[Pair], county: Mapping[str, str]) -> set[Pair]:
    """Pairs of counties that have a pair of municipalities between them."""
    return {_sorted((county[a], county[b])) for a, b in pairs if county[a] != county[b]}


def _turn(layout: Mapping[str, Place], points: Mapping[str, tuple[float, float]], pair: Pair) -> float:
    (x1, y1), (x2, y2) = centre(layout[pair[0]]), centre(layout[pair[1]])
    (east1, north1), (east2, north2) = points[pair[0]], points[pair[1]]
    drawn = math.atan2(y1 - y2, x2 - x1)
    real = math.atan2(north2 - north1, east2 - east1)
    return abs((math.degrees(drawn - real) + 180) % 360 - 180)


def read_layout(path: Path) -> dict[str, Place]:
    """Code -> cell, from a table `municipality_id,col,row`.

    Raises
    ------
    BadInput
        If a municipality or a cell stands there twice.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {row["municipality_id"]: (int(row["col"]), int(row["row"])) for row in rows}
    if len(found) < len(rows) or len(set(found.values())) < len(rows):
        raise BadInput("a municipality or a cell twice", "each once", file=str(path))
    return found


@cache
def shipped_layout() -> Mapping[str, Place]:
    """The layout that comes with this version."""
    return read_layout(SHIPPED / "registry" / "hexmap.csv")
