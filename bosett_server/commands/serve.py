"""`bosett serve`: the service under gunicorn, for real data on your own PostgreSQL."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from typing import Any

import django
from django.conf import settings
from gunicorn.app.base import BaseApplication

from bosett_server.database import embedded


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--port", type=int, default=8000, help="default 8000")
    parser.add_argument("--workers", type=int, default=2, help="processes, default 2")


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted.  Refuses the embedded server: it is for demo and development only."""
    if embedded.is_embedded():
        sys.stderr.write(
            "bosett serve: set DATABASE_URL and BOSETT_OWNER_URL; the embedded database is for the demo and"
            " for development, not for real data (docs/operations/database.md)\n"
        )
        return 2
    if not os.environ.get("BOSETT_SECRET_KEY") or not os.environ.get("BOSETT_CODE_KEY"):
        sys.stderr.write(
            "bosett serve: set BOSETT_SECRET_KEY and BOSETT_CODE_KEY (docs/operations/settings.md)\n"
        )
        return 2
    return serve(args.port, args.workers)


class _Service(BaseApplication):  # type: ignore[misc]
    """Gunicorn with our options, without its command line."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return import_module("bosett_server.wsgi").application


THREADS = 2
"""A process's threads share one interpreter: with more, pages asked for at once make each other slow."""


def serve(port: int, workers: int, ready: Callable[[], None] = lambda: None) -> int:
    """Serve on the loopback address; a proxy with TLS stands in front of it in production.

    `ready` is called when requests are taken, in the first process that takes them: a thread that writes while
    the processes are still being forked can leave one of them waiting for ever for the lock of what it wrote to.
    """
    django.setup()
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    _Service(
        {
            "bind": f"127.0.0.1:{port}",
            "workers": workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": 120,
            "graceful_timeout": 20,
            "proc_name": "bosett",
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_worker_init": lambda worker: _begin_worker(ready if worker.age == 1 else None),
        }
    ).run()
    return 0


def _begin_worker(ready: Callable[[], None] | None) -> None:
    """Every process that serves also seals the log, in turn, and reads the figures before it is asked for them."""
    # Ctrl-C reaches every process of the terminal; the first one alone tells the others to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from bosett_server.actions.audit import run_sealer
    from bosett_server.queries import followup_retention
    from bosett_server.queries.distribution_columns import read_ahead
    from bosett_server.queries.figures_warm import keep_warm, promised

    def ahead(stop: threading.Event) -> None:
        with promised():
            read_ahead()
            keep_warm(stop)

    for work, name in (
        (run_sealer, "sealer"), (ahead, "figures"), (followup_retention.keep_warm, "results"),
    ):  # fmt: skip
        threading.Thread(target=work, args=(threading.Event(),), name=name, daemon=True).start()
    if ready is not None:
        ready()
