"""A backup back into an empty, migrated database: all of it, checked, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from bosett_server.database import archive, catalogue, rows
from bosett_server.database.backup import Kept
from bosett_server.database.errors import BackupRefused
from bosett_server.database.guards import Guards


def restore(owner: psycopg.Connection, path: Path) -> Kept:
    """Afterwards the database holds, byte for byte, the rows that were saved.

    One transaction: the file's seal is checked first, the rows go in with the guards laid aside,
    every table is read back and compared with the hash it was saved with, and the guards stand
    again as they stood.  Whatever fails, nothing has happened.

    Parameters
    ----------
    owner
        A fresh connection of the role that owns the tables.

    Raises
    ------
    BackupRefused
        When the file is damaged, when the database is not empty, or when its migrations or columns
        are not those of the backup; says which.
    """
    try:
        with archive.reading(path) as file, owner.transaction():
            return _restored(owner, file)
    except (psycopg.DataError, psycopg.IntegrityError) as error:
        told = error.diag.message_primary
        raise BackupRefused(
            f"the database does not take the rows saved: {told}; nothing was restored"
        ) from None


def _restored(owner: psycopg.Connection, file: archive.Reader) -> Kept:
    rows.same_everywhere(owner)
    tables = catalogue.tables(owner)
    _refuse_other_state(owner, tables, file.manifest)
    with Guards(owner).aside(tables):
        _empty(owner, tables)
        _fill(owner, tables, file)
    _set_sequences(owner, file.manifest["sequences"])
    _compare(owner, tables, file.manifest)
    return Kept(len(tables), sum(table["rows"] for table in file.manifest["tables"]))


def _refuse_other_state(
    owner: psycopg.Connection, tables: Sequence[catalogue.Table], manifest: dict[str, Any]
) -> None:
    here, saved = catalogue.migrations(owner), manifest["migrations"]
    if here != saved:
        raise BackupRefused(
            f"the database and the backup are of different versions; only in the database: "
            f"{_names(here, saved)}; only in the backup: {_names(saved, here)}"
        )
    shapes = {table["name"]: table["columns"] for table in manifest["tables"]}
    ours = {table.name: table.shape() for table in tables}
    if different := sorted(name for name in shapes | ours if shapes.get(name) != ours.get(name)):
        raise BackupRefused(f"these tables have other columns than in the backup: {', '.join(different)}")
    if hidden := catalogue.hidden_tables(owner):
        raise BackupRefused(f"row-level security may hide rows of {', '.join(hidden)} from the owner")
    if used := [table.name for table in tables if _is_used(owner, table)]:
        told = "restore into a new database after `migrate --tables-only`"
        raise BackupRefused(f"the database is not empty; these tables have rows: {', '.join(used)}; {told}")


def _names(these: Sequence[str], others: Sequence[str]) -> str:
    return ", ".join(name for name in these if name not in others) or "none"


def _is_used(owner: psycopg.Connection, table: catalogue.Table) -> bool:
    if table.name in catalogue.FILLED_BY_MIGRATE:
        return False
    question = sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier("public", table.name))
    return owner.execute(question).fetchone() == (True,)


def _empty(owner: psycopg.Connection, tables: Sequence[catalogue.Table]) -> None:
    for table in reversed(tables):
        if table.name in catalogue.FILLED_BY_MIGRATE:
            owner.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier("public", table.name)))


def _fill(owner: psycopg.Connection, tables: Sequence[catalogue.Table], file: archive.Reader) -> None:
    for table in tables:
        rows.put(owner, table, file.table(table.name))


def _set_sequences(owner: psycopg.Connection, saved: dict[str, list[Any]]) -> None:
    for name, (last, called) in saved.items():
        owner.execute("SELECT setval(format('public.%%I', %s::text)::regclass, %s, %s)", [name, last, called])


def _compare(owner: psycopg.Connection, tables: Sequence[catalogue.Table], manifest: dict[str, Any]) -> None:
    saved = {table["name"]: (table["rows"], table["sha256"]) for table in manifest["tables"]}
    for table in tables:
        if rows.fingerprint(owner, table) != saved[table.name]:
            raise BackupRefused(f"{table.name} reads back otherwise than it was saved; nothing was restored")
