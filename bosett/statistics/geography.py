"""A map out of loaded boundaries: projected, drawn on a grid so that neighbours still meet, as SVG paths.

The projection is a transverse Mercator on a sphere about 15 degrees east, as UTM zone 33 has it: good enough to look
at, not to measure by.  Points are moved to whole units, and lines made simpler; since what two neighbours share is
treated alike, no gap opens between them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bosett.statistics.shared_lines import SharedLines
from bosett.terms.errors import BadInput

Point = tuple[float, float]
Ring = Sequence[Sequence[float]]
Polygons = Sequence[Sequence[Ring]]
"""Each polygon a ring around and its holes, in degrees (longitude, latitude)."""
Cell = tuple[int, int]
MERIDIAN = 15.0
WIDE = 1000
"""Units of the drawing from west to east."""
TOLERANCES = (0.6, 1.0, 1.5, 2.0, 3.0, 5.0)
"""How far a line may be moved, in units; the least is taken that leaves no more than `MOST_POINTS`."""
MOST_POINTS = 16_000
CORNERS = 3
"""So many points make an area; an island that has fewer in whole units is left out."""
LEAST = 3
"""Half the side of the square that stands for a place too small to be seen."""
SMALL = (2 * LEAST) ** 2
"""Half of that square, doubled as `_area` has it."""


@dataclass(frozen=True)
class Outline:
    """One place on the map: its border as an SVG path, and a point inside for its sign."""

    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Geography:
    """Every place on one drawing.

    Parameters
    ----------
    wide, high
        The drawing's size in its own units.
    outlines
        Code -> outline.
    counties
        The lines between places whose codes begin differently, as one path.
    """

    wide: float
    high: float
    outlines: Mapping[str, Outline]
    counties: str


def drawn(boundaries: Mapping[str, Polygons]) -> Geography:
    """The map of boundaries in degrees, code -> polygons.

    Promise: every place has an outline; two places that share points of their border share them on the map.

    Raises
    ------
    BadInput
        When there is nothing to draw, or all of it on one line.
    """
    planes = {code: _projected(polygons) for code, polygons in boundaries.items()}
    every = [point for polygons in planes.values() for polygon in polygons for point in polygon[0]]
    if not every:
        raise BadInput("no boundaries", "at least one place")
    west, east = min(x for x, _ in every), max(x for x, _ in every)
    south, north = min(y for _, y in every), max(y for _, y in every)
    if east <= west or north <= south:
        raise BadInput("boundaries on one line", "areas")
    scale = WIDE / (east - west)
    placed = {code: _in_units(polygons, west, north, scale) for code, polygons in planes.items()}
    for tolerance in TOLERANCES:
        simple = _simpler(placed, tolerance)
        if sum(len(ring) for polygons in simple.values() for one in polygons for ring in one) <= MOST_POINTS:
            break
    outlines = {
        code: _outline(polygons, planes[code], west, north, scale) for code, polygons in simple.items()
    }
    return Geography(WIDE, math.ceil((north - south) * scale), outlines, _between_counties(simple))


def projected(longitude: float, latitude: float) -> Point:
    """Degrees to the plane, in radians of the sphere: x to the east, y to the north."""
    turn, up = math.radians(longitude - MERIDIAN), math.radians(latitude)
    return math.atanh(math.cos(up) * math.sin(turn)), math.atan2(math.tan(up), math.cos(turn))


def _projected(polygons: Polygons) -> list[list[list[Point]]]:
    return [[[projected(point[0], point[1]) for point in ring] for ring in polygon] for polygon in polygons]


def _in_units(
    polygons: list[list[list[Point]]], west: float, north: float, scale: float
) -> list[list[list[Cell]]]:
    """Every ring that still has an area, in whole units; a polygon whose outer ring has none is left out."""

    def cell(point: Point) -> Cell:
        return round((point[0] - west) * scale), round((north - point[1]) * scale)

    return _with_area([[[cell(point) for point in ring] for ring in polygon] for polygon in polygons])


def _simpler(
    placed: Mapping[str, list[list[list[Cell]]]], tolerance: float
) -> dict[str, list[list[list[Cell]]]]:
    every = (ring for polygons in placed.values() for polygon in polygons for ring in polygon)
    lines = SharedLines(every, tolerance)
    return {
        code: _with_area([[lines.of(ring) for ring in polygon] for polygon in polygons])
        for code, polygons in placed.items()
    }


def _with_area(polygons: list[list[list[Cell]]]) -> list[list[list[Cell]]]:
    found = []
    for polygon in polygons:
        rings = [_ring(ring) for ring in polygon]
        if rings and rings[0]:
            found.append([ring for ring in rings if ring])
    return found


def _ring(points: Sequence[Cell]) -> list[Cell]:
    """The ring without repeated points, not closed; empty when no area is left."""
    kept = [point for place, point in enumerate(points) if point != points[place - 1]]
    return kept if len(set(kept)) >= CORNERS and _area(kept) else []


def _area(ring: Sequence[Cell]) -> int:
    """Twice the area, signed."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], *ring[:1]], strict=True))


def _outline(
    placed: list[list[list[Cell]]], plane: list[list[list[Point]]], west: float, north: float, scale: float
) -> Outline:
    if sum(abs(_area(polygon[0])) for polygon in placed) < SMALL:
        longest = max((polygon[0] for polygon in plane), key=len)
        x, y = (
            sum(point[0] for point in longest) / len(longest),
            sum(point[1] for point in longest) / len(longest),
        )
        x, y = (x - west) * scale, (north - y) * scale
        square = f"M{x - LEAST:.0f} {y - LEAST:.0f}h{2 * LEAST}v{2 * LEAST}h-{2 * LEAST}z"
        return Outline(square, round(x, 1), round(y, 1))
    path = "".join(_steps(ring) for polygon in placed for ring in polygon)
    return Outline(path, *_inside(max((polygon[0] for polygon in placed), key=lambda one: abs(_area(one)))))


def _steps(ring: Sequence[Cell]) -> str:
    """A ring as a path of short steps."""
    (x, y), *rest = ring
    parts = [f"M{x} {y}"]
    for next_x, next_y in rest:
        parts.append(f"l{next_x - x} {next_y - y}")
        x, y = next_x, next_y
    return "".join([*parts, "z"])


def _inside(ring: Sequence[Cell]) -> Point:
    """The middle of the widest stretch of the ring on the level of its centre of area."""
    area, level = _area(ring), 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        level += (y1 + y2) * (x1 * y2 - x2 * y1)
    level = math.floor(level / (3 * area)) + 0.5
    crossed = sorted(
        x1 + (level - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], *ring[:1]], strict=True)
        if (y1 < level) != (y2 < level)
    )
    if not crossed:
        return float(ring[0][0]), float(ring[0][1])
    left, right = max(zip(crossed[::2], crossed[1::2], strict=True), key=lambda one: one[1] - one[0])
    return round((left + right) / 2, 1), round(level, 1)


def _between_counties(placed: Mapping[str, list[list[list[Cell]]]]) -> str:
    """Every side that two places of different counties have in common, once."""
    owners: dict[tuple[Cell, Cell], set[str]] = defaultdict(set)
    for code, polygons in placed.items():
        for polygon in polygons:
            for ring in polygon:
                for one, two in zip(ring, [*ring[1:], *ring[:1]], strict=True):
                    owners[min(one, two), max(one, two)].add(code[:2])
    lines = sorted(side for side, counties in owners.items() if len(counties) > 1)
    return "".join(f"M{x1} {y1}L{x2} {y2}" for (x1, y1), (x2, y2) in lines)
