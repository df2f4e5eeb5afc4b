"""The published figures are read before anybody asks: when a process starts, and again after every import.

A request that comes first reads them itself, or waits for the reading under way: it never gets an older version.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

from bosett_server.access.actor import PUBLIC, Actor
from bosett_server.access.context import acting
from bosett_server.queries.figures import Version, data_version
from bosett_server.queries.statistics_public import public_figures

MEASURES = ("settled", "voted", "asked", "population")
"""What the first pages show: put on today's borders at once too."""
_keeping = threading.Event()
_ready: list[Version] = []
log = logging.getLogger("bosett.figures")


def warm() -> Version:
    """The version that stands now is in memory with the series that most pages show; one query when it is already."""
    with acting(PUBLIC):
        figures = public_figures(PUBLIC)
    for measure in MEASURES:
        figures.municipal(measure)
        figures.counties(measure)
        figures.country(measure)
    return figures.version


def coming(actor: Actor) -> bool:
    """Whether the figures that stand now are being read ahead here, so that a page can say so and not wait for them.

    A process that does not read ahead reads them when it is asked to.
    """
    return _keeping.is_set() and data_version(actor) not in _ready


@contextmanager
def promised() -> Iterator[None]:
    """While this lasts the process reads the figures ahead, now or as soon as what comes before it is done."""
    _keeping.set()
    try:
        yield
    finally:
        _keeping.clear()


def keep_warm(stop: threading.Event, every_seconds: float = 1.0) -> None:
    """Look for a new version until `stop` is set; a fault of the database is logged and tried again more slowly."""
    with promised():
        while not stop.is_set():
            stop.wait(every_seconds * _warmed())


def _warmed() -> int:
    """How many pauses to wait until the next look."""
    try:
        _ready[:] = [warm()]
    except DatabaseError:
        log.exception("the published figures could not be read ahead; trying again")
        return 30
    finally:
        connection.close()
    return 1
