"""Introduction programme and work: what a body has loaded by the template is shown, to each role its own."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.figure_imports import check_import
from bosett_server.actions.import_apply import apply_import
from bosett_server.actions.registry import load_registry
from bosett_server.queries.followup_work import work_overview
from tests.bosett_server.cast import DAY, HERE, THERE, World, world
from tests.bosett_server.imports.files import indicator

LOADED = (
    f"{HERE},2023,introduction_left,50,",
    f"{THERE},2023,introduction_left,20,",
    f"{HERE},2023,introduction_to_work,25,",
    f"{HERE},2024,introduction_left,40,",
    f"{THERE},2024,introduction_left,20,",
    f"{HERE},2024,introduction_to_work,30,",
    f"{THERE},2024,introduction_to_work,12,",
)


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    where = world()
    load_registry(SYSTEM, on=DAY)
    lead = where["imdi_lead"]
    batch = check_import(lead, kind="template", file=indicator(*LOADED, source="Et organ med tall"))
    apply_import(lead, batch=batch)
    return where


def years(stage: World, role: str) -> dict[int, tuple[int | None, int | None, int]]:
    with acting(stage[role]):
        told = work_overview(stage[role])
    return {one.year: (one.so, one.of, one.places) for one in told.results[0].years}


def test_each_reader_has_the_sums_of_its_own_municipalities_where_both_numbers_are_loaded(stage):
    """By hand: in 2024 30 of 40 and 12 of 20, together 42 of 60; in 2023 one of two has told both: 25 of 50."""
    assert years(stage, "ks") == {2023: (25, 50, 1), 2024: (42, 60, 2)}
    assert years(stage, "municipality_coordinator") == {2023: (25, 50, 1), 2024: (30, 40, 1)}
    assert years(stage, "county") == {2023: (25, 50, 1), 2024: (30, 40, 1)}
    with acting(stage["ks"]):
        told = work_overview(stage["ks"])
    assert told.results[0].years[1].share == Fraction(7, 10)
    assert told.results[0].publisher == "Et organ med tall"
    assert told.missing == ("refugees_employed", "refugees_of_working_age")


def test_the_page_shows_the_share_with_its_source_and_names_what_is_not_loaded(stage, client):
    client.force_login(stage.users["ks"])
    client.cookies["language"] = "nb"
    page = client.get("/followup/work/").content.decode()
    for words in ("70", "Et organ med tall", "refugees_employed"):
        assert words in page, words
    assert "introduction_left</code>" not in page
