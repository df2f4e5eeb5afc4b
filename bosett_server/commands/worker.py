"""`bosett worker`: runs what runs by the clock; start as many as you like, on as many machines."""

from __future__ import annotations

import argparse
from typing import Any

import django
from django.conf import settings


def arguments(parser: argparse.ArgumentParser) -> None:
    """A worker has one option: to stop when nothing is left."""
    parser.add_argument("--once", action="store_true", help="run what waits and stop")


def run(args: argparse.Namespace) -> int:
    """Jobs are taken from PostgreSQL until interrupted; a job under way is finished first."""
    django.setup()
    from procrastinate.contrib.django import app

    connector: Any = app.connector
    # Django's own connection cannot listen for new jobs; the worker has one that can, as the same role.
    with app.replace_connector(connector.get_worker_connector()) as working:
        working.run_worker(
            wait=not args.once,
            install_signal_handlers=True,
            delete_jobs="successful",
            stalled_worker_timeout=settings.BOSETT_WORKER_SILENT_SECONDS,
        )
    return 0
