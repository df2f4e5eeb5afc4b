"""JSON-stat 2 from Statistics Norway (dense) and Eurostat (sparse)."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from bosett.registry import Registry
from bosett.sources.ask import Ask
from bosett.terms.figure import State
from tests.bosett.sources.given import ASK, TODAY, read


def dimension(*codes: str) -> dict[str, Any]:
    return {"label": "", "category": {"index": {code: at for at, code in enumerate(codes)}, "label": {}}}


def population(**changed: Any) -> str:
    told: dict[str, Any] = {
        "version": "2.0", "class": "dataset", "label": "07459: Befolkning", "source": "SSB",
        "id": ["Region", "ContentsCode", "Tid"], "size": [3, 1, 2],
        "dimension": {
            "Region": dimension("0301", "K-1103", "1507"),
            "ContentsCode": dimension("Personer1"), "Tid": dimension("2020", "2021"),
        },
        "value": [693494, 697010, 143574, None, 66258, None],
        "status": {"3": ".", "5": ":"},
    }  # fmt: skip
    return json.dumps({**told, **changed})


def eurostat(**changed: Any) -> str:
    told: dict[str, Any] = {
        "version": "2.0", "class": "dataset", "label": "Asylum applicants", "source": "ESTAT",
        "id": ["freq", "unit", "citizen", "sex", "applicant", "age", "geo", "time"], "size": [1, 1, 3, 2, 1, 2, 1, 2],
        "dimension": {
            "freq": dimension("M"), "unit": dimension("PER"), "citizen": dimension("TOTAL", "SY", "STLS"),
            "sex": dimension("T", "F"), "applicant": dimension("FRST"), "age": dimension("TOTAL", "Y_LT14"),
            "geo": dimension("NO"), "time": dimension("2023-01", "2023-02"),
        },
        "value": {"0": 400, "1": 385, "2": 90, "8": 35.5, "9": 40},
        "status": {"1": "p", "4": "c"},
        "extension": {"id": "MIGR_ASYAPPCTZM"},
    }  # fmt: skip
    return json.dumps({**told, **changed})


def test_values_run_with_the_last_dimension_fastest() -> None:
    found = read("jsonstat", "p.json", population())
    told = {(one.place, one.year): (one.state, one.value) for one in found.observations}
    assert told == {
        ("0301", 2020): (State.NUMBER, 693494), ("0301", 2021): (State.NUMBER, 697010),
        ("1103", 2020): (State.NUMBER, 143574), ("1507", 2020): (State.NUMBER, 66258),
        ("1507", 2021): (State.SUPPRESSED, None),
    }  # fmt: skip
    assert found.counts["not_in_source"] == 1


def test_sparse_values_totals_and_citizenships_are_read() -> None:
    found = read("jsonstat", "e.json", eurostat())
    told = {(one.period, one.breakdown): (one.state, one.value) for one in found.observations}
    asylum = ("procedure", "asylum")
    assert told == {
        ("2023-01", (asylum,)): (State.NUMBER, 400),
        ("2023-02", (asylum,)): (State.NUMBER, 385),
        ("2023-01", (asylum, ("sex", "women"))): (State.SUPPRESSED, None),
        ("2023-01", (("citizenship", "SYR"), asylum)): (State.NUMBER, Decimal("35.5")),
        ("2023-02", (("citizenship", "SYR"), asylum)): (State.NUMBER, 40),
    }
    assert {one.place for one in found.observations} == {"0"}


def test_categories_for_an_age_are_left_out_beside_their_total_and_counted() -> None:
    assert read("jsonstat", "e.json", eurostat()).counts["left_out"] == 12


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"value": [1, 2, 3]}, "3 in value"),
        ({"value": [1] * 7}, "7 in value"),
        ({"value": {"6": 1}}, "the place '6' in value"),
        ({"value": {"-1": 1}}, "the place '-1' in value"),
        ({"value": "many"}, "no value"),
        ({"value": [1, 2, "x", 4, 5, 6]}, "'x' at place 2"),
        ({"size": [3, 1]}, "id and size"),
        ({"size": [3, 1, 3]}, "2 categories of Tid"),
        ({"size": [3000, 1000, 1000]}, "the size"),
        ({"size": [3, 0, 2]}, "the size"),
        ({"status": {"6": "."}}, "the place '6' in status"),
        ({"class": "collection"}, "without class dataset"),
        ({"label": "99999: Noe annet"}, "the table '99999'"),
    ],
)
def test_a_shape_that_does_not_fit_is_refused(changed: dict[str, Any], found: str) -> None:
    result = read("jsonstat", "p.json", population(**changed))
    assert found in result.errors[0].found
    assert result.rows == ()


def test_a_dimension_that_nobody_can_add_up_is_refused() -> None:
    told = json.loads(population())
    told["id"], told["size"] = ["Region", "ContentsCode", "Tid", "Alder"], [3, 1, 1, 2]
    told["dimension"] |= {"Tid": dimension("2020"), "Alder": dimension("000", "001")}
    error = read("jsonstat", "p.json", json.dumps(told)).errors[0]
    assert (error.column, error.found) == ("Alder", "2 categories and none for all")


def test_an_unknown_citizenship_is_refused() -> None:
    told = json.loads(eurostat())
    told["dimension"]["citizen"] = dimension("TOTAL", "QQ", "STLS")
    assert "'QQ'" in read("jsonstat", "e.json", json.dumps(told)).errors[0].found


def test_an_unknown_table_is_read_when_its_measure_is_told() -> None:
    ask = Ask(Registry.shipped(), TODAY, measure_id="population")
    found = read("jsonstat", "p.json", population(label="12345: Folkemengde"), ask)
    assert len(found.observations) == 5
    assert ASK.measure_id == ""
