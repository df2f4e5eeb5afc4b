"""The map with the municipalities' own borders: only once they are loaded, with the same classes, words and table."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from bosett.registry import Registry
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.figure_imports import Told, check_import
from bosett_server.actions.import_apply import apply_import, undo_import
from bosett_server.actions.import_files import Incoming
from bosett_server.actions.registry import load_registry
from tests.bosett_server.cast import DAY, world
from tests.bosett_server.statistics.test_open_pages import CACHES, SETTLED, figure, got, stored

OFFER = "How the map is drawn"
BORDERS = "/statistics/map/?drawn=borders"


def squares() -> bytes:
    """A made-up file: a square about every municipality's point, no boundary of anybody's."""
    features = [
        {"type": "Feature", "id": str(one.code), "geometry": {"type": "Polygon", "coordinates": [[
            [one.longitude + east, one.latitude + north]
            for east, north in ((-0.1, -0.05), (0.1, -0.05), (0.1, 0.05), (-0.1, 0.05), (-0.1, -0.05))
        ]]}}
        for one in Registry.shipped().all_municipalities
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.fixture
def lead(db, settings, tmp_path):
    settings.STATIC_ROOT, settings.BOSETT_TODAY = tmp_path, DAY
    for held in CACHES:
        held.clear()
    made = world()
    load_registry(SYSTEM, on=DAY)
    with acting(SYSTEM):
        stored([figure("settled", place, value) for place, value in SETTLED.items()], 1)
    return made["imdi_lead"]


@pytest.fixture
def loaded(lead):
    file = Incoming("squares.geojson", squares())
    batch = check_import(lead, kind="boundaries", file=file, told=Told(licence="made up for a test"))
    assert apply_import(lead, batch=batch) == "applied"
    return batch


def shades(page: str) -> dict[str, str]:
    """Code -> class of its shape."""
    return dict(
        re.findall(r'data-code="(\d{4})"><title>[^<]*</title><path class="hexagon hexagon--(\w+)"', page)
    )


def table(page: str) -> str:
    return page.partition('class="chart__data"')[2].partition("</table>")[0]


def test_borders_are_offered_only_once_they_are_loaded(lead):
    page = got(BORDERS).content.decode()
    assert OFFER not in page
    assert "hexmap--places" not in page


def test_the_borders_have_the_classes_the_words_and_the_table_of_the_hexagons(loaded):
    cells, places = got("/statistics/map/").content.decode(), got(BORDERS).content.decode()
    assert OFFER in cells
    assert OFFER in places
    assert "hexmap--places" in places
    assert len(shades(cells)) == 357
    assert shades(places) == shades(cells)
    assert table(places) == table(cells)
    assert "boundaries: made up for a test" in places


def test_every_municipality_has_a_shape_of_its_own_and_leads_to_its_page(loaded):
    page = got(BORDERS).content.decode()
    paths = re.findall(
        r'<a href="/statistics/municipalities/(\d{4})/"[^>]*data-at="[\d. ]+"[^>]*>.*? d="([^"]+)"', page
    )
    assert len({code for code, _ in paths}) == len({path for _, path in paths}) == 357


def test_the_picture_of_the_borders_stands_by_itself(loaded):
    picture = got("/statistics/map/picture/?drawn=borders").content.decode()
    assert picture.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "made up for a test" in picture
    assert picture.count("<title>") == 358


def test_when_the_import_is_taken_back_the_hexagons_are_all_there_is(lead, loaded):
    undo_import(lead, batch=loaded)
    page = got(BORDERS).content.decode()
    assert "hexmap--places" not in page
    assert OFFER not in page


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_borders_open_in_both_forms(loaded, language):
    assert Client(headers={"Accept-Language": language}).get(BORDERS).status_code == 200
    got(BORDERS, language)
