"""Where municipalities lie, and which lie beside each other, from a point inside each."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
SOUTH, NORTH, MIDDLE, MERIDIAN = 59.0, 69.0, 64.0, 15.0
"""Standard parallels, latitude and longitude of the middle, in degrees: a cone that fits Norway."""


def project(places: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Longitude and latitude in degrees -> east and north in earth radii (Lambert conformal conic).

    Source: Snyder, Map Projections - A Working Manual (USGS Professional Paper 1395, 1987), section 15.
    """
    south, north = math.radians(SOUTH), math.radians(NORTH)
    cone = math.log(math.cos(south) / math.cos(north)) / math.log(_tangent(NORTH) / _tangent(SOUTH))
    scale = math.cos(south) * _tangent(SOUTH) ** cone / cone
    origin = scale / _tangent(MIDDLE) ** cone
    found = {}
    for code, (longitude, latitude) in places.items():
        away = scale / _tangent(latitude) ** cone
        angle = cone * math.radians(longitude - MERIDIAN)
        found[code] = (away * math.sin(angle), origin - away * math.cos(angle))
    return found


def _tangent(latitude: float) -> float:
    return math.tan(math.pi / 4 + math.radians(latitude) / 2)


def beside(points: Mapping[str, tuple[float, float]]) -> set[tuple[str, str]]:
    """Pairs that lie beside each other: no third point inside the circle that has the two as ends.

    Promise: each pair once, the smaller code first; what lies closest to each point is always beside it.
    Source: Gabriel and Sokal, A New Statistical Approach to Geographic Variation Analysis (1969).
    """
    codes = sorted(points)
    at = np.array([points[code] for code in codes])
    apart = ((at[:, None, :] - at[None, :, :]) ** 2).sum(axis=2)
    found = set()
    for first in range(len(codes)):
        for second in range(first + 1, len(codes)):
            both = apart[first] + apart[second]
            both[[first, second]] = np.inf
            if both.min() >= apart[first, second]:
                found.add((codes[first], codes[second]))
    return found


def spread(
    points: Mapping[str, tuple[float, float]], pairs: set[tuple[str, str]], rounds: int = 600
) -> dict[str, tuple[float, float]]:
    """East and south in widths of a cell, pulled so that pairs are a cell apart in their own direction.

    No two end much closer than a cell.  Deterministic; the start of the search.
    """
    codes = sorted(points)
    index = {code: place for place, code in enumerate(codes)}
    at = np.array([(points[code][0], -points[code][1]) for code in codes])
    links = np.array([(index[a], index[b]) for a, b in sorted(pairs)])
    wanted = at[links[:, 1]] - at[links[:, 0]]
    lengths = np.linalg.norm(wanted, axis=1, keepdims=True)
    wanted /= lengths
    at = (at - at.mean(axis=0)) / np.median(lengths)
    for _ in range(rounds):
        at += 0.12 * _pull(at, links, wanted) + 0.5 * _push(at)
    return {code: (float(at[place, 0]), float(at[place, 1])) for code, place in index.items()}


def _pull(at: Floats, links: npt.NDArray[np.int64], wanted: Floats) -> Floats:
    """Towards a distance of one cell in the pair's own direction."""
    wrong = at[links[:, 1]] - at[links[:, 0]] - wanted
    moved = np.zeros_like(at)
    np.add.at(moved, links[:, 0], wrong)
    np.add.at(moved, links[:, 1], -wrong)
    return moved


def _push(at: Floats) -> Floats:
    """Away from everything that is closer than a cell."""
    steps = at[:, None, :] - at[None, :, :]
    apart = np.linalg.norm(steps, axis=2)
    np.fill_diagonal(apart, np.inf)
    strength = np.clip(1.0 - apart, 0.0, None) / np.maximum(apart, 1e-9)
    moved: Floats = (steps * strength[:, :, None]).sum(axis=1)
    return moved
