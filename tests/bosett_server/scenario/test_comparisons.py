"""Comparisons: kept so that they can be computed again, one's own until shared, begun from today's chain."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.capacity import PlaceKind
from bosett.scenario.workbench import Dials, Start, try_out
from bosett.terms.errors import NoAnswer, Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.reception import set_places
from bosett_server.actions.scenario import delete_scenario, save_scenario, share_scenario
from bosett_server.queries.scenario import chain_start, saved_scenario, saved_scenarios
from bosett_server.records.models import Centre, SavedScenario, VersionedFigure
from tests.bosett_server.cast import household
from tests.bosett_server.life.scenes import logged

DAY = date(2026, 3, 16)
PLANNERS = ("imdi_caseworker", "imdi_lead", "udi_reception", "ks", "ministry")
START = Start({"collective": 40}, {"collective": 30}, {"ordinary": 200}, (5.0,))
DIALS = Dials(weeks=13, standby=100)


def keep(stage, role: str = "udi_reception", name: str = "Flere i beredskap") -> int:
    tried = try_out(START, DIALS, draws=250)
    return save_scenario(stage[role], name=name, dials=DIALS, tried=tried)


def seen(stage, role: str) -> list[str]:
    with acting(stage[role]):
        return [one.name for one in SavedScenario.objects.order_by("id")]


def test_a_comparison_is_its_owners_alone_until_it_is_shared(stage):
    number = keep(stage)
    for role in (*PLANNERS, "municipality_decider", "county", "auditor", "admin"):
        assert seen(stage, role) == (["Flere i beredskap"] if role == "udi_reception" else [])
    with pytest.raises(NotInSight), acting(stage["ks"]):
        saved_scenario(stage["ks"], number)
    share_scenario(stage["udi_reception"], number=number)
    for role in PLANNERS:
        assert seen(stage, role) == ["Flere i beredskap"]
    for role in ("municipality_decider", "county", "auditor", "admin", "bufetat"):
        assert seen(stage, role) == []
    assert [row.object_id for row in logged(stage, "share_scenario")] == [str(number)]
    with pytest.raises(Refused, match="scenario_shared_already"):
        share_scenario(stage["udi_reception"], number=number)


def test_nobody_shares_or_deletes_another_ones_comparison_not_even_past_python(stage):
    number = keep(stage)
    share_scenario(stage["udi_reception"], number=number)
    for step in (share_scenario, delete_scenario):
        with pytest.raises(NotInSight):
            step(stage["ks"], number=number)
    with acting(stage["ks"]):
        assert SavedScenario.objects.filter(pk=number).update(name="mitt") == 0
        assert SavedScenario.objects.filter(pk=number).delete()[0] == 0
    delete_scenario(stage["udi_reception"], number=number)
    assert seen(stage, "udi_reception") == []


def test_it_is_kept_with_what_is_needed_to_compute_it_again(stage):
    number = keep(stage)
    with acting(stage["udi_reception"]):
        kept = saved_scenario(stage["udi_reception"], number)
    again = try_out(START, Dials(**kept.settings), draws=kept.draws, seed=kept.seed)
    assert kept.result["yours"]["cost_nok"] == again.yours.cost_nok
    assert kept.result["residents"]["middle"] == list(again.residents.middle)
    assert kept.version


@pytest.mark.parametrize(
    ("name", "code"), [("  ", "scenario_name_missing"), ("Flere i beredskap", "scenario_name_taken")]
)
def test_a_comparison_without_a_name_or_with_a_taken_one_is_refused(stage, name, code):
    keep(stage)
    with pytest.raises(Refused) as refused:
        keep(stage, name=name)
    assert refused.value.code == code
    assert seen(stage, "udi_reception") == ["Flere i beredskap"]


def test_who_does_not_plan_keeps_nothing(stage):
    for role in (
        "municipality_decider",
        "municipality_coordinator",
        "county",
        "bufetat",
        "auditor",
        "admin",
        "centre",
    ):
        with pytest.raises(NotPermitted):
            keep(stage, role=role)
        assert seen(stage, role) == []


def test_when_the_log_fails_nothing_is_kept(stage, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("the log is gone")

    monkeypatch.setattr("bosett_server.access.audit.append", broken)
    with pytest.raises(RuntimeError):
        keep(stage)
    monkeypatch.undo()
    assert seen(stage, "udi_reception") == []


def test_the_chain_begins_with_everybody_who_waits_and_with_announced_places_only(stage):
    household(
        stage, stage="in_reception", persons=3, track="collective"
    )  # has a permit, so it is ready in the chain
    household(stage, stage="ready", persons=1, group="em_under15")
    household(stage, stage="settled", persons=7)
    set_places(
        stage["udi_reception"], centre=stage.centre.pk, kind=PlaceKind.ORDINARY, number=80, starts_on=DAY
    )
    with acting(SYSTEM):
        hidden = Centre.objects.create(
            name="Ikke annonsert",
            kind="emergency",
            operator_kind="private",
            municipality_id="4203",
            opens_on=DAY,
        )
    set_places(stage["udi_reception"], centre=hidden.pk, kind=PlaceKind.EMERGENCY, number=500, starts_on=DAY)
    for role in PLANNERS:
        with acting(stage[role]):
            start = chain_start(stage[role], DAY)
        assert (start.ready["collective"], start.ready["em_under15"]) == (3, 1)
        assert sum(start.undecided.values()) == 0
        assert start.places["ordinary"] == 80
    # Two vedtak of 20: all 40 are left for the 41 whole weeks of the year; then 40 in 52, eleven of them within a year.
    assert start.municipal_per_week == pytest.approx(((40 + 11 * 40 / 52) / 52, 40 / 52))


def test_without_a_vedtak_it_is_not_known_how_many_can_be_settled(stage):
    with acting(SYSTEM):
        VersionedFigure.objects.filter(what="voted").update(superseded_at="2026-03-01T00:00Z")
    with pytest.raises(NoAnswer, match="no municipality has voted for 2026"), acting(stage["ks"]):
        chain_start(stage["ks"], DAY)


def test_the_list_holds_ones_own_and_the_shared(stage):
    keep(stage, "ks", "KS sin")
    keep(stage, "ministry", "Departementets")
    with acting(stage["ks"]):
        assert [(one.name, one.mine) for one in saved_scenarios(stage["ks"])] == [("KS sin", True)]
