"""Rings of a TopoJSON or GeoJSON geometry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bosett.terms.errors import BadInput

Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]


def polygons_of(geometry: dict[str, Any], arcs: Sequence[Sequence[Point]], file: str) -> tuple[Polygon, ...]:
    """The polygons of a geometry, from its coordinates or from the arcs it names.

    Raises
    ------
    BadInput
        For another type than Polygon and MultiPolygon, an arc that is not there, or a point that is
        no pair of numbers.
    """
    kind = geometry.get("type")
    if kind not in ("Polygon", "MultiPolygon"):
        raise BadInput(f"the geometry {kind!r}", "Polygon or MultiPolygon", file, column="type")
    told: Any = geometry.get("arcs" if "arcs" in geometry else "coordinates")
    parts: Any = [told] if kind == "Polygon" else told
    try:
        if "arcs" in geometry:
            return tuple(tuple(_joined(ring, arcs) for ring in part) for part in parts)
        return tuple(tuple(_points(ring) for ring in part) for part in parts)
    except (TypeError, KeyError, IndexError, ValueError) as bad:
        raise BadInput(f"a geometry that cannot be read ({bad})", "rings of points", file) from None


def _points(ring: Any) -> Ring:
    return tuple((float(point[0]), float(point[1])) for point in ring)


def _joined(ring: Sequence[int], arcs: Sequence[Sequence[Point]]) -> Ring:
    """Arcs one after another; a negative number is the arc backwards, the shared point stands once."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    return tuple(points)
