"""On behalf, approval, more than the vedtak, minors: allowed, refused, audited, rolled back."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.decisions import AnswerKind
from bosett.terms.errors import Refused
from bosett.terms.groups import Group
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.decisions import (
    approve_vedtak,
    record_vedtak,
    record_vedtak_for,
    say_can_take_more,
)
from bosett_server.records.models import AuditEvent, Notice, Quota, VersionedFigure
from tests.bosett_server.cast import DAY, HERE, NOW, THERE, YEAR, World, world


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    made = world()
    with acting(made["system"]):
        VersionedFigure.objects.create(
            what="asked", municipality_id=HERE, year=YEAR, group="em_under15", value=6, valid_from=DAY,
            recorded_at=NOW, source="test", round=made.round,
        )  # fmt: skip
    return made


def own(stage: World, numbers: dict[Group, int], **more) -> int:
    told = {"kind": AnswerKind.NUMBER, "decided_on": date(2026, 2, 5), "source": "Sak 1/26"} | more
    return record_vedtak(stage["municipality_decider"], municipality=HERE, year=YEAR, numbers=numbers, **told)


def on_behalf(stage: World, role: str = "imdi_lead", municipality: str = HERE, **more) -> int:
    told = {"kind": AnswerKind.NUMBER, "decided_on": date(2026, 2, 5), "source": "Brev fra kommunen"} | more
    return record_vedtak_for(
        stage[role], municipality=municipality, year=YEAR, numbers={Group.ALL: 40}, **told
    )


def approve(stage: World) -> int:
    return approve_vedtak(stage["municipality_decider"], municipality=HERE, year=YEAR)


def quota(stage: World, group: str = "all") -> int | None:
    with acting(stage["imdi_lead"]):
        found = Quota.objects.filter(municipality_id=HERE, year=YEAR, group=group).first()
        return found.vedtak if found else None


def events(stage: World, verb: str) -> list[tuple[str, object]]:
    with acting(stage["auditor"]):
        rows = AuditEvent.objects.filter(verb=verb).order_by("id")
        return [(row.outcome, row.facts.get("code")) for row in rows]


def test_an_answer_on_behalf_gives_no_places_and_tells_the_municipality(stage):
    on_behalf(stage)
    assert quota(stage) is None
    assert events(stage, "record_vedtak_for") == [("done", None)]
    for role in ("municipality_decider", "municipality_coordinator"):
        with acting(stage[role]):
            assert Notice.objects.filter(code="vedtak_recorded_for").count() == 1
    assert approve(stage) == 40
    assert quota(stage) == 40


@pytest.mark.parametrize("role", ["imdi_caseworker", "municipality_decider", "ks", "ministry"])
def test_only_the_lead_records_on_behalf(stage, role):
    with pytest.raises(NotPermitted):
        on_behalf(stage, role)


def test_a_place_that_is_none_and_an_answer_without_a_source_are_refused(stage):
    with pytest.raises(NotInSight):
        on_behalf(stage, municipality="9999")
    with pytest.raises(Refused, match="source_missing"):
        on_behalf(stage, source=" ")
    assert [code for _, code in events(stage, "record_vedtak_for")] == ["not_in_sight", "source_missing"]


def test_nothing_and_a_thing_approved_cannot_be_approved(stage):
    with pytest.raises(Refused, match="nothing_to_approve"):
        approve(stage)
    own(stage, {}, kind=AnswerKind.AWAITING, decided_on=None, meeting_on=date(2026, 3, 20))
    with pytest.raises(Refused, match="nothing_to_approve"):
        approve(stage)
    own(stage, {Group.ALL: 40})
    approve(stage)
    with pytest.raises(Refused, match="already_approved"):
        approve(stage)


def test_a_zero_vedtak_is_in_force_as_zero_and_not_as_missing(stage):
    own(stage, {}, kind=AnswerKind.ZERO)
    approve(stage)
    assert quota(stage) == 0


def test_minors_that_a_new_vedtak_does_not_mention_are_no_longer_in_force(stage):
    own(stage, {Group.ALL: 40, Group.EM_UNDER15: 5})
    approve(stage)
    assert quota(stage, "em_under15") == 5
    own(stage, {Group.ALL: 45}, decided_on=date(2026, 3, 1))
    assert quota(stage, "em_under15") == 5  # until the new one is approved
    approve(stage)
    assert (quota(stage), quota(stage, "em_under15")) == (45, None)


def test_more_than_the_vedtak_opens_no_place_and_leaves_the_approval(stage):
    own(stage, {Group.ALL: 40})
    approve(stage)
    say_can_take_more(stage["municipality_decider"], municipality=HERE, year=YEAR, persons=12)
    assert quota(stage) == 40
    with acting(stage["imdi_caseworker"]):
        assert Notice.objects.get(code="can_take_more").facts["persons"] == 12
        rows = VersionedFigure.objects.filter(what="voted", group="all").order_by("id")
        assert [(r.value, r.can_take_more, r.approved_at is not None) for r in rows] == [
            (40, None, True),
            (40, 12, True),
        ]
    with pytest.raises(Refused, match="nothing_changed"):
        say_can_take_more(stage["municipality_decider"], municipality=HERE, year=YEAR, persons=12)


@pytest.mark.parametrize(
    ("persons", "code"), [(-1, "more_not_whole"), (2.5, "more_not_whole"), (10**6, "more_not_whole")]
)
def test_more_is_a_whole_number_within_reason(stage, persons, code):
    own(stage, {Group.ALL: 40})
    with pytest.raises(Refused, match=code):
        say_can_take_more(stage["municipality_decider"], municipality=HERE, year=YEAR, persons=persons)
    assert events(stage, "say_can_take_more") == [("refused", code)]


def test_without_a_vedtak_or_for_another_municipality_there_is_nothing_to_add_to(stage):
    with pytest.raises(Refused, match="no_vedtak_to_add_to"):
        say_can_take_more(stage["municipality_decider"], municipality=HERE, year=YEAR, persons=3)
    with pytest.raises(NotInSight):
        say_can_take_more(stage["municipality_decider"], municipality=THERE, year=YEAR, persons=3)


@pytest.mark.parametrize("step", ["on_behalf", "approve", "more"])
def test_when_the_log_fails_the_step_leaves_no_trace(stage, monkeypatch, step):
    own(stage, {Group.ALL: 40})
    steps = {
        "on_behalf": lambda: on_behalf(stage, decided_on=date(2026, 3, 1)),
        "approve": lambda: approve(stage),
        "more": lambda: say_can_take_more(
            stage["municipality_decider"], municipality=HERE, year=YEAR, persons=3
        ),
    }
    monkeypatch.setattr("bosett_server.access.audit.append", lambda *_a, **_k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        steps[step]()
    with acting(stage["imdi_lead"]):
        (row,) = VersionedFigure.objects.filter(what="voted", group="all")
        assert (row.approved_at, row.superseded_at) == (None, None)
    assert quota(stage) is None
