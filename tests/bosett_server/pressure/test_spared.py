"""Pressure in what follows: fewer asked of a pressed municipality when somebody chooses so, fewer placed there too."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bosett.agreement.pressure import SECTORS
from bosett.distribution import Criterion
from bosett.distribution.settings import CriteriaSettings, Deduction
from bosett.outputs.distribution_words import explain_in_words
from bosett.terms.errors import Refused
from bosett_server.access.context import acting
from bosett_server.actions.placement_work import run_placement
from bosett_server.actions.pressure import SectorAnswer, answer_pulse
from bosett_server.queries.distribution_trial import trial
from bosett_server.queries.placement_files import read_packed_instance
from bosett_server.queries.placement_runs import run_kept
from bosett_server.records.models import PlacementFile
from tests.bosett_server.cast import DAY, HERE, THERE, YEAR, World, household, vedtak, world
from tests.bosett_server.distribution.scenes import everybody

BY_SIZE = (Criterion("population", Fraction(1)),)
OFF = (Deduction("pressure", "pressed", Fraction(50), of_share=True),)


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    return world()


def pressed(stage: World) -> None:
    answers = {sector: SectorAnswer(5) for sector in SECTORS}
    answer_pulse(
        stage["municipality_coordinator"], municipality=HERE, month=DAY.replace(day=1), answers=answers
    )


def test_a_pressed_municipality_is_asked_for_less_when_pressure_is_chosen_and_the_explanation_says_why(stage):
    """Lower end 7/8, threshold 0.4: 19/24 of full; half of that comes off: 19/48 of its exact share."""
    everybody(stage)
    pressed(stage)
    with acting(stage["imdi_lead"]):
        plain = trial(stage["imdi_lead"], YEAR, 10_000, CriteriaSettings(weights=BY_SIZE))
        chosen = trial(stage["imdi_lead"], YEAR, 10_000, CriteriaSettings(weights=BY_SIZE, deductions=OFF))
    share = next(one for one in chosen.direct.shares if one.identifier == HERE)
    assert share.deductions == (("pressure", share.exact_share * Fraction(19, 48)),)
    assert chosen.asked[HERE] < plain.asked[HERE]
    assert sum(chosen.asked.values()) == 10_000
    told = explain_in_words(chosen.direct, HERE, "nb")
    assert any("press på boliger og tjenester" in sentence for sentence in told)
    assert not any("press på" in sentence for sentence in explain_in_words(plain.direct, HERE, "nb"))


def test_pressure_is_chosen_in_the_workshop(stage, client):
    everybody(stage)
    pressed(stage)
    client.force_login(stage.users["imdi_lead"])
    client.cookies["language"] = "en"
    address = f"/requests/{YEAR}/workshop/?need=10000&w_population=100&off_pressure=50"
    shown = client.get(address)
    assert shown.status_code == 200
    assert "Off the own share at full pressure on housing and services, per cent" in shown.content.decode()


def places(stage: World, run: int) -> dict[str, int]:
    with acting(stage["imdi_lead"]):
        kept = read_packed_instance(bytes(PlacementFile.objects.get(run=run).instance))
        assert run_kept(stage["imdi_lead"], run).state == "done"
    return {one.municipality_id: one.capacities["persons"] for one in kept.municipalities}


@pytest.mark.parametrize(("percent", "left"), [(None, 10), (0, 10), (50, 7), (100, 3)])
def test_a_run_keeps_places_back_where_pressure_is_certain_when_somebody_chooses_so(stage, percent, left):
    """10 places, 19/24 of full pressure: half of it leaves 10 x 29/48 = 6.04, all of it 10 x 5/24 = 2.08, upwards."""
    for place in (HERE, THERE):
        vedtak(place, 10)
    household(stage)
    pressed(stage)
    run = run_placement(stage["imdi_lead"], year=YEAR, pressure_percent=percent)
    assert places(stage, run) == {HERE: left, THERE: 10}
    with acting(stage["imdi_lead"]):
        assert run_kept(stage["imdi_lead"], run).pressure_percent == percent


@pytest.mark.parametrize("percent", [-1, 101])
def test_more_than_all_places_cannot_be_kept_back(stage, percent):
    vedtak(HERE, 10)
    household(stage)
    with pytest.raises(Refused, match="pressure_is_a_percentage"):
        run_placement(stage["imdi_lead"], year=YEAR, pressure_percent=percent)
