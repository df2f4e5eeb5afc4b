"""`kill -9` of the service, the worker and the database in the middle of an import: all of it or nothing.

The import is held in its middle by a lock on one of the figures it would replace: others are already
superseded in the open transaction.  Server, data folder and service are this test's own.
"""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import psycopg
import pytest
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from bosett.registry import Registry
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions import import_jobs
from bosett_server.actions.figure_imports import check_import
from bosett_server.actions.import_apply import apply_import
from bosett_server.actions.registry import load_registry
from bosett_server.database.embedded import Server
from bosett_server.database.scratch import on_own_server
from bosett_server.records.models import AuditEvent, ImportBatch, ImportLine, Observation
from tests.bosett_server.cast import DAY, World, world
from tests.bosett_server.imports.files import bulk
from tests.databases import CLONE, django_on, migrate, template_key
from tests.security.test_killed_in_a_bulk import (
    WAIT_SECONDS,
    Ground,
    _until,
    _waits,
    kill_database,
    own_server,
    recovered,
    send,
    service,
)

FIGURES = 357
WORKER = ["-m", "bosett_server.commands", "worker", "--once"]
NEXT_WORKER = """
import asyncio, django
django.setup()
from procrastinate.contrib.django import app
from bosett_server.jobs.left_behind import take_up

async def work(app):
    async with app.open_async():
        assert await take_up(app.job_manager, silent_seconds=0) == 1
        await app.run_worker_async(wait=False)

with app.replace_connector(app.connector.get_worker_connector()) as working:
    asyncio.run(work(working))
"""
__all__ = ["own_server"]

pytestmark = pytest.mark.slow


@dataclass
class Imported(Ground):
    """The ground of the bulk's tests, with a file that would change every figure that stands."""

    batch: int = 0


def _file(number: int) -> object:
    codes = [str(one.code) for one in Registry.shipped().all_municipalities]
    return bulk(*[f"Personer;2023;{code};;Faktisk bosetting;{number + at}" for at, code in enumerate(codes)])


@pytest.fixture
def ground(own_server: Server, settings, django_test_environment, django_db_blocker) -> Iterator[Imported]:
    settings.BOSETT_TODAY = date(2026, 3, 16)
    kind = on_own_server(own_server)
    scratch = kind.copy(kind.template(template_key(), migrate))
    with django_db_blocker.unblock(), django_on(scratch):
        stage = world()
        load_registry(SYSTEM, on=DAY)
        lead = stage["imdi_lead"]
        apply_import(lead, batch=check_import(lead, kind="imdi_bulk", file=_file(1), whole=True))
        batch = check_import(lead, kind="imdi_bulk", file=_file(1001), whole=True)
        yield Imported(own_server, scratch, stage, [], _session(stage), batch)


def _session(stage: World) -> str:
    user = stage.users["imdi_lead"]
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def post(ground: Imported, port: int) -> int:
    """Bring the file in."""
    return send(ground, port, f"/imports/{ground.batch}/apply/", "one-import")


@contextmanager
def held_in_the_middle(ground: Imported, act: Callable[[], int]) -> Iterator[Future[int]]:
    """The import has superseded other figures and waits for the last one."""
    owner = ground.scratch.owner.conninfo()
    last = "SELECT id FROM records_observation WHERE superseded_by_id IS NULL ORDER BY id DESC LIMIT 1 FOR UPDATE"
    with psycopg.connect(owner) as holder, ThreadPoolExecutor(1) as browser:
        holder.execute("SET ROLE bosett_owner")
        assert holder.execute(last).fetchone()
        answer = browser.submit(act)
        with psycopg.connect(owner, autocommit=True) as looker:
            _until(lambda: _waits(looker), "the import does not wait in its middle")
            free = "SELECT count(*) FROM (SELECT FROM records_observation FOR UPDATE SKIP LOCKED) AS o"
            row = looker.execute(free).fetchone()
            assert row is not None
            assert (
                row[0] < FIGURES - 1
            )  # beside the one held here others are superseded, in the open transaction
        yield answer
        if not holder.closed:
            holder.close()


def state(ground: Imported) -> dict[str, object]:
    """What is stored of the import."""
    with acting(SYSTEM):
        return {
            "standing": Observation.objects.filter(superseded_by=None, origin=ground.batch).count(),
            "superseded": Observation.objects.exclude(superseded_by=None).count(),
            "lines": ImportLine.objects.count(),
            "import": ImportBatch.objects.get(pk=ground.batch).state,
            "log": AuditEvent.objects.filter(verb="apply_import", object_id=ground.batch).count(),
        }


NOTHING = {"standing": 0, "superseded": 0, "lines": FIGURES, "import": "checked", "log": 0}
ALL = {"standing": FIGURES, "superseded": FIGURES, "lines": 0, "import": "applied", "log": 1}


def _gone(ground: Imported) -> None:
    """The killed process's transaction is over."""
    with psycopg.connect(ground.scratch.owner.conninfo(), autocommit=True) as looker:
        _until(lambda: not _waits(looker), "the killed process still waits")

        def free() -> bool:
            row = looker.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND state LIKE 'idle in%' AND pid <> pg_backend_pid()"
            ).fetchone()
            return row == (0,)

        _until(free, "the killed process's transaction is still there")


def test_a_service_killed_in_the_middle_of_an_import_leaves_nothing_and_the_same_form_then_does_all(
    ground, tmp_path
):
    with (
        service(ground, tmp_path) as (running, port),
        held_in_the_middle(ground, lambda: post(ground, port)) as answer,
    ):
        os.killpg(running.pid, signal.SIGKILL)
        with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
            answer.result(timeout=WAIT_SECONDS)
    _gone(ground)
    assert state(ground) == NOTHING
    with service(ground, tmp_path) as (_running, port):
        assert post(ground, port) == 302
        assert post(ground, port) == 302  # the same form again: done once
    assert state(ground) == ALL


def test_a_worker_killed_in_the_middle_of_an_import_leaves_nothing_and_the_next_one_takes_it_up(
    ground, monkeypatch
):
    monkeypatch.setattr(import_jobs, "LARGE_LINES", 1)
    assert apply_import(ground.stage["imdi_lead"], batch=ground.batch) == "applying"
    told = {
        "BOSETT_TODAY": "2026-03-16", "DJANGO_SETTINGS_MODULE": "bosett_server.settings",
        "PYTHONPATH": str(CLONE), "BOSETT_SECRET_KEY": django_settings.SECRET_KEY,
        "BOSETT_CODE_KEY": django_settings.BOSETT_CODE_KEY,
    }  # fmt: skip
    running: list[subprocess.Popen[bytes]] = []

    def work(program: list[str]) -> int:
        running.append(
            subprocess.Popen(
                [sys.executable, *program],
                cwd=CLONE,
                env={**os.environ, **ground.scratch.environment(), **told},
            )
        )
        return running[-1].wait(timeout=WAIT_SECONDS)

    with held_in_the_middle(ground, lambda: work(WORKER)) as answer:
        running[0].send_signal(signal.SIGKILL)
        assert answer.result(timeout=WAIT_SECONDS) == -signal.SIGKILL
    _gone(ground)
    asked = {
        "import": "applying",
        "log": 1,
    }  # that it was asked for is stored and logged; nothing of the rest
    assert state(ground) == NOTHING | asked
    assert work(WORKER) == 0  # a job that somebody has begun is nobody else's
    assert state(ground) == NOTHING | asked
    assert work(["-c", NEXT_WORKER]) == 0  # until the one who began it has fallen silent
    assert state(ground) == ALL | {"log": 2}


def test_a_database_killed_in_the_middle_of_an_import_leaves_nothing_and_keeps_what_was_answered(
    ground, tmp_path
):
    with (
        service(ground, tmp_path) as (_running, port),
        held_in_the_middle(ground, lambda: post(ground, port)) as answer,
    ):
        kill_database(ground.server)
        assert answer.result(timeout=WAIT_SECONDS) == 500
    after = recovered(ground)
    with django_on(after.scratch):
        assert state(ground) == NOTHING
        apply_import(ground.stage["imdi_lead"], batch=ground.batch)
        kill_database(after.server)
        again = recovered(after)
        with django_on(again.scratch):
            assert state(ground) == ALL
