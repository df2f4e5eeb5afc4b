"""`bosett demo`: everything on the embedded database, with real figures and synthetic households."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from importlib import import_module
from types import ModuleType

from bosett_server.commands import migrate
from bosett_server.database import connection, origin

DEMO_DAY = "2026-03-16"
PERSONS = 20_000
CONTENT, SERVICE = "bosett_server.commands.demo_content", "bosett_server.commands.serve"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to serve, and how much to fill in."""
    parser.add_argument("--port", type=int, default=8000, help="default 8000")
    parser.add_argument("--persons", type=int, default=PERSONS, help=f"synthetic persons, default {PERSONS}")
    parser.add_argument("--prepare-only", action="store_true", help="fill the database and stop")


def run(args: argparse.Namespace) -> int:
    """The demo is served until interrupted; what was done in it is kept for the next time."""
    began = time.monotonic()
    if not args.prepare_only and _port_taken(args.port):
        sys.stderr.write(f"bosett demo: port {args.port} is in use; give another with --port\n")
        return 2
    os.environ.setdefault("BOSETT_DEMO", "1")
    os.environ.setdefault("BOSETT_TODAY", DEMO_DAY)
    os.environ.setdefault("BOSETT_ADDRESS", f"http://127.0.0.1:{args.port}")
    if args.prepare_only:
        return _prepare(args.persons)
    if not _stands():
        code = _fill(args.persons)
        if code:
            return code
    _say("3/3 the service")
    return _serve(import_module(SERVICE), args.port, lambda: _welcome(args.port, time.monotonic() - began))


def _stands() -> bool:
    """Whether this version has filled the database before; asked without all that is needed to fill it.

    From here on this process holds the embedded server, so that it is not stopped and started in between.
    """
    migrate.prepare_roles()
    with connection.connect("owner") as owner:
        origin.refuse_others(owner, migrate.place())
        return origin.filled(owner) == origin.version_here(os.environ["BOSETT_TODAY"])


def _fill(persons: int) -> int:
    # In a process of its own, since the service's processes are forked from this one: what computes in several
    # threads (polars, HiGHS) waits for ever in a process that was forked after its threads had begun.
    fill = ["-m", "bosett_server.commands", "demo", "--persons", str(persons), "--prepare-only"]
    return subprocess.call([sys.executable, *fill])  # noqa: S603 - our own command, with a whole number


def _prepare(persons: int) -> int:
    """The database with its figures, municipalities and synthetic households; what is there stays."""
    _say("1/3 the database and the published figures")
    code = migrate.run(argparse.Namespace(quiet=True, tables_only=False))
    if code:
        return code
    _say("2/3 municipalities, the round of 2026 and synthetic households")
    # Only now, when the environment is set and Django is set up.
    today = os.environ["BOSETT_TODAY"]
    import_module(CONTENT).fill(persons, date.fromisoformat(today), _say)
    with connection.connect("owner") as owner:
        origin.keep_filled(owner, origin.version_here(today))
    return 0


def _serve(service: ModuleType, port: int, ready: Callable[[], None]) -> int:
    """The service, and beside it the clock's jobs in a process of their own as in production."""
    here = os.getpid()
    worker = subprocess.Popen([sys.executable, "-m", "bosett_server.commands", "worker"])
    try:
        served: int = service.serve(port, 2, ready)
        return served
    finally:
        # The service's own processes are forked from this one and leave through here as well.
        if os.getpid() == here:
            _stop(worker)


def _stop(worker: subprocess.Popen[bytes]) -> None:
    """Asked to stop; one that is in the middle of a long job is stopped, and the job is taken up at the next start."""
    worker.terminate()
    try:
        worker.wait(timeout=20)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def _port_taken(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0


def _welcome(port: int, seconds: float) -> None:
    """Said by a process that serves, where Django is set up."""
    users = ", ".join(import_module(CONTENT).USERS)
    _say(
        f"\nBosett is ready after {seconds:.0f} seconds: http://127.0.0.1:{port}/\n"
        f"It is {os.environ['BOSETT_TODAY']} in the demo. All persons are synthetic, all answers of 2026 modelled.\n"
        f"Log in as one of: {users}\nStop with Ctrl-C; what you did is kept."
    )


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
