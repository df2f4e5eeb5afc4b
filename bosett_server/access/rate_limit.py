"""How often a door may be tried, and whose address counts.  The counting is done in `actions/doors.py`."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Mapping
from enum import StrEnum

from django.conf import settings
from django.utils import timezone

from bosett.rules.parameters import Parameters
from bosett_server.access import clock


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


def wait_minutes() -> int:
    """After this many minutes without tries the door opens again at the latest."""
    return 2 * limit("access/attempt_window_minutes")


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


def window_now() -> int:
    """The number of the stretch under way, in real time also in the demo."""
    return int(timezone.now().timestamp()) // (60 * limit("access/attempt_window_minutes"))


def limit(path: str) -> int:
    """A limit of `parameters/access/` as it stands today."""
    return int(Parameters.shipped().lookup(path, clock.today()).value)


def key_of(door: Door, who: str) -> str:
    """A keyed hash: what is counted is not readable in the database."""
    return hmac.new(
        settings.BOSETT_CODE_KEY.encode(), f"{door.value}:{who}".encode(), hashlib.sha256
    ).hexdigest()
