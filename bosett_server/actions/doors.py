"""Tries at the doors: counted in the database, so that every process sees the same number.

A key is kept as a keyed hash only.  The stretch under way and the one before it count together.
Not steps under `@action`: nobody is an actor yet.
"""

from __future__ import annotations

from django.db import connection

from bosett_server.access.rate_limit import LIMITS, Door, key_of, limit, window_now
from bosett_server.records.models import Attempt

KEPT_WINDOWS = 200
_COUNT = """INSERT INTO records_attempt (door, key, "window", count) VALUES (%s, %s, %s, 1)
 ON CONFLICT (door, key, "window") DO UPDATE SET count = records_attempt.count + 1 RETURNING count"""


def tried(door: Door, who: str) -> bool:
    """Count one try; True when it is within the limit.  Counting and looking are one step."""
    window, key = window_now(), key_of(door, who)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [door.value, key, window])
        (now,) = cursor.fetchone() or (0,)
    if now == 1:
        Attempt.objects.filter(window__lt=window - KEPT_WINDOWS).delete()
    before = Attempt.objects.filter(door=door.value, key=key, window=window - 1).values_list(
        "count", flat=True
    )
    return int(now) + sum(before) <= limit(LIMITS[door])


def forget(door: Door, who: str) -> None:
    """After a success the tries of this one are forgotten."""
    Attempt.objects.filter(door=door.value, key=key_of(door, who)).delete()
