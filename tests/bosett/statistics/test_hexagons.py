"""The hexagon map: one equal cell each, counties whole, neighbours side by side."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from bosett.cli.main import main
from bosett.registry.registry import Registry
from bosett.statistics.hexagon_points import beside, project
from bosett.statistics.hexagon_search import lay_out
from bosett.statistics.hexagons import (
    centre,
    groups,
    holes,
    measure,
    neighbours,
    read_layout,
    shipped_layout,
)
from bosett.terms.errors import BadInput

PLACES = Registry.shipped().all_municipalities
COUNTY = {str(one.code): one.county_code for one in PLACES}
POINTS = project({str(one.code): (one.longitude, one.latitude) for one in PLACES})


def test_every_municipality_of_the_registry_has_exactly_one_cell_and_none_overlap():
    layout = shipped_layout()
    assert set(layout) == set(COUNTY)
    assert len(set(layout.values())) == 357


def test_every_county_hangs_together():
    for county in set(COUNTY.values()):
        assert len(groups(cell for code, cell in shipped_layout().items() if COUNTY[code] == county)) == 1


def test_four_of_five_neighbours_lie_side_by_side_and_directions_hold():
    """Measured at 0.81, 24 degrees, 95 %; a new layout may not be worse than these floors."""
    found = measure(shipped_layout(), COUNTY, POINTS, beside(POINTS))
    assert found.neighbours_kept >= 0.80
    assert found.turn_degrees <= 26
    assert found.counties_kept >= 0.95
    assert (found.broken_counties, found.false_borders <= 2) == (0, True)


def test_the_measure_of_a_perfect_and_of_a_broken_row():
    points = {"a1": (0.0, 0.0), "a2": (1.0, 0.0), "b1": (2.0, 0.0)}
    county = {"a1": "a", "a2": "a", "b1": "b"}
    pairs = {("a1", "a2"), ("a2", "b1")}
    good = measure({"a1": (0, 0), "a2": (1, 0), "b1": (2, 0)}, county, points, pairs)
    assert (good.neighbours_kept, good.counties_kept, good.turn_degrees, good.broken_counties) == (1, 1, 0, 0)
    # b1 between its neighbours: one pair is torn, the county is in two pieces, one direction is turned round.
    bad = measure({"a1": (0, 0), "a2": (2, 0), "b1": (1, 0)}, county, points, pairs)
    assert (bad.neighbours_kept, bad.turn_degrees, bad.broken_counties) == (0.5, 90, 1)


def test_an_empty_cell_with_land_all_round_is_a_hole_and_a_bay_is_none():
    ring = neighbours((5, 5))
    assert holes(ring) == 1
    assert holes(ring[1:]) == 0


def test_the_cells_round_one_are_all_one_width_away():
    for place in [(3, 4), (3, 5)]:
        near = {round(math.dist(centre(place), centre(one)), 9) for one in neighbours(place)}
        assert near == {1.0}
        assert all(place in neighbours(one) for one in neighbours(place))


def test_north_is_up_and_east_is_right_after_projection():
    at = project({"oslo": (10.75, 59.91), "bergen": (5.33, 60.39), "vadso": (29.75, 70.07)})
    assert at["bergen"][0] < at["oslo"][0] < at["vadso"][0]
    assert at["oslo"][1] < at["bergen"][1] < at["vadso"][1]
    # Great-circle distance Oslo - Bergen is 305 km; the cone is true within 1 % between its parallels.
    assert math.dist(at["oslo"], at["bergen"]) * 6371 == pytest.approx(305, rel=0.01)


def test_beside_means_that_nobody_lies_between():
    points = {"a": (0.0, 0.0), "b": (1.0, 0.0), "c": (2.0, 0.0), "d": (1.0, 5.0)}
    assert {("a", "b"), ("b", "c")} <= beside(points)
    assert ("a", "c") not in beside(points)


def small_country() -> tuple[dict[str, tuple[float, float]], dict[str, str]]:
    """Thirty points in two counties, west and east."""
    points = {f"{col}{row}": (float(col), float(-row) + 0.1 * col) for col in range(6) for row in range(5)}
    return points, {code: "west" if code[0] < "3" else "east" for code in points}


def test_the_same_numbers_give_the_same_layout_and_it_keeps_its_promises():
    points, county = small_country()
    pairs = beside(points)
    first, second = (lay_out(points, county, pairs, np.random.default_rng(7), 4000) for _ in range(2))
    assert first == second
    found = measure(first, county, points, pairs)
    assert len(set(first.values())) == 30
    assert found.broken_counties == 0
    assert found.neighbours_kept > 0.7


def test_the_command_writes_nothing_when_the_file_cannot_be_written(tmp_path: Path, capsys):
    assert main(["hexmap", "--out", str(tmp_path / "cells.pdf")]) == 2
    assert list(tmp_path.iterdir()) == []
    assert main(["hexmap", "--json"]) == 0
    assert '"broken_counties": 0' in capsys.readouterr().out


def test_a_layout_with_a_cell_twice_is_refused(tmp_path: Path):
    table = tmp_path / "cells.csv"
    table.write_text("municipality_id,col,row\n0301,1,1\n1101,1,1\n")
    with pytest.raises(BadInput):
        read_layout(table)
