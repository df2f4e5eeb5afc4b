"""`kill -9` of the service and of the database in the middle of a bulk decision: all or nothing, nothing lost.

The bulk is held in its middle by a lock on the last municipality's places: the first one's are
already taken in the open transaction.  Server, data folder and service are this test's own.
"""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.assignments import decide_assignments
from bosett_server.actions.placement_work import run_placement
from bosett_server.database import embedded, postmaster
from bosett_server.database.embedded import Server
from bosett_server.database.scratch import Scratch, on_own_server
from bosett_server.records.models import Assignment, AuditEvent, Household, Proposal, Quota
from tests.bosett_server.cast import HERE, THERE, YEAR, World, household, vedtak, world
from tests.databases import CLONE, django_on, migrate, template_key

HOUSEHOLDS = 30
WAIT_SECONDS = 60
TOKEN = "a" * 32
SERVICE = "import sys; from bosett_server.commands.serve import serve; serve(int(sys.argv[1]), 1)"

pytestmark = pytest.mark.slow


@dataclass
class Ground:
    """An own durable server with one database, and the stage on it."""

    server: Server
    scratch: Scratch
    stage: World
    proposals: list[int]
    session: str


@pytest.fixture
def own_server() -> Iterator[Server]:
    """With PostgreSQL's own durability, unlike the other tests; gone afterwards, whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="bosett-killed-"))
    folder.chmod(0o711)
    try:
        yield embedded.ensure_started(folder)
    finally:
        embedded.stop(folder)
        shutil.rmtree(folder)


@pytest.fixture
def ground(own_server, settings, django_test_environment, django_db_blocker) -> Iterator[Ground]:
    settings.BOSETT_TODAY = date(2026, 3, 16)
    kind = on_own_server(own_server)
    scratch = kind.copy(kind.template(template_key(), migrate))
    with django_db_blocker.unblock(), django_on(scratch):
        stage = world()
        vedtak(HERE, HOUSEHOLDS)
        vedtak(THERE, HOUSEHOLDS)
        for _ in range(HOUSEHOLDS):
            household(stage, persons=2)
        run_placement(stage["imdi_caseworker"], year=YEAR)
        with acting(SYSTEM):
            proposals = list(Proposal.objects.filter(state="open").values_list("pk", flat=True))
            places = set(Proposal.objects.values_list("municipality_id", flat=True))
        assert places == {HERE, THERE}
        yield Ground(own_server, scratch, stage, proposals, _session(stage))


def _session(stage: World) -> str:
    user = stage.users["imdi_caseworker"]
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


@contextmanager
def service(ground: Ground, static: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The real service in a process group of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = {
        "BOSETT_TODAY": "2026-03-16", "BOSETT_MFA_REQUIRED": "0", "BOSETT_STATIC_ROOT": str(static),
        "BOSETT_SECRET_KEY": django_settings.SECRET_KEY, "BOSETT_CODE_KEY": django_settings.BOSETT_CODE_KEY,
        "DJANGO_SETTINGS_MODULE": "bosett_server.settings", "PYTHONPATH": str(CLONE),
    }  # fmt: skip
    running = subprocess.Popen(
        [sys.executable, "-c", SERVICE, str(port)], cwd=CLONE, start_new_session=True,
        env={**os.environ, **ground.scratch.environment(), **told},
    )  # fmt: skip
    try:
        _until(lambda: _listens(port), "the service does not listen")
        yield running, port
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def send(ground: Ground, port: int, address: str, key: str, rows: Sequence[tuple[str, str]] = ()) -> int:
    """Send a form as a browser does; gives the status."""
    body = urllib.parse.urlencode([("csrfmiddlewaretoken", TOKEN), ("request_key", key), *rows])
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"sessionid={ground.session}; csrftoken={TOKEN}",
    }
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT_SECONDS)) as browser:
        browser.request("POST", address, body, headers)
        with browser.getresponse() as response:
            return response.status


def post(ground: Ground, port: int) -> int:
    """Send the bulk form."""
    rows = [("proposal", str(number)) for number in ground.proposals]
    return send(ground, port, "/proposals/decide/", "one-bulk", rows)


@contextmanager
def held_in_the_middle(ground: Ground, port: int) -> Iterator[Future[int]]:
    """The bulk has taken the first municipality's places and waits for the last one's."""
    owner, lock = (
        ground.scratch.owner.conninfo(),
        "SELECT 1 FROM records_quota WHERE municipality_id = %s FOR UPDATE",
    )
    with psycopg.connect(owner) as holder, ThreadPoolExecutor(1) as browser:
        holder.execute("SET ROLE bosett_owner")
        assert holder.execute(lock, [THERE]).fetchone()
        answer = browser.submit(post, ground, port)
        with psycopg.connect(owner, autocommit=True) as looker:
            _until(lambda: _waits(looker), "the bulk does not wait in its middle")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                looker.execute(f"{lock} NOWAIT", [HERE])
        yield answer
        if not holder.closed:
            holder.close()


def _waits(looker: psycopg.Connection) -> bool:
    row = looker.execute(
        "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
        " WHERE NOT l.granted AND a.datname = current_database()"
    ).fetchone()
    return bool(row and row[0])


def _until(holds: object, otherwise: str) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.05)


def kill_database(server: Server) -> None:
    """SIGKILL to every process that works on this data folder, which is this test's own."""
    data = server.cluster.data
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and (entry / "cwd").readlink() == data:
                os.kill(int(entry.name), signal.SIGKILL)
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue  # ended between being listed and being read, or another user's
    postmaster.clear_remains(data, WAIT_SECONDS)


def recovered(ground: Ground) -> Ground:
    """The database started again on the same data."""
    server = replace(ground.server, where=ground.server.cluster.start())
    return replace(ground, server=server, scratch=replace(ground.scratch, server=on_own_server(server)))


def state() -> dict[str, int]:
    """What is stored of the bulk."""
    with acting(SYSTEM):
        return {
            "assignments": Assignment.objects.count(),
            "proposed": Household.objects.filter(stage="proposed").count(),
            "ready": Household.objects.filter(stage="ready").count(),
            "open": Proposal.objects.filter(state="open").count(),
            "persons": sum(Quota.objects.filter(year=YEAR, group="all").values_list("assigned", flat=True)),
            "log": AuditEvent.objects.filter(verb="decide_assignments", outcome="done").count(),
        }


NOTHING = {"assignments": 0, "proposed": 0, "ready": HOUSEHOLDS, "open": HOUSEHOLDS, "persons": 0, "log": 0}
ALL = {
    "assignments": HOUSEHOLDS, "proposed": HOUSEHOLDS, "ready": 0, "open": 0, "persons": 2 * HOUSEHOLDS,
    "log": 1 + HOUSEHOLDS,
}  # fmt: skip


def test_a_service_killed_in_the_middle_of_a_bulk_leaves_nothing_and_the_same_form_then_does_all(
    ground, tmp_path
):
    with service(ground, tmp_path) as (running, port), held_in_the_middle(ground, port) as answer:
        os.killpg(running.pid, signal.SIGKILL)
        with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
            answer.result(timeout=WAIT_SECONDS)
    with psycopg.connect(ground.scratch.owner.conninfo(), autocommit=True) as looker:
        _until(lambda: not _waits(looker), "the killed service's transaction is still there")
    _until(lambda: _free(ground), "the killed service still holds the places")
    assert state() == NOTHING
    with service(ground, tmp_path) as (_running, port):
        assert post(ground, port) == 302
        assert post(ground, port) == 302  # the same form again: done once
    assert state() == ALL


def _free(ground: Ground) -> bool:
    with psycopg.connect(ground.scratch.owner.conninfo()) as looker:
        try:
            looker.execute("SELECT 1 FROM records_quota FOR UPDATE NOWAIT").fetchall()
        except psycopg.errors.LockNotAvailable:
            return False
    return True


def test_a_database_killed_in_the_middle_of_a_bulk_leaves_nothing_and_keeps_what_was_answered(
    ground, tmp_path
):
    with service(ground, tmp_path) as (_running, port), held_in_the_middle(ground, port) as answer:
        kill_database(ground.server)
        assert answer.result(timeout=WAIT_SECONDS) == 500
    after = recovered(ground)
    with django_on(after.scratch):
        assert state() == NOTHING
        decide_assignments(ground.stage["imdi_caseworker"], proposals=ground.proposals)
        kill_database(after.server)
        again = recovered(after)
        with django_on(again.scratch):
            assert state() == ALL
