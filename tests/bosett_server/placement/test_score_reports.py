"""A score table is measured before anybody may let it be used, and put out of use when it fails later."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bosett.placement.outcomes.report import SHOWN
from bosett.terms.errors import BadInput, Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotPermitted
from bosett_server.actions.import_files import Incoming
from bosett_server.actions.placement_scores import CARD, approve_scores, load_scores, report_scores
from bosett_server.queries.placement_score_report import read_report, report_of
from bosett_server.queries.placement_scores import read_scores
from bosett_server.records.models import PlacementScores
from tests.bosett_server.cast import HERE, THERE, household
from tests.bosett_server.placement.scenes import events, measured
from tests.bosett_server.placement.test_run_pages import client, text

LEAD, IMDI = "imdi_lead", "imdi_caseworker"
DRIFTED = {"shifts": {"children": 0.31}, "told": 0.4, "reached": 0.39, "verdict": "learn_again"}
SEES = {"mean": 0.01, "worst": 0.031}


def table(stage) -> Incoming:
    home = household(stage)
    return Incoming("scores.csv", f"household_id,{HERE},{THERE}\n{home.reference},1,2\n".encode())


def loaded(stage, file: Incoming, report: Incoming | None) -> int:
    return load_scores(
        stage[LEAD], name="Syntetisk", file=file, card=dict.fromkeys(CARD, "Syntetisk."), report=report
    )


def state(number: int) -> str:
    with acting(SYSTEM):
        return PlacementScores.objects.get(pk=number).state


@pytest.mark.parametrize(
    ("changes", "code"),
    [(None, "scores_lack_report"), ({"null_world": SEES}, "scores_see_effects_that_are_not_there"),
     ({"null_world": {"mean": 0.0, "worst": -0.021}}, "scores_see_effects_that_are_not_there"),
     ({"drift": DRIFTED}, "scores_have_drifted")],
)  # fmt: skip
def test_a_table_that_nobody_measured_or_that_failed_is_not_approved(stage, changes, code):
    file = table(stage)
    number = loaded(stage, file, None if changes is None else measured(file, **changes))
    with pytest.raises(Refused, match=code):
        approve_scores(stage[LEAD], scores=number)
    assert state(number) == "checked"


def test_a_table_in_use_that_fails_a_newer_measurement_is_out_of_use_at_once(stage):
    file = table(stage)
    number = loaded(stage, file, measured(file))
    approve_scores(stage[LEAD], scores=number)
    report_scores(stage[LEAD], scores=number, report=measured(file, drift=None))
    assert state(number) == "active"
    report_scores(stage[LEAD], scores=number, report=measured(file, drift=DRIFTED))
    assert state(number) == "retired"
    assert events(stage, "report_scores")[-1].facts["drift"] == "learn_again"
    with pytest.raises(Refused, match="scores_moved_on"):
        report_scores(stage[LEAD], scores=number, report=measured(file))


def test_a_report_of_another_table_is_refused_and_nothing_is_stored(stage):
    file = table(stage)
    with pytest.raises(Refused, match="score_report_of_another_table"):
        loaded(stage, file, measured(Incoming("other.csv", b"x")))
    with acting(SYSTEM):
        assert not PlacementScores.objects.exists()


def test_only_the_lead_measures(stage):
    file = table(stage)
    number = loaded(stage, file, None)
    with pytest.raises(NotPermitted):
        report_scores(stage[IMDI], scores=number, report=measured(file))
    shown = client(stage, IMDI).post(
        f"/proposals/scores/{number}/report/",
        {"report": SimpleUploadedFile("s.json", measured(file).content)},
    )
    assert shown.status_code == 403


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"adults": 1}'])
def test_what_is_no_report_is_refused_by_name(content):
    with pytest.raises(BadInput, match=r"summary\.json"):
        read_report(content, "summary.json")


def test_a_report_with_a_number_that_is_none_is_refused():
    told = json.loads(measured(Incoming("s.csv", b"x")).content)
    told["null_world"]["worst"] = float("nan")
    with pytest.raises(BadInput, match="finite"):
        read_report(json.dumps(told).encode(), "summary.json")


def test_what_the_command_writes_is_what_the_service_reads(tmp_path):
    from bosett.cli.main import main
    from tests.bosett.cli.test_outcomes_command import register

    past = register(tmp_path / "past.csv", effect=0.0)
    adults = tmp_path / "adults.csv"
    adults.write_text("household_id,education_years,experience_years,children,adults\nSYN-1,12,3,0,1\n")
    out = tmp_path / "out"
    main(["outcomes", str(past), "--adults", str(adults), "--later", str(past), "--out", str(out)])
    told = report_of(read_report((out / "summary.json").read_bytes(), "summary.json"))
    scores = Incoming("scores.csv", (out / "scores.csv").read_bytes())
    assert told.may_be_used
    assert told.scores_sha256 == scores.sha256
    assert read_scores(scores.content, scores.name).references == ("SYN-1",)
    assert told.drift is not None
    assert all(one.adults >= SHOWN for one in told.groups if one.told is not None)


def test_a_faulty_report_is_told_on_the_page_and_a_failed_one_too(stage):
    file = table(stage)
    number = loaded(stage, file, measured(file))
    lead, address = client(stage, LEAD), f"/proposals/scores/{number}/"
    assert lead.post(f"{address}report/", {}).status_code == 422
    wrong = lead.post(f"{address}report/", {"report": SimpleUploadedFile("s.json", b"{}")})
    assert (wrong.status_code, "cannot be read" in text(wrong)) == (409, True)
    approve_scores(stage[LEAD], scores=number)
    failed = SimpleUploadedFile("s.json", measured(file, null_world=SEES).content)
    assert lead.post(f"{address}report/", {"report": failed}).status_code == 302
    assert "out of use from now on" in text(lead.get(address))
    assert state(number) == "retired"
