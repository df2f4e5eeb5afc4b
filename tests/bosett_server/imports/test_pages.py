"""The pages of the imports room: upload, difference, defects, bringing in, taking back; sizes; languages."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bosett.sources.defect_codes import DEFECT_CODES
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.figure_imports import check_import
from bosett_server.actions.import_files import Incoming
from bosett_server.actions.registry import load_registry
from bosett_server.records.models import ImportBatch, Observation
from tests.bosett.sources.bad_files import BAD
from tests.bosett_server.cast import DAY, World, world
from tests.bosett_server.imports.files import bulk, long_template, settled


@pytest.fixture
def stage(db, settings, tmp_path) -> World:
    settings.BOSETT_TODAY = DAY
    settings.STATIC_ROOT = tmp_path
    made = world()
    load_registry(SYSTEM, on=DAY)
    return made


@pytest.fixture
def lead(stage) -> Client:
    return browser(stage, "imdi_lead")


def browser(stage: World, role: str, language: str = "nb") -> Client:
    client = Client()
    client.force_login(stage.users[role])
    client.cookies["language"] = language
    return client


def upload(client: Client, file: Any, kind: str = "imdi_bulk", **told: str) -> Any:
    sent = {
        "file": SimpleUploadedFile(file.name, file.content),
        "request_key": f"k{file.sha256[:8]}{kind}",
        **told,
    }
    return client.post(f"/imports/new/{kind}/", sent)


def test_a_file_goes_from_upload_to_figures_and_back(lead):
    checked = upload(lead, settled(2023, k3301=12, k4203=":"))
    assert checked.status_code == 302
    page = lead.get(checked.url).content.decode()
    assert "3301 Drammen" in page
    assert "skjermet" in page
    assert "Hent inn alle 2 endringene" in page
    assert lead.post(f"{checked.url}apply/", {"request_key": "a"}).status_code == 302
    page = lead.get(checked.url).content.decode()
    assert "Hentet inn" in page
    assert "Ta importen tilbake" in page
    assert lead.post(f"{checked.url}undo/", {"request_key": "u"}).status_code == 302
    assert "Tatt tilbake" in lead.get(checked.url).content.decode()
    history = lead.get("/imports/").content.decode()
    assert "bosatt.csv" in history
    assert "Tok tilbake import" in history


def test_a_wrong_file_shows_every_error_by_row_and_column_and_offers_nothing_to_bring_in(lead):
    rows = ["Personer;2023;3301;;Faktisk bosetting;tolv", "Personer;20x3;4203;;Faktisk bosetting;7"]
    page = lead.get(upload(lead, bulk(*rows)).url).content.decode()
    assert page.count("En celle inneholder noe som ikke er tillatt der.") == 2
    assert "Antall" in page
    assert "/apply/" not in page
    found = lead.get(f"/imports/{_newest()}/defects.csv")
    assert [line.split(",")[2:4] for line in found.content.decode().splitlines()[1:]] == [
        ["2", "Antall"],
        ["3", "År"],
    ]


def _newest() -> int:
    with acting(SYSTEM):
        return ImportBatch.objects.order_by("-pk").values_list("pk", flat=True)[0]


def test_the_same_file_again_is_told_beside_the_field(lead):
    first = upload(lead, settled(2023, k3301=12))
    lead.post(f"{first.url}apply/", {"request_key": "a"})
    again = lead.post(
        "/imports/new/imdi_bulk/",
        {"file": SimpleUploadedFile("b.csv", settled(2023, k3301=12).content), "request_key": "other"},
    )
    assert again.status_code == 409
    assert "16. mars 2026" in again.content.decode()


def test_a_step_that_is_refused_says_why_on_the_imports_own_page(lead):
    mine, theirs = upload(lead, settled(2023, k3301=12)), upload(lead, settled(2023, k3301=13))
    lead.post(f"{theirs.url}apply/", {"request_key": "a"})
    refused = lead.post(f"{mine.url}apply/", {"request_key": "b"})
    assert refused.status_code == 409
    assert "Noen har hentet inn de samme tallene" in refused.content.decode()


class Endless(BytesIO):
    """A body that must not be read into memory: it counts what is taken at once."""

    most = 0

    def read(self, size: int = -1) -> bytes:  # type: ignore[override]
        assert size >= 0, "the body is read whole"
        self.most = max(self.most, size)
        return b"x" * size


@pytest.mark.parametrize("path", ["/imports/new/imdi_bulk/", "/api/v1/imports/batches"])
def test_a_file_of_200_megabytes_is_refused_by_its_size_before_it_is_read(lead, path):
    body = Endless()
    answer = lead.generic(
        "POST", path, b"", content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(200 * 2**20), **{"wsgi.input": body},
    )  # fmt: skip
    assert answer.status_code == 413
    assert "200 MB" in answer.content.decode()
    assert body.most <= 2**20
    with acting(SYSTEM):
        assert not ImportBatch.objects.exists()


def test_a_page_of_an_import_under_way_follows_along_by_itself(stage, lead):
    batch = check_import(
        stage["imdi_lead"], kind="template", file=long_template(9_000, ["0301", "3301"] * 200)
    )
    page = lead.get(f"/imports/{batch}/")
    assert page.headers["Refresh"] == "2"
    assert "Venter på tur" in page.content.decode()


def test_the_template_is_the_headings_alone(lead):
    assert lead.get("/imports/templates/template.csv").content.decode().splitlines() == [
        "kommunenummer,year,metric,value,status,source,licence,retrieved_at"
    ]
    assert lead.get("/imports/templates/imdi_bulk.csv").status_code == 404


def test_the_whole_difference_can_be_taken_along(lead):
    checked = upload(lead, settled(2023, k3301=12, k4203=":"))
    lines = lead.get(f"{checked.url}difference.csv").content.decode().splitlines()
    assert lines[0].startswith("operation,what,place")
    assert [line.split(",")[:4] for line in lines[1:]] == [
        ["added", "settled", "3301", "2023"], ["added", "settled", "4203", "2023"],
    ]  # fmt: skip
    assert lead.get(f"{checked.url}difference.xlsx").status_code == 200


def test_others_read_the_history_and_see_no_button(stage, lead):
    checked = upload(lead, settled(2023, k3301=12))
    other = browser(stage, "ministry")
    assert other.get(checked.url).status_code == 404
    lead.post(f"{checked.url}apply/", {"request_key": "a"})
    page = other.get(checked.url)
    assert page.status_code == 200
    assert "/undo/" not in page.content.decode()
    assert "/imports/new/" not in other.get("/imports/").content.decode()
    assert other.get("/imports/new/imdi_bulk/").status_code == 403


@pytest.mark.parametrize("kind", ["template", "jsonstat", "imdi_pages", "udi_monthly", "boundaries"])
def test_every_kind_has_its_form_in_both_forms_of_norwegian(stage, kind):
    for language, words in (("nb", "Kontroller filen"), ("nn", "Kontroller fila")):
        assert words in browser(stage, "imdi_lead", language).get(f"/imports/new/{kind}/").content.decode()


def test_the_history_asks_the_same_number_of_questions_however_long_it_is(stage, lead):
    def questions() -> int:
        with CaptureQueriesContext(connection) as told:
            assert lead.get("/imports/").status_code == 200
        return len(told)

    upload(lead, settled(2023, k3301=1))
    few = questions()
    for number in range(2, 8):
        upload(lead, settled(2023, k3301=number))
    assert questions() == few


def test_nothing_is_stored_of_a_file_that_is_looked_at_only(stage, lead):
    upload(lead, settled(2023, k3301=12))
    with acting(SYSTEM):
        assert not Observation.objects.exists()


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.what)
def test_each_bad_file_is_told_on_its_page_in_norwegian_and_cannot_be_brought_in(lead, bad):
    answer = upload(lead, Incoming(bad.name, bad.content), bad.kind, retrieved="2026-02-01")
    page = (lead.get(answer.url) if answer.status_code == 302 else answer).content.decode()
    for code in bad.codes:
        assert DEFECT_CODES[code].nb in page
    assert ("/apply/" in page) is bad.accepted
    with acting(SYSTEM):
        assert not Observation.objects.exists()
