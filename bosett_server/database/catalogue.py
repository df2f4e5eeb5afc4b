"""What a database holds: tables in the order of their references, columns, sequences, migrations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

import psycopg

from bosett_server.database.errors import BackupRefused

# Sessions let their holder in: one from a backup must never come alive again.  The migrations are
# compared, not copied.
NOT_KEPT = ("django_session", "django_migrations")
# Filled by `migrate` itself, so rows here do not make a database used; a restore replaces them.
FILLED_BY_MIGRATE = ("django_content_type", "auth_permission")


@dataclass(frozen=True)
class Column:
    """A stored column (not a generated one) and its type."""

    name: str
    type: str
    collated: bool


@dataclass(frozen=True)
class Table:
    """A table of the schema `public` with all that is needed to copy it."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def shape(self) -> list[list[str]]:
        """Names and types, as the manifest keeps them."""
        return [[column.name, column.type] for column in self.columns]

    def order(self) -> tuple[Column, ...]:
        """What sorts the rows the same on every server: the primary key, or else all columns."""
        keyed = tuple(column for name in self.key for column in self.columns if column.name == name)
        return keyed or self.columns


def tables(connection: psycopg.Connection) -> list[Table]:
    """The tables that a backup holds; a table comes after those it refers to.

    Raises BackupRefused when references that are checked at once go in a circle.
    """
    found = {
        row[0]: Table(row[0], tuple(Column(*column) for column in row[1]), tuple(row[2]))
        for row in connection.execute(_TABLES, {"not_kept": list(NOT_KEPT)})
    }
    return [found[name] for name in _ordered(found, connection.execute(_REFERENCES).fetchall())]


def _ordered(found: Mapping[str, Table], references: Sequence[Sequence[Any]]) -> list[str]:
    strict: dict[str, set[str]] = {name: set() for name in sorted(found)}
    wished: dict[str, set[str]] = {name: set() for name in sorted(found)}
    for table, target, deferrable in references:
        if table in found and target in found:
            wished[table].add(target)
            if not deferrable:
                strict[table].add(target)
    try:
        return list(TopologicalSorter(wished).static_order())
    except CycleError:  # fine where the check waits for the end of the transaction
        try:
            return list(TopologicalSorter(strict).static_order())
        except CycleError as error:
            circle = " -> ".join(error.args[1])
            raise BackupRefused(f"tables refer to each other in a circle: {circle}") from None


def sequences(connection: psycopg.Connection) -> dict[str, tuple[int, bool]]:
    """Each sequence's last value and whether it was given out."""
    names = [row[0] for row in connection.execute(_SEQUENCES)]
    return {name: _sequence(connection, name) for name in names}


def _sequence(connection: psycopg.Connection, name: str) -> tuple[int, bool]:
    query = psycopg.sql.SQL("SELECT last_value, is_called FROM {}").format(
        psycopg.sql.Identifier("public", name)
    )
    row = connection.execute(query).fetchone()
    assert row is not None  # noqa: S101 - a sequence always has one row
    return int(row[0]), bool(row[1])


def migrations(connection: psycopg.Connection) -> list[str]:
    """The applied migrations, sorted.  Raises BackupRefused when none ever ran here."""
    if connection.execute("SELECT to_regclass('public.django_migrations')").fetchone() == (None,):
        raise BackupRefused("the database has no tables yet; run `migrate` first")
    rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    return [f"{row[0]}.{row[1]}" for row in rows]


def hidden_tables(connection: psycopg.Connection) -> list[str]:
    """Tables of which row-level security may hide rows from the current role."""
    return [row[0] for row in connection.execute(_HIDDEN)]


_TABLES = """
SELECT c.relname,
       (SELECT array_agg(ARRAY[a.attname, format_type(a.atttypid, a.atttypmod),
                               CASE WHEN a.attcollation <> 0 THEN 'yes' ELSE '' END]
                         ORDER BY a.attnum)
          FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''),
       coalesce((SELECT array_agg(a.attname::text ORDER BY k.place)
                   FROM pg_index i
                   CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(number, place)
                   JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
                  WHERE i.indrelid = c.oid AND i.indisprimary), '{}')
  FROM pg_class c
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
   AND c.relname <> ALL (%(not_kept)s)
"""

_REFERENCES = """
SELECT t.relname, f.relname, bool_and(k.condeferrable)
  FROM pg_constraint k
  JOIN pg_class t ON t.oid = k.conrelid
  JOIN pg_class f ON f.oid = k.confrelid
 WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace AND k.conrelid <> k.confrelid
 GROUP BY t.relname, f.relname
"""

_SEQUENCES = """
SELECT relname FROM pg_class
 WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
 ORDER BY relname
"""

# Seen whole: no row-level security, or the owner's not forced upon it, or one policy that lets
# everything through and none that takes away.
_HIDDEN = """
SELECT c.relname
  FROM pg_class c
  JOIN pg_roles me ON me.rolname = current_user
 CROSS JOIN LATERAL (
       SELECT p.polpermissive, pg_get_expr(p.polqual, p.polrelid) AS condition
         FROM pg_policy p
        WHERE p.polrelid = c.oid AND p.polcmd IN ('*', 'r')
          AND (0 = ANY (p.polroles) OR me.oid = ANY (p.polroles))
       UNION ALL SELECT NULL, NULL) AS policy
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relrowsecurity
   AND NOT me.rolsuper AND NOT me.rolbypassrls
   AND (c.relforcerowsecurity OR c.relowner <> me.oid)
 GROUP BY c.relname
HAVING NOT coalesce(bool_or(policy.polpermissive AND policy.condition = 'true'), false)
    OR coalesce(bool_or(NOT policy.polpermissive AND policy.condition <> 'true'), false)
 ORDER BY c.relname
"""
