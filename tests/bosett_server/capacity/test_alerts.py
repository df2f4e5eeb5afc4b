"""Alerts of reception: raised at night, told once, ended when they are over, and seen by nobody who should not."""

from __future__ import annotations

from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotPermitted
from bosett_server.actions.reception_alerts import check_reception
from bosett_server.queries.reception_alerts import reception_alerts
from bosett_server.records.models import CentrePlaces, Household, Notice, ReceptionAlert, Stay
from tests.bosett_server.cast import household
from tests.bosett_server.life.scenes import logged

DAY = date(2026, 3, 16)


def living(stage, households: int, places: int, **fields):
    """Households of two in the centre, and so many places of its kind."""
    homes = [household(stage, persons=2, **fields) for _ in range(households)]
    with acting(SYSTEM):
        CentrePlaces.objects.create(
            centre=stage.centre, kind="ordinary", count=places, starts_on=date(2025, 1, 1)
        )
        for home in homes:
            Stay.objects.create(household=home, centre=stage.centre, arrived_on=date(2025, 9, 1))
    return homes


def standing(kind_only: bool = True) -> set[str]:
    with acting(SYSTEM):
        rows = ReceptionAlert.objects.filter(ended_on__isnull=True)
        return {one.what for one in rows if bool(one.kind) is kind_only}


def told(code: str) -> list[tuple[str, dict[str, int]]]:
    with acting(SYSTEM):
        return [(one.to_role, one.facts) for one in Notice.objects.filter(code=code).order_by("to_role")]


def test_a_kind_that_is_fuller_than_a_norm_is_told_once_to_those_who_count_residents(stage):
    # 18 in 21 places is 85.7 %: above 85 % of the places, inside 15 % beyond the residents (20.7 places).
    living(stage, 9, 21)
    check_reception(SYSTEM)
    check_reception(SYSTEM)
    assert standing() == {"fuller_of_places"}
    facts = {"of_places": 1, "of_residents": 0, "emptier": 0}
    assert told("reception_occupancy") == [("imdi_lead", facts), ("udi_reception", facts)]


def test_an_alert_ends_when_places_come_and_is_told_anew_when_it_returns(stage):
    living(stage, 9, 20)
    check_reception(SYSTEM)
    assert standing() == {"fuller_of_places", "fuller_of_residents"}
    with acting(SYSTEM):
        CentrePlaces.objects.update(count=60)
    check_reception(SYSTEM)
    assert standing() == {"emptier"}
    with acting(SYSTEM):
        CentrePlaces.objects.update(count=20)
    check_reception(SYSTEM)
    assert len(told("reception_occupancy")) == 6


def test_who_is_past_the_target_is_told_once_as_a_sum_to_the_centre_and_to_imdi(stage):
    # The yardstick for adults is six months: a permit of 1 September is past it on 16 March, one of 20 September soon.
    homes = living(stage, 2, 5)
    with acting(SYSTEM):
        Household.objects.filter(pk=homes[0].pk).update(permit_on=date(2025, 9, 1))
        Household.objects.filter(pk=homes[1].pk).update(permit_on=date(2025, 9, 20))
    check_reception(SYSTEM)
    check_reception(SYSTEM)
    assert told("waiting_alerts") == [
        (role, {"past": 1, "soon": 1}) for role in ("centre", "imdi_caseworker")
    ]
    with acting(SYSTEM):
        Household.objects.filter(pk=homes[0].pk).update(stage="settled")
    check_reception(SYSTEM)
    assert standing(kind_only=False) == {"soon_past_target"}


def test_a_protected_address_raises_no_alert(stage):
    homes = living(stage, 1, 5)
    with acting(SYSTEM):
        Household.objects.filter(pk=homes[0].pk).update(
            permit_on=date(2025, 1, 1), protection="strengt_fortrolig"
        )
    check_reception(SYSTEM)
    assert standing(kind_only=False) == set()


def test_each_reader_sees_the_alerts_of_what_they_see_and_the_reading_is_logged(stage):
    homes = living(stage, 9, 20)
    with acting(SYSTEM):
        Household.objects.filter(pk=homes[0].pk).update(permit_on=date(2025, 1, 1))
    check_reception(SYSTEM)

    def seen(role: str) -> tuple[int, int]:
        with acting(stage[role]):
            rows, _ended = reception_alerts(stage[role], DAY)
        return sum(bool(one.kind) for one in rows), sum(bool(one.household) for one in rows)

    assert seen("udi_reception") == seen("imdi_caseworker") == (2, 1)
    assert seen("centre") == (0, 1)
    assert seen("bufetat") == (0, 0)
    assert seen("municipality_coordinator") == seen("stranger") == (0, 0)
    assert logged(stage, "reception_alerts")


@pytest.mark.parametrize("role", ["udi_reception", "imdi_lead", "centre"])
def test_nobody_but_the_clock_raises_alerts(stage, role):
    with pytest.raises(NotPermitted):
        check_reception(stage[role])


def test_an_alert_that_ended_is_shown_for_three_months_and_the_page_is_also_a_file(stage):
    living(stage, 9, 20)
    check_reception(SYSTEM)
    with acting(SYSTEM):
        ReceptionAlert.objects.filter(what="fuller_of_places").update(ended_on=DAY - timedelta(days=89))
        ReceptionAlert.objects.filter(what="fuller_of_residents").update(ended_on=DAY - timedelta(days=90))
    with acting(stage["imdi_lead"]):
        _standing, ended = reception_alerts(stage["imdi_lead"], DAY)
    assert [one.what for one in ended] == ["fuller_of_places"]
    client = Client()
    client.force_login(stage.users["imdi_lead"])
    assert client.get("/reception/alerts/").status_code == HTTPStatus.OK
    for kind in ("csv", "xlsx", "json"):
        assert client.get(f"/reception/alerts/?as={kind}").status_code == HTTPStatus.OK
    client.force_login(stage.users["county"])
    assert client.get("/reception/alerts/").status_code == HTTPStatus.FORBIDDEN
