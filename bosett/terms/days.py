"""Half-open date ranges and calendar months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class DateRange:
    """Days from `start` up to, but not including, `end`; `end=None` means still in force.

    Raises
    ------
    ValueError
        If `end` is not after `start`.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"a range must end after it starts: {self.start} to {self.end}")

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: DateRange) -> bool:
        """Whether the two ranges share a day."""
        starts_first = other.end is None or self.start < other.end
        return starts_first and (self.end is None or other.start < self.end)


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month, written `YYYY-MM`."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 12:
            raise ValueError(f"a month is 1 to 12, not {self.number}")

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that holds `day`."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `YYYY-MM`; anything else is a ValueError."""
        year, dash, number = text.partition("-")
        if len(year) != 4 or not dash or len(number) != 2:
            raise ValueError(f"a month is written YYYY-MM, not {text!r}")
        return cls(int(year), int(number))

    def plus(self, months: int) -> Month:
        """The month `months` later (earlier when negative)."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


def age_on(birth_date: date, day: date) -> int:
    """Whole years lived on `day`; born 29 February counts from 1 March in a common year."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (0 if had_birthday else 1)


def add_years(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 1 March in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
