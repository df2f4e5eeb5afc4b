"""The planner as pages: who may, what is shown, and that nothing typed is lost."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bosett.decisions.planner import Resource
from bosett_server.access.context import acting
from bosett_server.actions.decisions import approve_vedtak
from bosett_server.queries import figures_warm
from bosett_server.records.models import AuditEvent, Home, PlanResource, VersionedFigure
from tests.bosett_server.cast import HERE, THERE, YEAR, World, vedtak, world
from tests.bosett_server.planner.scenes import COORDINATOR, DECIDER, assigned, home, plan, row

NEXT = YEAR + 1
PLAN = f"/planner/{HERE}/{YEAR}/"
GRID = f"/planner/{HERE}/{NEXT}/resources/"
WEEKS = f"/weeks/{HERE}/"


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = date(2026, 3, 16)
    return world()


def seen(client, stage: World, role: str, address: str):
    client.force_login(stage.users[role])
    client.cookies["language"] = "en"
    return client.get(address)


def posted(client, stage: World, role: str, address: str, /, **fields):
    client.force_login(stage.users[role])
    client.cookies["language"] = "en"
    return client.post(address, fields)


def words(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize(
    "address",
    [PLAN, f"{PLAN}resources/", f"{PLAN}commitments/", f"{PLAN}paper/", f"/homes/{HERE}/", WEEKS],
)
@pytest.mark.parametrize("role", [COORDINATOR, DECIDER])
def test_the_municipality_opens_its_own_pages_with_nothing_entered(client, stage, role, address):
    assert seen(client, stage, role, address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        PLAN,
        f"{PLAN}resources/",
        f"{PLAN}commitments/",
        f"{PLAN}paper/",
        f"{PLAN}paper.docx",
        f"/homes/{HERE}/",
        WEEKS,
    ],
)
def test_another_municipality_finds_no_such_page_and_others_may_not(client, stage, address):
    assert seen(client, stage, "stranger", address).status_code == 404
    for role in ("ks", "nav", "centre", "admin", "auditor", "ministry"):
        assert seen(client, stage, role, address).status_code == 403, role


def test_a_plan_for_a_year_too_far_away_is_not_there(client, stage):
    assert seen(client, stage, COORDINATOR, f"/planner/{HERE}/2050/").status_code == 404


def test_the_way_in_leads_to_the_one_municipality(client, stage):
    assert seen(client, stage, COORDINATOR, "/planner/").headers["Location"] == PLAN
    assert seen(client, stage, COORDINATOR, f"/planner/{HERE}/").headers["Location"] == PLAN


def test_the_plan_says_what_fits_what_binds_and_what_is_not_counted(client, stage):
    plan(stage, {Resource.HOUSING: row(12), Resource.SCHOOL: row(8, "0.25"), Resource.STAFF: row(50, None)})
    told = words(seen(client, stage, COORDINATOR, f"/planner/{HERE}/{NEXT}/"))
    assert "Room for 12 persons more. What stops more is: places in homes." in told
    assert "Staff hours: what one person uses is not given." in told
    assert "Nothing is entered of: Places in kindergarten" in told


def grid(**cells: str) -> dict[str, str]:
    return {"version": "0", "do": "save"} | {key.replace("_", "-"): text for key, text in cells.items()}


def test_one_number_fills_the_rest_of_its_row_and_is_saved(client, stage):
    answer = posted(client, stage, COORDINATOR, GRID, **grid(housing_all="10", housing_12="14,5"))
    assert answer.status_code == 302
    with acting(stage[COORDINATOR]):
        saved = PlanResource.objects.get()
    assert [float(one) for one in saved.units] == [10.0] * 11 + [14.5]
    assert saved.per_person is None


def test_a_wrong_cell_is_named_by_row_and_column_and_everything_typed_stays(client, stage):
    answer = posted(client, stage, COORDINATOR, GRID, **grid(housing_1="ti", housing_2="7", school_3="-4"))
    told = words(answer)
    assert answer.status_code == 422
    assert "Places in homes, January 2027: “ti” is not a number of 0 or more" in told
    assert "Places in school, March 2027: “-4” is not a number of 0 or more" in told
    assert 'value="ti"' in told
    assert 'value="7"' in told
    with acting(stage[COORDINATOR]):
        assert not PlanResource.objects.exists()


def test_somebody_who_saved_meanwhile_is_shown_beside_what_was_typed(client, stage):
    plan(stage, {Resource.HOUSING: row(3)})
    answer = posted(client, stage, COORDINATOR, GRID, **grid(housing_1="9"))
    told = words(answer)
    assert answer.status_code == 409
    assert 'value="9"' in told
    assert "now saved: 3" in told
    assert 'name="version" value="1"' in told
    assert (
        posted(client, stage, COORDINATOR, GRID, **grid(housing_1="9") | {"version": "1"}).status_code == 302
    )


@pytest.mark.parametrize(
    "block",
    [
        "Boligplasser\t1\nPlaces in school\t8\t7\n",
        "\tjan\tfeb\nplaces in homes\t1\nSkuleplassar\t8\t7\n",
        "housing;1\nschool;8;7",
        "1\n8\t7",
    ],
)
def test_a_pasted_block_fills_the_grid_and_saves_nothing(client, stage, block):
    told = words(posted(client, stage, COORDINATOR, GRID, version="0", do="paste", pasted=block))
    assert 'name="housing-1" value="1"' in told
    assert 'name="school-2" value="7"' in told
    assert "not saved yet" in told
    with acting(stage[COORDINATOR]):
        assert not PlanResource.objects.exists()


def test_a_pasted_block_with_faults_says_where_and_is_still_there(client, stage):
    block = "Places in homes\tx\t2\nParking\t1\n"
    answer = posted(client, stage, COORDINATOR, GRID, version="0", do="paste", pasted=block)
    told = words(answer)
    assert answer.status_code == 422
    assert "Row 2: “Parking” is none of the rows." in told
    assert "Places in homes, January 2027: “x” is not a number of 0 or more" in told
    assert "Parking 1" in told.replace("\t", " ")


def test_last_years_numbers_are_offered_marked_and_not_saved(client, stage):
    plan(stage, {Resource.HOUSING: row(9)}, year=YEAR)
    assert "2026: 9" in words(seen(client, stage, COORDINATOR, GRID))
    told = words(posted(client, stage, COORDINATOR, GRID, version="0", do="last-year", **{"housing-1": "4"}))
    assert 'name="housing-1" value="4"' in told
    assert 'name="housing-2" value="9"' in told
    assert 'class="is-offered"' in told


def test_the_homes_fill_the_places_in_homes(client, stage):
    home(stage, bedrooms=2)
    home(stage, "B", bedrooms=1, free_from=date(2027, 6, 1))
    told = words(posted(client, stage, COORDINATOR, GRID, version="0", do="homes"))
    assert 'name="housing-5" value="4"' in told
    assert 'name="housing-6" value="6"' in told


def test_a_commitment_is_added_and_taken_away(client, stage):
    address = f"/planner/{HERE}/{NEXT}/commitments/"
    fields = {"kind": "family", "persons": "3", "month": "4", "told_by": "udi"}
    assert posted(client, stage, COORDINATOR, address, **fields).status_code == 302
    told = words(seen(client, stage, COORDINATOR, address))
    assert "Arriving family" in told
    assert "3 persons" in told
    number = re.search(r"commitments/(\d+)/remove", told)
    assert number is not None
    assert posted(client, stage, COORDINATOR, f"{address}{number[1]}/remove/").status_code == 302
    assert posted(client, stage, COORDINATOR, address, **fields | {"persons": "0"}).status_code == 422


PAPER = {
    "version": "0",
    "language": "nn",
    "case_number": "26/12",
    "assessment": "Vi har rom for fleire.",
    "recommended": "12",
}


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_paper_holds_the_municipalitys_own_words(client, stage, kind, begins):
    assert posted(client, stage, DECIDER, f"{PLAN}paper/", **PAPER).status_code == 302
    answer = seen(client, stage, DECIDER, f"{PLAN}paper.{kind}")
    assert answer.content.startswith(begins)
    assert "nn" in answer.headers["Content-Disposition"]
    if kind == "docx":
        text = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
        assert "Vi har rom for fleire." in text
        assert "Drammen kommune buset 12 personar i 2026." in text
        assert "26/12" in text
    with acting(stage["auditor"]):
        assert AuditEvent.objects.filter(verb="export_case_paper", outcome="read").count() == 1


def test_a_service_that_has_just_started_says_that_the_paper_is_coming(client, stage, monkeypatch):
    """Nobody looks at a page that does nothing: the answer comes at once, asks again by itself, and is no file."""
    monkeypatch.setattr(figures_warm, "coming", lambda _actor: True)
    answer = seen(client, stage, DECIDER, f"{PLAN}paper.pdf")
    assert (answer.status_code, answer.headers["Refresh"]) == (202, "1")
    assert "The case paper is being made" in words(answer)
    assert "Content-Disposition" not in answer.headers
    monkeypatch.undo()
    assert seen(client, stage, DECIDER, f"{PLAN}paper.pdf").content.startswith(b"%PDF")


def test_a_municipality_that_is_not_asked_has_no_case(client, stage):
    assert seen(client, stage, DECIDER, f"/planner/{HERE}/{NEXT}/paper.pdf").status_code == 404
    assert "is not asked for a number in 2027 yet" in words(
        seen(client, stage, DECIDER, f"/planner/{HERE}/{NEXT}/paper/")
    )


def test_the_councils_answer_goes_straight_into_the_round(client, stage):
    posted(client, stage, DECIDER, f"{PLAN}paper/", **PAPER)
    told = words(seen(client, stage, DECIDER, f"{PLAN}answer/"))
    assert 'value="12"' in told
    assert 'value="26/12"' in told
    fields = {"total": "12", "decided_on": "2026-03-10", "case_number": "26/12"}
    answer = posted(client, stage, DECIDER, f"{PLAN}answer/", **fields)
    assert answer.headers["Location"] == f"/municipalities/{HERE}/vedtak/?year={YEAR}"
    approve_vedtak(stage[DECIDER], municipality=HERE, year=YEAR)
    with acting(stage[DECIDER]):
        voted = VersionedFigure.objects.get(what="voted", group="all")
    assert (voted.value, "26/12" in voted.source) == (12, True)


def test_an_answer_of_nobody_is_a_vedtak_of_zero_and_a_later_day_is_refused(client, stage):
    fields = {"total": "0", "decided_on": "2026-03-20", "case_number": "1"}
    assert posted(client, stage, DECIDER, f"{PLAN}answer/", **fields).status_code == 409
    assert (
        posted(client, stage, DECIDER, f"{PLAN}answer/", **fields | {"decided_on": "2026-03-10"}).status_code
        == 302
    )
    assert seen(client, stage, COORDINATOR, f"{PLAN}answer/").status_code == 403


def test_a_home_goes_from_registered_to_given_to_ended_by_its_pages(client, stage):
    vedtak(HERE, 40)
    who = assigned(stage)
    fields = {"address": "Storgata 1", "bedrooms": "2", "free_from": "2026-01-01", "version": "0"}
    assert posted(client, stage, COORDINATOR, f"/homes/{HERE}/new/", **fields).status_code == 302
    assert posted(client, stage, COORDINATOR, f"/homes/{HERE}/new/", **fields).status_code == 409
    with acting(stage[COORDINATOR]):
        number = Home.objects.get().pk
    assert who.reference in words(seen(client, stage, COORDINATOR, f"/homes/{HERE}/{number}/"))
    fit = words(seen(client, stage, COORDINATOR, f"/homes/{HERE}/for/{who.pk}/"))
    assert f"/homes/{HERE}/{number}/hold/?household={who.pk}" in fit
    given = {"household": str(who.pk), "starts_on": "2026-04-01"}
    assert posted(client, stage, COORDINATOR, f"/homes/{HERE}/{number}/hold/", **given).status_code == 302
    again = posted(client, stage, COORDINATOR, f"/homes/{HERE}/{number}/hold/", **given | {"household": ""})
    assert again.status_code == 409
    assert "A home holds one household at a time." in words(again)
    shown = words(seen(client, stage, COORDINATOR, f"/homes/{HERE}/{number}/"))
    held = re.search(r"holds/(\d+)/withdraw", shown)
    assert held is not None
    end = {"ends_on": "2026-06-01"}
    assert posted(client, stage, COORDINATOR, f"/homes/{HERE}/holds/{held[1]}/end/", **end).status_code == 302
    assert posted(client, stage, COORDINATOR, f"/homes/{HERE}/holds/{held[1]}/withdraw/").status_code == 302
    assert posted(client, stage, COORDINATOR, f"/homes/{HERE}/{number}/take-out/").status_code == 302
    assert "No homes are registered" in words(seen(client, stage, COORDINATOR, f"/homes/{HERE}/"))


def test_a_file_of_homes_is_looked_at_before_it_changes_anything(client, stage):
    home(stage, "Storgata 1", bedrooms=2, rent_nok=9000)
    text = "address,bedrooms,step_free,rent_nok\nStorgata 1,3,ja,9000\nNy vei 2,1,,\n"
    file = SimpleUploadedFile("homes.csv", text.encode())
    shown = words(posted(client, stage, COORDINATOR, f"/homes/{HERE}/file/", file=file))
    assert "bedrooms 2 → 3" in shown
    with acting(stage[COORDINATOR]):
        assert Home.objects.count() == 1
    rows = re.search(r'name="rows" value="([^"]+)"', shown)
    assert rows is not None
    done = posted(client, stage, COORDINATOR, f"/homes/{HERE}/file/", do="apply", rows=rows[1])
    assert done.status_code == 302
    with acting(stage[COORDINATOR]):
        assert dict(Home.objects.values_list("address", "bedrooms")) == {"Storgata 1": 3, "Ny vei 2": 1}
    forged = posted(client, stage, COORDINATOR, f"/homes/{HERE}/file/", do="apply", rows=f"{rows[1]}x")
    assert forged.status_code == 422


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("address,bedrooms\nA,to\n", "Row 2, column bedrooms"),
        ("address,bedrooms\nA,1\na ,2\n", "Row 3, column address"),
        ("address\nA\n", "bedrooms"),
        ("address,bedrooms,free_from,free_until\nA,1,2026-05-01,2026-04-01\n", "Row 2, column free_until"),
    ],
)
def test_a_file_with_faults_says_which_row_and_column(client, stage, text, told):
    file = SimpleUploadedFile("homes.csv", text.encode())
    answer = posted(client, stage, COORDINATOR, f"/homes/{HERE}/file/", file=file)
    assert answer.status_code == 422
    assert told in words(answer)


def test_the_template_holds_what_is_registered_and_can_be_read_back(client, stage):
    home(stage, "Storgata 1", bedrooms=2, rent_nok=9000)
    for kind in ("csv", "xlsx"):
        given = seen(client, stage, COORDINATOR, f"/homes/{HERE}/file/template.{kind}").content
        file = SimpleUploadedFile(f"homes.{kind}", given)
        shown = words(posted(client, stage, COORDINATOR, f"/homes/{HERE}/file/", file=file))
        assert "Known" in shown, kind


def week(monday: str = "2026-03-23", **sizes: str) -> dict[str, str]:
    return {f"{monday}-{size.removeprefix('s')}": text for size, text in sizes.items()}


def test_weeks_are_saved_confirmed_and_shown_to_imdi_and_the_county_but_to_no_other(client, stage):
    vedtak(HERE, 40)
    answer = posted(client, stage, COORDINATOR, WEEKS, version="0", do="save", **week(s1="2", s4="1"))
    assert answer.status_code == 302
    told = words(seen(client, stage, COORDINATOR, WEEKS))
    # Two alone and a household of four are six persons, 34 fewer than the 40 of the vedtak.
    assert '34</span> <span class="answers__words">places in the vedtak have no week yet' in told
    for role in ("imdi_lead", "imdi_caseworker", "county"):
        page = words(seen(client, stage, role, "/weeks/"))
        assert "Drammen" in page
        assert "−34" in page
        assert seen(client, stage, role, WEEKS).status_code == 200
    assert "Arendal" not in words(seen(client, stage, "county", "/weeks/"))
    assert seen(client, stage, "county", f"/weeks/{THERE}/").status_code == 404
    assert seen(client, stage, "ks", "/weeks/").status_code == 403


def test_imdi_sees_weeks_and_changes_none(client, stage):
    posted(client, stage, "imdi_lead", WEEKS, version="0", do="save", **week(s1="2"))
    assert seen(client, stage, "imdi_lead", WEEKS).status_code == 200
    assert posted(client, stage, "imdi_lead", f"{WEEKS}confirm/").status_code == 403
    assert "No week is planned." in words(seen(client, stage, "imdi_lead", WEEKS))


def test_a_wrong_week_is_named_and_pasted_weeks_are_looked_at_first(client, stage):
    answer = posted(client, stage, COORDINATOR, WEEKS, version="0", do="save", **week(s1="1,5"))
    assert answer.status_code == 422
    assert "Week 13, 2026, 1 person: “1,5” is not a whole number" in words(answer)
    block = "13\t1\t0\t2\t0\t0\t0\n14\t0\t1\t0\t0\t0\t0\n"
    told = words(posted(client, stage, COORDINATOR, WEEKS, version="0", do="paste", pasted=block))
    assert 'name="2026-03-23-3" value="2"' in told
    assert 'name="2026-03-30-2" value="1"' in told


def test_a_plan_not_confirmed_for_thirty_days_is_said_to_be_old(client, stage, settings):
    posted(client, stage, COORDINATOR, WEEKS, version="0", do="save", **week("2026-05-04", s1="2"))
    settings.BOSETT_TODAY = date(2026, 4, 14)
    assert "Must be confirmed again" not in words(seen(client, stage, "imdi_lead", WEEKS))
    settings.BOSETT_TODAY = date(2026, 4, 15)
    assert "Must be confirmed again" in words(seen(client, stage, "imdi_lead", WEEKS))
    assert posted(client, stage, DECIDER, f"{WEEKS}confirm/").status_code == 302
    assert "Must be confirmed again" not in words(seen(client, stage, "imdi_lead", WEEKS))
