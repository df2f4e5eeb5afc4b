"""The hexagon map: one equal cell for each of the 357, in counties that hang together."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import numpy as np
from django.utils.translation import override

from bosett.statistics.hexagons import Place, neighbours
from bosett.terms.figure import Figure, State
from bosett_server.web.look.charts import Caption
from bosett_server.web.look.hexagon_cells import places
from bosett_server.web.look.hexmap import HexMap, HexValue, class_bounds, render

REGISTRY = Path(__file__).resolve().parents[3] / "parameters" / "registry" / "municipalities.csv"


def municipalities() -> dict[str, tuple[float, float]]:
    with REGISTRY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["municipality_id"]: (float(row["longitude"]), float(row["latitude"])) for row in rows}


def hangs_together(cells: set[Place]) -> bool:
    reached, edge = set(), [next(iter(cells))]
    while edge:
        place = edge.pop()
        if place in cells and place not in reached:
            reached.add(place)
            edge += neighbours(place)
    return reached == cells


def ranks(values: list[float]) -> np.ndarray:
    return np.argsort(np.argsort(np.array(values)))


def test_each_of_the_357_municipalities_has_one_cell_and_no_two_share_one() -> None:
    assert set(places()) == set(municipalities())
    assert len(set(places().values())) == 357


def test_every_county_hangs_together() -> None:
    by_county: dict[str, set[Place]] = {}
    for code, place in places().items():
        by_county.setdefault(code[:2], set()).add(place)
    assert len(by_county) == 15
    assert [county for county, cells in by_county.items() if not hangs_together(cells)] == []


def test_north_stays_north_and_east_stays_east() -> None:
    where = municipalities()
    codes = sorted(where)
    south = ranks([places()[code][1] for code in codes])
    latitude = ranks([where[code][1] for code in codes])
    assert np.corrcoef(-south, latitude)[0, 1] > 0.97
    western = [code for code in codes if code[:2] in {"11", "46"}]
    eastern = [code for code in codes if code[:2] in {"31", "32"}]
    assert max(places()[code][0] for code in western) < min(places()[code][0] for code in eastern)


def test_a_neighbour_of_mine_has_me_as_a_neighbour() -> None:
    for place in [(4, 6), (4, 7), (0, 0), (1, 1)]:
        assert len(set(neighbours(place))) == 6
        assert all(place in neighbours(other) for other in neighbours(place))


def test_classes_hold_about_as_many_each_and_equal_values_stay_together() -> None:
    assert class_bounds(list(range(1, 101))) == [20, 40, 60, 80, 100]
    assert class_bounds([7] * 50) == [7]
    assert class_bounds([0, 0, 0, 0, 9]) == [0, 9]
    assert class_bounds([]) == []


def drawn(figures: dict[str, Figure]) -> str:
    values = tuple(HexValue(code, f"<{code}>", one, f"/m/{code}") for code, one in figures.items())
    with override("nb"):
        return render(HexMap(Caption("m", "f", "m", "s"), values, "Kommune", "Personer"))


def test_the_legend_counts_every_municipality_once() -> None:
    figures = {code: Figure.of(int(code) % 50) for code in list(places())[:300]}
    figures |= {code: Figure.missing(State.NOT_ASKED) for code in list(places())[300:357]}
    counts = [int(part.split(")")[0]) for part in drawn(figures).split('count">(')[1:]]
    assert sum(counts) == 357
    assert counts[-1] == 57


def test_a_cell_without_a_number_is_hatched_and_carries_its_sign() -> None:
    html = drawn({"0301": Figure.of(3), "5601": Figure.missing(State.AWAITING)})
    assert 'fill="url(#m-hatch)"' in html
    assert 'aria-label="&lt;5601&gt;: ikke ennå"' in html
    assert Counter(html)["…"] == 3  # in the cell, in the legend, in the table


def test_the_map_can_be_drawn_when_nothing_is_known() -> None:
    html = drawn({"0301": Figure.missing(State.UNKNOWN)})
    assert "hexagon--1" not in html
    assert "style=" not in html
