"""Alerts when a sector crosses, the reminder of the pulse, and what a month is made of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bosett.agreement.pressure import SECTORS, Sector
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.pressure import SectorAnswer, answer_pulse
from bosett_server.actions.pressure_alerts import check_pressure, remind_pulses
from bosett_server.actions.week_capacity import save_weeks
from bosett_server.queries.pressure import pressure_alerts, pressure_overview, spared_now
from bosett_server.records.models import Municipality, Notice, PressureAlert, Pulse
from tests.bosett_server.cast import DAY, HERE, THERE, World, vedtak, world
from tests.bosett_server.planner.scenes import events

MONTH = date(2026, 3, 1)
OWN = "municipality_coordinator"


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    return world()


def answer(stage: World, step: int, *sectors: Sector, version: int = 0) -> None:
    answers = {sector: SectorAnswer(step) for sector in sectors or SECTORS}
    answer_pulse(stage[OWN], municipality=HERE, month=MONTH, answers=answers, version=version)


def notices(stage: World, role: str, code: str) -> int:
    with acting(stage[role]):
        return Notice.objects.filter(code=code).count()


def test_a_sector_that_crosses_is_told_once_to_the_municipality_and_the_parties(stage):
    answer(stage, 4, Sector.HOUSING, Sector.NAV)
    answer(stage, 4, Sector.HOUSING, version=1)
    assert (check_pressure(SYSTEM), check_pressure(SYSTEM)) == (1, 0)
    assert [
        notices(stage, role, "pressure_crossed") for role in (OWN, "municipality_decider", "stranger")
    ] == [1, 1, 0]
    assert [notices(stage, role, "pressure_crossed_many") for role in ("imdi_lead", "ks", "ministry")] == [
        1,
        1,
        1,
    ]
    assert [one.facts["new"] for one in events(stage, "check_pressure")] == [1, 0]


@pytest.mark.parametrize(
    ("steps", "standing"), [((4, 3), False), ((4, 4), True), ((5, 4), True), ((3,), False)]
)
def test_an_alert_stands_until_the_sector_is_below_the_lower_limit(stage, steps, standing):
    """Steps 4 and 3 are 0.75 and 0.5; it begins at 0.75 and ends below 0.6."""
    for version, step in enumerate(steps):
        answer(stage, step, Sector.HOUSING, version=version)
        check_pressure(SYSTEM)
    with acting(stage["ks"]):
        assert bool(pressure_alerts(stage["ks"])) is standing
        assert PressureAlert.objects.exists() is (steps[0] > 3)


def test_a_county_has_an_alert_only_when_enough_have_answered(stage):
    with acting(SYSTEM):
        for number, code in enumerate(("3303", "3305")):
            Municipality.objects.create(
                code=code, name=f"Test {number}", name_norwegian=f"Test {number}", sort_key=f"test {number}",
                county_id="33", language_decision="bokmål", centrality=2, kostra_group="EKG12",
            )  # fmt: skip
    answer(stage, 5, Sector.NAV)
    check_pressure(SYSTEM)
    assert notices(stage, "county", "pressure_crossed_county") == 0
    with acting(SYSTEM):
        for code in ("3303", "3305"):
            Pulse.objects.create(
                municipality_id=code, month=MONTH, answers={"nav": {"step": 4, "reasons": []}},
                answered_at="2026-03-10T10:00Z",
            )  # fmt: skip
    check_pressure(SYSTEM)
    assert notices(stage, "county", "pressure_crossed_county") == 1
    with acting(stage["county"]):
        county = [one for one in pressure_alerts(stage["county"]) if not one.municipality]
    # By hand: (1 + 0.75 + 0.75) / 3.
    assert [(round(one.value, 4), one.known) for one in county] == [(0.8333, 3)]


def test_alerts_are_seen_by_whoever_sees_the_answers_and_raised_by_the_clock_alone(stage):
    answer(stage, 5, Sector.HOUSING)
    check_pressure(SYSTEM)
    seen = {"imdi_lead": 1, "ks": 1, "ministry": 1, "county": 1, OWN: 1, "stranger": 0, "nav": 0, "centre": 0}
    for role, count in seen.items():
        with acting(stage[role]):
            assert PressureAlert.objects.count() == count, role
    for role in ("imdi_lead", OWN):
        with pytest.raises(NotPermitted):
            check_pressure(stage[role])


def test_a_check_that_fails_after_it_has_begun_leaves_nothing(stage, monkeypatch):
    answer(stage, 5, Sector.HOUSING)

    def breaks(*_args: object) -> None:
        raise RuntimeError("the inbox is away")

    monkeypatch.setattr("bosett_server.actions.step._notify", breaks)
    with pytest.raises(RuntimeError):
        check_pressure(SYSTEM)
    with acting(SYSTEM):
        assert not PressureAlert.objects.exists()


def test_whoever_has_not_answered_is_reminded_once_a_month_from_the_twentieth(stage, settings):
    assert remind_pulses(SYSTEM) == 0
    settings.BOSETT_TODAY = date(2026, 3, 20)
    answer(stage, 1, Sector.NAV)
    assert (remind_pulses(SYSTEM), remind_pulses(SYSTEM)) == (1, 0)
    assert [notices(stage, role, "pulse_due") for role in (OWN, "stranger")] == [0, 1]
    with acting(SYSTEM):
        assert {one.due_on for one in Notice.objects.filter(code="pulse_due")} == {date(2026, 4, 30)}
    settings.BOSETT_TODAY = date(2026, 4, 21)
    assert remind_pulses(SYSTEM) == 2


def test_persons_to_come_without_a_week_press_on_housing_and_the_page_says_so(stage, client):
    """A vedtak of 60, two homes of four in confirmed weeks: 8 planned, 52 of 60 without a week."""
    vedtak(HERE, 60)
    monday = DAY - timedelta(days=DAY.weekday())
    save_weeks(stage[OWN], municipality=HERE, version=0, weeks={monday: {4: 2}})
    with acting(stage[OWN]):
        found = pressure_overview(stage[OWN], DAY, 1)
    at = SECTORS.index(Sector.HOUSING)
    assert found.told.sectors[0, 0, at] == pytest.approx(52 / 60)
    client.force_login(stage.users[OWN])
    client.cookies["language"] = "en"
    shown = client.get(f"/pressure/{HERE}/parts/").content.decode()
    assert "52 persons to come without a week: 87" in shown
    assert "Nothing is known" in shown
    client.force_login(stage.users["stranger"])
    assert client.get(f"/pressure/{HERE}/parts/").status_code == 404


def test_one_municipality_of_others_is_not_in_sight(stage):
    with acting(stage[OWN]), pytest.raises(NotInSight):
        pressure_overview(stage[OWN], DAY, 1, only=THERE)


def test_only_certain_pressure_spares(stage):
    """All eight sectors at 5: lower end 7/8; the threshold is 0.4: (0.875 - 0.4) / 0.6 = 0.791666..."""
    assert spared_now(DAY) == {}
    answer(stage, 5)
    assert {code: round(float(part), 6) for code, part in spared_now(DAY).items()} == {HERE: 0.791667}


@pytest.mark.parametrize(
    "address", ["/pressure/?month=2026-03", "/pressure/alerts/", f"/pressure/{HERE}/parts/"]
)
def test_the_pages_ask_as_often_for_many_as_for_one(stage, client, address):
    client.force_login(stage.users["ks"])
    client.get(address)  # the months that can no longer be answered are read once
    counts = []
    for version, step in enumerate((1, 5)):
        answer(stage, step, version=version)
        check_pressure(SYSTEM)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
