"""Too few and too many places: each norm by its own name, and no alert that comes and goes each day."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bosett.capacity.norm import Definition, OccupancyNorm
from bosett.capacity.occupancy_alerts import EmptyRule, OccupancyAlert, occupancy_alerts
from bosett.terms.errors import BadInput

OF_PLACES = OccupancyNorm(Fraction("0.85"), Definition.OF_PLACES)
OF_RESIDENTS = OccupancyNorm(Fraction("0.15"), Definition.OF_RESIDENTS)
NORMS = (OF_PLACES, OF_RESIDENTS)
RULE = EmptyRule(Fraction("0.60"), Fraction("0.02"))
PLACES_ALERT, RESIDENTS_ALERT = OccupancyAlert.FULLER_OF_PLACES, OccupancyAlert.FULLER_OF_RESIDENTS


def now(residents: int, *standing: OccupancyAlert, places: int = 1000) -> set[OccupancyAlert]:
    return set(occupancy_alerts(places, residents, NORMS, RULE, standing))


def test_between_the_norms_only_the_narrower_is_broken() -> None:
    # 85 % of 1,000 places is 850 residents; 15 % beyond the residents allows 1,000 / 1.15 = 869.6.
    assert now(850) == set()
    assert now(851) == {PLACES_ALERT}
    assert now(869) == {PLACES_ALERT}
    assert now(870) == {PLACES_ALERT, RESIDENTS_ALERT}


def test_an_alert_that_stands_ends_only_when_it_is_back_by_the_margin() -> None:
    assert now(840, PLACES_ALERT) == {PLACES_ALERT}
    assert now(830, PLACES_ALERT) == set()
    assert now(610, OccupancyAlert.EMPTIER) == {OccupancyAlert.EMPTIER}
    assert now(620, OccupancyAlert.EMPTIER) == set()


def test_too_many_empty_is_its_own_alert() -> None:
    assert now(599) == {OccupancyAlert.EMPTIER}
    assert now(600) == set()


def test_a_resident_without_any_place_is_one_too_many_and_nobody_nowhere_is_nothing() -> None:
    assert now(1, places=0) == {PLACES_ALERT, RESIDENTS_ALERT}
    assert now(0, places=0) == set()


def test_numbers_below_zero_are_refused() -> None:
    with pytest.raises(BadInput):
        now(-1)
    with pytest.raises(BadInput):
        EmptyRule(Fraction(2), Fraction(0))
