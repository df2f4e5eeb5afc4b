"""What the shipped tables tell of each year's commitments, as dated facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from bosett.agreement.problem import Fact, FactBook
from bosett.decisions.round_history import FILE as ROUNDS
from bosett.decisions.round_history import PastVersion, past_rounds
from bosett.expenditure.published import published
from bosett.registry import Registry
from bosett.registry.tables import read_rows, read_table_source
from bosett.rules.parameters import SHIPPED
from bosett.rules.value import Certainty
from bosett.sources.imported import Imported
from bosett.sources.own_tables import FIGURES, read_own_table
from bosett.terms.errors import BadInput
from bosett.terms.observation import COUNTRY, Observation
from bosett.terms.partial_day import PartialDay
from bosett.terms.source import Source

Sums = dict[tuple[str, str, int], list[Observation]]
"""(source, measure, year) -> the municipalities' rows."""
TOLD = SHIPPED / "agreement" / "facts.csv"
COLUMNS = ("year", "what", "value", "on", "certainty", "note", "source_title", "href")
FIRST_YEAR = 2016
REGISTER = "imdi_bulk"
"""The source of a year's sum where no headline is stored: IMDi's register, municipality by municipality."""


@cache
def shipped_facts() -> FactBook:
    """Requests, needs, votes, settled, coverage and what was told of waiting and reception, since 2016."""
    return FactBook((*_requests(), *_figures(), *_coverage(), *read_facts(TOLD)))


def read_facts(file: Path) -> tuple[Fact, ...]:
    """A table of single facts.

    Raises
    ------
    BadInput
        Names file and line of a day, number or certainty that is none, and of a fact without a source.
    """
    return tuple(_told(row, file, line) for line, row in enumerate(read_rows(file, COLUMNS), start=2))


def _told(row: dict[str, str], file: Path, line: int) -> Fact:
    if not row["source_title"]:
        raise BadInput("no source", "the title of a source", str(file), line, "source_title")
    try:
        return Fact(
            what=row["what"],
            year=int(row["year"]),
            value=_number(row["value"]),
            on=PartialDay(row["on"]),
            source=Source(title=row["source_title"], href=row["href"]),
            certainty=Certainty(row["certainty"]),
            note=row["note"],
        )
    except (ValueError, ArithmeticError, BadInput) as bad:
        raise BadInput(str(bad), "a year, a number, a day and how sure it is", str(file), line) from None


def _number(text: str) -> int | Decimal:
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() and "." not in text else number


def _requests() -> Iterator[Fact]:
    """Each version of a year's request; one without a stored day by the next one's day or the year's end."""
    page = read_table_source(ROUNDS)
    rounds = [one for one in past_rounds() if one.year >= FIRST_YEAR]
    for one, after in zip(rounds, [*rounds[1:], None], strict=True):
        told = Source(title=one.source, href=page.href)
        day, note = _bound(one, after), f"version {one.version}"
        yield Fact(
            "request", one.year, one.persons, day, told, note=note, day_known=len(one.stated) > len("2025")
        )


def _bound(one: PastVersion, after: PastVersion | None) -> PartialDay:
    following = after.stated if after is not None and after.year == one.year else ""
    return PartialDay(one.stated or following or str(one.year))


def _figures() -> Iterator[Fact]:
    """Need, voted and settled; the country's own figure where one is stored, else the register's sum."""
    sums: Sums = defaultdict(list)
    headline: dict[tuple[str, int], Observation] = {}
    for table in _own_tables():
        for one in table.rows:
            if one.year < FIRST_YEAR or one.measure_id not in ("need", "voted", "settled"):
                continue
            if one.measure_id == "need":
                yield _fact(one, "need", _need_day(one))
            elif one.place == COUNTRY and not one.breakdown:
                headline[one.measure_id, one.year] = one
            elif len(one.place) == len("0301") and not one.breakdown:
                sums[one.source_id, one.measure_id, one.year].append(one)
    for (source, what, year), rows in sums.items():
        if source == REGISTER and (what, year) not in headline:
            yield _summed(what, year, rows)
    for (what, year), one in headline.items():
        yield _told_whole(one, sums.get((one.source_id, what, year), []))
    yield from _settled_above_vote(sums)


def _need_day(one: Observation) -> PartialDay:
    """The first need is known when its year begins; when it was changed is stored for the requests alone."""
    first = dict(one.breakdown).get("statement") == "first"
    return PartialDay(f"{one.year - 1}-12-31" if first else str(one.year))


def _fact(one: Observation, what: str, on: PartialDay, note: str = "") -> Fact:
    if one.value is None:
        raise BadInput(f"{what} of {one.year} without a number", "a number for the country")
    return Fact(what, one.year, one.value, on, _source_of(one), note=note)


def _told_whole(one: Observation, places: list[Observation]) -> Fact:
    """The headline; where the same source's municipalities sum to more, that is said."""
    total = sum(int(place.value) for place in places if place.value is not None)
    differs = one.value is not None and total > one.value
    note = f"the municipalities of the same source sum to {total}" if differs else ""
    return _fact(one, one.measure_id, PartialDay(str(one.year)), note)


def _summed(what: str, year: int, rows: list[Observation]) -> Fact:
    hidden = sum(1 for one in rows if one.value is None)
    return Fact(
        what, year, sum(int(one.value) for one in rows if one.value is not None), PartialDay(str(year)),
        _source_of(rows[0]), Certainty.DERIVED,
        f"sum of the register; {hidden} municipalities without a number" if hidden else "sum of the register",
    )  # fmt: skip


def _settled_above_vote(sums: Sums) -> Iterator[Fact]:
    """Where more were settled than the same source says was voted for; a hidden number is left out."""
    for source_id, what, year in [key for key in sums if key[1] == "settled"]:
        voted = {
            one.place: one.value for one in sums.get((source_id, "voted", year), ()) if one.value is not None
        }
        settled = sums[source_id, what, year]
        if not voted:
            continue
        more = [
            int(one.value - voted[one.place])
            for one in settled
            if one.value is not None and one.place in voted and one.value > voted[one.place]
        ]
        source, note = _source_of(settled[0]), "as the source stood when it was read"
        for code, value in (
            ("municipalities_settled_above_vote", len(more)),
            ("persons_settled_above_vote", sum(more)),
        ):
            yield Fact(code, year, value, PartialDay(str(year)), source, Certainty.DERIVED, note)


def _coverage() -> Iterator[Fact]:
    """Published coverage and that a year was mapped, known when the year after is over."""
    mapped: set[int] = set()
    for one in published():
        if one.measure != "coverage":
            continue
        on, note = PartialDay(str(one.data_year + 1)), "published the year after; the day is not stored"
        yield Fact(f"coverage_{one.scheme}", one.data_year, one.value, on, one.source, one.certainty, note)
        if one.data_year not in mapped:
            mapped.add(one.data_year)
            yield Fact("mapped", one.data_year, 1, on, one.source, Certainty.DERIVED, note)


def _source_of(one: Observation) -> Source:
    return _tables()[one.dataset_id, one.source_id]


@cache
def _own_tables() -> tuple[Imported[Observation], ...]:
    """The country's and the municipalities' numbers of requests, votes and settled; no other table is read."""
    files = [
        file for folder in ("national", "settlement") for file in sorted((FIGURES / folder).glob("*.csv"))
    ]
    return tuple(read_own_table(file, Registry.shipped()) for file in files)


@cache
def _tables() -> dict[tuple[str, str], Source]:
    return {
        (row.dataset_id, row.source_id): Source(title=table.source.title, href=table.source.href)
        for table in _own_tables()
        for row in table.rows
    }
