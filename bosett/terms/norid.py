"""Norwegian identity numbers: birth number (fødselsnummer), D-number and H-number, real or synthetic.

A number is checked, never interpreted: sex and birth date are fields of their own.  The date in a
D-number can be the day it was ordered, and from 2032 no number tells sex or century.

Sources: Skatteetaten, "Nytt fødselsnummer 2032" (folkeregisteret-api-dokumentasjon): numbers issued
from 1 January 2032 keep the weights, and the first control sum may leave 0, 1, 2 or 3; systems must
read both forms side by side.  Skatteetaten, Tenor: synthetic persons carry month + 80.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bosett.terms.errors import BadInput

RELAXED_FROM = date(2032, 1, 1)
WEIGHTS_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
WEIGHTS_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FORM = "an identity number of eleven digits"


class IdKind(StrEnum):
    """What the number is: day + 40 is a D-number, month + 40 an H-number (help number)."""

    BIRTH_NUMBER = "birth_number"
    D_NUMBER = "d_number"
    H_NUMBER = "h_number"


class Synthetic(StrEnum):
    """Which synthetic register a test number belongs to, or `NO` for a number in real use."""

    NO = "no"
    TENOR = "tenor"
    MONTH_65 = "month_65"


MONTH_MARKS = (
    (0, IdKind.BIRTH_NUMBER, Synthetic.NO),
    (40, IdKind.H_NUMBER, Synthetic.NO),
    (65, IdKind.BIRTH_NUMBER, Synthetic.MONTH_65),
    (80, IdKind.BIRTH_NUMBER, Synthetic.TENOR),
)


@dataclass(frozen=True)
class IdNumber:
    """A number that keeps the rules.  `repr` shows no digit, so that a log line never holds one."""

    digits: str
    kind: IdKind
    synthetic: Synthetic

    def __repr__(self) -> str:
        return f"IdNumber(kind={self.kind}, synthetic={self.synthetic})"


def read_id_number(text: str, on: date) -> IdNumber:
    """Read an identity number as written, blanks not allowed.

    Parameters
    ----------
    text
        Eleven digits.
    on
        The day it is read: before 2032 only the classic control digits exist, from then on both.

    Raises
    ------
    BadInput
        Says what is wrong without repeating the number.
    """
    if len(text) != 11 or not text.isascii() or not text.isdigit():
        raise BadInput("a text that is not eleven digits", FORM)
    kind, synthetic = _kind(text)
    if not checksum_holds(text, on):
        raise BadInput("an identity number whose control digits do not fit", FORM)
    return IdNumber(text, kind, synthetic)


def checksum_holds(digits: str, on: date) -> bool:
    """Whether both control digits fit; from 2032 the first sum may leave 0 to 3."""
    highest = 3 if on >= RELAXED_FROM else 0
    return _remainder(digits, WEIGHTS_FIRST) <= highest and _remainder(digits, WEIGHTS_SECOND) == 0


def _remainder(digits: str, weights: tuple[int, ...]) -> int:
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False)) % 11


def _kind(text: str) -> tuple[IdKind, Synthetic]:
    day, month, year = int(text[:2]), int(text[2:4]), int(text[4:6])
    is_d_number = day > 40
    for added, kind, synthetic in MONTH_MARKS:
        if _is_date(day - 40 if is_d_number else day, month - added, year):
            if not is_d_number:
                return kind, synthetic
            if kind is not IdKind.H_NUMBER:
                return IdKind.D_NUMBER, synthetic
    raise BadInput("an identity number whose first six digits are no date", FORM)


def _is_date(day: int, month: int, year: int) -> bool:
    """Whether the day exists in some century; 29 February only in years divisible by four."""
    if not 1 <= month <= 12 or not 1 <= day <= DAYS_IN_MONTH[month - 1]:
        return False
    return not (month == 2 and day == 29 and year % 4)
