"""A round of requests (anmodning) as it was sent: the need, what each municipality was asked, by group.

The table's own quirks are described beside it in `<year>.source.yaml`; the sums that the sender
published stand in `<year>.round.yaml` and are checked each time the round is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bosett.registry.tables import TableSource, read_rows, read_table_source, whole
from bosett.rules.parameters import SHIPPED
from bosett.rules.read import read_source
from bosett.rules.strict_yaml import Lines, read_yaml
from bosett.terms.errors import BadInput, NoRuleInForce
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode, municipality_code
from bosett.terms.source import Source

COLUMNS = ("municipality_id", "asked", "em_under15", "em_15_17", "status")
ROUND_KEYS = {"year", "sent", "answers_due", "needs", "published", "deadline_source"}
NEED_KEYS = {"stated", "persons", "divided", "source", "note"}
SUM_KEYS = {"municipalities_asked", "em", "em_under15", "em_15_17", "source"}


@dataclass(frozen=True)
class Asked:
    """What one municipality was asked for: a number of all persons, of them minors by age."""

    municipality_id: MunicipalityCode
    asked: Figure
    em_under15: Figure
    em_15_17: Figure

    def figure(self, group: Group) -> Figure:
        """The number asked for in a group, or `not_asked`."""
        by_group = {Group.ALL: self.asked, Group.EM_UNDER15: self.em_under15, Group.EM_15_17: self.em_15_17}
        return by_group[group]


@dataclass(frozen=True)
class StatedNeed:
    """The national need as stated on a day; `divided` tells whether its division is known."""

    stated: date
    persons: int
    divided: bool
    source: Source
    note: str


@dataclass(frozen=True)
class Round:
    """One year's round; the municipalities in order of code, the needs in order of day."""

    year: int
    sent: date
    answers_due: date
    needs: tuple[StatedNeed, ...]
    rows: tuple[Asked, ...]
    source: TableSource

    def need(self, known: date) -> StatedNeed:
        """The last need stated by a day; NoRuleInForce before the first."""
        stated = [need for need in self.needs if need.stated <= known]
        if not stated:
            raise NoRuleInForce(f"anmodning/{self.year}", known.isoformat(), "no need was stated by then")
        return stated[-1]

    def undivided(self, known: date) -> int:
        """Persons of the need on a day whose division on municipalities is not known."""
        return self.need(known).persons - self.total(Group.ALL)

    def total(self, group: Group) -> int:
        """The sum of what the municipalities were asked for in a group."""
        return sum(row.figure(group).value or 0 for row in self.rows)

    def asked_municipalities(self) -> tuple[Asked, ...]:
        """Those that were asked for at least one person."""
        return tuple(row for row in self.rows if row.asked.state is State.NUMBER)


def shipped_round(year: int) -> Round:
    """The round of a year that comes with this version.

    Raises
    ------
    NoRuleInForce
        If no round of that year is stored.
    """
    if not (SHIPPED / "anmodning" / f"{year}.csv").exists():
        raise NoRuleInForce("anmodning", str(year), "no round of that year is stored")
    return read_round(SHIPPED / "anmodning", year)


def read_round(folder: Path, year: int) -> Round:
    """Read `<year>.csv` and the two files beside it.

    Promise: the table adds up to the need that was divided and to every sum the sender published.

    Raises
    ------
    BadInput
        Names file and line; also when a municipality is named twice, minors exceed the number
        asked for, or a sum differs from the published one.
    """
    file = folder / f"{year}.csv"
    rows = tuple(_asked(row, file, line) for line, row in enumerate(read_rows(file, COLUMNS), start=2))
    if len({row.municipality_id for row in rows}) != len(rows):
        raise BadInput("a municipality twice", "each municipality once", str(file))
    told = _told(folder / f"{year}.round.yaml", year)
    needs = tuple(sorted((_need(need) for need in told["needs"]), key=lambda need: need.stated))
    found = Round(year, told["sent"], told["answers_due"], needs, rows, read_table_source(file))
    _check_sums(found, told["published"], file)
    return found


def _told(file: Path, year: int) -> Lines:
    told = _exactly(read_yaml(file), ROUND_KEYS, file)
    _exactly(told["published"], SUM_KEYS, file)
    for need in told["needs"]:
        _exactly(need, NEED_KEYS, file)
    if told["year"] != year:
        raise BadInput(str(told["year"]), str(year), str(file), told.key_lines["year"])
    if not any(need["divided"] for need in told["needs"]):
        raise BadInput("no need that was divided", "the need that the table divides", str(file))
    return told


def _exactly(told: Any, keys: set[str], file: Path) -> Lines:
    if not isinstance(told, Lines):
        raise BadInput(repr(told)[:60], f"a mapping with {', '.join(sorted(keys))}", str(file))
    if set(told) != keys:
        differing = ", ".join(sorted(set(told) ^ keys))
        raise BadInput(f"missing or unknown: {differing}", ", ".join(sorted(keys)), str(file), told.line)
    return told


def _asked(row: dict[str, str], file: Path, line: int) -> Asked:
    numbers = {column: _figure(row, column, file, line) for column in COLUMNS[1:4]}
    found = Asked(municipality_code(row["municipality_id"]), **numbers)
    if (row["status"] == "asked") != (found.asked.state is State.NUMBER):
        raise BadInput(
            repr(row["status"]), "asked with a number, not_asked without", str(file), line, "status"
        )
    minors = (found.em_under15.value or 0) + (found.em_15_17.value or 0)
    if minors > (found.asked.value or 0):
        raise BadInput(f"{minors} minors", "no more than asked for in all", str(file), line)
    return found


def _figure(row: dict[str, str], column: str, file: Path, line: int) -> Figure:
    if not row[column]:
        return Figure.missing(State.NOT_ASKED)
    return Figure.of(whole(row[column], file, line, column))


def _need(told: Any) -> StatedNeed:
    source = read_source(told["source"], told.line)
    return StatedNeed(told["stated"], told["persons"], told["divided"], source, told["note"])


def _check_sums(found: Round, published: Lines, file: Path) -> None:
    divided = [need.persons for need in found.needs if need.divided]
    minors = found.total(Group.EM_UNDER15), found.total(Group.EM_15_17)
    pairs = {
        "persons": (found.total(Group.ALL), divided[-1]),
        "municipalities": (len(found.asked_municipalities()), published["municipalities_asked"]),
        "minors": (sum(minors), published["em"]),
        "minors under 15": (minors[0], published["em_under15"]),
        "minors 15-17": (minors[1], published["em_15_17"]),
    }
    for what, (sums, stated) in pairs.items():
        if sums != stated:
            raise BadInput(f"{sums} {what}", f"{stated}, as published", str(file))
