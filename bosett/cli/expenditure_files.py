"""The folder of `bosett expenditure`: frame, answers, registers and grants, each fault named by its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from bosett.cli.municipality_rows import codes_of_today
from bosett.expenditure.problem import Answer, FrameRow, RegisterItem, Survey
from bosett.expenditure.register import YEARS
from bosett.sources import Row, Table, read_table
from bosett.terms.errors import BadInput

FRAME = ("municipality_id", "stratum", "eligible_persons", "sampled", "certainty", "base_weight")
ANSWERS = ("municipality_id", "area", "amount_nok")
REGISTER = ("municipality_id", "residence_year", "item", "amount_nok", "persons")
GRANTS = ("residence_year", "amount_nok_per_person")
WORDS = ("name", "county", "county_id", "kostra_group", "centrality")
"""Columns of the frame that tell about a municipality and are no figure to calibrate to."""
ENDINGS = (".csv", ".xlsx", ".parquet")
_DIGITS = re.compile(r"[+-]?[\d\s.,]*\d[\d\s.,]*([eE][+-]?\d+)?")
"""What somebody meant as a number, also with a decimal comma or blanks: then the column must be numbers."""


@dataclass(frozen=True)
class Folder:
    """What was read; registers and grants are empty when the file is not there."""

    survey: Survey
    register: tuple[RegisterItem, ...]
    grants_nok: dict[int, Fraction]
    has_grants: bool


def read_folder(folder: Path, *, calibrated: bool) -> Folder:
    """Read the files of a round; further figures of the frame only when they are `calibrated` to.

    Raises
    ------
    BadInput
        Names file, row and column of the first fault.
    """
    if not folder.is_dir():
        raise BadInput(repr(str(folder)), "a folder with frame.csv and answers.csv", "FOLDER")
    frame_table = _needed(folder, "frame", FRAME)
    frame_table.refuse_repeats("municipality_id")
    auxiliary = _auxiliary(frame_table) if calibrated else ()
    frame = tuple(_frame_row(row, auxiliary) for row in frame_table.rows)
    places = _Places(frame)
    answers = _answers(_needed(folder, "answers", ANSWERS), places)
    register = _maybe(folder, "register", REGISTER)
    grants = _maybe(folder, "grants", GRANTS)
    return Folder(
        Survey(frame, answers),
        () if register is None else _register(register, places),
        {} if grants is None else _grants(grants),
        grants is not None,
    )


class _Places:
    """Finds the municipality of the frame that a row is about, by today's code or that of its day."""

    def __init__(self, frame: tuple[FrameRow, ...]) -> None:
        self.rows = {row.municipality_id: row for row in frame}
        self._today = {
            code: row.municipality_id
            for row in frame
            if len(found := codes_of_today(row.municipality_id)) == 1
            for code in found
        }

    def find(self, row: Row) -> FrameRow:
        written = row.identifier("municipality_id")
        if written in self.rows:
            return self.rows[written]
        today = codes_of_today(written)
        if len(today) > 1:
            raise row.bad(
                "municipality_id", f"a code of 2024: {written} was split into {' and '.join(today)}"
            )
        if not today or today[0] not in self._today:
            raise row.bad("municipality_id", "a municipality of the frame")
        return self.rows[self._today[today[0]]]


def _path(folder: Path, name: str) -> Path | None:
    found = [folder / f"{name}{ending}" for ending in ENDINGS if (folder / f"{name}{ending}").exists()]
    if len(found) > 1:
        raise BadInput(" and ".join(one.name for one in found), f"one file called {name}", str(folder))
    return found[0] if found else None


def _maybe(folder: Path, name: str, columns: tuple[str, ...]) -> Table | None:
    path = _path(folder, name)
    if path is None:
        return None
    table = read_table(path)
    table.need(columns)
    if not table.rows:
        raise BadInput("no rows", "at least one row", table.file)
    return table


def _needed(folder: Path, name: str, columns: tuple[str, ...]) -> Table:
    table = _maybe(folder, name, columns)
    if table is None:
        raise BadInput("no such file", f"{name}.csv, {name}.xlsx or {name}.parquet", str(folder / name))
    return table


def _auxiliary(table: Table) -> tuple[str, ...]:
    """Columns beyond the contract's that hold figures: a column of words only tells."""
    others = [one for one in table.columns if one not in FRAME and one not in WORDS]
    return tuple(one for one in others if any(_DIGITS.fullmatch(row.raw(one).strip()) for row in table.rows))


def _frame_row(row: Row, auxiliary: tuple[str, ...]) -> FrameRow:
    sampled, certainty = row.maybe_yes("sampled"), row.maybe_yes("certainty")
    for column, value in (("sampled", sampled), ("certainty", certainty)):
        if value is None:
            raise row.bad(column, "1 or 0")
    if certainty and not sampled:
        raise row.bad("sampled", "1, as the certainty says")
    weight = row.number("base_weight", 1) if sampled else row.maybe_number("base_weight", 0)
    return FrameRow(
        municipality_id=row.identifier("municipality_id"),
        stratum=row.identifier("stratum"),
        eligible_persons=row.number("eligible_persons", 0),
        sampled=bool(sampled),
        certainty=bool(certainty),
        base_weight=weight or Fraction(1),
        auxiliary={name: row.number(name) for name in auxiliary},
    )


def _answers(table: Table, places: _Places) -> tuple[Answer, ...]:
    seen: dict[tuple[str, str], int] = {}
    found = []
    for row in table.rows:
        place = places.find(row)
        if not place.sampled:
            raise row.bad("municipality_id", "a sampled municipality: this one was not asked")
        area = row.identifier("area") or ""
        key = (place.municipality_id, area)
        if key in seen:
            raise row.bad("area", f"each area once for a municipality (first in row {seen[key]})")
        seen[key] = row.line
        found.append(Answer(*key, _amount(row)))
    return tuple(found)


def _amount(row: Row) -> Fraction:
    """Kroner; where the table has `gross_nok` and `share` (0 to 1) an empty amount is their product."""
    share, gross = row.maybe_number("share", 0), row.maybe_number("gross_nok", 0)
    if share is not None and share > 1:
        raise row.bad("share", "a share of 0 to 1: not over 100 %")
    amount = row.maybe_number("amount_nok", 0)
    if amount is None and share is not None and gross is not None:
        return share * gross
    if amount is not None and gross is not None and amount > gross:
        raise row.bad("amount_nok", f"at most gross_nok ({row.raw('gross_nok').strip()}): not over 100 %")
    return row.number("amount_nok", 0)


def _register(table: Table, places: _Places) -> tuple[RegisterItem, ...]:
    seen: dict[tuple[str, int, str], int] = {}
    found = []
    for row in table.rows:
        place, year, item = places.find(row).municipality_id, _year(row), row.identifier("item")
        if (place, year, item) in seen:
            raise row.bad(
                "item", f"each item once a municipality and year (first in row {seen[place, year, item]})"
            )
        seen[place, year, item] = row.line
        amount, persons = row.number("amount_nok", 0), row.number("persons", 0)
        found.append(RegisterItem(year, item, amount, persons, place))
    return tuple(found)


def _grants(table: Table) -> dict[int, Fraction]:
    table.refuse_repeats("residence_year")
    return {_year(row): row.number("amount_nok_per_person", 0) for row in table.rows}


def _year(row: Row) -> int:
    year = row.whole("residence_year")
    if year not in YEARS:
        raise row.bad("residence_year", "a residence year of 1 to 5")
    return year
