"""The service under a stopwatch: the seconds and the number of queries of each request go out as headers.

So do the processor seconds of the process meanwhile, which are the request's own when nothing else runs in it.

As under `bosett serve`, each process reads the published figures and the results ahead of its requests.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from django.db import connection

from bosett_server.wsgi import application as service

SECONDS, QUERIES, PROCESSOR = "X-Bench-Seconds", "X-Bench-Queries", "X-Bench-Processor"
Start = Callable[..., Any]
# Models can be imported once `service` is, which sets Django up.
columns = import_module("bosett_server.queries.distribution_columns")
figures = import_module("bosett_server.queries.figures_warm")
results = import_module("bosett_server.queries.followup_retention")


def _ahead() -> None:
    columns.read_ahead()
    figures.keep_warm(threading.Event())


threading.Thread(target=_ahead, name="figures", daemon=True).start()
threading.Thread(target=results.keep_warm, args=(threading.Event(),), name="results", daemon=True).start()


def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    """Answer as the service does; the time runs from the request's first line of ours to its last."""
    began, used = time.perf_counter(), time.process_time()
    count = 0

    def counted(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*args)

    def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        told = [(SECONDS, f"{time.perf_counter() - began:.6f}"), (QUERIES, str(count))]
        told.append((PROCESSOR, f"{time.process_time() - used:.6f}"))
        return start_response(status, [*headers, *told], *rest)

    with connection.execute_wrapper(counted):
        return service(environ, started)
