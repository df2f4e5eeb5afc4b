"""Who stays, municipality by municipality, as each role may see it; worked out before anybody asks.

It takes seconds to protect all municipalities together.  Under `bosett serve` a thread does it when the process
starts, at midnight and every few hours, and readers take what it has; without the thread it is done when the register
has changed, and whoever comes first waits.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, connection

from bosett.followup.outcomes import Waited
from bosett_server.access.actor import Actor
from bosett_server.queries.followup_places import PlaceRow, Places, worked_out
from bosett_server.queries.followup_register import Register, is_vouched_for, look, register, vouch
from bosett_server.queries.followup_results import area_of, place_of

ANEW_SECONDS = 6 * 3600
"""So often what has changed is taken in while a thread keeps it: our own choice; few move in an hour."""
log = logging.getLogger("bosett.results")


@dataclass(frozen=True)
class Retention:
    """The municipalities of the reader's area by name, and when they were worked out."""

    rows: tuple[PlaceRow, ...]
    made_at: datetime
    synthetic: bool


@dataclass(frozen=True)
class PlaceDetail:
    """One municipality's curve, that of its KOSTRA group with itself in it, and the country's."""

    row: PlaceRow
    own: Waited
    alike: Waited | None
    alike_count: int
    made_at: datetime
    synthetic: bool


@dataclass
class _Kept:
    """What was worked out last, from which register, and when by the process's own clock."""

    found: Register
    places: Places
    at: float


_kept: dict[str, _Kept] = {}
_lock = threading.Lock()


def places() -> Places:
    """Every municipality as it may be shown.  Whoever comes while it is being worked out waits for that."""
    found = register()
    with _lock:
        held = _kept.get("places")
        if (
            held is None
            or held.found.today != found.today
            or (held.found is not found and not is_vouched_for())
        ):
            held = _kept["places"] = _Kept(found, worked_out(found), time.monotonic())
        return held.places


def retention(actor: Actor) -> Retention:
    """Each municipality of the reader's area by name."""
    told, area = places(), area_of(actor)
    rows = tuple(one for one in told.rows if area.kind == "country" or one.code in area.codes)
    return Retention(rows, told.made_at, told.synthetic)


def retention_of(actor: Actor, code: str) -> PlaceDetail:
    """One municipality beside the alike.  Raises NotInSight."""
    place_of(actor, code)
    told = places()
    row = next(one for one in told.rows if one.code == code)
    return PlaceDetail(
        row, told.own[code], told.alike.get(row.kostra), told.group_sizes.get(row.kostra, 0), told.made_at,
        told.synthetic,
    )  # fmt: skip


def warm() -> None:
    """The register is read if it has changed, and the municipalities worked out if that is due."""
    found = look()
    vouch()
    with _lock:
        held = _kept.get("places")
    old = held is not None and time.monotonic() - held.at > ANEW_SECONDS
    if held is None or held.found.today != found.today or (old and held.found is not found):
        made = _Kept(found, worked_out(found), time.monotonic())
        with _lock:
            _kept["places"] = made


def keep_warm(stop: threading.Event, every_seconds: float = 20.0) -> None:
    """Warm until `stop` is set; a fault of the database is logged, and readers look for themselves meanwhile."""
    while not stop.is_set():
        try:
            warm()
        except DatabaseError:
            log.exception("the results could not be read ahead; trying again")
        finally:
            connection.close()
        stop.wait(every_seconds)
