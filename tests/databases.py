"""Servers and databases for tests: started once, migrated once, copied for whoever needs one."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections

from bosett_server.database import embedded
from bosett_server.database.scratch import FAST, Scratch, ScratchServer, on_other_server, on_own_server

CLONE = Path(__file__).parents[1]
STATE = CLONE / ".bosett" / "test"
_TABLES_COME_FROM = ("records", "database/roles.py")
_APPS = ("Django", "django-allauth", "procrastinate")


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
        [sys.executable, "-m", "bosett_server.commands", "migrate", "--quiet", "--tables-only"],
        cwd=CLONE,
        env={**os.environ, **scratch.environment()},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        pytest.fail(f"the tables could not be made:\n{done.stdout}{done.stderr}", pytrace=False)
    if template_key.__wrapped__() != template_key():  # a template under a wrong key would be kept
        pytest.fail("the tables' files were changed during this run; run again", pytrace=False)


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
