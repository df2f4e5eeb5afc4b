"""A day as precisely as a source tells it: the day, its month or its year."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from bosett.terms.errors import BadInput

FORMS = {4: "YYYY", 7: "YYYY-MM", 10: "YYYY-MM-DD"}


@dataclass(frozen=True)
class PartialDay:
    """A day, a month or a year in ISO form; nothing is filled in.

    Raises
    ------
    BadInput
        If the text has another form or there is no such day.
    """

    text: str

    def __post_init__(self) -> None:
        try:
            if len(self.text) not in FORMS:
                raise ValueError
            _first_day(self.text)
        except ValueError:
            raise BadInput(repr(self.text), "YYYY, YYYY-MM or YYYY-MM-DD") from None

    @property
    def earliest(self) -> date:
        """The first day it can be."""
        return _first_day(self.text)

    @property
    def latest(self) -> date:
        """The last day it can be."""
        first = self.earliest
        if len(self.text) == 4:
            return date(first.year, 12, 31)
        if len(self.text) == 7:
            return first.replace(day=monthrange(first.year, first.month)[1])
        return first

    def __str__(self) -> str:
        return self.text


def _first_day(text: str) -> date:
    return date.fromisoformat(text + "0000-01-01"[len(text) :])
