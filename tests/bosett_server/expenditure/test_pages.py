"""The round's pages: who may see which, and what a person meets on each."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bosett.expenditure.questionnaire import AREAS, lines
from bosett.outputs.expenditure_template import HEAD_ROW
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.expenditure_scenarios import make_expenditure_scenario, share_expenditure_scenario
from bosett_server.records.models import (
    ExpenditureAnswer,
    ExpenditureKnown,
    ExpenditureResponse,
    ExpenditureRound,
)
from tests.bosett_server.cast import DAY, HERE, THERE, world
from tests.bosett_server.expenditure.scenes import answered, closed, opened, planned


@pytest.fixture
def stage(db, settings, tmp_path):
    settings.BOSETT_TODAY = DAY
    settings.STATIC_ROOT = tmp_path
    return world()


def client(stage, role):
    found = Client()
    found.force_login(stage.users[role])
    return found


def answer(number, where=HERE, more=""):
    return f"/expenditure/{number}/answers/{where}/{more}"


def typed(**changes):
    told = {}
    for area in AREAS["ordinary"]:
        told |= {
            f"amount-{area}": "900 000",
            f"share-{area}": "",
            f"whole-{area}": "",
            f"explanation-{area}": "",
        }
    return told | {name.replace("__", "-"): value for name, value in changes.items()}


def test_the_first_page_shows_the_coverage_that_was_published(stage):
    for role in ("imdi_lead", "ks", "county", "municipality_coordinator"):
        text = client(stage, role).get("/expenditure/").content.decode()
        assert "97,3" in text
        assert "2014" in text
    assert client(stage, "udi_reception").get("/expenditure/").status_code == 403


def test_a_lead_plans_opens_and_reminds_by_page(stage):
    lead = client(stage, "imdi_lead")
    file = SimpleUploadedFile("ramme.csv", f"municipality_id,persons\n{HERE},100\n{THERE},80\n".encode())
    told = {"year": 2025, "kind": "ordinary", "asked": 2, "minimum": 1, "overlap_percent": 50,
            "answer_due_on": "2026-06-01", "file": file, "frame_source": "test"}  # fmt: skip
    made = lead.post("/expenditure/plan/", told)
    assert made.status_code == 302
    where = made.headers["Location"]
    assert lead.get(where).status_code == 200
    assert lead.post(f"{where}open/").status_code == 302
    assert lead.post(f"{where}remind/").status_code == 302
    assert lead.post(f"{where}open/").status_code == 409
    with acting(SYSTEM):
        assert ExpenditureResponse.objects.filter(reminders=1).count() == 2


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("municipality_id,persons\n9999,10\n", "9999"),
        (f"municipality_id,persons\n{HERE},-3\n", "row 2"),
        ("municipality_id\n3301\n", "persons"),
    ],
)
def test_a_wrong_frame_is_said_beside_the_file_and_nothing_is_planned(stage, body, told):
    file = SimpleUploadedFile("ramme.csv", body.encode())
    answer_ = client(stage, "imdi_lead").post(
        "/expenditure/plan/",
        {"year": 2025, "kind": "ordinary", "asked": 1, "minimum": 1, "overlap_percent": 0,
         "answer_due_on": "2026-06-01", "file": file},
    )  # fmt: skip
    assert answer_.status_code == 409
    assert told in answer_.content.decode()
    with acting(SYSTEM):
        assert not ExpenditureRound.objects.exists()


def test_a_municipality_saves_comes_back_and_finds_all_it_wrote(stage):
    number = opened(stage)
    clerk = client(stage, "municipality_coordinator")
    assert clerk.post(answer(number), typed(amount__housing="ca 12 mill", step="save")).status_code == 302
    again = client(stage, "municipality_coordinator").get(answer(number)).content.decode()
    assert 'value="ca 12 mill"' in again
    assert again.count('value="900 000"') == 12


def test_sending_something_wrong_says_so_by_name_and_keeps_everything(stage):
    number = opened(stage)
    clerk = client(stage, "municipality_coordinator")
    sent = clerk.post(answer(number), typed(amount__housing="-5", amount__school="", step="send"))
    text = sent.content.decode()
    assert sent.status_code == 422
    assert 'value="-5"' in text
    assert 'aria-invalid="true"' in text
    assert text.count("expenditure__line--flagged") == 2


def test_an_answer_is_sent_by_one_and_approved_by_another(stage):
    number = opened(stage)
    assert (
        client(stage, "municipality_coordinator").post(answer(number), typed(step="send")).status_code == 302
    )
    decider = client(stage, "municipality_decider")
    assert "approve/" in decider.get(answer(number)).content.decode()
    assert decider.post(answer(number, more="approve/")).status_code == 302
    late = client(stage, "municipality_coordinator").post(
        answer(number), typed(amount__school="1", step="save")
    )
    assert late.status_code == 409
    assert decider.post(answer(number, more="reopen/"), {"reason": ""}).status_code == 422
    assert decider.post(answer(number, more="reopen/"), {"reason": "feil"}).status_code == 302
    assert decider.get(answer(number, more="log/")).status_code == 200


def test_what_is_typed_is_kept_while_it_is_typed_and_answered_with_what_to_look_at(stage):
    number = opened(stage)
    clerk = client(stage, "municipality_coordinator")
    told = clerk.post(answer(number, more="save/"), typed(amount__housing="-5"))
    found = json.loads(told.content)
    assert len(found["flags"]["housing"]) == 1
    assert found["flags"]["school"] == []
    assert "10" in found["total"]
    part = clerk.post(
        answer(number, more="save/"), {"amount-culture": "7", "share-culture": "", "whole-culture": ""}
    )
    assert part.status_code == 200
    with acting(SYSTEM):
        kept = dict(ExpenditureAnswer.objects.values_list("area", "amount_typed"))
    assert (kept["housing"], kept["culture"], kept["school"]) == ("-5", "7", "900 000")


def test_another_municipality_finds_nothing(stage):
    number = opened(stage)
    stranger = client(stage, "stranger")
    for more in ("", "log/", "template.xlsx", "fill/"):
        assert stranger.get(answer(number, HERE, more)).status_code == 404
    assert stranger.post(answer(number, HERE, "save/"), typed()).status_code == 404


def test_a_draft_shows_the_committee_nothing_of_what_is_typed(stage):
    number = opened(stage)
    client(stage, "municipality_coordinator").post(
        answer(number), typed(amount__school="123 456", step="save")
    )
    for role in ("imdi_lead", "ks", "ministry"):
        text = client(stage, role).get(answer(number)).content.decode()
        assert "123 456" not in text
    sheet = client(stage, "ks").get(answer(number, more="template.xlsx")).content
    shared = zipfile.ZipFile(io.BytesIO(sheet)).read("xl/sharedStrings.xml").decode()
    assert "123 456" not in shared


def test_fewer_than_five_persons_are_not_shown_to_others(stage):
    from decimal import Decimal

    number = opened(stage, persons={HERE: {0: Decimal(4)}, THERE: {0: Decimal(80)}})
    with acting(stage["ks"]):
        from bosett_server.queries.expenditure import asked_municipalities

        rows = {one.municipality: one.persons for one in asked_municipalities(stage["ks"], number)}
    assert rows == {HERE: None, THERE: 80}
    text = client(stage, "ks").get(f"/expenditure/{number}/responses.csv").content.decode()
    assert f"{HERE},Drammen,certain,1,:," in text


def workbook(rows):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(HEAD_ROW, 0, "bosett")
        for place, cells in enumerate(rows, start=HEAD_ROW + 1):
            for column, cell in cells.items():
                sheet.write(place, column, cell)
    return SimpleUploadedFile("skjema.xlsx", made.getvalue())


def test_a_filled_in_template_is_looked_at_by_cell_before_it_changes_anything(stage):
    number = opened(stage)
    clerk = client(stage, "municipality_coordinator")
    assert clerk.get(answer(number, more="template.xlsx")).status_code == 200
    names = [line.area for line in lines("ordinary")]
    rows = [{0: area, 3: 900_000} for area in names]
    rows[1] = {0: names[1], 4: 120, 5: 5000}
    shown = clerk.post(answer(number, more="fill/"), {"file": workbook(rows)})
    text = shown.content.decode()
    assert shown.status_code == 200
    assert "E6" in text  # the share of the second line stands in column E, row 6
    with acting(SYSTEM):
        assert not ExpenditureAnswer.objects.exists()
    hidden = {f"amount-{area}": "900000" for area in names} | {f"share-{area}": "" for area in names}
    assert clerk.post(answer(number, more="fill/"), hidden | {"step": "apply"}).status_code == 302
    with acting(SYSTEM):
        assert set(ExpenditureAnswer.objects.values_list("via", "value")) == {("xlsx", 900_000)}


def test_a_workbook_that_is_none_is_refused_beside_the_file(stage):
    number = opened(stage)
    for file in (SimpleUploadedFile("x.xlsx", b"no workbook"), workbook([{0: "another", 3: 5}])):
        told = client(stage, "municipality_coordinator").post(answer(number, more="fill/"), {"file": file})
        assert told.status_code == 422


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "Rad 6, kolonne A: fant {0} to ganger. Tillatt: hver linje én gang."),
        ("nn", "Rad 6, kolonne A: fann {0} to gonger. Tillate: kvar linje éin gong."),
        ("en", "Row 6, column A: found {0} twice. Allowed: each line once."),
    ],
)
def test_a_line_that_stands_twice_is_told_by_its_row_in_the_readers_language(stage, language, words):
    number, (area, *_) = opened(stage), [line.area for line in lines("ordinary")]
    clerk = client(stage, "municipality_coordinator")
    clerk.cookies["language"] = language
    told = clerk.post(answer(number, more="fill/"), {"file": workbook([{0: area, 3: 5}, {0: area, 3: 6}])})
    assert words.format(area) in told.content.decode()


def test_registers_are_brought_in_by_file(stage):
    number = opened(stage)
    body = "municipality_id,residence_year,item,amount_nok,persons\n" + "".join(
        f"{HERE},{year},social_assistance,{1000 * year},20\n" for year in range(1, 6)
    )
    told = client(stage, "imdi_lead").post(
        f"/expenditure/{number}/known/",
        {"kind": "register", "file": SimpleUploadedFile("r.csv", body.encode()), "source": "test"},
    )
    assert told.status_code == 302
    with acting(SYSTEM):
        assert ExpenditureKnown.objects.count() == 5
    kostra = f"municipality_id,item,amount_nok\n{HERE},school,800000\n"
    client(stage, "imdi_lead").post(
        f"/expenditure/{number}/known/",
        {"kind": "kostra", "file": SimpleUploadedFile("k.csv", kostra.encode()), "source": "test"},
    )
    found = client(stage, "municipality_coordinator").post(answer(number, more="save/"), typed())
    assert len(json.loads(found.content)["flags"]["school"]) == 1


def test_one_figure_is_typed_on_its_page_and_the_questionnaire_holds_it_against_the_answer(stage):
    number = opened(stage)
    lead, where = client(stage, "imdi_lead"), f"/expenditure/{number}/known/figure/"
    assert (
        where.removeprefix(f"/expenditure/{number}/") in lead.get(f"/expenditure/{number}/").content.decode()
    )
    told = {"kind": "kostra", "municipality": HERE, "item": "school", "amount_nok": "800000", "source": "SSB"}
    assert lead.post(where, told | {"item": "castles"}).status_code == 409
    assert lead.post(where, told | {"amount_nok": "-1"}).status_code == 422
    assert lead.post(where, told).status_code == 302
    found = client(stage, "municipality_coordinator").post(answer(number, more="save/"), typed())
    assert len(json.loads(found.content)["flags"]["school"]) == 1
    assert client(stage, "ks").get(where).status_code == 403


def test_closing_by_page_gives_estimates_where_every_number_has_its_interval(stage):
    number = opened(stage)
    answered(stage, number)
    rates = {
        f"rate_{year}": nok
        for year, nok in zip(range(1, 6), (250000, 249500, 180000, 90000, 85500), strict=True)
    }
    lead = client(stage, "imdi_lead")
    assert lead.post(f"/expenditure/{number}/close/", {"estimator": "ratio", **rates}).status_code == 302
    for role in ("imdi_caseworker", "ks", "ministry", "county", "municipality_decider"):
        text = client(stage, role).get(f"/expenditure/{number}/estimates/").content.decode()
        assert "ds-alert" in text  # two answers: the warning stands in words
    # 855 000 over 5 x 13 x 1 692 000 / 180 = 611 000: 139,9 %
    assert "139,9" in lead.get(f"/expenditure/{number}/estimates/").content.decode()


def test_every_page_and_file_of_a_synthetic_round_says_so(stage):
    number = closed(stage, synthetic=True)
    lead = client(stage, "imdi_lead")
    for where in ("", "estimates/", "target/?target=100", f"answers/{HERE}/", f"answers/{HERE}/log/"):
        text = lead.get(f"/expenditure/{number}/{where}").content.decode()
        assert "yntetiske svar" in text, where
    assert '"synthetic": true' in lead.get(f"/expenditure/{number}/estimates.json").content.decode()
    assert lead.get(f"/expenditure/{number}/estimates.csv").content.decode().splitlines()[1].endswith(",1")
    word = zipfile.ZipFile(io.BytesIO(lead.get(f"/expenditure/{number}/report.docx").content))
    assert "syntetiske" in word.read("word/document.xml").decode()


def test_the_report_is_word_and_pdf_in_both_forms(stage):
    number = closed(stage)
    ks = client(stage, "ks")
    assert ks.get(f"/expenditure/{number}/report.pdf").content.startswith(b"%PDF")
    texts = [
        zipfile.ZipFile(io.BytesIO(ks.get(f"/expenditure/{number}/report.docx?language={one}").content))
        .read("word/document.xml")
        .decode()
        for one in ("nb", "nn")
    ]
    assert "Kommunenes utgifter i 2025" in texts[0]
    assert "Utgiftene til kommunane i 2025" in texts[1]
    assert ks.get(f"/expenditure/{number}/report.txt").status_code == 404


def test_a_scenario_is_the_partys_own_on_page_and_in_file(stage):
    from decimal import Decimal

    number = closed(stage)
    made = make_expenditure_scenario(stage["ks"], round_id=number, name="Helhet", target_percent=Decimal(100))
    where = f"/expenditure/{number}/target/{made}/"
    for more in ("", "file.csv", "file.xlsx", "file.json"):
        assert client(stage, "ks").get(where + more).status_code == 200
        assert client(stage, "ministry").get(where + more).status_code == 404
        assert client(stage, "municipality_decider").get(where + more).status_code == 403
    assert "Helhet" not in client(stage, "ministry").get(f"/expenditure/{number}/target/").content.decode()
    share_expenditure_scenario(stage["ks"], scenario_id=made)
    assert client(stage, "ministry").get(where).status_code == 200
    assert client(stage, "ministry").post(f"{where}drop/").status_code == 404


def test_a_target_is_tried_kept_and_shared_by_page(stage):
    number = closed(stage)
    ks = client(stage, "ks")
    text = ks.get(f"/expenditure/{number}/target/?target=100").content.decode()
    assert "2027" in text  # no need is stated for 2027, and the page says so
    kept = ks.post(f"/expenditure/{number}/target/", {"target": "100", "name": "Helhet"})
    assert kept.status_code == 302
    assert ks.post(f"{kept.headers['Location']}share/").status_code == 302
    assert ks.get(f"/expenditure/{number}/target/?target=0").status_code == 422
    nameless = ks.post(f"/expenditure/{number}/target/", {"target": "95.5", "name": ""})
    assert nameless.status_code == 422
    assert 'value="95.5"' in nameless.content.decode()  # what was tried stands beside the field to mend
    again = ks.post(f"/expenditure/{number}/target/", {"target": "90", "name": "Helhet"})
    assert again.status_code == 409


def test_a_plan_is_seen_by_the_committee_only(stage):
    number = planned(stage)
    assert client(stage, "imdi_lead").get(f"/expenditure/{number}/").status_code == 200
    assert client(stage, "municipality_decider").get(f"/expenditure/{number}/").status_code == 404


def test_the_list_of_answers_takes_the_same_number_of_questions_however_many_there_are(
    stage, django_assert_max_num_queries
):
    number = opened(stage)
    lead = client(stage, "imdi_lead")
    lead.get(f"/expenditure/{number}/")
    with django_assert_max_num_queries(40):
        lead.get(f"/expenditure/{number}/")
