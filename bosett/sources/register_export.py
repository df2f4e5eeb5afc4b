"""Ready persons and assignments exported from another register, so that nobody types twice.

No defect ever repeats a number of a person: only row and column are told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bosett.sources.ask import Ask, DefectList
from bosett.sources.grid import GridRow, read_grid
from bosett.sources.imported import Imported, ImportSource, settled_result
from bosett.sources.opened import Opened
from bosett.terms.duf import read_duf_number
from bosett.terms.errors import BadInput
from bosett.terms.groups import Track
from bosett.terms.norid import IdKind, read_id_number

READY = "ready_persons"
ASSIGNMENTS = "assignments"
READY_COLUMNS = ("duf", "d_number", "household_ref", "birth_date", "ready_since", "track")
ASSIGNMENT_COLUMNS = ("duf", "d_number", "municipality_id", "assigned_on")


@dataclass(frozen=True)
class Numbers:
    """A person's numbers in an export, at least one of them; `repr` shows no digit."""

    duf: str
    d_number: str

    def __repr__(self) -> str:
        return f"Numbers(duf={bool(self.duf)}, d_number={bool(self.d_number)})"


@dataclass(frozen=True)
class ReadyPerson:
    """A person who is ready for a municipality, as the other register has it."""

    numbers: Numbers
    household_ref: str
    birth_date: date
    ready_since: date
    track: Track
    row: int


@dataclass(frozen=True)
class AssignedPerson:
    """A person assigned to a municipality of 2024 in the other register."""

    numbers: Numbers
    municipality_id: str
    assigned_on: date
    row: int


Person = TypeVar("Person", ReadyPerson, AssignedPerson)


def read_ready_persons(file: Opened, ask: Ask) -> Imported[ReadyPerson]:
    """One row a person; a number that stands in two rows is an error."""
    return _read(file, ask, READY, READY_COLUMNS, _ready)


def read_assignments(file: Opened, ask: Ask) -> Imported[AssignedPerson]:
    """One row a person; a number that stands in two rows is an error."""
    return _read(file, ask, ASSIGNMENTS, ASSIGNMENT_COLUMNS, _assigned)


def _read(
    file: Opened, ask: Ask, kind: str, columns: tuple[str, ...], read: Callable[[GridRow, Ask], Person]
) -> Imported[Person]:
    defects = DefectList(file.name)
    found: list[Person] = []
    for row in read_grid(file, columns, defects):
        try:
            found.append(read(row, ask))
        except BadInput as bad:
            defects.error("cell_wrong", bad.found, bad.allowed, row.row, bad.column)
    _refuse_twice(found, defects)
    source = ImportSource("Export of another register", "told by the user", "", "internal", ask.retrieved)
    return settled_result(kind, found, defects.told(), source, file.sha256, {"rows": len(found)})


def _refuse_twice(found: list[Person], defects: DefectList) -> None:
    for column in ("duf", "d_number"):
        seen: dict[str, int] = {}
        for one in found:
            number = getattr(one.numbers, column)
            if number and number in seen:
                told = f"the number of row {seen[number]} again"
                defects.error("person_twice", told, "each person once", one.row, column)
            elif number:
                seen[number] = one.row


def _ready(row: GridRow, ask: Ask) -> ReadyPerson:
    birth, ready = _day(row, "birth_date", ask), _day(row, "ready_since", ask)
    if ready < birth:
        raise BadInput("a day before the birth", "a day after it", column="ready_since")
    track = row.cells["track"]
    if track not in set(Track):
        raise BadInput(repr(track), ", ".join(Track), column="track")
    household = row.cells["household_ref"]
    if not household:
        raise BadInput("an empty cell", "the household's reference", column="household_ref")
    return ReadyPerson(_numbers(row, ask), household, birth, ready, Track(track), row.row)


def _assigned(row: GridRow, ask: Ask) -> AssignedPerson:
    day = _day(row, "assigned_on", ask)
    try:
        code = ask.registry.accept(row.cells["municipality_id"], max(day, date(2011, 1, 1)))
    except BadInput as bad:
        raise BadInput(bad.found, bad.allowed, column="municipality_id") from None
    return AssignedPerson(_numbers(row, ask), code, day, row.row)


def _numbers(row: GridRow, ask: Ask) -> Numbers:
    duf, d_number = row.cells["duf"], row.cells["d_number"]
    if not duf and not d_number:
        raise BadInput("neither number", "a DUF number, a D-number or both", column="duf")
    try:
        if duf:
            read_duf_number(duf, ask.today)
    except BadInput as bad:
        raise BadInput(bad.found, bad.allowed, column="duf") from None
    try:
        if d_number and read_id_number(d_number, ask.today).kind is not IdKind.D_NUMBER:
            raise BadInput("an identity number that is no D-number", "a D-number")
    except BadInput as bad:
        raise BadInput(bad.found, bad.allowed, column="d_number") from None
    return Numbers(duf, d_number)


def _day(row: GridRow, column: str, ask: Ask) -> date:
    cell = row.cells[column].removesuffix(" 00:00:00").removesuffix("T00:00:00")
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        raise BadInput("no day", "a day as YYYY-MM-DD", column=column) from None
    if day > ask.today:
        raise BadInput("a day to come", f"no later than {ask.today}", column=column)
    return day
