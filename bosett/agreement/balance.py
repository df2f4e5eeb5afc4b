"""A year's numbers beside each other, as they were known by a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bosett.agreement.problem import Fact, FactBook


@dataclass(frozen=True)
class YearBalance:
    """Need, asked, voted and settled of a year; what is not known is None, never 0."""

    year: int
    need: Fact | None
    asked: Fact | None
    voted: Fact | None
    settled: Fact | None

    @property
    def settled_of_voted(self) -> float | None:
        """Per cent of the voted places."""
        return _percent(self.settled, self.voted)

    @property
    def settled_of_need(self) -> float | None:
        """Per cent of the need."""
        return _percent(self.settled, self.need)


def balance(book: FactBook, first: int, last: int, as_of: date) -> tuple[YearBalance, ...]:
    """Every year from `first` to `last`."""
    return tuple(
        YearBalance(
            year, *(book.newest(what, year, as_of) for what in ("need", "request", "voted", "settled"))
        )
        for year in range(first, last + 1)
    )


def _percent(part: Fact | None, whole: Fact | None) -> float | None:
    if part is None or whole is None or not whole.value:
        return None
    return round(100 * float(part.value) / float(whole.value), 1)
