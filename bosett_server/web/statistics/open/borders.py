"""The municipalities' own borders as a map, once somebody has loaded them; worked out once a version."""

from __future__ import annotations

import threading

from bosett.statistics.geography import drawn
from bosett_server.access.actor import Actor
from bosett_server.queries.imported_facts import boundaries, boundaries_version
from bosett_server.web.look.hexagon_cells import places
from bosett_server.web.look.map_layout import Layout, geographic

_held: dict[int, tuple[Layout, str]] = {}
_lock = threading.Lock()


def loaded(actor: Actor) -> int:
    """The version of the boundaries that stand; 0 while there are none of every municipality.  One query."""
    version, count = boundaries_version(actor)
    return version if count >= len(places()) else 0


def layout(actor: Actor, version: int) -> tuple[Layout, str]:
    """The map of the boundaries and whose they are; a query when they are not known yet."""
    with _lock:
        if version not in _held:
            told = boundaries(actor)
            if told is None:
                raise LookupError(f"no boundaries stand in version {version}")
            units = {one["id"]: _polygons(one["geometry"]) for one in told["features"]}
            _held.clear()
            _held[version] = (geographic(drawn(units)), told["licence"] or told["publisher"])
        return _held[version]


def _polygons(geometry: dict[str, list[list[list[list[float]]]]]) -> list[list[list[list[float]]]]:
    """A MultiPolygon's polygons; the readers store every area as one."""
    return geometry["coordinates"]
