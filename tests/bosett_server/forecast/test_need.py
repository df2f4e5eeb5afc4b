"""The settlement need: stated anew, kept, told, as of any day."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.forecast import Estimate, NeedInputs
from bosett.terms.errors import Refused
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotPermitted
from bosett_server.actions.forecast import set_need
from bosett_server.queries.forecast import Limit, need_overview, revision_view
from bosett_server.queries.known import Known
from bosett_server.records.models import AuditEvent, Notice, VersionedFigure
from tests.bosett_server.cast import DAY, YEAR, World, world


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    return world()


def state(stage: World, value: float, role: str = "imdi_lead", **more) -> int:
    told = {"year": YEAR, "source": "Brev 26/1", "valid_from": date(2026, 3, 2)} | more
    return set_need(stage[role], value=value, **told)


def parts(leaves: int = 0) -> NeedInputs:
    return NeedInputs(
        YEAR, DAY, Estimate(50, 60, 80), Estimate(30, 40, 60), Estimate.known(30), Estimate.known(leaves)
    )


def events(stage: World) -> list[AuditEvent]:
    with acting(stage["auditor"]):
        return list(AuditEvent.objects.filter(verb="set_need").order_by("id"))


def test_a_new_need_supersedes_the_old_one_and_keeps_it(stage):
    state(stage, 150)
    with acting(stage["imdi_lead"]):
        rows = VersionedFigure.objects.filter(what="need", year=YEAR).order_by("id")
        assert [(r.value, r.superseded_at is None) for r in rows] == [(110, False), (150, True)]


def test_the_part_of_the_need_that_nobody_has_divided_is_told_and_never_spread(stage):
    state(stage, 150)
    with acting(stage["imdi_lead"]):
        told = need_overview(stage["imdi_lead"], YEAR, Known(DAY, DAY))
        assert (told.asked.value, told.undivided.value) == (110, 40)
        asked = VersionedFigure.objects.filter(what="asked", year=YEAR).values_list("value", flat=True)
        assert sorted(asked) == [50, 60]


def test_what_was_held_on_an_earlier_day_is_still_answered(stage, settings):
    settings.BOSETT_TODAY = date(2026, 3, 20)
    state(stage, 150)
    with acting(stage["ks"]):
        then = need_overview(stage["ks"], YEAR, Known(date(2026, 3, 17), date(2026, 3, 20)))
        now = need_overview(stage["ks"], YEAR, Known(date(2026, 3, 20), date(2026, 3, 20)))
    assert then.now is not None
    assert now.now is not None
    assert (then.now.figure.value, now.now.figure.value) == (110, 150)


@pytest.mark.parametrize(
    ("value", "more", "code"),
    [
        (-1, {}, "number_negative"),
        (12.5, {}, "number_not_whole"),
        (2_000_000, {}, "number_too_large"),
        (150, {"year": 1999}, "year_out_of_range"),
        (150, {"source": "  "}, "source_missing"),
        (150, {"valid_from": date(2026, 3, 17)}, "day_in_future"),
        (150, {"valid_from": date(2025, 10, 30)}, "older_than_need_in_force"),
        (110, {"valid_from": date(2025, 10, 31)}, "nothing_changed"),
        (150, {"parts": parts()}, "parts_do_not_sum"),
        (130, {"parts": parts(leaves=500)}, "parts_contradict"),
        (130, {"parts": parts(), "year": YEAR + 1}, "parts_of_another_year"),
    ],
)
def test_a_bad_need_is_refused_by_name_and_nothing_is_stored(stage, value, more, code):
    with pytest.raises(Refused) as refused:
        state(stage, value, **more)
    assert refused.value.code == code
    with acting(stage["imdi_lead"]):
        assert VersionedFigure.objects.filter(what="need").count() == 1
    assert [(e.outcome, e.facts["code"]) for e in events(stage)] == [("refused", code)]


def test_the_parts_are_kept_with_the_interval_the_library_gives_them(stage):
    # By hand: 60 + 40 + 30 = 130; low 50 + 30 + 30 = 110; high 80 + 60 + 30 = 170.
    state(stage, 130, parts=parts())
    with acting(stage["ministry"]):
        now = need_overview(stage["ministry"], YEAR, Known(DAY, DAY)).now
    assert now is not None
    assert (now.low, now.figure.value, now.high) == (110, 130, 170)
    assert [(p.key, p.point) for p in now.parts] == [
        ("ready_in_reception", 60), ("expected_grants", 40), ("quota", 30), ("leaves", 0),
    ]  # fmt: skip


@pytest.mark.parametrize("role", ["imdi_caseworker", "municipality_decider", "ks", "ministry", "county"])
def test_only_the_lead_states_the_need(stage, role):
    with pytest.raises(NotPermitted):
        state(stage, 150, role=role)


@pytest.mark.parametrize("role", ["municipality_coordinator", "stranger", "county", "ks", "ministry"])
def test_since_no_rule_is_in_force_from_2022_everybody_is_told_of_the_change_and_of_that(stage, role):
    state(stage, 111)
    with acting(stage[role]):
        assert [n.facts for n in Notice.objects.filter(code="need_changed_no_rule")] == [
            {"year": YEAR, "before": 110, "now": 111}
        ]


@pytest.mark.parametrize(
    ("value", "limit"), [(120, Limit.WITHIN), (121, Limit.DUE), (99, Limit.DUE), (100, Limit.WITHIN)]
)
def test_in_2018_to_2021_a_change_of_ten_per_cent_called_for_a_new_division(stage, value, limit):
    # Ten per cent of the 110 that were divided is 11.
    with acting(stage["imdi_lead"]):
        assert revision_view(YEAR, value, date(2021, 6, 1), Known(DAY, DAY)).limit is limit


def test_stating_the_need_is_audited_with_what_it_was_and_became(stage):
    state(stage, 150)
    (event,) = events(stage)
    assert event.outcome == "done"
    assert {k: event.facts[k] for k in ("year", "before", "value")} == {
        "year": YEAR, "before": 110, "value": 150,
    }  # fmt: skip


def test_when_the_log_fails_the_old_need_stands(stage, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("the log is gone")

    monkeypatch.setattr("bosett_server.access.audit.append", broken)
    with pytest.raises(RuntimeError):
        state(stage, 150)
    with acting(stage["imdi_lead"]):
        assert VersionedFigure.objects.get(what="need", superseded_at__isnull=True).value == 110
