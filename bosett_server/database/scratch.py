"""Databases that come and go, for tests and benchmarks: migrated once, then copied.

A template is built once for each state of the tables (`key`) and kept between runs.  A copy takes a
fraction of a second, so that every test worker works on its own database, as the service's own
role and under its row-level security.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
from psycopg import sql

from bosett_server.database import roles
from bosett_server.database.address import Address, parse
from bosett_server.database.cluster import SUPERUSER
from bosett_server.database.embedded import Server
from bosett_server.database.lease import exclusively
from bosett_server.database.passwords import kept_password

# Nothing here must outlive the machine.  A killed server still keeps what was committed.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
_TEMPLATE, _BUILDING, _COPY = "bosett_template_", "bosett_building_", "bosett_test_"
_KEPT = timedelta(days=2)


@dataclass(frozen=True)
class ScratchServer:
    """A server of which the superuser is at hand."""

    superuser: Address
    passwords: dict[str, str]
    folder: Path

    def template(self, key: str, migrate: Callable[[Scratch], None]) -> str:
        """The name of a migrated, empty database for this state of the tables; built if missing.

        Workers that ask at once wait for the first.
        """
        name, building = f"{_TEMPLATE}{key}", f"{_BUILDING}{key}"
        with exclusively(self.folder / "template.lock"), self.session() as server:
            _sweep(server)
            if not _exists(server, name):
                _drop(server, building)
                roles.prepare(self.superuser.conninfo(), building, self.passwords)
                migrate(Scratch(self, building, ""))
                server.execute(
                    sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                        sql.Identifier(building), sql.Identifier(name)
                    )
                )
            _sign(server, name)
        return name

    def copy(self, template: str) -> Scratch:
        """A new database with the template's tables and rows."""
        scratch = Scratch(self, f"{_COPY}{os.getpid()}_{secrets.token_hex(4)}", template)
        scratch.renew()
        return scratch

    @contextmanager
    def session(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(self.superuser.conninfo(), autocommit=True) as connection:
            yield connection


@dataclass(frozen=True)
class Scratch:
    """One database that may be destroyed."""

    server: ScratchServer
    name: str
    template: str

    @property
    def app(self) -> Address:
        """The way in for the service's role."""
        return self._address(roles.APP)

    @property
    def owner(self) -> Address:
        """The way in for the owner of the tables."""
        return self._address(roles.OWNER)

    @property
    def superuser(self) -> Address:
        return self.server.superuser.on(self.name)

    def environment(self) -> dict[str, str]:
        """The variables that point a process of its own at this database."""
        return {"DATABASE_URL": self.app.url(), "BOSETT_OWNER_URL": self.owner.url()}

    def renew(self) -> None:
        """Make the database anew from its template, whoever is connected."""
        with self.server.session() as server:
            _drop(server, self.name)
            server.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                    sql.Identifier(self.name), sql.Identifier(roles.OWNER), sql.Identifier(self.template)
                )
            )
            _sign(server, self.name)
        # The grants on the database itself, unlike those inside it, are not copied.
        roles.prepare(self.server.superuser.conninfo(), self.name, self.server.passwords)

    def drop(self) -> None:
        with self.server.session() as server:
            _drop(server, self.name)

    def _address(self, role: str) -> Address:
        there = self.server.superuser
        return Address(there.host, there.port, self.name, role, self.server.passwords[role], there.options)


def on_own_server(server: Server) -> ScratchServer:
    """Scratch databases on a server that `embedded.ensure_started` runs."""
    return _scratch_server(server.address(SUPERUSER, "postgres"), server.state, server.state / "secrets")


def on_other_server(superuser_url: str, folder: Path) -> ScratchServer:
    """Scratch databases on any server; `folder` keeps the lock and the roles' passwords."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _scratch_server(parse(superuser_url, "BOSETT_TEST_DATABASE"), folder, folder)


def _scratch_server(superuser: Address, folder: Path, kept: Path) -> ScratchServer:
    passwords = {role: kept_password(kept, role) for role in (roles.OWNER, roles.APP)}
    return ScratchServer(superuser, passwords, folder)


def _exists(server: psycopg.Connection, name: str) -> bool:
    return server.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _drop(server: psycopg.Connection, name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _sign(server: psycopg.Connection, name: str) -> None:
    """Note who made the database and when it was last asked for, so that remains can be told."""
    note = f"{socket.gethostname()} {os.getpid()} {datetime.now(UTC).date()}"
    server.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(note)))


def _sweep(server: psycopg.Connection) -> None:
    """Drop what killed runs left, and templates of tables that nobody has asked for in two days."""
    rows = server.execute(
        "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database"
        " WHERE starts_with(datname, %s) OR starts_with(datname, %s)",
        [_TEMPLATE, _COPY],
    ).fetchall()
    for name, note in rows:
        if note is not None and _is_left_behind(name, *note.split()):
            _drop(server, name)


def _is_left_behind(name: str, host: str, process: str, day: str) -> bool:
    if datetime.now(UTC).date() - date.fromisoformat(day) > _KEPT:
        return True
    return name.startswith(_COPY) and host == socket.gethostname() and not Path(f"/proc/{process}").exists()
