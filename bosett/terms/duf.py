"""DUF numbers: what the immigration authorities call a case's person, twelve digits that begin with a year.

Only the form is checked: how the last two digits are made is not published, so none are called wrong.
Synthetic numbers of Bosett begin with 9000, a year that no application has.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bosett.terms.errors import BadInput

FORM = "a DUF number of twelve digits that begins with the year"
SYNTHETIC_YEAR = 9000
FIRST_YEAR = 1980


@dataclass(frozen=True)
class DufNumber:
    """A number of the right form.  `repr` shows no digit, so that a log line never holds one."""

    digits: str
    synthetic: bool

    def __repr__(self) -> str:
        return f"DufNumber(synthetic={self.synthetic})"


def read_duf_number(text: str, on: date) -> DufNumber:
    """Read a DUF number as written, blanks not allowed.

    Raises
    ------
    BadInput
        Says what is wrong without repeating the number.
    """
    if len(text) != 12 or not text.isascii() or not text.isdigit():
        raise BadInput("a text that is not twelve digits", FORM)
    year = int(text[:4])
    if year != SYNTHETIC_YEAR and not FIRST_YEAR <= year <= on.year:
        raise BadInput("a DUF number whose first four digits are no year of application", FORM)
    return DufNumber(text, year == SYNTHETIC_YEAR)
