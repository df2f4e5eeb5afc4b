"""A placement instance from its folder: every fault names file, row and column."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bosett.placement.problem import (
    PERSONS,
    BlockTable,
    Household,
    Lock,
    Municipality,
    Problem,
    ScoreTable,
)
from bosett.sources.tables import Row, Table, read_table
from bosett.terms.errors import BadInput

EXTENSIONS = (".csv", ".parquet", ".xlsx")
NOT_ALLOWED = "allowed_table"
UNLIMITED = "unlimited"


def find_table(folder: Path, name: str) -> Path | None:
    """The table's file by any readable extension; two of one name are refused."""
    if not folder.is_dir():
        raise BadInput("no such folder", "a folder with municipalities, households and scores", str(folder))
    there = [folder / f"{name}{end}" for end in EXTENSIONS if (folder / f"{name}{end}").is_file()]
    if len(there) > 1:
        raise BadInput(", ".join(one.name for one in there), f"one file for {name}", str(folder))
    return there[0] if there else None


def needed_table(folder: Path, name: str) -> Table:
    """The table, or BadInput when it is not there."""
    path = find_table(folder, name)
    if path is None:
        raise BadInput(f"no {name} table", f"{name}.csv, .parquet or .xlsx", str(folder))
    return read_table(path)


def read_problem(folder: Path, locks: Path | None = None) -> Problem:
    """The problem in a folder; `locks` is read instead of the folder's own."""
    municipalities = _municipalities(needed_table(folder, "municipalities"))
    dimensions = [name for name in municipalities[0].capacities if name != PERSONS]
    households = _households(needed_table(folder, "households"), dimensions)
    ids = [one.household_id for one in households]
    codes = [one.municipality_id for one in municipalities]
    scores = _matrix(needed_table(folder, "scores"), ids, codes)
    allowed_file, lock_file = find_table(folder, "allowed"), locks or find_table(folder, "locks")
    blocked = None if allowed_file is None else _blocked(read_table(allowed_file), ids, codes)
    return Problem(
        tuple(households),
        tuple(municipalities),
        ScoreTable(tuple(ids), tuple(codes), scores),
        blocked,
        () if lock_file is None else tuple(_locks(read_table(lock_file), ids, codes)),
    )


def instance_sha256(folder: Path, locks: Path | None) -> str:
    """One fingerprint of every file that was read, by name."""
    names = ("municipalities", "households", "scores", "allowed", "locks")
    files = [find_table(folder, name) for name in names]
    whole = hashlib.sha256()
    for path in [*files[:4], locks or files[4]]:
        if path is not None:
            whole.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _municipalities(table: Table) -> list[Municipality]:
    table.need(["municipality_id", "name", f"capacity_{PERSONS}"])
    table.refuse_repeats("municipality_id")
    if not table.rows:
        raise BadInput("no municipality", "at least one row", table.file)
    names = [column.removeprefix("capacity_") for column in table.columns if column.startswith("capacity_")]
    return [
        Municipality(
            row.identifier("municipality_id"),
            row.raw("name").strip(),
            {name: _places(row, f"capacity_{name}") for name in names},
        )
        for row in table.rows
    ]


def _places(row: Row, column: str) -> int | None:
    return None if row.raw(column).strip().lower() == UNLIMITED else row.whole(column, 0)


def _households(table: Table, dimensions: Iterable[str]) -> list[Household]:
    table.need(["household_id", PERSONS, *(f"use_{name}" for name in dimensions)])
    table.refuse_repeats("household_id")
    return [
        Household(
            household_id=row.identifier("household_id"),
            persons=row.whole(PERSONS, 1),
            uses={name: row.whole(f"use_{name}", 0) for name in dimensions},
            tier=1 if (tier := row.maybe_whole("tier", 1)) is None else tier,
            group=row.maybe_identifier("group") or "",
            link=row.maybe_identifier("link") or "",
            ready_since=row.maybe_day("ready_since"),
        )
        for row in table.rows
    ]


def check_identifiers(table: Table, ids: Iterable[str], codes: Iterable[str]) -> None:
    """Refuse rows and columns of a matrix that belong to nobody, and repeats."""
    known = set(ids)
    table.need(["household_id", *codes])
    table.refuse_repeats("household_id")
    strangers = set(table.columns) - {"household_id", *codes}
    if strangers:
        raise BadInput(f"the column {min(strangers)}", "columns of known municipalities", table.file, 1)
    for row in table.rows:
        if row.identifier("household_id") not in known:
            raise row.bad("household_id", "a household of the households table")


def _matrix(table: Table, ids: list[str], codes: list[str]) -> npt.NDArray[np.float64]:
    check_identifiers(table, ids, codes)
    line_of = {one: place for place, one in enumerate(ids)}
    values = np.full((len(ids), len(codes)), np.nan)
    for row in table.rows:
        found = [row.maybe_number(code) for code in codes]
        values[line_of[row.raw("household_id")]] = [np.nan if one is None else float(one) for one in found]
    return values


def _blocked(table: Table, ids: list[str], codes: list[str]) -> BlockTable:
    check_identifiers(table, ids, codes)
    lacking = set(ids) - {row.raw("household_id") for row in table.rows}
    if lacking:
        raise BadInput(f"no row for {min(lacking)}", "a row for every household", table.file)
    line_of = {one: place for place, one in enumerate(ids)}
    bits = np.zeros((len(ids), len(codes)), dtype=np.uint64)
    for row in table.rows:
        bits[line_of[row.raw("household_id")]] = [1 - _flag(row, code) for code in codes]
    return BlockTable((NOT_ALLOWED,), tuple(ids), tuple(codes), bits)


def _flag(row: Row, code: str) -> int:
    number = row.whole(code, 0)
    if number > 1:
        raise row.bad(code, "0 or 1")
    return number


def _locks(table: Table, ids: list[str], codes: list[str]) -> Iterable[Lock]:
    table.need(["household_id", "municipality_id"])
    for row in table.rows:
        if row.identifier("household_id") not in ids:
            raise row.bad("household_id", "a household of the households table")
        place = row.maybe_identifier("municipality_id")
        if place is not None and place not in codes:
            raise row.bad("municipality_id", "a municipality of the municipalities table, or empty")
        yield Lock(row.identifier("household_id"), place)
