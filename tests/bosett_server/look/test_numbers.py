"""Numbers are read the Norwegian way, and a missing number is never shown as one."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils.translation import override

from bosett_server.web.look.numbers import kroner, number, percent, signed

THIN, HARD = "\u202f", "\u00a0"


@pytest.mark.parametrize("language", ["nb", "nn", "se"])
def test_norwegian_numbers_have_thin_spaces_and_a_comma(language: str) -> None:
    with override(language):
        assert number(13000) == f"13{THIN}000"
        assert number(1234567) == f"1{THIN}234{THIN}567"
        assert number(Decimal("82.5"), 1) == "82,5"
        assert kroner(241100) == f"241{THIN}100{HARD}kr"
        assert percent(0.825) == f"82,5{HARD}%"


def test_english_numbers_have_commas_and_a_point() -> None:
    with override("en"):
        assert number(13000) == "13,000"
        assert kroner(241100) == f"NOK{HARD}241,100"
        assert percent(Fraction(33, 40)) == "82.5%"


def test_exactly_half_is_rounded_up_and_never_to_even() -> None:
    with override("nb"):
        assert [number(Fraction(1, 2)), number(1.5), number(Decimal("2.5"))] == ["1", "2", "3"]
        assert number(0.125, 2) == "0,13"


def test_a_fall_has_a_true_minus_sign_and_a_rise_a_plus() -> None:
    with override("nb"):
        assert [signed(12), signed(-3), signed(0)] == ["+12", "\u22123", "0"]


@pytest.mark.parametrize("value", [None, "", "12", True])
def test_what_is_no_number_is_refused_and_not_shown_as_zero(value: object) -> None:
    with pytest.raises(TypeError):
        number(value)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        kroner(value)  # type: ignore[arg-type]


def test_kroner_with_a_fraction_are_refused() -> None:
    with pytest.raises(TypeError, match="whole"):
        kroner(12.5)  # type: ignore[arg-type]
