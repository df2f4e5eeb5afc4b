"""The letters of a round: written in parts, delivered once, with the journal; and taken up where they stopped."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from bosett.terms.errors import Refused
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.distribution import adjust_line
from bosett_server.actions.round_letters import (
    deliver_letter_part,
    fail_letters,
    order_letters,
    write_letter_part,
)
from bosett_server.actions.round_sending import send_round
from bosett_server.jobs.letters import write_letters
from bosett_server.queries.round_letters import letter_facts, letter_job, letters
from bosett_server.records.models import Notice, Round, RoundLetter
from tests.bosett_server.cast import DAY, HERE, THERE, YEAR, World, world
from tests.bosett_server.distribution.scenes import drafted, everybody


@pytest.fixture
def stage(db, settings, tmp_path) -> World:
    settings.BOSETT_TODAY = DAY
    settings.BOSETT_LETTERS = tmp_path / "letters"
    found = world()
    everybody(found)
    return found


def sent(stage: World) -> int:
    """A second round in which 12 municipalities of 357 get another number than before."""
    made = drafted(stage)
    with acting(stage["imdi_lead"]):
        rows = list(Round.objects.get(pk=made).lines.values_list("municipality_id", "asked"))
    keep = {HERE: 40, THERE: 50} | {code: 2 for code, _ in rows if code[:2] == "56"}
    for code, number in rows:
        if keep.get(code, 0) != number:
            adjust_line(
                stage["imdi_lead"], round=made, municipality=code, asked=keep.get(code, 0), reason="Til prøve"
            )
    send_round(stage["imdi_lead"], round=made, reason="Til prøve", unheard_reason="agreed_without")
    return made


def ordered(stage: World) -> int:
    made = sent(stage)
    order_letters(stage["imdi_lead"], round=made, case_number="2026/17")
    return made


def test_a_letter_is_for_each_whose_number_the_round_set_anew(stage):
    made = sent(stage)
    with acting(stage["imdi_lead"]):
        facts = {
            one.municipality: one for one in letter_facts(Round.objects.get(pk=made), "1", exercise=False)
        }
    assert THERE not in facts
    assert (facts[HERE].former_asked, facts[HERE].asked) == (60, 40)
    assert facts["0301"].asked is None
    assert facts["0301"].reasons == ()
    assert any("gir" in text or "hånd" in text for text in facts[HERE].reasons)


def test_letters_are_written_delivered_and_journalled(stage, settings):
    made = ordered(stage)
    with acting(stage["imdi_lead"]):
        total = letter_job(stage["imdi_lead"], made).total
    write_letters(made)
    with acting(stage["imdi_lead"]):
        job = letter_job(stage["imdi_lead"], made)
        found = letters(stage["imdi_lead"], made)
    assert (job.state, job.done, len(found)) == ("done", total, total)
    assert {one.outcome for one in found} == {"delivered"}
    (here,) = [one for one in found if one.municipality == HERE]
    laid = Path(settings.BOSETT_LETTERS) / here.reference
    assert laid.read_bytes().startswith(b"%PDF")
    with acting(stage["ks"]):
        assert Notice.objects.get(code="letters_done").facts["not_delivered"] == 0
    client = Client()
    client.force_login(stage.users["imdi_lead"])
    answer = client.get(f"/requests/{YEAR}/rounds/2/journal.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        rows = list(csv.DictReader(io.StringIO(packed.read("journal.csv").decode("utf-8-sig"))))
        told = json.loads(packed.read("journal.json"))["journalposter"]
        assert len(packed.namelist()) == total + 2
    assert len(rows) == len(told) == total
    assert {row["saksnummer"] for row in told} == {"2026/17"}
    assert next(row["sjekksum"] for row in told if row["mottakerkode"] == HERE) == here.sha256


def test_work_that_stopped_goes_on_where_it_stopped_and_no_letter_comes_twice(stage):
    made = ordered(stage)
    left = write_letter_part(stage["system"], round=made)
    with acting(stage["system"]):
        first = dict(RoundLetter.objects.values_list("municipality_id", "pk"))
    assert left == 357 - 1 - 30
    fail_letters(stage["system"], round=made, code="DiskFull")
    with acting(stage["imdi_lead"]):
        assert letter_job(stage["imdi_lead"], made).state == "failed"
        assert Notice.objects.filter(code="letters_failed").count() == 1
    order_letters(stage["imdi_lead"], round=made, case_number="2026/17")
    assert write_letter_part(stage["system"], round=made) == left - 30
    with acting(stage["system"]):
        now = dict(RoundLetter.objects.values_list("municipality_id", "pk"))
    assert {code: now[code] for code in first} == first
    assert deliver_letter_part(stage["system"], round=made) == 30


def test_letters_are_ordered_once_by_the_lead_after_sending(stage):
    made = drafted(stage)
    with pytest.raises(Refused, match="letters_before_sending"):
        order_letters(stage["imdi_lead"], round=made, case_number="1")
    with pytest.raises(Refused, match="case_number_missing"):
        order_letters(stage["imdi_lead"], round=stage.round.pk, case_number=" ")
    with pytest.raises(NotPermitted):
        order_letters(stage["imdi_caseworker"], round=stage.round.pk, case_number="1")
    with pytest.raises(NotInSight):
        order_letters(stage["imdi_lead"], round=98765, case_number="1")
    order_letters(stage["imdi_lead"], round=stage.round.pk, case_number="1")
    with pytest.raises(Refused, match="letters_under_way"):
        order_letters(stage["imdi_lead"], round=stage.round.pk, case_number="1")


def test_a_municipality_reads_its_own_letter_a_county_its_own_and_ks_all(stage):
    order_letters(stage["imdi_lead"], round=stage.round.pk, case_number="2026/17")
    write_letters(stage.round.pk)
    address = f"/requests/{YEAR}/rounds/1/letters/"

    def status(role: str, code: str) -> int:
        client = Client()
        client.force_login(stage.users[role])
        return client.get(f"{address}{code}/").status_code

    assert [status(role, HERE) for role in ("municipality_decider", "county", "ks", "imdi_caseworker")] == [
        200
    ] * 4
    assert [status(role, THERE) for role in ("municipality_decider", "county", "ks")] == [404, 404, 200]
    assert status("stranger", HERE) == 404
    assert status("nav", HERE) == 403


def test_the_progress_asks_again_only_while_there_is_more_to_wait_for(stage):
    client = Client()
    client.force_login(stage.users["imdi_lead"])
    ordered_page = client.post(
        f"/requests/{YEAR}/rounds/1/letters/", {"case_number": "1", "request_key": "a"}
    )
    assert ordered_page.status_code == 302
    waiting = client.get(f"/requests/{YEAR}/rounds/1/progress/").content.decode()
    assert "every 2s" in waiting
    write_letters(stage.round.pk)
    assert "every 2s" not in client.get(f"/requests/{YEAR}/rounds/1/progress/").content.decode()
    assert client.get(f"/requests/{YEAR}/rounds/1/").status_code == 200


def test_the_letters_of_the_demo_are_marked_as_an_exercise(stage, settings):
    settings.BOSETT_DEMO = True
    with acting(stage["imdi_lead"]):
        (one, *_rest) = letter_facts(stage.round, "1", exercise=settings.BOSETT_DEMO)
    assert one.exercise
    assert one.deadline >= DAY - timedelta(days=400)
