"""Identity numbers.  Every vector is synthetic, or of a day in 2039, and computed by hand from the rule.

By hand for 018190 123 (1 January 1990 by Tenor's month + 80): 7x1 + 6x8 + 1x1 + 8x9 + 4x1 + 5x2 + 2x3
= 148 = 13x11 + 5, so the first control digit is 6; 4 + 24 + 2 + 63 + 5 + 8 + 9 + 2x6 = 127 = 11x11 + 6,
so the second is 5.  The relaxed rule also takes 7 (sum 155, leaves 1; then 129, so 3) and 8 (156 leaves 2;
then 131, so 1).
"""

from __future__ import annotations

from datetime import date

import pytest

from bosett.terms.errors import BadInput
from bosett.terms.norid import IdKind, Synthetic, read_id_number

BEFORE, REFORM = date(2031, 12, 31), date(2032, 1, 1)
TENOR, TENOR_D, MONTH_65 = "01819012365", "41819012359", "01669012329"
HELP, NOT_BORN = "01419012382", "01013990057"


@pytest.mark.parametrize(
    ("digits", "kind", "synthetic"),
    [
        (TENOR, IdKind.BIRTH_NUMBER, Synthetic.TENOR),
        (TENOR_D, IdKind.D_NUMBER, Synthetic.TENOR),
        (MONTH_65, IdKind.BIRTH_NUMBER, Synthetic.MONTH_65),
        (HELP, IdKind.H_NUMBER, Synthetic.NO),
        (NOT_BORN, IdKind.BIRTH_NUMBER, Synthetic.NO),
    ],
)
def test_each_kind_of_number_is_told_apart(digits: str, kind: IdKind, synthetic: Synthetic) -> None:
    found = read_id_number(digits, BEFORE)
    assert (found.kind, found.synthetic, found.digits) == (kind, synthetic, digits)


@pytest.mark.parametrize("digits", ["01819012373", "01819012381"])
def test_the_relaxed_control_digit_holds_from_2032_and_not_a_day_before(digits: str) -> None:
    assert read_id_number(digits, REFORM).synthetic is Synthetic.TENOR
    with pytest.raises(BadInput):
        read_id_number(digits, BEFORE)


def test_classic_numbers_still_hold_after_the_reform() -> None:
    assert read_id_number(TENOR, REFORM).digits == TENOR


def test_a_remainder_above_three_is_refused_after_the_reform_too() -> None:
    with pytest.raises(BadInput):  # 148 leaves 5; the second digit fits: 115 leaves 5, so 6
        read_id_number("01819012306", REFORM)


@pytest.mark.parametrize("place", range(11))
def test_one_digit_typed_wrong_is_always_refused(place: int) -> None:
    for digit in "0123456789":
        if digit != TENOR[place]:
            with pytest.raises(BadInput):
                read_id_number(TENOR[:place] + digit + TENOR[place + 1 :], BEFORE)


@pytest.mark.parametrize(
    "text", ["", "0181901236", "018190123650", "01819 12365", "0181901236x", "٠١٨١٩٠١٢٣٦٥"]
)
def test_what_is_not_eleven_digits_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_id_number(text, BEFORE)


@pytest.mark.parametrize("first_six", ["328190", "018090", "009390", "308290", "298290", "729990"])
def test_first_six_digits_that_are_no_date_are_refused(first_six: str) -> None:
    for last in range(0, 100_000, 7):
        with pytest.raises(BadInput):
            read_id_number(f"{first_six}{last:05d}", REFORM)


def test_neither_the_error_nor_the_repr_repeats_the_number() -> None:
    with pytest.raises(BadInput) as bad:
        read_id_number(TENOR[:-1] + "0", BEFORE)
    assert TENOR[:6] not in str(bad.value)
    assert TENOR[:6] not in repr(read_id_number(TENOR, BEFORE))


def test_nothing_of_sex_or_birth_date_is_offered() -> None:
    public = {name for name in dir(read_id_number(TENOR, BEFORE)) if not name.startswith("_")}
    assert public == {"digits", "kind", "synthetic"}
