"""The demo has a closed round of each kind and an open one; every answer in them is marked as synthetic."""

from __future__ import annotations

import pytest

from bosett.expenditure.questionnaire import AREAS
from bosett.registry import Registry
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.demo_expenditure import load_demo_expenditure
from bosett_server.records.models import (
    ExpenditureAnswer,
    ExpenditureBaseline,
    ExpenditureResponse,
    ExpenditureRound,
    ExpenditureScenario,
    RoleGrant,
    User,
)
from tests.bosett_server.cast import DAY, HERE, world
from tests.bosett_server.distribution.scenes import everybody


@pytest.fixture
def stage(db, settings):
    settings.BOSETT_TODAY = DAY
    found = world()
    everybody(found)
    with acting(SYSTEM):
        for name, role in (
            ("leder", "imdi_lead"),
            ("ks", "ks"),
            ("departement", "ministry"),
            ("kommune", ""),
        ):
            User.objects.filter(pk=found.users[role or "municipality_coordinator"].pk).update(username=name)
        assert RoleGrant.objects.get(user__username="kommune").municipality_id == HERE
    return found


def test_the_demo_stands_with_estimates_a_draft_and_a_scenario_of_each_party(stage):
    registry = Registry.shipped()
    people = {m.code: registry.population(m.code, 2025).value or 0 for m in registry.municipalities(DAY)}
    number = load_demo_expenditure(SYSTEM, year=2025, inhabitants=people, seed=1)
    with acting(SYSTEM):
        rounds = {(row.year, row.kind): row for row in ExpenditureRound.objects.all()}
        assert {which: (row.state, row.synthetic) for which, row in rounds.items()} == {
            (2025, "ordinary"): ("open", True),
            **{(2024, kind): ("closed", True) for kind in AREAS},
        }
        told = {row.round.kind: row.result for row in ExpenditureBaseline.objects.select_related("round")}
        assert {one["area"] for one in told["norwegian"]["quotients"]} >= {"training/teaching_hours"}
        assert told["host"]["coverage"]["low95"] < told["host"]["coverage"]["high95"]
        assert len(told["unaccompanied_minors"]["years"]) == 5
        result = told["ordinary"]
        assert result["respondents"] >= 150
        assert not result["few_respondents"]
        assert all(one["low95"] < one["nok"] < one["high95"] for one in result["areas"])
        assert all(one["nok"] is not None for one in result["groups"]["centrality"])
        own = ExpenditureResponse.objects.get(round_id=number, municipality_id=HERE)
        assert own.state == "open"
        assert own.answers.count() == 6
        assert not ExpenditureAnswer.objects.exclude(via="demo").exists()
    with acting(stage["ks"]):
        assert ExpenditureScenario.objects.count() == 2
    with acting(stage["ministry"]):
        assert ExpenditureScenario.objects.count() == 1
