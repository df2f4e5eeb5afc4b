"""An instance for the check: read and joined on its own, apart from the solver's reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bosett.placement.given import GivenInstance
from bosett.sources.placement_matrix import Matrix, read_matrix
from bosett.sources.tables import Row, Table, read_table
from bosett.terms.errors import BadInput

PERSONS = "persons"


def read_instance(
    folder: Path, locks: Path | None, stated: Sequence[Sequence[str | None]] | None
) -> GivenInstance:
    """The tables of a folder; locks from a file, as the answer states them, or the folder's own."""
    places, homes = _needed(folder, "municipalities"), _needed(folder, "households")
    names = [name.removeprefix("capacity_") for name in places.columns if name.startswith("capacity_")]
    codes = [row.identifier("municipality_id") for row in places.rows]
    ids = [row.identifier("household_id") for row in homes.rows]
    order = {one: place for place, one in enumerate(ids)}
    allowed_path = _path(folder, "allowed")
    allowed = None if allowed_path is None else _joined(read_matrix(allowed_path, ids, codes), order) == 1
    return GivenInstance(
        municipalities=codes,
        dimensions=names,
        capacity=np.array(
            [[_capacity(row, name) for name in names] for row in places.rows], dtype=np.float64
        ),
        households=ids,
        use=np.array([[_use(row, name) for name in names] for row in homes.rows], dtype=np.float64),
        tier=[row.maybe_whole("tier", 1) or 1 for row in homes.rows],
        link=[row.maybe_identifier("link") or "" for row in homes.rows],
        group=[row.maybe_identifier("group") or "" for row in homes.rows],
        score=_joined(read_matrix(_needed_path(folder, "scores"), ids, codes), order),
        allowed=allowed,
        locks=_locks(folder, locks, stated, order, codes),
    )


def _joined(matrix: Matrix, order: Mapping[str, int]) -> npt.NDArray[np.float64]:
    """Rows in the order of the households; one without a row is all empty."""
    found = np.full((len(order), matrix.values.shape[1]), np.nan)
    found[[order[one] for one in matrix.ids]] = matrix.values
    return found


def _path(folder: Path, name: str) -> Path | None:
    return next(
        (p for end in (".csv", ".parquet", ".xlsx") if (p := folder / f"{name}{end}").is_file()), None
    )


def _needed_path(folder: Path, name: str) -> Path:
    path = _path(folder, name)
    if path is None:
        raise BadInput(f"no {name} table", f"{name}.csv, .parquet or .xlsx", str(folder))
    return path


def _needed(folder: Path, name: str) -> Table:
    table = read_table(_needed_path(folder, name))
    if not table.rows:
        raise BadInput("no rows", "at least one row", table.file)
    key = "municipality_id" if name == "municipalities" else "household_id"
    table.need([key])
    table.refuse_repeats(key)
    return table


def _capacity(row: Row, name: str) -> float:
    column = f"capacity_{name}"
    return np.inf if row.raw(column).strip().lower() == "unlimited" else float(row.whole(column, 0))


def _use(row: Row, name: str) -> int:
    return row.whole(PERSONS, 1) if name == PERSONS else row.whole(f"use_{name}", 0)


def _locks(
    folder: Path,
    file: Path | None,
    stated: Sequence[Sequence[str | None]] | None,
    order: Mapping[str, int],
    codes: Sequence[str],
) -> dict[str, str | None]:
    path = file or _path(folder, "locks")
    if stated is not None:
        rows = [(str(one[0]), one[1]) for one in stated]
    elif path is None:
        return {}
    else:
        table = read_table(path)
        table.need(["household_id", "municipality_id"])
        rows = [
            (row.identifier("household_id"), row.maybe_identifier("municipality_id")) for row in table.rows
        ]
    for household, place in rows:
        if household not in order or (place is not None and place not in codes):
            raise BadInput(f"{household}, {place}", "locks of known households and municipalities", str(path))
    return dict(rows)
