"""A table's rows as bytes that are the same on every supported PostgreSQL, out and in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import psycopg
from psycopg import sql

from bosett_server.database.catalogue import Column, Table

# Every setting that changes how a value is written as text.
_SAME_EVERYWHERE = (
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL intervalstyle = 'iso_8601'",
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL client_encoding = 'UTF8'",
    "SET LOCAL search_path = public",
)


def same_everywhere(connection: psycopg.Connection) -> None:
    """Until the transaction ends, values are written and read in one way."""
    for setting in _SAME_EVERYWHERE:
        connection.execute(setting.encode())


class Rows:
    """The rows of one table going out; `count` is right when the stream has ended."""

    def __init__(self, connection: psycopg.Connection, table: Table) -> None:
        self._connection = connection
        self._table = table
        self.count = 0

    def __iter__(self) -> Iterator[bytes]:
        with self._connection.cursor() as cursor:
            with cursor.copy(_copy_out(self._table)) as copy:
                for chunk in copy:
                    yield bytes(chunk)
            self.count = cursor.rowcount


def put(connection: psycopg.Connection, table: Table, chunks: Iterator[bytes]) -> int:
    """Read rows into a table and give their number."""
    with connection.cursor() as cursor:
        with cursor.copy(_copy_in(table)) as copy:
            for chunk in chunks:
                copy.write(chunk)
        return cursor.rowcount


def fingerprint(connection: psycopg.Connection, table: Table) -> tuple[int, str]:
    """The number and the SHA-256 of a table's rows as they lie in the database now."""
    rows, digest = Rows(connection, table), hashlib.sha256()
    for chunk in rows:
        digest.update(chunk)
    return rows.count, digest.hexdigest()


def _copy_out(table: Table) -> sql.Composed:
    return sql.SQL(
        "COPY (SELECT {columns} FROM {table} ORDER BY {order}) TO STDOUT (FORMAT csv, HEADER true)"
    ).format(
        columns=_names(table),
        table=sql.Identifier("public", table.name),
        order=sql.SQL(", ").join(_sort(column) for column in table.order()),
    )


def _copy_in(table: Table) -> sql.Composed:
    return sql.SQL("COPY {table} ({columns}) FROM STDIN (FORMAT csv, HEADER match)").format(
        columns=_names(table), table=sql.Identifier("public", table.name)
    )


def _names(table: Table) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns)


def _sort(column: Column) -> sql.Composable:
    """By bytes where the server's language would decide, by the text where a type has no order."""
    name = sql.Identifier(column.name)
    if column.collated:
        return sql.SQL('{} COLLATE "C"').format(name)
    if column.type in ("json", "xml", "point"):
        return sql.SQL('{}::text COLLATE "C"').format(name)
    return name
