"""The pages of runs, choices, what if and score tables: what they show, to whom, and that their forms do it."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.import_files import Incoming
from bosett_server.actions.placement import ask_run
from bosett_server.actions.placement_scores import CARD
from bosett_server.actions.placement_work import carry_out, draw_curve, run_placement
from bosett_server.records.models import PlacementChoice, PlacementRun, PlacementScores, Proposal
from tests.bosett_server.cast import HERE, THERE, YEAR, household, vedtak
from tests.bosett_server.placement.scenes import interview_of, measured

IMDI, LEAD, MUNICIPALITY = "imdi_caseworker", "imdi_lead", "municipality_coordinator"


def client(stage, role: str, language: str = "en") -> Client:
    found = Client()
    found.force_login(stage.users[role])
    found.cookies["language"] = language
    return found


def text(response) -> str:
    return " ".join(response.content.decode().split())


def run(stage, **aim) -> int:
    return run_placement(stage[IMDI], year=YEAR, **aim)


def states() -> list[str]:
    with acting(SYSTEM):
        return list(PlacementRun.objects.order_by("id").values_list("state", flat=True))


@pytest.mark.parametrize("language", ["en", "nb", "nn"])
def test_every_page_of_a_run_opens_for_imdi_in_three_languages_and_for_no_municipality(stage, language):
    vedtak(HERE, 4)
    homes = [household(stage, track=track) for track in ("asylum", "collective", "asylum")]
    first, second = run(stage), run(stage, objective="wishes")
    draw_curve(first)
    for address in (
        "/proposals/runs/", f"/proposals/runs/{first}/", f"/proposals/runs/{second}/",
        f"/proposals/runs/{first}/check/", "/proposals/runs/compare/",
        f"/proposals/runs/compare/?first={first}&second={second}", f"/proposals/runs/{second}/what-if/",
        f"/proposals/runs/{second}/what-if/?place={HERE}&places=0", "/proposals/choices/", "/proposals/scores/",
        f"/proposals/household/{homes[0].pk}/choice/", f"/proposals/household/{homes[0].pk}/places/",
    ):  # fmt: skip
        assert client(stage, IMDI, language).get(address).status_code == 200, address
        assert client(stage, MUNICIPALITY, language).get(address).status_code == 403, address


def test_a_run_is_started_with_its_aim_and_followed_on_its_page(stage):
    household(stage)
    sent = client(stage, IMDI).post(
        f"/proposals/runs/start/?year={YEAR}",
        {"objective": "wishes", "score_floor": "0.8", "request_key": "a"},
    )
    shown = text(client(stage, IMDI).get(sent.url))
    assert "Most persons placed, then wishes in turn" in shown
    assert "No better answer exists under the rules" in shown
    again = client(stage, IMDI).post(
        f"/proposals/runs/start/?year={YEAR}",
        {"objective": "wishes", "score_floor": "0.8", "request_key": "a"},
    )
    assert (again.url, states()) == (sent.url, ["done"])


def test_a_faulty_aim_is_told_beside_the_form(stage):
    household(stage)
    browser = client(stage, IMDI)
    wrong = browser.post(f"/proposals/runs/start/?year={YEAR}", {"objective": "score", "score_floor": "0.8"})
    assert (wrong.status_code, "used only when wishes come first" in text(wrong)) == (409, True)
    assert browser.post(f"/proposals/runs/start/?year={YEAR}", {"objective": "x"}).status_code == 422
    assert states() == []


def test_a_run_under_way_says_so_follows_along_and_can_be_stopped(stage):
    household(stage)
    number = ask_run(stage[IMDI], year=YEAR)
    shown = client(stage, IMDI).get(f"/proposals/runs/{number}/")
    assert "Waits to begin" in text(shown)
    assert client(stage, IMDI).post(f"/proposals/runs/{number}/stop/", {}).status_code == 302
    assert states() == ["cancelled"]
    assert client(stage, IMDI).get(f"/proposals/runs/{number}/check/").status_code == 409
    assert client(stage, IMDI).get(f"/proposals/runs/{number}/files.zip").status_code == 409


def test_the_check_is_shown_and_computing_again_gives_the_same_bytes(stage):
    household(stage)
    number = run(stage)
    assert "The check held" in text(client(stage, IMDI).get(f"/proposals/runs/{number}/check/"))
    shown = text(client(stage, IMDI).post(f"/proposals/runs/{number}/check/", {}))
    assert "The same bytes came out" in shown


def test_the_files_hold_codes_and_numbers_and_no_name_or_reference(stage):
    home = household(stage)
    number = run(stage)
    sent = client(stage, IMDI).get(f"/proposals/runs/{number}/files.zip")
    packed = zipfile.ZipFile(io.BytesIO(sent.content))
    assert {"instance/households.csv", "out/certificate.json"} <= set(packed.namelist())
    told = b"".join(packed.read(name) for name in packed.namelist())
    assert str(home.pk).encode() in told
    assert [word for word in (b"Blid", home.reference.encode(), b"UKR", b"Testperson") if word in told] == []


def test_a_choice_shows_its_price_first_and_then_the_rest_is_proposed_anew(stage):
    home, other = household(stage), household(stage)
    interview_of(home, wishes=[HERE])
    run(stage)
    browser, address = client(stage, IMDI), f"/proposals/household/{home.pk}/choice/?year={YEAR}"
    told = {"kind": "place", "municipality": THERE, "reason_code": "family_near", "reason": ""}
    looked = text(browser.post(address, told | {"look": "1"}))
    assert "15.0 points less for all together." in looked
    with acting(SYSTEM):
        assert not PlacementChoice.objects.exists()
    assert browser.post(address, told | {"request_key": "b"}).status_code == 302
    with acting(SYSTEM):
        assert Proposal.objects.get(household=home, state="open").municipality_id == THERE
        assert Proposal.objects.get(household=other, state="open").municipality_id == HERE
        number = PlacementChoice.objects.get().pk
    shown = text(browser.get("/proposals/choices/"))
    assert "Close family lives near" in shown
    assert "15.0 points less for all together." in shown
    assert browser.post(f"/proposals/choices/{number}/lift/", {}).status_code == 302
    assert "No choice stands" in text(browser.get("/proposals/choices/"))


def test_a_safety_exclusion_reads_other_need_everywhere(stage):
    home = household(stage)
    interview_of(home, wishes=[HERE])
    browser = client(stage, IMDI)
    browser.post(
        f"/proposals/household/{home.pk}/choice/?year={YEAR}",
        {"kind": "not_there", "municipality": HERE, "reason_code": "other_need", "request_key": "c"},
    )
    with acting(SYSTEM):
        number = Proposal.objects.get(household=home, state="open").pk
    assert "Other need (1)" in text(browser.get(f"/proposals/{number}/"))
    assert "Other need" in text(browser.get("/proposals/choices/"))


def test_a_choice_without_a_place_is_told_beside_its_field(stage):
    home = household(stage)
    sent = client(stage, IMDI).post(
        f"/proposals/household/{home.pk}/choice/?year={YEAR}", {"kind": "place", "reason_code": "family_near"}
    )
    assert (sent.status_code, "Choose the municipality this is about." in text(sent)) == (422, True)


def test_what_if_is_an_address_that_can_be_sent_on_and_stores_nothing(stage):
    home = household(stage)
    number = run(stage)
    shown = text(client(stage, IMDI).get(f"/proposals/runs/{number}/what-if/?place={HERE}&places=0"))
    assert home.reference in shown
    assert "The difference is exact." in shown
    wrong = client(stage, IMDI).get(f"/proposals/runs/{number}/what-if/?household=SYN-999999")
    assert (wrong.status_code, "not in this run" in text(wrong)) == (409, True)
    assert client(stage, IMDI).get(f"/proposals/runs/{number}/what-if/?place={HERE}").status_code == 422
    assert states() == ["done"]


def test_a_municipality_reads_in_words_what_more_places_would_do_and_no_number(stage):
    vedtak(HERE, 2)
    for _ in range(3):
        interview_of(household(stage), wishes=[HERE])
    run(stage)
    shown = text(client(stage, MUNICIPALITY).get(f"/municipalities/{HERE}/places/"))
    assert "more places here would let some live nearer to what they need" in shown
    assert "15.0" not in shown
    theirs = text(client(stage, MUNICIPALITY).get(f"/municipalities/{THERE}/places/"))
    assert "What more places would do" not in theirs
    for role in ("county", "ks", "ministry"):
        assert "What more places would do" not in text(
            client(stage, role).get(f"/municipalities/{HERE}/places/")
        )


def test_the_desk_has_a_map_of_where_the_proposals_go(stage):
    household(stage)
    run(stage)
    shown = text(client(stage, IMDI).get("/proposals/"))
    assert "1 municipality has proposals" in shown
    assert f"municipality={HERE}" in shown


def test_a_score_table_is_loaded_looked_at_and_approved_by_the_lead(stage):
    home = household(stage)
    table = f"household_reference,{HERE},{THERE}\n{home.reference},1,2\n".encode()
    told = {"name": "Syntetisk", **{f"card_{part}": "Syntetisk." for part in CARD}}
    assert client(stage, IMDI).get("/proposals/scores/load/").status_code == 403
    lead = client(stage, LEAD)
    assert lead.get("/proposals/scores/load/").status_code == 200
    faulty = SimpleUploadedFile("s.csv", b"reference\n")
    assert lead.post("/proposals/scores/load/", told | {"file": faulty}).status_code == 409
    sent = lead.post("/proposals/scores/load/", told | {"file": SimpleUploadedFile("s.csv", table)})
    shown = text(lead.get(sent.url))
    assert "What it says when place has no effect" in shown
    assert "Nobody has measured this table" in shown
    assert lead.post(f"{sent.url}approve/", {}).status_code == 409
    report = SimpleUploadedFile("summary.json", measured(Incoming("s.csv", table)).content)
    assert lead.post(f"{sent.url}report/", {"report": report}).status_code == 302
    shown = text(lead.get(sent.url))
    assert "it claims a gain of -0.4% at worst" in shown.replace("\u2212", "-")
    assert "told 37.9%, and 41.2% got there" in shown
    assert "Fewer than 30 adults: not shown" in shown
    assert "Let runs use it when asked" in shown
    assert lead.post(f"{sent.url}approve/", {}).status_code == 302
    with acting(SYSTEM):
        assert PlacementScores.objects.get().state == "active"
    assert "Let runs use it" not in text(client(stage, IMDI).get(sent.url))


def test_the_list_of_runs_asks_as_often_for_many_as_for_one(stage):
    household(stage)
    asked = []
    for _ in range(2):
        run(stage)
        with CaptureQueriesContext(connection) as queries:
            client(stage, IMDI).get("/proposals/runs/")
        asked.append(len(queries))
        for _ in range(3):
            run(stage)
    assert asked[0] == asked[1]


def test_a_run_under_way_is_followed_without_loading_the_page_again(stage):
    household(stage)
    number = ask_run(stage[IMDI], year=YEAR)
    found = client(stage, IMDI)
    shown = found.get(f"/proposals/runs/{number}/")
    assert "Refresh" not in shown.headers
    assert f'hx-get="/proposals/runs/{number}/progress/?seen=queued-"' in text(shown)
    # Nothing new since it was seen: nothing is sent, so nothing moves and nothing is read out twice.
    assert found.get(f"/proposals/runs/{number}/progress/?seen=queued-").status_code == 204
    assert "seen=queued-" in text(found.get(f"/proposals/runs/{number}/progress/?seen=solving-loading"))
    carry_out(number)
    done = text(found.get(f"/proposals/runs/{number}/progress/?seen=queued-"))
    assert 'hx-trigger="load"' in done
    assert "every 2s" not in done
    assert "hx-get" not in text(found.get(f"/proposals/runs/{number}/")).split("<main")[1].split("</main")[0]


def test_two_runs_are_shown_by_county_with_a_picture_and_by_municipality(stage):
    home = household(stage, persons=3)
    interview_of(home, wishes=[HERE])
    first = run(stage)
    interview_of(home, wishes=[THERE])
    second = run(stage)
    shown = text(client(stage, IMDI).get(f"/proposals/runs/compare/?first={first}&second={second}"))
    assert f"Run {second} proposes 3 persons more to Agder and 3 fewer to Buskerud" in shown
    assert "+3 (0 → 3)" in shown
    assert "2 municipalities get another number of persons" in shown
    same = text(client(stage, IMDI).get(f"/proposals/runs/compare/?first={first}&second={first}"))
    assert "county-shifts" not in same
