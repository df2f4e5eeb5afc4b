"""UNHCR, UDI, NAV and KLASS: each with the quirks of its own."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bosett.registry import Registry
from bosett.sources.ask import Ask
from bosett.terms.figure import State
from tests.bosett.sources.given import codes, read

DECISION = {
    "year": 2025, "coo_iso": "SYR", "coa_iso": "NOR", "dec_level": "FI", "dec_recognized": 12,
    "dec_other": "0", "dec_rejected": 3, "dec_closed": "0", "dec_total": 15,
}  # fmt: skip


def answer(*items: dict[str, Any], pages: int = 1) -> str:
    return json.dumps({"page": 1, "maxPages": pages, "items": items})


def test_a_zero_written_as_text_is_a_zero() -> None:
    found = read("unhcr", "d.json", answer(DECISION))
    told = {dict(one.breakdown)["outcome"]: one.value for one in found.observations}
    assert told == {"recognised": 12, "other_positive": 0, "rejected": 3, "closed": 0, "total": 15}


def test_unhcrs_own_codes_for_unknown_stateless_and_tibetan_are_kept() -> None:
    items = [{**DECISION, "coo_iso": code} for code in ("UNK", "XXA", "TIB")]
    found = read("unhcr", "d.json", answer(*items))
    assert {dict(one.breakdown)["citizenship"] for one in found.observations} == {"UNK", "XXA", "TIB"}


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"coa_iso": "SWE"}, "coa_iso"), ({"coo_iso": "QQQ"}, "coo_iso"), ({"dec_total": "-"}, "dec_total"),
        ({"dec_total": None}, "dec_total"), ({"dec_total": -1}, "dec_total"), ({"year": "now"}, "year"),
    ],
)  # fmt: skip
def test_an_item_that_cannot_be_counted_stops_the_answer(changed: dict[str, Any], column: str) -> None:
    found = read("unhcr", "d.json", answer(DECISION, {**DECISION, **changed}))
    assert (2, column) in [(one.row, one.column) for one in found.errors]
    assert found.rows == ()


def test_one_page_of_several_is_refused() -> None:
    assert "one of 3 pages" in read("unhcr", "d.json", answer(DECISION, pages=3)).errors[0].found


def test_the_same_item_twice_is_refused() -> None:
    assert set(codes(read("unhcr", "d.json", answer(DECISION, DECISION)))) == {"row_twice"}


UDI = """<html><head><title>Asylum applications lodged in Norway by citizenship and month 2026</title></head>
<body><h1>Asylum applications lodged in Norway by citizenship and month 2026</h1>
<table><tr><th>Citizenship</th><th>January</th><th>February</th><th>May</th><th>Total</th></tr>
<tr><td>Syria</td><td>80</td><td>1,070</td><td></td><td>1,150</td></tr>
<tr><td>Stateless</td><td>5</td><td>0</td><td></td><td>5</td></tr>
<tr><td>Total</td><td>85</td><td>1,070</td><td></td><td>1,155</td></tr></table></body></html>"""


def test_udis_months_carry_the_month_they_were_retrieved_in() -> None:
    found = read("udi_monthly", "u.html", UDI)
    told = {(one.period, dict(one.breakdown).get("citizenship", "")): one.value for one in found.observations}
    assert told == {
        ("2026-01", "SYR"): 80, ("2026-02", "SYR"): 1070, ("2026-01", "XXA"): 5, ("2026-02", "XXA"): 0,
        ("2026-01", ""): 85, ("2026-02", ""): 1070,
    }  # fmt: skip
    assert {one.published for one in found.observations} == {"2026-05"}
    assert found.defects == ()


def test_a_month_that_has_not_come_is_no_zero() -> None:
    assert "2026-05" not in {one.period for one in read("udi_monthly", "u.html", UDI).observations}


def test_udis_page_without_a_day_of_retrieval_is_refused() -> None:
    ask = Ask(Registry.shipped(), date(2026, 11, 23))
    assert "retrieval" in read("udi_monthly", "u.html", UDI, ask).errors[0].found


def test_udis_sums_are_checked_along_rows_and_columns() -> None:
    found = read("udi_monthly", "u.html", UDI.replace("<td>80</td>", "<td>81</td>"))
    assert codes(found) == ["sum_differs", "sum_differs"]
    assert found.accepted


def test_an_unknown_country_stops_udis_page() -> None:
    assert codes(read("udi_monthly", "u.html", UDI.replace("Syria", "Ruritania")))[0] == "name_unknown"


def test_collective_protection_is_another_procedure() -> None:
    page = UDI.replace("Asylum applications lodged", "Application for temporary collective protection")
    found = read("udi_monthly", "u.html", page)
    assert {dict(one.breakdown)["procedure"] for one in found.observations} == {"collective"}


NAV = "nivaa,enhet,status,kjonn,antall,andel_arbeidsstyrken,dato\n"
NAV_ROWS = """\
Landet,Landet,Helt ledige,Begge kjønn,68412,0.023,2025-01-01
Fylker,Troms ,Helt ledige,Kvinner,611,0.014,2025-01-01
Telemark kommuner,Skien,Delvis ledige,Menn,<4,,2025-01-01
Fylker,Ukjent,Helt ledige,Menn,5,,2025-01-01
"""


def test_navs_names_become_codes_and_its_fractions_per_cent() -> None:
    found = read("nav", "n.csv", NAV + NAV_ROWS)
    told = [(one.place, one.measure_id, one.state, one.value) for one in found.observations]
    assert told == [
        ("0", "unemployed", State.NUMBER, 68412), ("0", "unemployed_share", State.NUMBER, Decimal("2.3")),
        ("55", "unemployed", State.NUMBER, 611), ("55", "unemployed_share", State.NUMBER, Decimal("1.4")),
        ("4003", "unemployed", State.SUPPRESSED, None),
    ]  # fmt: skip
    assert found.counts["without_place"] == 1


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Fylker,Skåne,Helt ledige,Menn,5,,2025-01-01", "enhet"),
        ("Bydeler,Gamle Oslo,Helt ledige,Menn,5,,2025-01-01", "enhet"),
        ("Landet,Landet,Halvt ledige,Menn,5,,2025-01-01", "status"),
        ("Landet,Landet,Helt ledige,Menn,5,2.3,2025-01-01", "andel_arbeidsstyrken"),
        ("Landet,Landet,Helt ledige,Menn,mange,,2025-01-01", "antall"),
        ("Landet,Landet,Helt ledige,Menn,5,,2027-01-01", "dato"),
        ("Landet,Landet,Helt ledige,Menn,5,,januar", "dato"),
    ],
)
def test_a_wrong_cell_stops_navs_table(row: str, column: str) -> None:
    found = read("nav", "n.csv", f"{NAV}{NAV_ROWS}{row}\n")
    assert [(one.row, one.column) for one in found.errors] == [(6, column)]
    assert found.rows == ()


def test_the_same_month_twice_is_an_error_also_behind_a_blank() -> None:
    rows = "Fylker,Troms,Helt ledige,Menn,5,,2025-01-01\nFylker,Troms ,Helt ledige,Menn,6,,2025-01-01\n"
    assert codes(read("nav", "n.csv", NAV + rows)) == ["row_twice"]


def klass(**changed: Any) -> str:
    change = {"oldCode": "5025", "oldName": "Røros", "newCode": "5025", "newName": "Røros - Rossen",
              "changeOccurred": "2023-01-01"}  # fmt: skip
    return json.dumps({"codeChanges": [{**change, **changed}]})


def test_a_change_that_the_registry_has_is_read_without_a_word() -> None:
    found = read("klass_changes", "c.json", klass())
    assert [(one.old.name, one.new.name, one.day) for one in found.rows] == [
        ("Røros", "Røros - Rossen", date(2023, 1, 1))
    ]
    assert found.defects == ()


def test_a_change_to_come_is_told_and_read() -> None:
    found = read("klass_changes", "c.json", klass(changeOccurred="2028-01-01"))
    assert codes(found) == ["change_unknown"]
    assert len(found.rows) == 1


def test_a_change_without_a_day_or_with_a_wrong_code_is_an_error() -> None:
    assert codes(read("klass_changes", "c.json", klass(changeOccurred="")))[0] == "cell_wrong"
    assert codes(read("klass_changes", "c.json", klass(oldCode="25")))[0] == "cell_wrong"


def test_codes_on_a_day_are_compared_with_the_registry() -> None:
    listed = [
        {"code": one.code, "name": one.official_name, "level": "1"}
        for one in Registry.shipped().all_municipalities
    ]
    assert read("klass_codes", "k.json", json.dumps({"codes": listed})).defects == ()
    listed[0] = {"code": "0302", "name": "Nye Oslo", "level": "1"}
    found = read("klass_codes", "k.json", json.dumps({"codes": listed}))
    assert codes(found) == ["code_unknown", "code_missing"]
    assert found.accepted


def test_a_code_that_stands_twice_is_an_error() -> None:
    twice = [{"code": "0301", "name": "Oslo - Oslove"}] * 2
    assert "row_twice" in codes(read("klass_codes", "k.json", json.dumps({"codes": twice})))
