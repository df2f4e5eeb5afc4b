"""A file of a source read again has the keys of our own table: it changes figures, it never doubles them."""

from __future__ import annotations

import json

import pytest

from bosett.registry import Registry
from bosett.sources.imported import difference
from bosett.sources.shipped import shipped_figures
from bosett.terms.figure import State
from bosett.terms.observation import Observation
from tests.bosett.sources.given import read

REGISTRY = Registry.shipped()
COLUMNS = ("asked", "voted", "settled", "protection")
ALL = [one for found in shipped_figures() for one in found.observations]
UNHCR = {"outcome": {"recognised": "dec_recognized", "other_positive": "dec_other", "rejected": "dec_rejected",
                     "closed": "dec_closed", "total": "dec_total"}}  # fmt: skip


def own(dataset: str, source: str, **told: object) -> list[Observation]:
    wanted = {"dataset_id": dataset, "source_id": source, **told}
    return [one for one in ALL if all(getattr(one, name) == value for name, value in wanted.items())]


def test_imdis_bulk_file_of_a_year_is_the_own_table_of_that_year() -> None:
    before = own("settlement", "imdi_bulk", year=2016)
    words = {
        "asked": "Anmodning om bosetting",
        "voted": "Vedtak om bosetting",
        "settled": "Faktisk bosetting",
    }
    rows = [
        f"{unit};2016;{one.place};;{words[one.measure_id]};{':' if one.state is State.SUPPRESSED else one.value}"
        for one in before
        for unit in ("Personer", "Prosent")
    ]
    content = "\n".join(["Enhet;År;Kommunenummer;Kommune;Bosetting;Antall", *rows]).encode("latin-1")
    found = read("imdi_bulk", "b.csv", content)
    assert len(found.observations) == len(before) > 1000
    assert difference(before, found.observations).empty


def test_unhcrs_decisions_of_a_year_are_the_own_table_of_that_year() -> None:
    before = own("unhcr", "decisions", year=2024)
    items: dict[tuple[str, str], dict[str, object]] = {}
    for one in before:
        told = dict(one.breakdown)
        item = items.setdefault((told["citizenship"], told["level"]), {})
        item |= {"year": 2024, "coa_iso": "NOR", "coo_iso": told["citizenship"], "dec_level": told["level"]}
        item[UNHCR["outcome"][told["outcome"]]] = one.value or "0"
    found = read("unhcr", "d.json", json.dumps({"maxPages": 1, "items": list(items.values())}))
    assert difference(before, found.observations).empty


@pytest.mark.parametrize(("year", "source"), [(2010, "ssb_07459"), (2011, "registry"), (2026, "registry")])
def test_statistics_norways_population_has_the_keys_of_what_is_stored(year: int, source: str) -> None:
    told = {
        "class": "dataset", "label": "07459: Befolkning", "id": ["Region", "Tid"], "size": [1, 1],
        "dimension": {"Region": {"category": {"index": ["0301"]}}, "Tid": {"category": {"index": [str(year)]}}},
        "value": [1],
    }  # fmt: skip
    found = read("jsonstat", "p.json", json.dumps(told))
    assert [one.key for one in found.observations] == [
        one.key for one in own("population", source, year=year, place="0301")
    ]


def test_udis_revised_month_stands_beside_the_earlier_version() -> None:
    page = """<h1>Asylum applications lodged by citizenship and month 2026</h1><table>
    <tr><th>Citizenship</th><th>January</th></tr><tr><td>Total</td><td>199</td></tr></table>"""
    found = read("udi_monthly", "u.html", page)  # retrieved in May 2026
    january = [
        one
        for one in own("udi", "monthly", year=2026, month=1)
        if one.breakdown == (("procedure", "asylum"),)
    ]
    assert [one.value for one in january] == [207, 199]
    changed = difference(january, [*january[:1], *found.observations])
    assert changed.empty


def test_imdis_page_of_2025_written_again_by_name_is_the_own_table_of_2025() -> None:
    before = own("settlement", "imdi_pages", year=2025)
    by_place: dict[str, dict[str, str]] = {}
    marks = {State.SUPPRESSED: ":", State.NOT_ASKED: "-", State.AWAITING: "avventer vedtak"}
    for one in before:
        column = "protection" if one.breakdown else one.measure_id
        by_place.setdefault(one.place, {})[column] = marks.get(one.state) or f"{one.value:,}".replace(
            ",", " "
        )
    parts = ["<h2>Oversikt over bosettingen i kommunene i 2025</h2>"]
    head = "<tr><th>Kommune</th><th>Anmodet</th><th>Vedtatt</th><th>Bosatt</th><th>Kollektiv beskyttelse</th></tr>"
    for county in REGISTRY.counties():
        rows = "".join(
            f"<tr><td>{one.imdi_name}</td>"
            + "".join(f"<td>{by_place[one.code].get(name, '')}</td>" for name in COLUMNS)
            + "</tr>"
            for one in REGISTRY.in_county(county.code)
        )
        parts.append(f"<h3>{county.name}</h3><table>{head}{rows}</table>")
    found = read("imdi_pages", "p.html", "".join(parts))
    assert found.counts["tables"] == 15
    assert len(found.observations) == len(before) == 4 * 357
    assert difference(before, found.observations).empty
