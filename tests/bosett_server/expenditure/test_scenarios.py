"""Each party follows the round up in the grants on one frozen baseline, and shows it when it wants to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bosett.terms.errors import Refused
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.expenditure_scenarios import (
    drop_expenditure_scenario,
    make_expenditure_scenario,
    share_expenditure_scenario,
)
from bosett_server.queries import expenditure_scenarios
from bosett_server.queries.expenditure import baseline_of
from bosett_server.queries.expenditure_scenarios import followed, scenario, scenarios
from bosett_server.records.models import ExpenditureScenario
from tests.bosett_server.cast import DAY, HERE, NOW, THERE, world
from tests.bosett_server.expenditure.scenes import RATES, closed, opened


@pytest.fixture
def stage(db, settings):
    settings.BOSETT_TODAY = DAY
    return world()


@pytest.fixture
def number(stage):
    return closed(stage)


def make(stage, number, who="ks", name="Full dekning", percent="100"):
    return make_expenditure_scenario(stage[who], round_id=number, name=name, target_percent=Decimal(percent))


def names(stage, number, who):
    with acting(stage[who]):
        return [one.name for one in scenarios(stage[who], number)]


def test_a_scenario_is_its_partys_until_it_is_shared(stage, number):
    made = make(stage, number)
    assert names(stage, number, "ks") == ["Full dekning"]
    for other in ("imdi_lead", "ministry"):
        assert names(stage, number, other) == []
        with acting(stage[other]), pytest.raises(NotInSight):
            scenario(stage[other], number, made)
        with acting(stage[other]):
            assert not ExpenditureScenario.objects.exists()
        with pytest.raises(NotInSight):
            share_expenditure_scenario(stage[other], scenario_id=made)
    share_expenditure_scenario(stage["ks"], scenario_id=made)
    assert names(stage, number, "ministry") == ["Full dekning"]
    with acting(stage["ministry"]):
        assert not scenario(stage["ministry"], number, made).own


def test_the_state_is_one_party_ministry_and_secretariat(stage, number):
    make(stage, number, who="ministry", name="Statens")
    assert names(stage, number, "imdi_lead") == ["Statens"]
    assert names(stage, number, "ks") == []


def test_what_is_shared_stands_as_it_is(stage, number):
    made = make(stage, number)
    share_expenditure_scenario(stage["ks"], scenario_id=made)
    with pytest.raises(Refused, match="expenditure_shared_already"):
        drop_expenditure_scenario(stage["ks"], scenario_id=made)
    with pytest.raises(Refused, match="expenditure_shared_already"):
        share_expenditure_scenario(stage["ks"], scenario_id=made)


def test_what_is_not_shared_can_be_dropped(stage, number):
    drop_expenditure_scenario(stage["ks"], scenario_id=make(stage, number))
    assert names(stage, number, "ks") == []


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"percent": "0"}, "expenditure_target_out_of_range"),
        ({"percent": "201"}, "expenditure_target_out_of_range"),
        ({"name": " "}, "expenditure_name_missing"),
        ({"name": "Full dekning"}, "expenditure_name_taken"),
    ],
)
def test_a_scenario_that_cannot_be_is_refused_by_name(stage, number, told, code):
    make(stage, number)
    with pytest.raises(Refused) as refused:
        make(stage, number, **told)
    assert refused.value.code == code


def test_before_the_round_is_closed_there_is_no_baseline(stage):
    with pytest.raises(Refused, match="expenditure_not_closed"):
        make(stage, opened(stage))


def test_others_than_the_committee_make_none(stage, number):
    for role in ("imdi_caseworker", "municipality_decider", "county"):
        with pytest.raises(NotPermitted):
            make(stage, number, who=role)


def test_full_coverage_moves_every_rate_by_one_factor_worked_by_hand(stage, number):
    with acting(stage["ks"]):
        told = followed(stage["ks"], number, Decimal(100)).told
    five = 5 * 13 * (900_000 + 792_000) / 180
    factor = five / sum(RATES.values())
    assert told.factor.value == pytest.approx(factor)
    assert told.rates_nok[1].value == pytest.approx(RATES[1] * factor)
    # 36 persons in each residence year in 2025: 20 here and 16 there.
    assert told.state_nok[2025].value == pytest.approx(36 * sum(RATES.values()) * (factor - 1))
    assert told.municipality_nok[HERE].value == pytest.approx(20 * sum(RATES.values()) * (factor - 1))
    assert told.municipality_nok[THERE].value == pytest.approx(16 * sum(RATES.values()) * (factor - 1))


def test_each_group_with_enough_answers_is_held_against_the_same_grant(stage, number, monkeypatch):
    group = {"group": "3", "nok": 100_000.0, "standard_error": 1_000.0, "respondents": 9}
    silent = {"group": "4", "nok": None, "standard_error": None, "respondents": 2}
    with acting(stage["ks"]):
        kept = baseline_of(stage["ks"], number)
        told = {**kept.result, "groups": {name: [group, silent] for name in kept.result["groups"]}}
        monkeypatch.setattr(expenditure_scenarios, "baseline_of", lambda *_: replace(kept, result=told))
        (one,) = followed(stage["ks"], number, Decimal(100)).covered["kostra_group"]
    # No register here: five years cost 500,000, and the grant then is the whole country's five years.
    grant = 5 * 13 * (900_000 + 792_000) / 180
    assert (one.group, one.expenditure_nok.value) == ("3", 500_000)
    assert one.now.value == pytest.approx(sum(RATES.values()) / 500_000)
    assert one.left_nok.value == pytest.approx(grant - 500_000)
    assert one.left_nok.high95 - one.left_nok.low95 == pytest.approx(2 * 1.959963984540054 * 5_000)


def test_the_years_go_on_as_far_as_a_need_is_stated(stage, number):
    # The stage states a need of 110 for 2026 and none for 2027.
    with acting(stage["ks"]):
        found = followed(stage["ks"], number, Decimal(100))
    assert (found.years, found.stopped_at) == ((2025, 2026), 2027)
    rise = found.told.factor.value - 1
    expected = (110 * RATES[1] + 36 * sum(RATES[year] for year in range(2, 6))) * rise
    assert found.told.state_nok[2026].value == pytest.approx(expected)


def test_without_rates_nothing_is_followed_rather_than_guessed(stage):
    number = closed(stage, rates={1: 250_000})
    with acting(stage["ks"]):
        assert followed(stage["ks"], number, Decimal(100)).told is None


def test_the_database_keeps_a_shared_scenario(stage, number):
    from django.db import DatabaseError

    made = make(stage, number)
    share_expenditure_scenario(stage["ks"], scenario_id=made)
    with pytest.raises(DatabaseError, match="expenditure_baseline_stands"), acting(stage["ks"]):
        ExpenditureScenario.objects.filter(pk=made).update(shared_at=NOW, target_percent=1)
