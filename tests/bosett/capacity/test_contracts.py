"""Contracts, the two occupancy norms, and waiting against targets; numbers by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from bosett.capacity import (
    Ageing,
    ContractTerms,
    Definition,
    Extension,
    OccupancyNorm,
    PlaceKind,
    Target,
    Waiting,
    ageing_alerts,
    waiting_against,
)
from bosett.terms.errors import BadInput
from bosett.terms.groups import Group

START = date(2022, 4, 1)


def contract(**change: Any) -> ContractTerms:
    told: dict[str, Any] = {
        "identifier": "K1",
        "centre": "north",
        "kind": PlaceKind.EMERGENCY,
        "start": START,
        "fixed_places": 100,
        "call_places": 50,
        "occupied_nok": 650,
        "empty_nok": 556,
        "call_nok": 700,
        "locked_until": date(2022, 7, 1),
        "notice_days": 21,
        "lead_days": 14,
    }
    return ContractTerms(**(told | change))


def test_fixed_places_are_filled_first_and_empty_ones_are_paid() -> None:
    cost = contract().day_cost(60)
    assert (cost.occupied_nok, cost.empty_nok, cost.called_nok) == (39_000, 22_240, 0)
    assert contract().day_cost(120).total_nok == 65_000 + 14_000


def test_more_residents_than_places_are_refused() -> None:
    with pytest.raises(BadInput, match="151 residents under contract K1"):
        contract().day_cost(151)


def test_a_price_that_is_not_known_is_not_zero() -> None:
    with pytest.raises(BadInput, match="no empty_nok in contract K1"):
        contract(empty_nok=None).day_cost(60)
    assert contract(empty_nok=None).day_cost(100).empty_nok == 0


def test_notice_in_the_lock_in_ends_when_the_lock_in_does() -> None:
    assert contract().earliest_end(date(2022, 5, 1)) == date(2022, 7, 1)
    assert contract().earliest_end(date(2022, 7, 1)) == date(2022, 7, 22)
    assert contract(notice_days=None).earliest_end(date(2022, 7, 1)) is None


def test_called_places_come_after_the_lead_time() -> None:
    assert contract().usable_from(date(2022, 5, 1)) == date(2022, 5, 15)
    assert contract(lead_days=None).usable_from(date(2022, 5, 1)) is None


def test_an_option_prolongs_if_it_is_said_in_time() -> None:
    one = contract(end=date(2023, 4, 1), options=(Extension(365, 90),))
    assert one.option_to_say(date(2022, 12, 1)) == date(2023, 1, 1)
    assert one.option_to_say(date(2023, 1, 2)) is None
    assert one.latest_end == date(2024, 3, 31)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"end": date(2022, 3, 1)}, "contract K1 from 2022-04-01 to 2022-03-01; allowed: an end after"),
        ({"locked_until": date(2021, 1, 1)}, "contract K1 locked until 2021-01-01"),
        ({"notice_days": -1}, "a number below 0 in contract K1"),
    ],
)
def test_a_contract_that_contradicts_itself_is_refused_by_name(change: dict[str, Any], told: str) -> None:
    with pytest.raises(BadInput, match=told):
        contract(**change)


def test_85_percent_of_places_and_15_percent_on_residents_are_two_norms() -> None:
    budget = OccupancyNorm(Fraction("0.85"), Definition.OF_PLACES)
    udi = OccupancyNorm(Fraction("0.15"), Definition.OF_RESIDENTS)
    assert float(budget.buffer) == pytest.approx(0.1765, abs=5e-5)
    assert float(udi.occupancy) == pytest.approx(0.8696, abs=5e-5)
    assert (budget.places_for(1000), udi.places_for(1000)) == (1176, 1150)
    assert udi.difference(1000, 1200) == 50


def test_minors_under_15_have_three_months_and_the_day_of_the_month_is_kept_or_the_last() -> None:
    target = Target(Group.EM_UNDER15, 3)
    assert target.last_day(date(2026, 1, 15)) == date(2026, 4, 15)
    assert target.last_day(date(2025, 11, 30)) == date(2026, 2, 28)


def test_who_waits_is_inside_soon_or_past_and_the_longest_over_comes_first() -> None:
    waiting = [
        Waiting("h1", Group.EM_UNDER15, 1, date(2025, 12, 1)),
        Waiting("h2", Group.ALL, 4, date(2025, 9, 20)),
        Waiting("h3", Group.ALL, 2, date(2026, 2, 1)),
    ]
    targets = [Target(Group.ALL, 6), Target(Group.EM_UNDER15, 3)]
    today = date(2026, 3, 10)
    everybody, minors = waiting_against(waiting, targets, today)
    assert (everybody.persons, everybody.inside, everybody.soon, everybody.past) == (7, 3, 4, 0)
    assert (minors.persons, minors.past, minors.longest_days) == (1, 1, 99)
    alerts = ageing_alerts(waiting, targets, today)
    assert [(one.household, one.ageing) for one in alerts] == [("h1", Ageing.PAST), ("h2", Ageing.SOON)]
