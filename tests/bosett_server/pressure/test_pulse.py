"""The pulse: answered once a month by the municipality itself, changed by whoever has read it, seen by the parties."""

from __future__ import annotations

from datetime import date
from threading import Thread

import pytest
from django.db import connections

from bosett.agreement.pressure import Sector
from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.demo_pressure import load_demo_pressure
from bosett_server.actions.pressure import SectorAnswer, answer_pulse
from bosett_server.queries.pressure import own_pulse, pressure_overview
from bosett_server.records.models import Pulse
from tests.bosett_server.cast import DAY, HERE, THERE, World, world
from tests.bosett_server.planner.scenes import events

MONTH = date(2026, 3, 1)
OWN = "municipality_coordinator"
HOUSING = {Sector.HOUSING: SectorAnswer(5, ("rent",))}


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    return world()


def answer(stage: World, answers=HOUSING, role: str = OWN, place: str = HERE, **more: object) -> int:
    return answer_pulse(
        stage[role], municipality=place, month=more.pop("month", MONTH), answers=answers, **more
    )


def stored(stage: World) -> int:
    with acting(stage["imdi_lead"]):
        return Pulse.objects.count()


def test_an_answer_is_in_the_index_with_its_reach_and_in_the_log(stage):
    assert answer(stage) == 1
    with acting(stage["ks"]):
        found = pressure_overview(stage["ks"], DAY, 1)
        row = list(found.names).index(HERE)
    assert (found.answered, found.told.index[row, 0], found.told.known[row, 0]) == (1, 1.0, 1)
    # By hand: housing between 7/8 and 1, seven sectors between 0 and 1.
    assert (found.told.low[row, 0], found.told.high[row, 0]) == (7 / 64, 1.0)
    (event,) = events(stage, "answer_pulse")
    assert (event.object_id, event.facts["sectors"]) == (HERE, 1)


def test_a_sector_left_out_is_not_answered(stage):
    answer(stage)
    with acting(stage[OWN]):
        told = own_pulse(stage[OWN], HERE, MONTH)
    assert (told.steps, told.reasons, told.version) == ({Sector.HOUSING: 5}, {Sector.HOUSING: ("rent",)}, 1)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_whoever_has_read_the_answer_may_change_it_and_what_stood_is_kept(settings):
    settings.BOSETT_TODAY = DAY
    stage = world()
    answer(stage)
    assert answer(stage, {Sector.NAV: SectorAnswer(2)}, version=1) == 2
    with acting(stage[OWN]):
        assert own_pulse(stage[OWN], HERE, MONTH).steps == {Sector.NAV: 2}
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT old_row->'answers' FROM records_rowhistory WHERE table_name = 'records_pulse'")
        assert "housing" in str(cursor.fetchall())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"answers": {}}, "pulse_empty"),
        ({"answers": {Sector.NAV: SectorAnswer(6)}}, "pulse_step_wrong"),
        ({"answers": {Sector.NAV: SectorAnswer(0)}}, "pulse_step_wrong"),
        ({"answers": {Sector.NAV: SectorAnswer(3, ("rent",))}}, "pulse_reason_wrong"),
        ({"month": date(2026, 1, 1)}, "pulse_month_closed"),
        ({"month": date(2026, 4, 1)}, "pulse_month_closed"),
        ({"month": date(2026, 3, 2)}, "pulse_month_closed"),
        ({"version": 1}, "somebody_changed_it_meanwhile"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(stage, change, code):
    with pytest.raises(Refused, match=code):
        answer(stage, **change)
    assert stored(stage) == 0


def test_a_month_is_answered_once(stage):
    answer(stage)
    with pytest.raises(Refused, match="pulse_answered"):
        answer(stage, {Sector.NAV: SectorAnswer(1)})
    with pytest.raises(Refused, match="somebody_changed_it_meanwhile"):
        answer(stage, {Sector.NAV: SectorAnswer(1)}, version=2)


def test_only_the_municipality_itself_answers(stage):
    with pytest.raises(NotInSight):
        answer(stage, place=THERE)
    for role in ("imdi_lead", "ks", "county"):
        with pytest.raises(NotPermitted):
            answer(stage, role=role)
    assert stored(stage) == 0


def test_the_database_itself_shows_a_municipality_no_other_answer(stage):
    answer(stage)
    for role, seen in (("imdi_lead", 1), ("ks", 1), ("ministry", 1), (OWN, 1), ("nav", 0), ("centre", 0)):
        with acting(stage[role]):
            assert Pulse.objects.count() == seen, role


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_at_once_one_is_told_that_it_is_answered(settings):
    settings.BOSETT_TODAY = DAY
    stage, codes = world(), []

    def one(step: int) -> None:
        try:
            answer(stage, {Sector.NAV: SectorAnswer(step)})
            codes.append("stored")
        except Refused as refusal:
            codes.append(refusal.code)
        finally:
            connections.close_all()

    threads = [Thread(target=one, args=(step,)) for step in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == ["pulse_answered", "stored"]


def test_the_page_takes_an_answer_and_keeps_what_was_chosen_when_it_is_refused(stage, client):
    client.force_login(stage.users[OWN])
    client.cookies["language"] = "en"
    address = f"/pressure/{HERE}/"
    wrong = client.post(address, {"version": 0, "step_nav": "9"})
    assert wrong.status_code == 422
    done = client.post(address, {"version": 0, "step_housing": "4", "why_housing": ["rent", "too_small"]})
    assert done.status_code == 302
    shown = client.get(address).content.decode()
    assert '<option value="4" selected>Hard pressed</option>' in shown
    again = client.post(address, {"version": 0, "step_housing": "1"})
    assert (again.status_code, "has been answered already" in again.content.decode()) == (409, True)


def test_the_overview_asks_the_database_as_often_for_many_answers_as_for_one(stage, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(stage.users["ks"])
    # What is read once a process, whoever asks first, is not counted.
    client.get("/pressure/?month=2026-03")
    counts = []
    for version, answers in enumerate((HOUSING, {sector: SectorAnswer(4) for sector in Sector})):
        answer(stage, answers, version=version)
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/pressure/?month=2026-03").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_page_whose_figures_stand_is_not_drawn_anew_and_an_answer_draws_it_anew(stage, client):
    """Housing at step 5 is 100 of 100, at step 1 it is 0; each reader's own language and sight."""

    def shown(user: str, language: str = "en") -> str:
        client.force_login(stage.users[user])
        client.cookies["language"] = language
        page = client.get("/pressure/?month=2026-03").content.decode()
        return page[page.index("<main") :]

    answer(stage)
    first = shown("ks")
    assert (first == shown("imdi_lead"), "Drammen: 100" in first) == (True, True)
    assert "Husly" not in first
    assert "Bustad" in shown("ks", "nn")
    answer(stage, {Sector.HOUSING: SectorAnswer(1)}, version=1)
    assert "Drammen: 0" in shown("ks")
    assert ("Oslo" in shown("ks"), "Oslo" in shown("county"), "Drammen: 0" in shown("county")) == (
        True,
        False,
        True,
    )


def test_the_page_opens_on_the_newest_month_that_somebody_has_answered_for_with_a_heat_map(stage, client):
    """Today is in March: nobody has answered, so February; then housing at step 1 is 0 of 100 in March."""
    client.force_login(stage.users["imdi_lead"])
    client.cookies["language"] = "en"
    assert '<option value="2026-02" selected>' in client.get("/pressure/").content.decode()
    answer(stage)
    shown = client.get("/pressure/").content.decode()
    assert '<option value="2026-03" selected>' in shown
    heat = shown[shown.index("What presses where") :]
    assert "heat__cell--1" in heat
    assert "heat__cell--0" in heat
    one = client.get("/pressure/?county=33").content.decode()
    assert '<option value="33" selected>' in one
    assert client.get("/pressure/?county=99").status_code == 200


def test_the_file_tells_what_is_missing_as_empty(stage, client):
    answer(stage)
    client.force_login(stage.users["imdi_lead"])
    told = client.get("/pressure/?as=csv").content.decode().splitlines()
    assert told[0].startswith("municipality,name,month,index,low,high,sectors_known,housing")
    assert any(line.startswith(f"{HERE},") and ",1,1.0," in line for line in told if "2026-03-01" in line)


def test_the_demos_answers_are_marked_as_modelled_and_the_open_month_has_none(stage, client):
    made = load_demo_pressure(SYSTEM, seed=1)
    assert made > 0
    assert load_demo_pressure(SYSTEM, seed=1) == 0
    with acting(stage["ks"]):
        assert Pulse.objects.filter(modelled=True).count() == made
        assert not Pulse.objects.filter(month=MONTH).exists()
    client.force_login(stage.users["ks"])
    client.cookies["language"] = "nb"
    shown = client.get("/pressure/?month=2026-02").content.decode()
    assert "Press på boliger og tjenester" in shown
