"""Boundaries of municipalities or counties from TopoJSON or GeoJSON: checked, loaded, never shipped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bosett.sources.ask import Ask, DefectList
from bosett.sources.imported import Imported, ImportSource, settled_result
from bosett.sources.opened import Opened
from bosett.sources.topology import Polygon, polygons_of
from bosett.terms.errors import BadInput

KIND = "boundaries"
CODE_KEYS = (
    "kommunenummer",
    "municipality_id",
    "municipality_code",
    "fylkesnummer",
    "county_id",
    "code",
    "id",
)
WEST, SOUTH, EAST, NORTH = -12.0, 55.0, 40.0, 82.0
"""Degrees that Norway with its sea and islands lies within; metres in a plane projection lie outside."""


@dataclass(frozen=True)
class Boundary:
    """The area of a municipality or county in degrees (WGS84).

    Parameters
    ----------
    polygons
        Each a ring around and its holes; a ring is (longitude, latitude) pairs, closed.
    """

    code: str
    polygons: tuple[Polygon, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        points = [point for polygon in self.polygons for point in polygon[0]]
        longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
        return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def read_boundaries(file: Opened, ask: Ask) -> Imported[Boundary]:
    """All 357 municipalities or all 15 counties of 2024, each once.

    Promise: a unit that the registry lacks, one that is missing, and coordinates outside Norway are
    errors; a municipality whose known point lies outside its box is told.
    """
    defects = DefectList(file.name)
    found: dict[str, Boundary] = {}
    for number, (code, polygons) in enumerate(_units(file), start=1):
        if not polygons or any(not one or min(len(ring) for ring in one) < 4 for one in polygons):
            defects.error("geometry_wrong", f"{code!r} without a closed ring", "polygons", number)
        elif code in found:
            defects.error("row_twice", f"{code} again", "each unit once", number)
        else:
            found[code] = Boundary(code, polygons)
            _check_box(found[code], number, defects)
    _check_codes(found, ask, defects)
    _check_points(found, ask, defects)
    licence = ask.licence or "© Kartverket, CC BY 4.0, unless the file is from somebody else"
    source = ImportSource("Boundaries, loaded by the user", "Kartverket", "", licence, ask.retrieved)
    rows = [found[code] for code in sorted(found)]
    points = sum(len(ring) for one in rows for polygon in one.polygons for ring in polygon)
    return settled_result(
        KIND, rows, defects.told(), source, file.sha256, {"units": len(rows), "points": points}
    )


def _units(file: Opened) -> Iterator[tuple[str, tuple[Polygon, ...]]]:
    told = file.json()
    kind = told.get("type") if isinstance(told, dict) else None
    if kind == "FeatureCollection":
        for feature in _list(told, "features", file.name):
            yield _code(feature, file.name), polygons_of(_dict(feature, "geometry", file.name), (), file.name)
    elif kind == "Topology":
        yield from _topology(told, file.name)
    else:
        raise BadInput(f"the type {kind!r}", "Topology or FeatureCollection", file.name)


def _topology(told: dict[str, Any], file: str) -> Iterator[tuple[str, tuple[Polygon, ...]]]:
    arcs = _decoded_arcs(told, file)
    for layer in _dict(told, "objects", file).values():
        for geometry in layer.get("geometries", ()) if isinstance(layer, dict) else ():
            yield _code(geometry, file), polygons_of(geometry, arcs, file)


def _decoded_arcs(told: dict[str, Any], file: str) -> list[list[tuple[float, float]]]:
    """The arcs in degrees: steps added up and scaled when the file is quantised."""
    transform = told.get("transform")
    found = []
    try:
        for arc in _list(told, "arcs", file):
            if transform is None:
                found.append([(float(point[0]), float(point[1])) for point in arc])
                continue
            scale, move = transform["scale"], transform["translate"]
            x = y = 0
            points = []
            for step in arc:
                x, y = x + step[0], y + step[1]
                points.append((x * scale[0] + move[0], y * scale[1] + move[1]))
            found.append(points)
    except (TypeError, KeyError, IndexError, ValueError) as bad:
        raise BadInput(f"arcs that cannot be read ({bad})", "TopoJSON arcs", file, column="arcs") from None
    return found


def _code(told: Any, file: str) -> str:
    properties = told.get("properties") if isinstance(told, dict) else None
    for place in (one for one in (properties, told) if isinstance(one, dict)):
        for key in CODE_KEYS:
            value = place.get(key)
            if isinstance(value, str | int) and str(value).isascii() and str(value).isdigit():
                width = 2 if len(str(value)) <= 2 else 4
                return str(value).zfill(width)
    allowed = f"an id, or a property {', '.join(CODE_KEYS)}"
    raise BadInput("a unit without a code", allowed, file)


def _check_box(one: Boundary, number: int, defects: DefectList) -> None:
    west, south, east, north = one.box
    if west < WEST or south < SOUTH or east > EAST or north > NORTH:
        found = f"{one.code} from {west:.1f} {south:.1f} to {east:.1f} {north:.1f}"
        defects.error("outside_norway", found, "degrees of longitude and latitude (WGS84)", number)


def _check_codes(found: dict[str, Boundary], ask: Ask, defects: DefectList) -> None:
    counties = all(len(code) == 2 for code in found)
    known = {one.code for one in (ask.registry.counties() if counties else ask.registry.all_municipalities)}
    for code in sorted(set(found) - {str(one) for one in known}):
        defects.error("code_unknown", code, "a code of 2024")
    missing = sorted({str(one) for one in known} - set(found))
    if missing:
        listed = f"{len(missing)} missing: {', '.join(missing[:10])}"
        defects.error("code_missing", listed, f"all {len(known)} units of 2024")


def _check_points(found: dict[str, Boundary], ask: Ask, defects: DefectList) -> None:
    for one in ask.registry.all_municipalities:
        if one.code in found:
            west, south, east, north = found[one.code].box
            if not (west <= one.longitude <= east and south <= one.latitude <= north):
                told = f"{one.code}: the point {one.longitude} {one.latitude} lies outside"
                defects.warn("point_outside", told, "the registry's point inside the boundary")


def _list(told: Any, key: str, file: str) -> list[Any]:
    value = told.get(key)
    if not isinstance(value, list):
        raise BadInput(f"no {key}", f"a list {key}", file, column=key)
    return value


def _dict(told: Any, key: str, file: str) -> dict[str, Any]:
    value = told.get(key) if isinstance(told, dict) else None
    if not isinstance(value, dict):
        raise BadInput(f"no {key}", f"a mapping {key}", file, column=key)
    return value
