"""How often a door may be tried: counted in the database, so that every process sees the same number.

A key is kept as a keyed hash only.  The stretch under way and the one before it count together.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Mapping
from enum import StrEnum

from django.conf import settings
from django.db import connection
from django.utils import timezone

from bosett.rules.parameters import Parameters
from bosett_server.access import clock
from bosett_server.records.models import Attempt

KEPT_WINDOWS = 200
_COUNT = """INSERT INTO records_attempt (door, key, "window", count) VALUES (%s, %s, %s, 1)
 ON CONFLICT (door, key, "window") DO UPDATE SET count = records_attempt.count + 1 RETURNING count"""


class Door(StrEnum):
    """What is tried, and for whom; each has its own limit in `parameters/access/`."""

    LOGIN_USER = "login_user"
    LOGIN_ADDRESS = "login_addr"
    FACTOR_USER = "factor_user"
    CODE_ADDRESS = "code_addr"
    CODE_EVERYWHERE = "code_all"


LIMITS = {
    Door.LOGIN_USER: "access/login_tries_user",
    Door.LOGIN_ADDRESS: "access/login_tries_address",
    Door.FACTOR_USER: "access/factor_tries_user",
    Door.CODE_ADDRESS: "access/code_tries_address",
    Door.CODE_EVERYWHERE: "access/code_tries_everywhere",
}


def tried(door: Door, who: str) -> bool:
    """Count one try; True when it is within the limit.  Counting and looking are one step."""
    window, key = _window(), _key(door, who)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [door.value, key, window])
        (now,) = cursor.fetchone() or (0,)
    if now == 1:
        Attempt.objects.filter(window__lt=window - KEPT_WINDOWS).delete()
    before = Attempt.objects.filter(door=door.value, key=key, window=window - 1).values_list(
        "count", flat=True
    )
    return int(now) + sum(before) <= _limit(LIMITS[door])


def forget(door: Door, who: str) -> None:
    """After a success the tries of this one are forgotten."""
    Attempt.objects.filter(door=door.value, key=_key(door, who)).delete()


def wait_minutes() -> int:
    """After this many minutes without tries the door opens again at the latest."""
    return 2 * _limit("access/attempt_window_minutes")


def client_address(meta: Mapping[str, str]) -> str:
    """The client's network address: the last one our own proxies vouch for (BOSETT_PROXIES of them)."""
    direct = meta.get("REMOTE_ADDR", "")
    if settings.BOSETT_PROXIES < 1:
        return direct
    told = [part.strip() for part in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return told[-settings.BOSETT_PROXIES] if len(told) >= settings.BOSETT_PROXIES else direct


def is_this_machine(meta: Mapping[str, str]) -> bool:
    """Whether the request was made on this machine and came through no proxy."""
    if any(name in meta for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")):
        return False
    try:
        return ipaddress.ip_address(meta.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _window() -> int:
    return int(timezone.now().timestamp()) // (60 * _limit("access/attempt_window_minutes"))


def _limit(path: str) -> int:
    return int(Parameters.shipped().lookup(path, clock.today()).value)


def _key(door: Door, who: str) -> str:
    return hmac.new(
        settings.BOSETT_CODE_KEY.encode(), f"{door.value}:{who}".encode(), hashlib.sha256
    ).hexdigest()
