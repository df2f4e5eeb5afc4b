"""Monthly figures as they were published: a later table revises earlier months, and every version is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bosett.terms.days import Month
from bosett.terms.errors import BadInput


@dataclass(frozen=True, order=True)
class Vintage:
    """A month's figure as published on a day."""

    month: Month
    published: date
    value: int

    def __post_init__(self) -> None:
        if self.value < 0:
            raise BadInput(f"{self.value} in {self.month}", "0 or more")
        if Month.of(self.published) < self.month:
            raise BadInput(f"{self.month} published {self.published}", "a day in the month or later")


@dataclass(frozen=True)
class Vintages:
    """All versions of all months.

    Raises
    ------
    BadInput
        If a month has two figures of one day.
    """

    all: tuple[Vintage, ...]

    @classmethod
    def of(cls, found: Iterable[Vintage]) -> Vintages:
        """Keep the versions in order."""
        ordered = sorted(found)
        keys = [(one.month, one.published) for one in ordered]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise BadInput(f"{twice[0]} twice on {twice[1]}", "one figure a month and day of publication")
        return cls(tuple(ordered))

    def as_of(self, day: date) -> dict[Month, int]:
        """What was known of each month on a day: its latest version by then."""
        return {one.month: one.value for one in self.all if one.published <= day}

    def first(self) -> dict[Month, int]:
        """Each month's first published figure."""
        return {one.month: one.value for one in reversed(self.all)}

    def revisions(self) -> dict[Month, int]:
        """Latest less first, by month; a month published once is 0."""
        latest, first = self.as_of(date.max), self.first()
        return {month: latest[month] - first[month] for month in latest}
