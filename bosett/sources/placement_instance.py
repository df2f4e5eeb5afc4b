"""A placement instance from its folder: every fault names file, row and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from bosett.placement.problem import (
    PERSONS,
    BlockTable,
    Household,
    Lock,
    Municipality,
    Problem,
    ScoreTable,
    Wish,
)
from bosett.sources.placement_matrix import Matrix, read_matrix
from bosett.sources.tables import Row, Table, read_table
from bosett.terms.errors import BadInput

EXTENSIONS = (".csv", ".parquet", ".xlsx")
NOT_ALLOWED = "allowed_table"
UNLIMITED = "unlimited"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}.*", re.ASCII)


def find_table(folder: Path, name: str) -> Path | None:
    """The table's file by any readable extension; two of one name are refused."""
    if not folder.is_dir():
        raise BadInput("no such folder", "a folder with municipalities, households and scores", str(folder))
    there = [folder / f"{name}{end}" for end in EXTENSIONS if (folder / f"{name}{end}").is_file()]
    if len(there) > 1:
        raise BadInput(", ".join(one.name for one in there), f"one file for {name}", str(folder))
    return there[0] if there else None


def needed_file(folder: Path, name: str) -> Path:
    """The table's file, or BadInput when it is not there."""
    path = find_table(folder, name)
    if path is None:
        raise BadInput(f"no {name} table", f"{name}.csv, .parquet or .xlsx", str(folder))
    return path


def read_problem(folder: Path, locks: Path | None = None) -> Problem:
    """The problem in a folder; `locks` is read instead of the folder's own."""
    municipalities = _municipalities(read_table(needed_file(folder, "municipalities")))
    dimensions = [name for name in municipalities[0].capacities if name != PERSONS]
    households = _households(read_table(needed_file(folder, "households")), dimensions)
    ids = [one.household_id for one in households]
    codes = [one.municipality_id for one in municipalities]
    allowed_file, lock_file = find_table(folder, "allowed"), locks or find_table(folder, "locks")
    blocked = None if allowed_file is None else _blocked(read_matrix(allowed_file, ids, codes), ids, codes)
    scores = read_matrix(needed_file(folder, "scores"), ids, codes)
    _check_scores(scores, ids, codes, blocked)
    wish_file = find_table(folder, "wishes")
    return Problem(
        tuple(households),
        tuple(municipalities),
        ScoreTable(scores.ids, tuple(codes), scores.values),
        blocked,
        () if lock_file is None else tuple(_locks(read_table(lock_file), ids, codes)),
        () if wish_file is None else tuple(_wishes(read_table(wish_file), ids, codes)),
    )


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
    if row.raw(column).strip().lower() == UNLIMITED:
        return None
    whole = row.maybe_whole(column, 0)
    if whole is None:
        raise row.bad(column, f"a whole number, 0 or more, or {UNLIMITED}")
    return whole


def _households(table: Table, dimensions: Iterable[str]) -> list[Household]:
    table.need(["household_id", PERSONS, *(f"use_{name}" for name in dimensions)])
    table.refuse_repeats("household_id")
    if not table.rows:
        raise BadInput("no household", "at least one row", table.file)
    days = {bool(_DAY.fullmatch(row.raw("arrival").strip())) for row in table.rows if row.raw("arrival")}
    return [
        Household(
            household_id=row.identifier("household_id"),
            persons=row.whole(PERSONS, 1),
            uses={name: row.whole(f"use_{name}", 0) for name in dimensions},
            tier=1 if (tier := row.maybe_whole("tier", 1)) is None else tier,
            group=row.maybe_identifier("group") or "",
            link=row.maybe_identifier("link") or "",
            ready_since=row.maybe_day("ready_since"),
            arrival=batch(row, "arrival", days),
        )
        for row in table.rows
    ]


def batch(row: Row, column: str, days: set[bool]) -> int | None:
    """A batch as a number, or a day as its ordinal; a column holds one kind."""
    if len(days) > 1:
        raise row.bad(column, "whole numbers or dates, not both in one column")
    if days == {True}:
        day = row.maybe_day(column)
        return None if day is None else day.toordinal()
    return row.maybe_whole(column)


def _check_scores(
    scores: Matrix, ids: Sequence[str], codes: Sequence[str], blocked: BlockTable | None
) -> None:
    row_of = {one: place for place, one in enumerate(ids)}
    lacking = sorted(set(ids) - set(scores.ids))
    if lacking:
        raise BadInput(
            f"no row for {lacking[0]}", "a row for every household", scores.file, None, "household_id"
        )
    empty = np.isnan(scores.values)
    if blocked is not None:
        empty &= blocked.bits[[row_of[one] for one in scores.ids]] == 0
    if empty.any():
        row, column = (int(index) for index in np.argwhere(empty)[0])
        allowed = "a finite score for every allowed pair"
        raise BadInput("an empty cell", allowed, scores.file, scores.lines[row], codes[column])


def _blocked(matrix: Matrix, ids: Sequence[str], codes: Sequence[str]) -> BlockTable:
    lacking = sorted(set(ids) - set(matrix.ids))
    if lacking:
        raise BadInput(
            f"no row for {lacking[0]}", "a row for every household", matrix.file, None, "household_id"
        )
    wrong = ~((matrix.values == 0) | (matrix.values == 1))
    if wrong.any():
        row, column = (int(index) for index in np.argwhere(wrong)[0])
        cell = matrix.values[row, column]
        found = "an empty cell" if np.isnan(cell) else f"{cell:g}"
        raise BadInput(found, "0 or 1", matrix.file, matrix.lines[row], codes[column])
    line_of = {one: place for place, one in enumerate(matrix.ids)}
    bits = (matrix.values[[line_of[one] for one in ids]] == 0).astype(np.uint8)
    return BlockTable((NOT_ALLOWED,), tuple(ids), tuple(codes), bits)


def _locks(table: Table, ids: Sequence[str], codes: Sequence[str]) -> Iterable[Lock]:
    table.need(["household_id", "municipality_id"])
    known, places = set(ids), set(codes)
    for row in table.rows:
        if row.identifier("household_id") not in known:
            raise row.bad("household_id", "a household of the households table")
        place = row.maybe_identifier("municipality_id")
        if place is not None and place not in places:
            raise row.bad("municipality_id", "a municipality of the municipalities table, or empty")
        yield Lock(row.identifier("household_id"), place)


def _wishes(table: Table, ids: Sequence[str], codes: Sequence[str]) -> Iterable[Wish]:
    table.need(["household_id", "rank", "municipality_id"])
    table.refuse_repeats("household_id", "rank")
    table.refuse_repeats("household_id", "municipality_id")
    known: Mapping[str, set[str]] = {"household_id": set(ids), "municipality_id": set(codes)}
    for row in table.rows:
        for column, allowed in known.items():
            if row.identifier(column) not in allowed:
                raise row.bad(column, f"one of the {column.removesuffix('_id')} table")
        yield Wish(row.identifier("household_id"), row.whole("rank", 1), row.identifier("municipality_id"))
