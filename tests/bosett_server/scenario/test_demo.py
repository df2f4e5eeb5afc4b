"""The demo's forecasting, made up and marked: a comparison that all who plan can open, and months with revisions."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

import pytest
from django.test import Client

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.demo_scenario import load_demo_scenario
from bosett_server.queries.forecast_months import monthly_figures
from bosett_server.records.models import SavedScenario, User


@pytest.fixture
def filled(stage):
    with acting(SYSTEM):
        User.objects.filter(pk=stage.users["imdi_lead"].pk).update(username="leder")
    load_demo_scenario()
    return stage


def test_the_workbench_leads_to_the_shared_comparison(filled):
    client = Client()
    client.force_login(filled.users["ks"])
    with acting(filled["ks"]):
        number = SavedScenario.objects.get().pk
    assert f'href="/need/scenarios/{number}/"' in client.get("/need/scenarios/").content.decode()
    assert client.get(f"/need/scenarios/{number}/").status_code == HTTPStatus.OK


def test_months_are_revised_downwards_and_say_that_they_are_made_up(filled):
    with acting(filled["ks"]):
        found = monthly_figures(filled["ks"], "ordinary", date(2026, 3, 16))
    assert len(found.publications) == 4
    assert all(one.synthetic for one in found.publications)
    # December: told as 205 in January, 9 less in February, 4 less in March.
    told = {str(one.month): (one.first, one.value) for one in found.months}
    assert told["2025-12"] == (205, 192)
    assert str(found.months[-1].month) == "2026-02"
