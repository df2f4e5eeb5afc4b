"""The open pages, files and calls: no login, protected everywhere, each figure two clicks from its source."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import UTC, datetime

import polars as pl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bosett.terms.figure import State
from bosett.terms.observation import COUNTRY, Observation
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.observation_steps import store_first
from bosett_server.actions.registry import load_registry
from bosett_server.queries import statistics_public
from bosett_server.records.models import ImportBatch, ImportDefect
from bosett_server.records.models import Observation as Stored
from bosett_server.web.statistics.open import borders, drawn, dumps, maps
from tests.bosett_server.cast import DAY

PAGES = (
    "/statistics/country/", "/statistics/counties/33/", "/statistics/municipalities/3301/", "/statistics/map/",
    "/statistics/map/frames/", "/statistics/map/picture/", "/statistics/compare/?place=3301",
    "/statistics/pressure/?county=33",
    "/statistics/defects/", "/statistics/data/",
)  # fmt: skip
CACHES = (statistics_public._held, dumps._made, dumps._told, drawn._kept, maps._frames, borders._held)
SETTLED = {"3301": 40, "3303": 3, "3305": 12, "3310": 5}
"""Drammen, Kongsberg, Ringerike, Hole: 60 in all, which the country's sum states."""


def figure(measure, place, value, year=2024, state=State.NUMBER):
    return Observation(measure, "settlement", place, year, state, value, "persons", "made_up")


@pytest.fixture
def figures(db, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.BOSETT_TODAY = DAY
    for held in CACHES:
        held.clear()
    rows = [figure("settled", place, value) for place, value in SETTLED.items()]
    rows += [figure("asked", place, 50) for place in SETTLED] + [figure("settled", COUNTRY, 60)]
    rows += [figure("population", place, 10_000, year) for place in SETTLED for year in (2024, 2025)]
    with acting(SYSTEM):
        load_registry(SYSTEM, on=DAY)
        return stored(rows, 1)


def stored(rows, step):
    at = datetime(2026, 1, 10 + step, tzinfo=UTC)
    source = {
        "title": "A made-up table",
        "publisher": "Nobody",
        "href": "",
        "licence": "CC BY 4.0",
        "retrieved": "2026-01-02",
    }
    batch = ImportBatch.objects.create(
        kind="own_table", file_name="made_up.csv", sha256="cd" * 32, size_bytes=1, state="applied", made_at=at,
        applied_at=at, step=step, tables=["settlement/made_up"], sources={"made_up": source},
    )  # fmt: skip
    store_first(batch.pk, rows)
    return batch


def got(address, language="en"):
    client = Client()
    client.cookies["language"] = language
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_page_opens_for_anybody_in_both_forms(figures, address, language):
    got(address, language)


@pytest.mark.parametrize("address", [*PAGES, "/statistics/country/?day=2025-12-31"])
def test_every_page_opens_before_anything_was_imported(db, settings, tmp_path, address):
    settings.STATIC_ROOT = tmp_path
    for held in CACHES:
        held.clear()
    answer = Client().get(address)
    assert answer.status_code == (404 if "picture" in address else 200)


def test_no_page_file_or_call_tells_the_small_number_or_its_company(figures):
    """3 is small; with it alone hidden the sum of 60 would tell it, so 5 is hidden too."""
    rows = {
        row["municipality_id"]: row
        for row in csv.DictReader(io.StringIO(got("/statistics/map/?as=csv").content.decode()))
    }
    assert {place: rows[place]["value"] for place in SETTLED} == {
        "3301": "40",
        "3303": "",
        "3305": "12",
        "3310": "",
    }
    assert {rows[place]["state"] for place in ("3303", "3310")} == {"suppressed"}
    listed = json.loads(got("/api/v1/figures/?measure=settled").content)["items"]
    assert {one["place"]: one["value"] for one in listed} == {
        "3301": 40,
        "3303": None,
        "3305": 12,
        "3310": None,
        "0": 60,
    }
    dump = pl.read_parquet(io.BytesIO(got("/data/settlement.parquet").content))
    told = dump.filter((pl.col("measure") == "settled") & pl.col("place").is_in(["3303", "3310"]))
    assert told["value"].to_list() == [None, None]
    county = list(csv.DictReader(io.StringIO(got("/statistics/counties/33/?as=csv").content.decode())))
    assert [
        row["persons"] for row in county if row["municipality_id"] == "3303" and row["measure"] == "settled"
    ] == [""]


def test_the_page_of_a_hidden_figure_tells_neither_it_nor_its_versions(figures):
    with acting(SYSTEM):
        small = Stored.objects.get(measure="settled", place="3303").pk
    page = got(f"/statistics/figures/{small}/").content.decode()
    assert "What the versions held is hidden too." in page
    assert '<p class="answers__number"><span class="figure">' not in page


def test_a_figure_leads_in_two_clicks_to_source_version_and_definition(figures):
    with acting(SYSTEM):
        number = Stored.objects.get(measure="settled", place="3301").pk
    assert f'href="/statistics/figures/{number}/"' in got("/statistics/municipalities/3301/").content.decode()
    page = got(f"/statistics/figures/{number}/").content.decode()
    for told in ("A made-up table", "Nobody", "CC BY 4.0", "cd" * 32, "2026-01-11", "as IMDi counts them"):
        assert told in page


def test_a_day_before_the_import_shows_nothing_and_the_day_itself_shows_it(figures):
    assert "Nothing was loaded" in got("/statistics/municipalities/3301/?day=2026-01-10").content.decode()
    assert "Nothing was loaded" not in got("/statistics/municipalities/3301/?day=2026-01-11").content.decode()


def test_a_page_asks_the_same_few_questions_however_many_figures_there_are(figures):
    def asked():
        got("/statistics/country/")
        with CaptureQueriesContext(connection) as questions:
            got("/statistics/country/")
        return len(questions)

    few = asked()
    with acting(SYSTEM):
        stored([figure("asked", place, 9, year) for place in SETTLED for year in range(2012, 2024)], 2)
    assert asked() == few <= 8


def test_the_api_pages_by_cursor_and_misses_nothing(figures):
    client, seen, cursor = Client(), [], ""
    for _ in range(20):
        page = client.get("/api/v1/figures/", {"limit": 4, "cursor": cursor}).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    with acting(SYSTEM):
        assert seen == sorted(Stored.objects.values_list("pk", flat=True))


def test_the_api_finds_by_place_year_and_day_and_refuses_a_misspelt_filter(figures):
    client = Client()
    found = client.get("/api/v1/figures/", {"place": "3301", "year_from": 2025}).json()["items"]
    assert [(one["measure"], one["year"]) for one in found] == [("population", 2025)]
    assert client.get("/api/v1/figures/", {"known": "2026-01-01"}).json()["items"] == []
    assert client.get("/api/v1/figures/", {"plase": "3301"}).status_code == 422
    assert client.get("/api/v1/figures/999999").status_code == 404
    whole = client.get(f"/api/v1/figures/{found[0]['id']}").json()
    assert whole["source_of"]["title"] == "A made-up table"


def test_the_catalogue_names_each_file_with_the_digest_it_has(figures):
    graph = json.loads(got("/data/catalog").content)["@graph"]
    files = [node for node in graph if node["@type"] == "dcat:Distribution"]
    assert len(files) == 2
    for one in files:
        address = one["dcat:downloadURL"]["@id"].partition("/data/")[2]
        content = got(f"/data/{address}").content
        assert one["spdx:checksum"]["spdx:checksumValue"]["@value"] == hashlib.sha256(content).hexdigest()
        assert one["dcat:byteSize"]["@value"] == str(len(content))
    service = next(node for node in graph if node["@type"] == "dcat:DataService")
    for key in ("dcat:endpointURL", "dcat:endpointDescription"):
        assert (
            got("/api/" + service[key]["@id"].partition("/api/")[2])
            .headers["Content-Type"]
            .startswith("application/json")
        )
    turtle = Client().get("/data/catalog", headers={"Accept": "text/turtle"})
    assert turtle["Content-Type"].startswith("text/turtle")
    assert turtle.content == got("/data/catalog.ttl").content


def test_defects_stand_as_the_importer_found_them(figures):
    with acting(SYSTEM):
        ImportDefect.objects.create(
            batch=figures,
            code="sum_differs",
            severity="warning",
            found="61",
            allowed="60 <b>",
            row=7,
            place="33",
            year=2024,
        )
    page = got("/statistics/defects/").content.decode()
    assert "The parts do not add up to the stated sum." in page
    assert "60 &lt;b&gt;" in page
    assert "Buskerud (33) 2024" in page
    rows = list(csv.DictReader(io.StringIO(got("/statistics/defects/?as=csv").content.decode())))
    assert [(row["found"], row["allowed"]) for row in rows if row["id"]] == [("61", "60 <b>")]


def test_shown_numbers_that_contradict_each_other_are_listed_and_hidden_ones_are_not(figures):
    with acting(SYSTEM):
        stored([figure("asked", place, 50, 2020) for place in SETTLED], 2)
        national = Observation("asked", "national", COUNTRY, 2020, State.NUMBER, 210, "persons", "made_up")
        stored([national], 3)
    page = got("/statistics/defects/", "nb").content.decode()
    assert "Overskriften sier et annet tall enn tabellen." in page
    assert "210 i overskriften (made_up)" in page
    assert "200, summen av kommunene (0 skjult)" in page
    rows = list(csv.DictReader(io.StringIO(got("/statistics/defects/?as=csv").content.decode())))
    assert [row["year"] for row in rows if row["code"] == "headline_differs"] == ["2020", "2026"]


def test_the_frames_of_the_slider_say_what_the_map_says(figures):
    told = json.loads(got("/statistics/map/frames/").content)
    frame = dict(zip(told["codes"], told["years"]["2024"]["cells"], strict=True))
    assert frame["3301"][1:] == ["40", "", ""]
    assert frame["3303"][:1] + frame["3303"][2:] == [0, ":", "suppressed"]
    assert len(told["codes"]) == 357


@pytest.mark.parametrize("address", [
    "/statistics/counties/99/", "/statistics/municipalities/9999/", "/statistics/figures/0/", "/data/households.csv",
    "/data/settlement.exe",
])  # fmt: skip
def test_what_is_not_there_is_not_found(figures, address):
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("address", [
    "/statistics/map/?measure=persons&year=x", "/statistics/compare/?place=x&alike=y",
    "/statistics/pressure/?county=zz&sort=-x",
    "/statistics/country/?day=2026-99-99", "/statistics/defects/?after=x",
])  # fmt: skip
def test_an_odd_address_gives_the_page_it_can(figures, address):
    got(address)
