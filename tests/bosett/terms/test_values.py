"""Promises of figures, groups, kroner, codes and labels."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.terms.errors import BadInput
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group, minor_group
from bosett.terms.kroner import round_half_up, split_kroner
from bosett.terms.label import Label
from bosett.terms.municipality import county_of, municipality_code


def test_zero_is_a_number_and_missing_is_not_zero() -> None:
    assert Figure.of(0).value == 0
    assert Figure.missing(State.UNKNOWN).value is None
    assert Figure.of(0) != Figure.missing(State.UNKNOWN)


def test_the_six_states_are_six() -> None:
    assert len({Figure.missing(state) for state in State if state is not State.NUMBER} | {Figure.of(0)}) == 6


@pytest.mark.parametrize(
    ("state", "value"), [(State.NUMBER, None), (State.SUPPRESSED, 3), (State.NUMBER, -1)]
)
def test_a_figure_that_contradicts_itself_is_refused(state: State, value: int | None) -> None:
    with pytest.raises(ValueError, match=r"figure|state"):
        Figure(state, value)


def test_a_minor_changes_group_on_the_fifteenth_and_eighteenth_birthday() -> None:
    born = date(2011, 3, 10)
    assert minor_group(born, date(2026, 3, 9)) is Group.EM_UNDER15
    assert minor_group(born, date(2026, 3, 10)) is Group.EM_15_17
    assert minor_group(born, date(2029, 3, 9)) is Group.EM_15_17
    assert minor_group(born, date(2029, 3, 10)) is Group.ALL


def test_a_split_of_the_single_adult_rate_at_four_twelfths_gives_the_known_sums() -> None:
    assert split_kroner(241_100, Fraction(4, 12)) == (80_367, 160_733)


@given(st.integers(0, 10**9), st.fractions(0, 1))
def test_a_split_never_loses_a_krone(amount: int, share: Fraction) -> None:
    first, second = split_kroner(amount, share)
    assert first + second == amount
    assert abs(first - amount * share) <= Fraction(1, 2)


def test_half_a_krone_goes_up() -> None:
    assert round_half_up(Fraction(5, 2)) == 3
    assert round_half_up(Fraction(-5, 2)) == -2


def test_a_share_above_one_is_refused() -> None:
    with pytest.raises(ValueError, match="share"):
        split_kroner(100, Fraction(13, 12))


@pytest.mark.parametrize("text", ["301", "03010", " 0301", "03a1", "٠٣٠١", ""])
def test_what_is_not_four_digits_is_no_municipality_code(text: str) -> None:
    with pytest.raises(BadInput, match="four digits"):
        municipality_code(text)


def test_oslo_keeps_its_leading_zero() -> None:
    assert county_of(municipality_code("0301")) == "03"


def test_a_label_needs_all_three_languages() -> None:
    with pytest.raises(ValueError, match="nn"):
        Label("Request", "Anmodning", " ")
    assert Label("Request", "Anmodning", "Oppmoding").in_language("nn") == "Oppmoding"
    with pytest.raises(ValueError, match="se"):
        Label("Request", "Anmodning", "Oppmoding").in_language("se")
