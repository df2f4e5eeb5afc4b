"""Laying aside, within one transaction, the triggers and the forced row-level security of tables.

A restore brings back rows that once passed the guards, the trail they left included.  Foreign keys,
checks and exclusions stay on.  Only the owner of the tables can do this; a superuser is not needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg
from psycopg import sql

from bosett_server.database.catalogue import Table

_STANDING = {"O": "ENABLE TRIGGER", "A": "ENABLE ALWAYS TRIGGER", "R": "ENABLE REPLICA TRIGGER"}


class Guards:
    """The guards of a database, seen by its owner inside a transaction."""

    def __init__(self, owner: psycopg.Connection) -> None:
        self._owner = owner

    @contextmanager
    def aside(self, tables: Sequence[Table]) -> Iterator[None]:
        """Inside, no trigger of ours fires; afterwards each stands as it stood.

        An error inside leaves the transaction broken, and with it goes the laying aside.
        """
        names = [table.name for table in tables]
        triggers = self._owner.execute(_TRIGGERS, [names]).fetchall()
        forced = [row[0] for row in self._owner.execute(_FORCED, [names])]
        for name in names:
            self._alter(name, sql.SQL("DISABLE TRIGGER USER"))
        for name in forced:  # COPY into a table is not possible under row-level security
            self._alter(name, sql.SQL("NO FORCE ROW LEVEL SECURITY"))
        self._owner.execute("SET CONSTRAINTS ALL DEFERRED")
        yield
        self._owner.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with waiting checks cannot be altered
        for name in forced:
            self._alter(name, sql.SQL("FORCE ROW LEVEL SECURITY"))
        for table, trigger, standing in triggers:
            self._alter(table, sql.SQL(_STANDING[standing] + " {}").format(sql.Identifier(trigger)))

    def _alter(self, table: str, change: sql.Composable) -> None:
        self._owner.execute(sql.SQL("ALTER TABLE {} {}").format(sql.Identifier("public", table), change))


_TRIGGERS = """
SELECT c.relname, t.tgname, t.tgenabled::text
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY (%s)
   AND NOT t.tgisinternal AND t.tgenabled <> 'D'
"""

_FORCED = """
SELECT relname FROM pg_class
 WHERE relnamespace = 'public'::regnamespace AND relname = ANY (%s)
   AND relrowsecurity AND relforcerowsecurity
"""
