"""Boundaries, language decisions, and persons exported from another register."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from bosett.registry import Registry
from bosett.registry.municipality import LanguageDecision
from bosett.sources.register_export import AssignedPerson, Numbers, ReadyPerson
from bosett.sources.register_match import Match, Present, match_register
from bosett.terms.groups import Track
from tests.bosett.sources.given import codes, read

ALL = Registry.shipped().all_municipalities


def square(longitude: float, latitude: float) -> list[list[list[float]]]:
    west, east, south, north = longitude - 0.1, longitude + 0.1, latitude - 0.1, latitude + 0.1
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def geojson(**moved: list[list[list[float]]]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"kommunenummer": one.code},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": moved.get(f"k{one.code}", square(one.longitude, one.latitude)),
                },
            }
            for one in ALL
        ],
    }


def topojson() -> dict[str, Any]:
    """The squares as quantised arcs of two halves, the second one used backwards."""
    arcs, geometries = [], []
    for one in ALL:
        x, y = round(one.longitude * 1000), round(one.latitude * 1000)
        arcs.append([[x - 100, y - 100], [200, 0], [0, 200]])
        arcs.append([[x - 100, y - 100], [0, 200], [200, 0]])
        geometries.append({"type": "Polygon", "id": one.code, "arcs": [[len(arcs) - 2, ~(len(arcs) - 1)]]})
    transform = {"scale": [0.001, 0.001], "translate": [0, 0]}
    objects = {"kommuner": {"type": "GeometryCollection", "geometries": geometries}}
    return {"type": "Topology", "transform": transform, "arcs": arcs, "objects": objects}


def test_geojson_and_topojson_of_the_same_areas_give_the_same_boxes() -> None:
    first = read("boundaries", "a.geojson", json.dumps(geojson()))
    second = read("boundaries", "a.topojson", json.dumps(topojson()))
    assert len(first.rows) == len(second.rows) == 357
    for one, other in zip(first.rows, second.rows, strict=True):
        assert one.code == other.code
        assert one.box == pytest.approx(other.box, abs=0.001)
        assert other.polygons[0][0][0] == other.polygons[0][0][-1]


def test_a_missing_municipality_stops_the_map() -> None:
    told = geojson()
    del told["features"][5]
    error = read("boundaries", "a.geojson", json.dumps(told)).errors[0]
    assert (error.code, error.found) == ("code_missing", f"1 missing: {ALL[5].code}")


def test_an_unknown_a_repeated_and_an_open_unit_stop_the_map() -> None:
    for code, expected in (("9901", "code_unknown"), (ALL[1].code, "row_twice")):
        told = geojson()
        told["features"][0]["properties"]["kommunenummer"] = code
        assert expected in codes(read("boundaries", "a.geojson", json.dumps(told)))
    told = geojson(k0301=[[[10.0, 59.0], [11.0, 59.0]]])
    assert "geometry_wrong" in codes(read("boundaries", "a.geojson", json.dumps(told)))


def test_metres_instead_of_degrees_stop_the_map() -> None:
    told = geojson(
        k0301=[[[262000.0, 6650000.0], [263000.0, 6650000.0], [263000.0, 6651000.0], [262000.0, 6650000.0]]]
    )
    assert "outside_norway" in codes(read("boundaries", "a.geojson", json.dumps(told)))


def test_a_boundary_away_from_the_known_point_is_told() -> None:
    found = read("boundaries", "a.geojson", json.dumps(geojson(k0301=square(12.0, 62.0))))
    assert codes(found) == ["point_outside"]
    assert found.accepted


def test_an_arc_that_is_not_there_is_refused() -> None:
    told = topojson()
    told["objects"]["kommuner"]["geometries"][0]["arcs"] = [[99999]]
    assert not read("boundaries", "a.topojson", json.dumps(told)).accepted


LANGUAGE = "municipality_id,language_decision,valid_from\n"


def test_a_new_language_decision_is_read_and_told_as_a_difference() -> None:
    found = read(
        "language_decisions", "l.csv", f"{LANGUAGE}0301,nynorsk,2027-01-01\n1101,bokmål,2020-01-01\n"
    )
    assert [(one.municipality_id, one.decision) for one in found.rows] == [
        ("0301", LanguageDecision.NYNORSK), ("1101", LanguageDecision.BOKMAL),
    ]  # fmt: skip
    assert codes(found) == ["decision_differs", "code_missing"]


@pytest.mark.parametrize(
    "row", ["0301,svensk,2027-01-01", "9999,nynorsk,2027-01-01", "0301,nynorsk,", "0301,nynorsk,snart"]
)
def test_a_wrong_language_decision_stops_the_file(row: str) -> None:
    assert not read("language_decisions", "l.csv", f"{LANGUAGE}{row}\n").accepted


READY = "duf,d_number,household_ref,birth_date,ready_since,track\n"


def test_ready_persons_are_read_by_either_number() -> None:
    found = read("ready_persons", "r.csv", f"{READY}900012345678,,h1,1990-02-03,2026-04-01,asylum\n")
    assert found.rows == (
        ReadyPerson(Numbers("900012345678", ""), "h1", date(1990, 2, 3), date(2026, 4, 1), Track.ASYLUM, 2),
    )


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",,h1,1990-02-03,2026-04-01,asylum", "duf"),
        ("12,,h1,1990-02-03,2026-04-01,asylum", "duf"),
        (",12345678901,h1,1990-02-03,2026-04-01,asylum", "d_number"),
        ("900012345678,,,1990-02-03,2026-04-01,asylum", "household_ref"),
        ("900012345678,,h1,1990-02-30,2026-04-01,asylum", "birth_date"),
        ("900012345678,,h1,1990-02-03,2027-04-01,asylum", "ready_since"),
        ("900012345678,,h1,2026-05-03,2026-04-01,asylum", "ready_since"),
        ("900012345678,,h1,1990-02-03,2026-04-01,tourist", "track"),
    ],
)
def test_a_wrong_person_stops_the_file_and_no_number_is_repeated(row: str, column: str) -> None:
    found = read("ready_persons", "r.csv", f"{READY}{row}\n")
    assert [(one.row, one.column) for one in found.errors] == [(2, column)]
    assert not any(number in str(found) for number in ("900012345678", "12345678901"))


def test_the_same_number_in_two_rows_is_an_error_that_does_not_repeat_it() -> None:
    row = "900012345678,,h1,1990-02-03,2026-04-01,asylum\n"
    found = read("ready_persons", "r.csv", READY + row + row)
    assert codes(found) == ["person_twice"]
    assert "900012345678" not in str(found)


def test_an_assignment_to_a_split_or_unknown_municipality_stops_the_file() -> None:
    header = "duf,d_number,municipality_id,assigned_on\n"
    for code, day in (("1507", "2023-05-01"), ("9999", "2026-05-01")):
        found = read("assignments", "a.csv", f"{header}900012345678,,{code},{day}\n")
        assert [one.column for one in found.errors] == ["municipality_id"]
    found = read("assignments", "a.csv", f"{header}900012345678,,3803,2023-05-01\n")
    assert [one.municipality_id for one in found.rows] == ["3905"]  # Tønsberg's code of 2024


def assigned(duf: str, d_number: str, place: str = "0301", row: int = 2) -> AssignedPerson:
    return AssignedPerson(Numbers(duf, d_number), place, date(2026, 5, 1), row)


def present(person: str, duf: str, d_number: str, place: str = "0301") -> Present[AssignedPerson]:
    return Present(person, Numbers(duf, d_number), assigned(duf, d_number, place, 0))


def test_each_row_is_new_the_same_changed_or_a_conflict() -> None:
    here = [present("p1", "1", "a"), present("p2", "2", "b"), present("p3", "3", "c"), present("p4", "4", "")]
    rows = [
        assigned("9", ""),  # nobody
        assigned("", "a"),  # p1 by D-number
        assigned("2", "b", "1103"),  # p2, moved
        assigned("3", "x"),  # p3 by DUF number, but another D-number
    ]
    found = match_register(rows, here)
    assert [(one.match, one.person_ids, one.differs) for one in found.matched] == [
        (Match.NEW, (), ()),
        (Match.SAME, ("p1",), ()),
        (Match.CHANGED, ("p2",), ("municipality_id",)),
        (Match.CONFLICT, ("p3",), ("d_number",)),
    ]
    assert found.absent == ("p4",)


def test_two_numbers_of_two_persons_are_a_conflict_of_both() -> None:
    found = match_register([assigned("1", "b")], [present("p1", "1", ""), present("p2", "", "b")])
    assert [(one.match, one.person_ids) for one in found.matched] == [(Match.CONFLICT, ("p1", "p2"))]


def test_two_rows_that_are_one_person_here_are_both_conflicts() -> None:
    found = match_register([assigned("1", ""), assigned("", "a", row=3)], [present("p1", "1", "a")])
    assert [one.match for one in found.matched] == [Match.CONFLICT, Match.CONFLICT]


def test_an_empty_number_matches_nobody() -> None:
    found = match_register([assigned("9", "")], [present("p1", "1", "")])
    assert found.of(Match.NEW)[0].person_ids == ()


def test_a_number_is_never_shown_by_repr() -> None:
    assert "900012345678" not in repr(assigned("900012345678", ""))
