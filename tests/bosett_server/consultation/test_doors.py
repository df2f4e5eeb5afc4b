"""The room over its pages and over the API: the same steps, errors beside their field, files that open."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import icalendar
from django.test import Client

from bosett_server.access.context import acting
from bosett_server.queries.consultation import meetings
from bosett_server.queries.consultation_matters import matters
from tests.bosett_server.cast import DAY, World
from tests.bosett_server.consultation.scenes import COORDINATOR, called, held, raised, with_agenda
from tests.bosett_server.decisions.test_api import Machine

ROOM = "/agreement/consultation/"


def enter(stage: World, role: str) -> Client:
    client = Client()
    client.force_login(stage.users[role])
    client.cookies["language"] = "en"
    return client


MEETING = {
    "kind": "committee", "title": "About homes", "day": DAY.isoformat(), "begins": "09:00", "stops": "11:00",
    "place": "", "parties": ["AID", "KS"],
}  # fmt: skip


def test_a_meeting_is_called_by_page_and_a_wrong_one_says_why_beside_its_field(stage):
    client = enter(stage, "ks")
    assert client.post(f"{ROOM}meetings/new/", MEETING).status_code == HTTPStatus.FOUND
    again = client.post(f"{ROOM}meetings/new/", MEETING)
    assert again.status_code == HTTPStatus.CONFLICT
    assert "About homes is at the same time, and AID, KS is called to both." in again.content.decode()
    assert client.post(f"{ROOM}meetings/new/", MEETING | {"title": ""}).status_code == 422
    with acting(stage["ks"]):
        (row,) = meetings(stage["ks"], after=None)
    moved = MEETING | {"begins": "13:00", "stops": "14:00", "version": row.version}
    assert client.post(f"{ROOM}meetings/{row.id}/change/", moved).status_code == HTTPStatus.FOUND


def test_a_municipality_raises_and_a_county_supports_by_page(stage):
    told = {"title": "Homes", "text": "Too few.", "commitment": "", "voice": "3301"}
    assert enter(stage, COORDINATOR).post(f"{ROOM}matters/new/", told).status_code == HTTPStatus.FOUND
    with acting(stage["ks"]):
        (row,) = matters(stage["ks"])
    where = f"{ROOM}matters/{row.id}/"
    enter(stage, "county").post(f"{where}support/", {"voice": "33", "nameless": "on"})
    page = enter(stage, "ks").get(where).content.decode()
    assert "Drammen" in page
    assert "1 stands behind it without a name." in page
    assert "Buskerud" not in page
    assert enter(stage, "county").post(f"{where}step/", {"step": "leave"}).status_code == HTTPStatus.FOUND
    assert enter(stage, "county").post(f"{where}step/", {"step": "?"}).status_code == HTTPStatus.BAD_REQUEST


def test_an_action_without_an_owner_is_refused_by_page_beside_the_field(stage):
    number, _ = held(stage)
    told = {"text": "Count homes", "owner": "", "due": (DAY + timedelta(days=9)).isoformat(), "is_open": "on"}
    client = enter(stage, "ks")
    wrong = client.post(f"{ROOM}meetings/{number}/give/", told)
    assert (wrong.status_code, "An action needs an owner." in wrong.content.decode()) == (409, True)
    after = told | {"owner": "KS", "due": "2030-01-01"}
    assert "2026-29 has ended" in client.post(f"{ROOM}meetings/{number}/give/", after).content.decode()
    assert (
        client.post(f"{ROOM}meetings/{number}/give/", told | {"owner": "KS"}).status_code == HTTPStatus.FOUND
    )


def test_the_calendar_holds_the_meetings_one_is_called_to_and_no_other(stage):
    called(stage, title="Ours", day=DAY + timedelta(days=1))
    called(stage, title="Theirs", who="imdi_lead", parties=("IMDi", "JD"), day=DAY + timedelta(days=2))
    found = icalendar.Calendar.from_ical(enter(stage, "ks").get(f"{ROOM}calendar.ics").content)
    assert [str(one["summary"]) for one in found.walk("VEVENT")] == ["Ours"]


def test_lists_ask_the_database_as_often_for_many_as_for_few(stage, django_assert_max_num_queries):
    raised(stage)
    client = enter(stage, "ks")
    client.get(ROOM)
    for number in range(12):
        raised(stage, title=f"Sak {number}")
    with django_assert_max_num_queries(26):
        assert client.get(ROOM).status_code == HTTPStatus.OK


def test_the_whole_course_goes_over_the_api(stage, monkeypatch):
    def caller(who: str) -> Machine:
        return Machine(stage[who], monkeypatch)

    told = {"title": "Homes", "text": "Too few."}
    matter = caller(COORDINATOR)("post", "consultation-matters", told).json()["id"]
    assert caller("ks")("post", f"consultation-matters/{matter}/support", {}).status_code == 200
    said = {"text": "We need homes.", "version": 0}
    assert caller("ks")("put", f"consultation-matters/{matter}/said/position", said).json() == {"id": 1}
    seen = caller("ministry")("get", f"consultation-matters/{matter}").json()["texts"]
    assert [one["kind"] for one in seen] == ["matter"]
    shared = caller("ks")("post", f"consultation-matters/{matter}/said/position/sharing", {"version": 1})
    assert shared.status_code == 200
    meeting = {"kind": "consultation", "title": "One", "starts": "2026-03-16T09:00:00+01:00",
               "ends": "2026-03-16T10:00:00+01:00", "parties": ["AID", "KS"]}  # fmt: skip
    number = caller("ministry")("post", "consultation/meetings", meeting).json()["id"]
    twice = caller("ministry")("post", "consultation/meetings", meeting)
    assert (twice.status_code, twice.json()["code"]) == (409, "consultation_meetings_overlap")
    where = f"consultation/meetings/{number}"
    assert caller("ks")("put", f"{where}/agenda", {}).json()["id"] >= 1
    assert caller("ks")("post", f"{where}/packs", {}).json() == {"id": 1}
    assert caller("ministry")("get", f"{where}/packs/1/pdf?language=nn").content.startswith(b"%PDF")
    assert caller("ks")("post", f"{where}/holding", {}).status_code == 200
    out = f"consultation-outcomes/meetings/{number}"
    lacking = caller("ks")("post", f"{out}/actions", {"text": "Count", "due": "2026-04-01"})
    assert (lacking.status_code, lacking.json()["code"]) == (409, "consultation_action_without_owner")
    right = {"text": "Count", "due": "2026-04-01", "owner": "KS", "matter": matter}
    action = caller("ministry")("post", f"{out}/actions", right).json()["id"]
    assert (
        caller("ks")("post", f"{out}/decisions", {"text": "We count.", "matter": matter}).status_code == 200
    )
    caller("ks")("put", f"{out}/protocol", {"text": "Agreed."})
    for who in ("ks", "ministry"):
        assert caller(who)("post", f"{out}/approval", {"version": 1}).status_code == 200
    assert caller("ks")("post", f"{out}/publication", {}).status_code == 200
    (public,) = caller("public")("get", "consultation-outcomes/protocols").json()["items"]
    assert (public["text"], public["decisions"]) == ("Agreed.", ["We count."])
    report = {"done_on": "2026-03-16", "report": "312.", "version": 1}
    assert caller("ks")("put", f"consultation-outcomes/actions/{action}/report", report).status_code == 200
    (done,) = caller("nav")("get", "consultation-outcomes/actions").json()["items"]
    assert (done["standing"], done["report"]) == ("done", "312.")


def test_papers_are_for_those_at_the_table(stage):
    number, _ = with_agenda(stage)
    client = enter(stage, "ministry")
    client.post(f"{ROOM}meetings/{number}/step/", {"step": "pack"})
    where = f"{ROOM}meetings/{number}/papers/1.pdf"
    assert client.get(where).content.startswith(b"%PDF")
    assert client.get(f"{ROOM}meetings/{number}/papers/1.exe").status_code == HTTPStatus.NOT_FOUND
    for role in (COORDINATOR, "county", "nav"):
        assert enter(stage, role).get(where).status_code == HTTPStatus.FORBIDDEN
