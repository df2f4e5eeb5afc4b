"""The year's report and the years on their pages: who reads, who writes, what is said, what is never lost."""

from __future__ import annotations

import io
import uuid

import pypdf
import pytest
from django.test import Client
from docx import Document

from bosett_server.actions.year_report import reopen_year_report
from tests.bosett_server.agreement.reports import ABOUT, NB, NN, approved, begun, published, seen, write
from tests.bosett_server.cast import DAY, World, world

PUBLIC_PAGE, WORK = f"/agreement/reports/{ABOUT}/", f"/agreement/reports/{ABOUT}/work/"


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    return world()


def as_role(stage: World, role: str, language: str = "nb") -> Client:
    client = Client()
    client.cookies["language"] = language
    if role != "public":
        client.force_login(stage.users[role])
    return client


def text(response) -> str:
    return response.content.decode().replace("&#x27;", "'").replace("&quot;", '"')


def post(client: Client, where: str, **fields: object):
    return client.post(where, {"request_key": str(uuid.uuid4()), **fields})


def test_everybody_reads_what_is_published_without_a_login_in_both_forms(stage):
    published(stage)
    listed = text(as_role(stage, "public").get("/agreement/reports/"))
    assert PUBLIC_PAGE in listed
    assert "work/" not in listed
    for language, words in (("nb", NB), ("nn", NN), ("en", NB)):
        told = as_role(stage, "public", language).get(PUBLIC_PAGE)
        assert told.status_code == 200
        assert words in text(told)
    assert NN in text(as_role(stage, "public").get(PUBLIC_PAGE + "?language=nn"))


def test_nobody_reads_a_report_that_is_not_published(stage):
    begun(stage)
    for role in ("public", "ks", "municipality_decider"):
        assert as_role(stage, role).get(PUBLIC_PAGE).status_code == 404


@pytest.mark.parametrize("form", ["nb", "nn"])
def test_the_published_report_is_a_tagged_pdf_and_a_word_file_with_the_same_words(stage, form):
    published(stage)
    client = as_role(stage, "public")
    words = {"nb": NB, "nn": NN}[form]
    pdf = client.get(f"{PUBLIC_PAGE}report.pdf?language={form}")
    reader = pypdf.PdfReader(io.BytesIO(pdf.content))
    assert words in " ".join(page.extract_text() for page in reader.pages).replace("\n", " ")
    assert reader.trailer["/Root"]["/Lang"] == f"{form}-NO"
    word = Document(io.BytesIO(client.get(f"{PUBLIC_PAGE}report.docx?language={form}").content))
    assert words in [one.text for one in word.paragraphs]
    assert any("KDD 16. mars 2026" in one.text for one in word.paragraphs)
    assert client.get(f"{PUBLIC_PAGE}report.odt").status_code == 404


@pytest.mark.parametrize(
    "role", ["imdi_caseworker", "municipality_coordinator", "county", "nav", "udi_reception"]
)
def test_who_does_not_write_has_no_page_of_the_work(stage, role):
    begun(stage)
    client = as_role(stage, role)
    for where in (WORK, WORK + "need/", WORK + "draft.pdf", WORK + "reopen/"):
        assert client.get(where).status_code == 403
    assert as_role(stage, "public").get(WORK).status_code == 302


def test_a_report_is_begun_written_approved_and_published_on_its_pages(stage):
    lead, ks = as_role(stage, "imdi_lead"), as_role(stage, "ks")
    assert post(lead, "/agreement/reports/begin/", year=ABOUT).url == WORK
    assert text(ks.get(WORK + "need/")).count("Innhold") == 0
    assert post(ks, WORK + "need/", nb=NB, nn=NN, on_number=0).url == WORK + "#need"
    assert "Skrevet av KS" in text(ks.get(WORK))
    assert "Publiser for alle" not in text(lead.get(WORK))
    assert post(ks, WORK + "approve/", revision=seen(stage).revision).url == WORK
    approved(stage, "AID", "JD", "BFD", "KDD")
    assert "Publiser for alle" in text(lead.get(WORK))
    assert post(lead, WORK + "publish/").url == WORK
    assert NB in text(as_role(stage, "public").get(PUBLIC_PAGE))


def test_two_who_write_at_once_lose_nothing_and_the_next_try_stands_on_top(stage):
    begun(stage)
    write(stage["ministry"], nb="Departementets ord.", nn="Orda til departementet.")
    client = as_role(stage, "ks")
    refused = post(client, WORK + "need/", nb=NB, nn=NN, on_number=0)
    assert refused.status_code == 409
    told = text(refused)
    assert "Departementets ord." in told
    assert f">\n{NB}</textarea>" in told
    assert 'name="on_number" value="1"' in told
    assert post(client, WORK + "need/", nb=NB, nn=NN, on_number=1).status_code == 302


def test_a_refused_step_is_told_on_the_page(stage):
    begun(stage)
    refused = post(as_role(stage, "imdi_lead"), WORK + "regenerate/")
    assert refused.status_code == 409
    assert "Ingenting er endret" in text(refused)
    wrong = post(as_role(stage, "ks"), WORK + "need/", nb=NB, nn="", on_number=0)
    assert (wrong.status_code, "både bokmål og nynorsk" in text(wrong)) == (409, True)
    assert as_role(stage, "ks").get(WORK + "sources/").status_code == 404


def test_an_earlier_version_stands_beside_the_newest_with_the_reason(stage):
    published(stage)
    reopen_year_report(stage["ks"], year=ABOUT, reason="Et tall var feil.")
    write(stage["ks"], on=1, nb="Rettet.", nn="Retta.")
    approved(stage)
    post(as_role(stage, "imdi_lead"), WORK + "publish/")
    told = text(as_role(stage, "public").get(PUBLIC_PAGE))
    assert "Rettet." in told
    assert "Et tall var feil." in told
    assert NB in text(as_role(stage, "public").get(PUBLIC_PAGE + "?number=1"))


def test_the_years_show_each_state_as_a_sign_with_its_words(stage):
    told = text(as_role(stage, "ks").get("/agreement/years/"))
    assert '<span aria-hidden="true">✕</span><span class="ds-sr-only">Ikke holdt</span>' in told
    # IMDi's letter of 18 March 2022: 5,500 to 35,000.
    assert "2022-03-18" in told
    assert "\u202f" in told
    assert as_role(stage, "public").get("/agreement/years/").status_code == 302


def test_the_pages_ask_the_database_as_often_however_much_was_written(
    stage, django_assert_max_num_queries, django_assert_num_queries
):
    begun(stage)
    client = as_role(stage, "ks")
    with django_assert_max_num_queries(60) as first:
        client.get(WORK)
    for section in ("need", "asked", "voted", "settled", "time"):
        write(stage["ks"], section=section)
    with django_assert_num_queries(len(first)):
        client.get(WORK)
