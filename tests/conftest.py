"""Every test's database: the service's own role, on a copy of a migrated template.

BOSETT_TEST_DATABASE chooses the server: `embedded` (default), `system` (Debian's programs, found in
/usr/lib/postgresql or BOSETT_TEST_SYSTEM_PG_BIN) or the URL of a superuser.  Servers and templates
are kept between runs under `.bosett/test/`.  With BOSETT_REQUIRE_ALL=1 what is missing fails.

Fixtures: `db` and `transactional_db` as pytest-django's; `scratch` is the database behind them;
`owner_connection` is its owner's; `both_servers` runs a test on the embedded server and the system's.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.test import TransactionTestCase

from bosett_server.database import embedded
from bosett_server.database.scratch import FAST, Scratch, ScratchServer, on_other_server, on_own_server

CLONE = Path(__file__).parents[1]
STATE = CLONE / ".bosett" / "test"
_TABLES_COME_FROM = ("records", "database/roles.py")
_APPS = ("Django", "django-allauth", "procrastinate")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The library opens no socket: its tests cannot."""
    for item in items:
        if item.path.is_relative_to(CLONE / "tests" / "bosett"):
            item.add_marker(pytest.mark.disable_socket)


@functools.cache
def server_of(kind: str) -> ScratchServer:
    """The server of this kind, started once a process; the last process that uses it stops it."""
    if kind == "embedded":
        return on_own_server(embedded.ensure_started(STATE / "embedded", settings=FAST))
    if kind == "system":
        programs = system_programs()
        state = STATE / f"system-{programs.parent.name}"
        return on_own_server(embedded.ensure_started(state, programs=programs, settings=FAST))
    return on_other_server(kind, STATE / "other")


def system_programs() -> Path:
    """The folder of the system's `initdb`; a test that needs it is skipped, or fails, without."""
    told = os.environ.get("BOSETT_TEST_SYSTEM_PG_BIN")
    found = [Path(told)] if told else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if found and (found[-1] / "initdb").exists():
        return found[-1]
    missing = "needs PostgreSQL from the system: apt-get install postgresql"
    if os.environ.get("BOSETT_REQUIRE_ALL") == "1":
        pytest.fail(missing)
    pytest.skip(missing)


@functools.cache
def template_key() -> str:
    """Changes whenever the tables may have changed."""
    digest = hashlib.sha256()
    for name in _TABLES_COME_FROM:
        root = CLONE / "bosett_server" / name
        files = [root] if root.is_file() else sorted([*root.rglob("*.py"), *root.rglob("*.sql")])
        for path in files:
            digest.update(path.relative_to(CLONE).as_posix().encode() + b"\0" + path.read_bytes())
    digest.update(" ".join(importlib.metadata.version(app) for app in _APPS).encode())
    return digest.hexdigest()[:16]


def migrate(scratch: Scratch) -> None:
    """Run the product's own command, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bosett_server.commands", "migrate", "--quiet"],
        cwd=CLONE,
        env={**os.environ, **scratch.environment()},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        pytest.fail(f"the tables could not be made:\n{done.stdout}{done.stderr}", pytrace=False)


@contextmanager
def new_scratch(kind: str) -> Iterator[Scratch]:
    """A copy of the template on the server of this kind, dropped afterwards."""
    server = server_of(kind)
    scratch = server.copy(server.template(template_key(), migrate))
    try:
        yield scratch
    finally:
        scratch.drop()


@contextmanager
def django_on(scratch: Scratch) -> Iterator[None]:
    """Django's two connections lead to `scratch` inside the block."""
    kept = {alias: dict(connections[alias].settings_dict) for alias in ("default", "owner")}
    for alias, address in (("default", scratch.app), ("owner", scratch.owner)):
        connections[alias].close()
        connections[alias].settings_dict.update({**address.django(), "CONN_MAX_AGE": 0})
    try:
        yield
    finally:
        for alias, settings in kept.items():
            connections[alias].close()
            connections[alias].settings_dict.update(settings)


@pytest.fixture(scope="session")
def scratch() -> Iterator[Scratch]:
    """The database of this worker's tests."""
    with new_scratch(os.environ.get("BOSETT_TEST_DATABASE") or "embedded") as made:
        yield made


@pytest.fixture(scope="session")
def django_db_setup(
    scratch: Scratch, django_test_environment: None, django_db_blocker: Any
) -> Iterator[None]:
    """In pytest-django's place: no database is created as the service's role, which may not."""

    def renew(case: TransactionTestCase) -> None:
        """After a test that commits.  The service's role cannot TRUNCATE, nor should the log be."""
        for connection in connections.all(initialized_only=True):
            connection.close()
        scratch.renew()

    with ExitStack() as until_the_end, pytest.MonkeyPatch.context() as patch:
        with django_db_blocker.unblock():
            until_the_end.enter_context(django_on(scratch))
        patch.setattr(TransactionTestCase, "_fixture_teardown", renew)
        yield


@pytest.fixture
def owner_connection(scratch: Scratch) -> Iterator[psycopg.Connection]:
    """The owner of the tables, committing at once.  For tests with `transaction=True`."""
    with psycopg.connect(scratch.owner.conninfo(), autocommit=True) as connection:
        yield connection


@pytest.fixture(params=["embedded", pytest.param("system", marks=pytest.mark.debian_postgres)])
def both_servers(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any
) -> Iterator[Scratch]:
    """A database of the test's own, once on the embedded server and once on the system's.

    Django leads to it and what the test commits is really committed.  Do not ask for `db` as well.
    """
    with new_scratch(request.param) as made, django_db_blocker.unblock(), django_on(made):
        yield made
