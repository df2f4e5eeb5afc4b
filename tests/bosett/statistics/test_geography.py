"""A map of loaded boundaries: everybody is on it, neighbours meet, and lengths are right where they are known."""

from __future__ import annotations

import math
import re

import pytest

from bosett.statistics.geography import MOST_POINTS, WIDE, drawn, projected
from bosett.terms.errors import BadInput

EARTH_KM = 6371.0


def square(west: float, south: float, side: float = 1.0) -> list[list[list[list[float]]]]:
    east, north = west + side, south + side
    return [[[[west, south], [east, south], [east, north], [west, north], [west, south]]]]


def corners(path: str) -> set[tuple[int, int]]:
    """The points of a path of steps."""
    found, x, y = set(), 0, 0
    for letter, first, second in re.findall(r"([Ml])(-?\d+) (-?\d+)", path):
        x, y = (int(first), int(second)) if letter == "M" else (x + int(first), y + int(second))
        found.add((x, y))
    return found


def test_on_the_middle_meridian_a_degree_north_is_a_degree_of_the_sphere() -> None:
    """One degree is 111.19 km on a sphere of 6,371 km."""
    (x, south), (_, north) = projected(15.0, 60.0), projected(15.0, 61.0)
    assert x == 0
    assert (north - south) * EARTH_KM == pytest.approx(math.pi * EARTH_KM / 180)


def test_a_degree_east_is_shorter_the_farther_north_it_lies() -> None:
    """Cosine of the latitude: half a degree's length at 60 degrees north."""
    (west, _), (east, _) = projected(14.5, 60.0), projected(15.5, 60.0)
    assert (east - west) * EARTH_KM == pytest.approx(0.5 * 111.19, rel=2e-3)


def test_neighbours_share_their_border_and_the_county_line_runs_along_it() -> None:
    found = drawn({"3301": square(10, 60), "3303": square(11, 60), "4601": square(12, 60)})
    shared = corners(found.outlines["3301"].path) & corners(found.outlines["3303"].path)
    assert len(shared) == 2
    between = corners(found.outlines["3303"].path) & corners(found.outlines["4601"].path)
    line = {tuple(map(int, one)) for one in re.findall(r"(-?\d+) (-?\d+)", found.counties)}
    assert line == between


def test_a_wavy_line_between_two_is_the_same_on_both_sides_after_it_is_made_simple() -> None:
    wave = [[11 + 0.02 * math.sin(place / 3), 60 + place / 400] for place in range(401)]
    west = [[[[10, 60], *wave, [10, 61], [10, 60]]]]
    east = [[[[12, 60], [12, 61], *wave[::-1], [12, 60]]]]
    found = drawn({"3301": west, "4601": east})
    own, other = corners(found.outlines["3301"].path), corners(found.outlines["4601"].path)
    line = {tuple(map(int, one)) for one in re.findall(r"(-?\d+) (-?\d+)", found.counties)}
    assert own & other == line
    assert 20 < len(line) < 402
    assert len(own - other) == 2


def test_north_is_up_east_is_right_and_the_drawing_is_as_wide_as_said() -> None:
    found = drawn({"3301": square(10, 60), "5601": square(25, 70)})
    south, north = found.outlines["3301"], found.outlines["5601"]
    assert south.y > north.y
    assert south.x < north.x
    assert max(x for one in found.outlines.values() for x, _ in corners(one.path)) == WIDE


def test_a_place_too_small_to_be_seen_has_a_square_of_its_own() -> None:
    found = drawn({"1151": square(4.9, 59.3, 0.001), "5601": square(5, 59), "5605": square(30, 70)})
    assert found.outlines["1151"].path.endswith("h6v6h-6z")


def test_the_sign_stands_on_land_also_where_the_middle_is_a_fjord() -> None:
    """A horseshoe open to the north, three degrees wide about the middle meridian; the fjord is its middle third."""
    shoe = [[13.5, 60], [16.5, 60], [16.5, 63], [15.5, 63], [15.5, 61], [14.5, 61], [14.5, 63], [13.5, 63]]
    sign = drawn({"1101": [[[*shoe, shoe[0]]]]}).outlines["1101"]
    assert abs(sign.x - WIDE / 2) > 0.9 * WIDE / 6


def test_however_many_points_a_file_has_the_drawing_stays_small() -> None:
    ring = [
        [10 + math.cos(turn / 8000 * math.tau), 60 + math.sin(turn / 8000 * math.tau)] for turn in range(8000)
    ]
    found = drawn({f"33{place:02d}": [[[[x + place, y] for x, y in [*ring, ring[0]]]]] for place in range(6)})
    assert sum(len(corners(one.path)) for one in found.outlines.values()) < MOST_POINTS


@pytest.mark.parametrize("given", [{}, {"3301": []}, {"3301": [[[[15, 60], [15, 61], [15, 62], [15, 60]]]]}])
def test_nothing_to_draw_is_refused(given: dict[str, list[list[list[list[float]]]]]) -> None:
    with pytest.raises(BadInput):
        drawn(given)
