"""Ten seconds to take a step back: what is needed for it waits in the reader's session, one for each kind of step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bosett_server.access import clock
from bosett_server.access.request import Request

SECONDS = 10
"""Shown.  The count stands still while pointer or focus is on the button, so the server waits longer."""
SERVER_SECONDS = 60
_KEY = "%s_undo"


def remember(request: Request, kind: str, told: Mapping[str, Any]) -> None:
    """Keep what an undo needs; it replaces the step before, which can no longer be taken back."""
    request.session[_KEY % kind] = {**told, "at": clock.now().timestamp()}


def offered(request: Request, kind: str) -> Mapping[str, Any] | None:
    """The step still to be taken back, for as long as the button counts down."""
    return _within(request, kind, SECONDS)


def take(request: Request, kind: str) -> Mapping[str, Any] | None:
    """The same, once."""
    found = _within(request, kind, SERVER_SECONDS)
    request.session.pop(_KEY % kind, None)
    return found


def _within(request: Request, kind: str, seconds: int) -> Mapping[str, Any] | None:
    kept = request.session.get(_KEY % kind)
    if not kept or clock.now().timestamp() - kept["at"] > seconds:
        return None
    return dict(kept)
