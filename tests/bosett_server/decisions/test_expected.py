"""Expected answers: sums for all who see requests, a municipality's own for itself, nobody's for others."""

from __future__ import annotations

import pytest
from django.test import Client

from bosett.terms.figure import State
from bosett_server.access.context import acting
from bosett_server.queries.decision_expected import Expected, expected
from bosett_server.records.models import VersionedFigure
from tests.bosett_server.cast import DAY, HERE, NOW, YEAR, World, world
from tests.bosett_server.distribution.scenes import everybody

ROLES = (
    "imdi_lead",
    "imdi_caseworker",
    "ks",
    "ministry",
    "county",
    "municipality_decider",
    "municipality_coordinator",
)


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    found = world()
    everybody(found)
    with acting(found["system"]):
        there = set(
            VersionedFigure.objects.filter(what="asked", year=YEAR).values_list("municipality_id", flat=True)
        )
        wanted = [
            "0301",
            "1101",
            "1103",
            "1106",
            "1108",
            "1111",
            "3303",
            "3305",
            "3310",
            "3312",
            "4204",
            "4205",
        ]
        VersionedFigure.objects.bulk_create(
            VersionedFigure(
                what="asked", municipality_id=code, year=YEAR, group="all", state=State.NUMBER, value=30,
                valid_from=DAY, recorded_at=NOW, source="Syntetisk", round=found.round,
            )
            for code in wanted
            if code not in there
        )  # fmt: skip
    return found


def of(stage: World, role: str) -> Expected:
    with acting(stage[role]):
        return expected(stage[role], YEAR)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_is_shown_what_another_council_may_answer(stage, role):
    found = of(stage, role)
    assert {code for code, _, _ in found.own} <= stage[role].municipalities
    # No sum is of so few that it tells of one council: five is the smallest number that is published.
    assert all(one.municipalities >= 5 for one in found.counties)
    sums = found.counties
    assert found.country is not None
    if role not in ("county", "municipality_decider", "municipality_coordinator"):
        # What is left when any sum shown is taken from the whole is of five or more, too.
        assert all(found.country.municipalities - one.municipalities == 0 or
                   found.country.municipalities - one.municipalities >= 5 for one in sums)  # fmt: skip
        assert sum(one.municipalities for one in sums) == found.country.municipalities


def test_a_council_that_is_most_of_what_its_county_is_asked_for_is_summed_with_the_next(stage):
    # Twelve of Rogaland's neighbours are asked for 30 each; Stavanger (1103) for 500 is most of its county's 620.
    with acting(stage["system"]):
        VersionedFigure.objects.filter(what="asked", municipality_id="1103").update(superseded_at=NOW)
        VersionedFigure.objects.create(
            what="asked", municipality_id="1103", year=YEAR, group="all", state=State.NUMBER, value=500,
            valid_from=DAY, recorded_at=NOW, source="Syntetisk", round=stage.round,
        )  # fmt: skip
        asked = dict(
            VersionedFigure.objects.filter(
                what="asked", year=YEAR, group="all", superseded_at__isnull=True, value__gt=0
            ).values_list("municipality_id", "value")
        )
    for one in of(stage, "imdi_lead").counties:
        inside = [value for code, value in asked.items() if code[:2] in one.codes]
        assert one.municipalities == len(inside) >= 5
        assert 2 * max(inside) <= sum(inside) or len(of(stage, "imdi_lead").counties) == 1


def test_oslo_alone_in_its_county_is_summed_with_others(stage):
    (with_oslo,) = [one for one in of(stage, "imdi_lead").counties if "03" in one.codes]
    assert len(with_oslo.codes) > 1


def test_a_municipality_sees_its_own_and_the_country_and_a_county_its_own_sum(stage):
    own = of(stage, "municipality_decider")
    ((code, asked, quantiles),) = own.own
    assert (code, asked) == (HERE, 60)
    assert list(quantiles) == sorted(quantiles)
    assert own.counties == ()
    county = of(stage, "county")
    assert county.own == ()
    assert all("33" in one.codes for one in county.counties)
    assert of(stage, "stranger").own[0][0] == "4203"


def test_the_buffer_is_for_those_who_set_and_consult_on_the_request(stage):
    assert [one.sureness for one in of(stage, "imdi_lead").buffers] == [0.5, 0.8, 0.9, 0.95]
    requests = [one.request for one in of(stage, "ks").buffers if one.request is not None]
    assert requests == sorted(requests)
    assert of(stage, "municipality_decider").buffers == ()


def test_a_year_without_requests_expects_nothing(stage):
    with acting(stage["imdi_lead"]):
        found = expected(stage["imdi_lead"], 2031)
    assert (found.country, found.counties, found.own) == (None, (), ())


@pytest.mark.parametrize(
    ("role", "status"), [*((role, 200) for role in ROLES), ("nav", 403), ("centre", 403)]
)
def test_the_page_names_no_council_but_ones_own(stage, role, status):
    client = Client()
    client.force_login(stage.users[role])
    answer = client.get(f"/requests/{YEAR}/expected/", headers={"Accept-Language": "en"})
    assert answer.status_code == status
    if status == 200:
        text = answer.content.decode()
        assert "Stavanger" not in text
        assert ("Drammen" in text) == (role.startswith("municipality"))
        assert "2025" in text
