"""Where each municipality's equal cell lies in the hexagon map, and its border.

Cells stand in `parameters/registry/hexmap.csv`; how they were found stands in `hexmap.source.yaml`.
Rows with an odd number lie half a cell to the right.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from math import sqrt

from bosett.statistics.hexagons import Place, neighbours, shipped_layout
from bosett_server.web.look.map_layout import Layout, Spot

WIDTH = 20.0
ROW = WIDTH * sqrt(3) / 2
SIDE = WIDTH / sqrt(3)


def places() -> Mapping[str, Place]:
    """Column and row of each municipality's cell, by code."""
    return shipped_layout()


@cache
def hexagons() -> Layout:
    """The hexagon map's cells."""
    wide = WIDTH * (max(col for col, _ in places().values()) + 1.5)
    high = ROW * max(row for _, row in places().values()) + 2 * SIDE
    return Layout(wide, high, {code: _spot(place) for code, place in places().items()}, _sides)


def _spot(place: Place) -> Spot:
    outline = "L".join(f"{x:.2f} {y:.2f}" for x, y in _corners(place))
    return Spot(f"M{outline}Z", *_centre(place), f"{place[0]} {place[1]}")


def _centre(place: Place) -> tuple[float, float]:
    col, row = place
    return WIDTH * (col + 0.5 + (row % 2) / 2), SIDE + ROW * row


def _corners(place: Place) -> list[tuple[float, float]]:
    """Clockwise from the upper right, so that side k lies towards neighbour k."""
    x, y = _centre(place)
    half, low = WIDTH / 2, SIDE / 2
    steps = [(half, -low), (half, low), (0, SIDE), (-half, low), (-half, -low), (0, -SIDE)]
    return [(x + right, y + down) for right, down in steps]


@lru_cache(maxsize=64)
def _sides(codes: tuple[str, ...]) -> str:
    """Every side between two counties, or between land and nothing, once."""
    county = {places()[code]: code[:2] for code in codes}
    sides = []
    for place, code in county.items():
        corners = _corners(place)
        for side, other in enumerate(neighbours(place)):
            if county.get(other) != code and (other not in county or place < other):
                (x1, y1), (x2, y2) = corners[side], corners[(side + 1) % 6]
                sides.append(f"M{x1:.2f} {y1:.2f}L{x2:.2f} {y2:.2f}")
    return "".join(sides)
