"""Imports over the API: a file checked, looked at, applied, undone, dropped; another register's export."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting
from bosett_server.actions.import_files import Incoming
from bosett_server.actions.registry import load_registry
from bosett_server.records.models import ImportBatch, Observation
from bosett_server.web import middleware
from tests.bosett_server.cast import DAY, HERE, World, world
from tests.bosett_server.imports.files import assigned, bulk, settled


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    made = world()
    load_registry(SYSTEM, on=DAY)
    return made


class Machine:
    """A caller whose token has been read: the reading itself is tested with the tokens."""

    def __init__(self, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
        self.actor = replace(actor, channel="api")
        self.patch = monkeypatch

    def __call__(
        self, method: str, path: str, file: Incoming | None = None, key: str = "", **told: str
    ) -> Any:
        self.patch.setattr(middleware, "_api_actor", lambda _request: self.actor)
        headers = {"Authorization": "Bearer read-elsewhere"} | ({"Idempotency-Key": key} if key else {})
        sent = {"data": {"file": SimpleUploadedFile(file.name, file.content), **told}} if file else {}
        return getattr(Client(), method)(f"/api/v1/imports/{path}", headers=headers, **sent)


@pytest.fixture
def lead(stage, monkeypatch) -> Machine:
    return Machine(stage["imdi_lead"], monkeypatch)


def test_a_file_goes_in_and_out_over_the_api(lead):
    made = lead("post", "batches", settled(2023, k3301=12, k4203=":"), kind="imdi_bulk", whole="true")
    assert made.status_code == 200
    number = made.json()["id"]
    told = lead("get", f"batches/{number}").json()
    assert (told["state"], told["added"], told["whole"], told["tables"]) == (
        "checked", 2, True, ["settlement/imdi_bulk"],
    )  # fmt: skip
    lines = lead("get", f"batches/{number}/difference?limit=1").json()
    assert lines["items"] == [
        {"operation": "added", "what": "settled", "place": "3301", "period": "2023", "breakdown": {},
         "before": None, "after": {"state": "number", "value": "12"}}
    ]  # fmt: skip
    rest = lead("get", f"batches/{number}/difference?cursor={lines['next']}").json()
    assert [one["after"]["state"] for one in rest["items"]] == ["suppressed"]
    applied = lead("post", f"batches/{number}/application", key="k1")
    assert (applied.status_code, applied.json()) == (200, {"state": "applied"})
    assert lead("post", f"batches/{number}/application", key="k1").json() == {"state": "applied"}
    assert lead("post", f"batches/{number}/undoing").json() == {"state": "undone"}
    assert [one["undoes"] for one in lead("get", "batches").json()["items"]] == [number, None]


def test_the_history_is_paged_by_cursor(lead):
    for number in range(5):
        lead("post", "batches", settled(2023, k3301=number), kind="imdi_bulk")
    seen, cursor = [], ""
    for _ in range(4):
        page = lead("get", f"batches?limit=2&cursor={cursor}").json()
        seen, cursor = seen + [one["id"] for one in page["items"]], page["next"]
        if not cursor:
            break
    assert (len(seen), seen) == (5, sorted(seen, reverse=True))


def test_a_bad_file_is_kept_as_refused_with_its_defects_and_dropped_on_request(lead):
    wrong = bulk("Personer;2023;3301;;Faktisk bosetting;tolv")
    number = lead("post", "batches", wrong, kind="imdi_bulk").json()["id"]
    assert lead("get", f"batches/{number}").json()["state"] == "refused"
    (defect,) = lead("get", f"batches/{number}/defects").json()["items"]
    assert (defect["row"], defect["column"], defect["severity"]) == (2, "Antall", "error")
    answer = lead("post", f"batches/{number}/application")
    assert (answer.status_code, answer.json()["code"]) == (409, "import_not_ready")
    assert lead("delete", f"batches/{number}").status_code == 200
    assert lead("get", f"batches/{number}").status_code == 404


def test_an_unknown_kind_and_a_missing_file_are_problems(lead):
    answer = lead("post", "batches", settled(2023, k3301=1), kind="tea_leaves")
    assert (answer.status_code, answer.json()["code"]) == (409, "import_kind_not_known")
    assert lead("post", "batches").status_code == 422
    with acting(SYSTEM):
        assert not ImportBatch.objects.exists()


def test_every_kind_is_listed_with_its_template(lead):
    kinds = {one["kind"]: one for one in lead("get", "kinds").json()["items"]}
    assert kinds["template"]["columns"][0] == "kommunenummer"
    assert kinds["assignments"]["subject"] == "assignments"


def test_another_registers_export_goes_through_the_api(stage, lead):
    file = assigned(("900000000001", HERE, "2026-03-01"))
    number = lead("post", "registers", file, kind="assignments").json()["id"]
    (line,) = lead("get", f"registers/{number}/lines").json()["items"]
    assert (line["operation"], line["rows"], line["why"]) == ("new", [2], "not_in_register")
    answer = lead("post", f"registers/{number}/application")
    assert (answer.status_code, answer.json()["code"]) == (409, "nobody_to_import")
    assert lead("delete", f"registers/{number}").status_code == 200


def test_others_may_not_and_nothing_is_stored(stage, monkeypatch):
    other = Machine(stage["imdi_caseworker"], monkeypatch)
    assert other("post", "batches", settled(2023, k3301=1), kind="imdi_bulk").status_code == 403
    with acting(SYSTEM):
        assert not Observation.objects.exists()
