"""The municipality's answer: allowed, refused, audited, rolled back."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.decisions import AnswerKind
from bosett.terms.errors import Refused
from bosett.terms.groups import Group
from bosett_server.access.context import acting, request_keyed
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.decisions import approve_vedtak, record_vedtak
from bosett_server.records.models import AuditEvent, Notice, Quota, VersionedFigure
from tests.bosett_server.cast import HERE, THERE, YEAR, World, world


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = date(2026, 3, 16)
    return world()


def answer(stage: World, total: int | float, role: str = "municipality_decider", **more):
    told = {"municipality": HERE, "year": YEAR, "decided_on": date(2026, 2, 5), "source": "Sak 12/26"} | more
    return record_vedtak(stage[role], kind=AnswerKind.NUMBER, numbers={Group.ALL: total}, **told)


def events(stage: World, verb: str) -> list[AuditEvent]:
    with acting(stage["auditor"]):
        return list(AuditEvent.objects.filter(verb=verb).order_by("id"))


def test_a_recorded_vedtak_gives_no_places_until_it_is_approved(stage):
    answer(stage, 40)
    with acting(stage["imdi_caseworker"]):
        assert Quota.objects.filter(municipality_id=HERE, vedtak__isnull=False).count() == 0
    approve_vedtak(stage["municipality_decider"], municipality=HERE, year=YEAR)
    with acting(stage["imdi_caseworker"]):
        assert Quota.objects.get(municipality_id=HERE, group="all").vedtak == 40


def test_a_change_keeps_the_version_before(stage):
    answer(stage, 40)
    answer(stage, 35, decided_on=date(2026, 3, 1))
    with acting(stage["imdi_lead"]):
        rows = VersionedFigure.objects.filter(what="voted", municipality_id=HERE).order_by("id")
        assert [(r.value, r.superseded_at is None) for r in rows] == [(40, False), (35, True)]


@pytest.mark.parametrize(
    ("total", "more", "code"),
    [
        (-1, {}, "number_negative"),
        (12.5, {}, "number_not_whole"),
        (40, {"year": 2031}, "no_round_for_year"),
    ],
)
def test_a_bad_answer_is_refused_by_name_and_nothing_is_stored(stage, total, more, code):
    with pytest.raises(Refused) as refused:
        answer(stage, total, **more)
    assert refused.value.code == code
    with acting(stage["imdi_lead"]):
        assert not VersionedFigure.objects.filter(what="voted").exists()
    assert [(e.outcome, e.facts["code"]) for e in events(stage, "record_vedtak")] == [("refused", code)]


def test_only_the_decider_records_and_only_for_its_own_municipality(stage):
    with pytest.raises(NotPermitted):
        answer(stage, 40, role="municipality_coordinator")
    with pytest.raises(NotInSight):
        answer(stage, 40, municipality=THERE)


def test_recording_is_audited_and_told_to_the_decider(stage):
    answer(stage, 40)
    (event,) = events(stage, "record_vedtak")
    assert (event.outcome, event.object_id, event.facts["total"]) == ("done", HERE, 40)
    with acting(stage["municipality_decider"]):
        assert Notice.objects.filter(code="vedtak_recorded").count() == 1
    with acting(stage["stranger"]):
        assert Notice.objects.count() == 0


def test_when_the_log_fails_nothing_is_stored(stage, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("the log is gone")

    monkeypatch.setattr("bosett_server.access.audit.append", broken)
    with pytest.raises(RuntimeError):
        answer(stage, 40)
    with acting(stage["imdi_lead"]):
        assert not VersionedFigure.objects.filter(what="voted").exists()


def test_the_same_request_twice_is_done_once_and_answered_alike(stage):
    with request_keyed("k-1"):
        first = answer(stage, 40)
        assert answer(stage, 40) == first
        with acting(stage["imdi_lead"]):
            assert VersionedFigure.objects.filter(what="voted").count() == 1
        with pytest.raises(Refused, match="request_key_used_for_something_else"):
            answer(stage, 41)
