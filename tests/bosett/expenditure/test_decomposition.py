"""Why expenditure changed, worked by hand; the parts always add up."""

from __future__ import annotations

import pytest

from bosett.expenditure.decomposition import GroupCost, decompose, price_ratio
from bosett.terms.errors import BadInput

BEFORE = {"year 1": GroupCost(100, 200.0), "year 5": GroupCost(100, 100.0)}


def test_more_persons_of_the_same_kind_are_volume_alone() -> None:
    after = {"year 1": GroupCost(150, 200.0), "year 5": GroupCost(150, 100.0)}
    found = decompose(BEFORE, after)
    assert found.volume_nok == pytest.approx(15_000)
    assert (found.composition_nok, found.price_nok) == (pytest.approx(0), pytest.approx(0))


def test_other_kinds_of_persons_are_composition_alone() -> None:
    # 50 persons moved from 200 to 100 kroner each.
    found = decompose(BEFORE, {"year 1": GroupCost(50, 200.0), "year 5": GroupCost(150, 100.0)})
    assert found.composition_nok == pytest.approx(-5_000)
    assert (found.volume_nok, found.price_nok) == (pytest.approx(0), pytest.approx(0))


def test_two_changes_at_once_are_shared_evenly_and_add_up() -> None:
    # Twice the persons and 10 per cent dearer: 30,000 -> 66,000.  Price 3,000 before or 6,000 after
    # the persons: 4,500; volume 30,000 or 33,000: 31,500.
    after = {"year 1": GroupCost(200, 220.0), "year 5": GroupCost(200, 110.0)}
    found = decompose(BEFORE, after, deflator=1.05)
    assert found.price_nok == pytest.approx(4_500)
    assert found.volume_nok == pytest.approx(31_500)
    assert found.whole_nok == pytest.approx(36_000)
    # Prices rose by 5 per cent: 1,500 before or 3,000 after the persons.
    assert found.price_index_nok == pytest.approx(2_250)


def test_without_a_deflator_nothing_is_said_of_prices() -> None:
    assert decompose(BEFORE, BEFORE).price_index_nok is None


def test_years_with_different_groups_are_refused() -> None:
    with pytest.raises(BadInput):
        decompose(BEFORE, {"year 1": GroupCost(1, 1.0)})


def test_a_nominal_and_a_real_change_imply_the_prices() -> None:
    assert price_ratio(0.10, 0.0) == pytest.approx(1.10)
    assert price_ratio(0.21, 0.10) == pytest.approx(1.10)
