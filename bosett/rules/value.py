"""What a lookup gives: the value, the day it starts to hold, where it is from and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bosett.terms.source import Source


class Certainty(StrEnum):
    """How sure a value is; shown wherever the value is used."""

    SOURCE = "source"
    DERIVED = "derived"
    MEDIUM = "medium"
    ASSUMED = "assumed"


class Validity(StrEnum):
    """How long a dated value holds.

    `calendar_year`: one year only; the next year has no value until one is stored.
    `until_changed`: until the next dated value.
    """

    CALENDAR_YEAR = "calendar_year"
    UNTIL_CHANGED = "until_changed"


@dataclass(frozen=True)
class DatedValue:
    """A number in force on the day asked for.

    Parameters
    ----------
    path
        Where the rule lies, such as `grants/integration/year1_single_adult`.
    value
        Exact: a whole number, or a decimal that is read from its digits.
    unit
        As the file states it, such as `NOK per person per year`.
    start, end
        First day in force, and the first day it no longer is (None: until changed).
    note
        What a reader must know before relying on it; may be empty.
    """

    path: str
    value: int | Decimal
    unit: str
    source: Source
    certainty: Certainty
    start: date
    end: date | None = None
    note: str = ""

    @property
    def whole(self) -> int:
        """The value as a whole number.

        Raises
        ------
        ValueError
            If the value has decimals.
        """
        if self.value != int(self.value):
            raise ValueError(f"{self.path} is not a whole number: {self.value}")
        return int(self.value)


@dataclass(frozen=True)
class DatedRule:
    """The name of the version of the logic in force on a day (files with `unit: rule`)."""

    path: str
    name: str
    source: Source
    certainty: Certainty
    start: date
    end: date | None = None
    note: str = ""
