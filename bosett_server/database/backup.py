"""All data into one file, from one moment, readable by every supported PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

import bosett
from bosett_server.database import archive, catalogue, rows
from bosett_server.database.errors import BackupRefused


@dataclass(frozen=True)
class Kept:
    """What a backup holds, or what a restore has brought back."""

    tables: int
    rows: int


def back_up(owner: psycopg.Connection, path: Path) -> Kept:
    """Write everything that the database holds at one moment to `path`.

    The file appears whole or not at all, and only its owner can read it.  Work may go on while it
    is written: the rows are those of one repeatable-read snapshot.

    Parameters
    ----------
    owner
        A fresh connection of the role that owns the tables.

    Raises
    ------
    BackupRefused
        When `path` exists, when no tables do, or when row-level security may hide rows from the
        owner: a backup that is not whole is none.
    """
    owner.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    owner.read_only = True
    with owner.transaction(), archive.writing(path) as file:
        rows.same_everywhere(owner)
        manifest = _about(owner)
        manifest["tables"] = [_copied(owner, file, table) for table in catalogue.tables(owner)]
        manifest["sequences"] = catalogue.sequences(owner)
        file.manifest(manifest)
    return Kept(len(manifest["tables"]), sum(table["rows"] for table in manifest["tables"]))


def _about(owner: psycopg.Connection) -> dict[str, Any]:
    hidden = catalogue.hidden_tables(owner)
    if hidden:
        raise BackupRefused(
            f"row-level security may hide rows of {', '.join(hidden)} from {owner.info.user};"
            " give the owner a policy that lets every row through"
        )
    return {
        "bosett": bosett.__version__,
        "postgresql": owner.info.parameter_status("server_version"),
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "migrations": catalogue.migrations(owner),
    }


def _copied(owner: psycopg.Connection, file: archive.Writer, table: catalogue.Table) -> dict[str, Any]:
    stream = rows.Rows(owner, table)
    written = file.table(table.name, stream)
    return {
        "name": table.name,
        "columns": table.shape(),
        "rows": stream.count,
        "bytes": written.bytes,
        "sha256": written.sha256,
    }
