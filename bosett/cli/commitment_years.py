"""Every commitment as of the end of each year and of a day, with what changed, was settled, and cannot be said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bosett.agreement import (
    FactBook,
    Verdict,
    YearBalance,
    YearHeld,
    balance,
    changes_of_year,
    commitments_of,
    held_by_year,
)

SIGNS = {
    Verdict.KEPT: "+",
    Verdict.AT_RISK: "!",
    Verdict.NOT_KEPT: "x",
    Verdict.CANNOT_BE_SAID: "?",
    None: ".",
}
LEGEND = "+ kept, ! at risk, x not kept, ? cannot be said, . not in that year's agreement"
WIDE = 24


def years_held(book: FactBook, first: int, as_of: date) -> tuple[YearHeld, ...]:
    """Each year from `first` on the same facts, as far as they were known on its day."""
    return held_by_year(lambda _year, _day: book, first, as_of)


def year_lines(book: FactBook, years: tuple[YearHeld, ...]) -> Iterator[str]:
    """What the command prints: the table of states, then every change, every year's numbers, and what is missing."""
    yield "State of each commitment, each year as of its 31 December and the last as of " + str(
        years[-1].as_of
    )
    yield " " * WIDE + " ".join(str(one.year) for one in years)
    for code in commitments_of(years):
        yield f"{code:{WIDE}}" + " ".join(f"{SIGNS[one.verdict(code)]:>4}" for one in years)
    yield LEGEND
    yield from ("", "Changes of the number in the year")
    yield from _changes(book, years)
    yield from ("", "Settled against voted")
    first, last = years[0].year, years[-1]
    yield from (_balance(one) for one in balance(book, first, last.year, last.as_of))
    yield from ("", "What cannot be said, and what is missing")
    yield from _unsaid(years)


def _changes(book: FactBook, years: tuple[YearHeld, ...]) -> Iterator[str]:
    for year in years:
        for one in changes_of_year(book, year.year, year.as_of):
            yield (
                f"{year.year}  {one.after.what} {one.before.value} -> {one.after.value} "
                f"({one.persons:+d}, {100 * float(one.share):+.1f} %), known {one.after.on}"
            )


def _balance(one: YearBalance) -> str:
    voted, settled = (None if fact is None else fact.value for fact in (one.voted, one.settled))
    share = "" if one.settled_of_voted is None else f"  {one.settled_of_voted} %"
    return f"{one.year}  voted {_told(voted)}  settled {_told(settled)}{share}"


def _told(value: object) -> str:
    return "unknown" if value is None else str(value)


def _unsaid(years: tuple[YearHeld, ...]) -> Iterator[str]:
    for year in years:
        lacking = {
            f"{told.indicator} ({', '.join(told.missing)})": None
            for one in year.held
            for told in one.findings
            if told.missing
        }
        yield f"{year.year}  " + "; ".join(lacking)
