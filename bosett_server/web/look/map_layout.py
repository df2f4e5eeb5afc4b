"""Where a map draws each municipality: as an equal hexagon, or with its own border."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bosett.statistics.geography import Geography


@dataclass(frozen=True)
class Spot:
    """One municipality: its border as a path, the point of its sign, and its column and row among hexagons."""

    path: str
    x: float
    y: float
    cell: str = ""


@dataclass(frozen=True)
class Layout:
    """A whole map.

    Parameters
    ----------
    wide, high
        In the drawing's own units.
    sides
        Codes in order -> the lines between their counties as one path.
    geographic
        Whether borders are the municipalities' own.
    """

    wide: float
    high: float
    spots: Mapping[str, Spot]
    sides: Callable[[tuple[str, ...]], str]
    geographic: bool = False


def geographic(map_: Geography) -> Layout:
    """Loaded boundaries as a layout."""
    spots = {code: Spot(one.path, one.x, one.y) for code, one in map_.outlines.items()}
    return Layout(map_.wide, map_.high, spots, lambda _codes: map_.counties, geographic=True)
