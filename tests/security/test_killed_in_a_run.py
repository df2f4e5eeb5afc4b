"""`kill -9` of the service and of the worker in the middle of a run: what stood stands, and it is taken up again.

The run is held in its middle by a lock on one of the proposals it would replace: it is solved, its rows are
written in the open transaction, and nobody sees them.  Server, data folder and service are this test's own.
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

import psycopg
import pytest
from django.conf import settings as django_settings

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions import placement_jobs
from bosett_server.actions.placement_work import run_placement
from bosett_server.records.models import PlacementFile, PlacementPrice, PlacementRun, Proposal
from tests.bosett_server.cast import YEAR
from tests.databases import CLONE
from tests.security.test_killed_in_a_bulk import (
    HOUSEHOLDS,
    WAIT_SECONDS,
    Ground,
    _until,
    _waits,
    ground,
    own_server,
    send,
    service,
)
from tests.security.test_killed_in_an_import import NEXT_WORKER, WORKER, _gone

__all__ = ["ground", "own_server"]

pytestmark = pytest.mark.slow
BEFORE = {"open_of_first": HOUSEHOLDS, "of_second": 0, "prices": 0, "answer": False}
AFTER = {"open_of_first": 0, "of_second": HOUSEHOLDS, "prices": 6, "answer": True}


def post(ground: Ground, port: int) -> int:
    """Ask for a run."""
    return send(ground, port, f"/proposals/run/?year={YEAR}", "one-run")


@contextmanager
def held_in_the_middle(ground: Ground, act: Callable[[], int]) -> Iterator[Future[int]]:
    """The run is solved and waits to replace the last of the earlier proposals."""
    owner = ground.scratch.owner.conninfo()
    with psycopg.connect(owner) as holder, ThreadPoolExecutor(1) as browser:
        holder.execute("SET ROLE bosett_owner")
        last = "SELECT id FROM records_proposal WHERE state = 'open' ORDER BY id DESC LIMIT 1 FOR UPDATE"
        assert holder.execute(last).fetchone()
        answer = browser.submit(act)
        with psycopg.connect(owner, autocommit=True) as looker:
            _until(lambda: _waits(looker), "the run does not wait in its middle")
        yield answer
        if not holder.closed:
            holder.close()


def state() -> dict[str, object]:
    """What is stored of the two runs."""
    with acting(SYSTEM):
        first, second = PlacementRun.objects.order_by("pk")
        return {
            "open_of_first": Proposal.objects.filter(run=first, state="open").count(),
            "of_second": Proposal.objects.filter(run=second).count(),
            "prices": PlacementPrice.objects.filter(run=second).count(),
            "answer": PlacementFile.objects.get(run=second).answer is not None,
        }


def run_state() -> str:
    with acting(SYSTEM):
        return PlacementRun.objects.latest("pk").state


def worker(ground: Ground, program: list[str], running: list[subprocess.Popen[bytes]]) -> int:
    told = {
        "BOSETT_TODAY": "2026-03-16", "DJANGO_SETTINGS_MODULE": "bosett_server.settings",
        "PYTHONPATH": str(CLONE), "BOSETT_SECRET_KEY": django_settings.SECRET_KEY,
        "BOSETT_CODE_KEY": django_settings.BOSETT_CODE_KEY,
    }  # fmt: skip
    running.append(
        subprocess.Popen(
            [sys.executable, *program],
            cwd=CLONE,
            env={**os.environ, **ground.scratch.environment(), **told},
        )
    )
    return running[-1].wait(timeout=WAIT_SECONDS)


def test_a_service_killed_in_the_middle_of_a_run_leaves_nothing_of_it_and_the_same_form_then_does_all(
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
    with acting(SYSTEM):
        assert PlacementRun.objects.count() == 1
        assert Proposal.objects.filter(state="open").count() == HOUSEHOLDS
    with service(ground, tmp_path) as (_running, port):
        assert post(ground, port) == 302
        assert post(ground, port) == 302  # the same form again: done once
    assert (state(), run_state()) == (AFTER, "done")


def test_a_worker_killed_in_the_middle_of_a_run_leaves_what_stood_and_the_next_one_takes_it_up(
    ground, monkeypatch
):
    monkeypatch.setattr(placement_jobs, "LARGE_HOUSEHOLDS", 1)
    run_placement(ground.stage["imdi_caseworker"], year=YEAR)
    assert run_state() == "queued"
    running: list[subprocess.Popen[bytes]] = []
    with held_in_the_middle(ground, lambda: worker(ground, WORKER, running)) as answer:
        running[0].send_signal(signal.SIGKILL)
        assert answer.result(timeout=WAIT_SECONDS) == -signal.SIGKILL
    _gone(ground)
    assert (state(), run_state()) == (BEFORE, "solving")
    assert worker(ground, ["-c", NEXT_WORKER], []) == 0
    assert (state(), run_state()) == (AFTER, "done")
