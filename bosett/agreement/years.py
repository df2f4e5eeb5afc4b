"""The state of every commitment as of the end of each year, and as of a day: one small table to look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bosett.agreement.problem import FactBook, Held, Verdict
from bosett.agreement.solve import held

Books = Callable[[int, date], FactBook]
"""(year, as of a day) -> the facts that were known."""


@dataclass(frozen=True)
class YearHeld:
    """One year's agreement looked at on a day."""

    year: int
    as_of: date
    held: tuple[Held, ...]

    @property
    def agreement(self) -> str:
        """The code of the agreement that the year belongs to."""
        return self.held[0].commitment.agreement

    def verdict(self, code: str) -> Verdict | None:
        """A commitment's state; None where the year's agreement has no such commitment."""
        return next((one.verdict for one in self.held if one.commitment.code == code), None)


def held_by_year(books: Books, first: int, as_of: date) -> tuple[YearHeld, ...]:
    """Each year as of its 31 December, and the day's own year as of the day.  Raises as `held` does."""
    days = [(year, date(year, 12, 31)) for year in range(first, as_of.year)]
    return tuple(
        YearHeld(year, day, held(books(year, day), day, year)) for year, day in (*days, (as_of.year, as_of))
    )


def commitments_of(years: tuple[YearHeld, ...]) -> tuple[str, ...]:
    """The codes of every commitment in them, those of the newest agreement first."""
    return tuple(dict.fromkeys(one.commitment.code for told in reversed(years) for one in told.held))
