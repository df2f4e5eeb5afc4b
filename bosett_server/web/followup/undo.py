"""Ten seconds to take a change of many back: what is needed for it waits in the reader's session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bosett_server.access import clock
from bosett_server.access.request import Request

SECONDS = 10
"""Shown.  The count stands still while pointer or focus is on the button, so the server waits longer."""
SERVER_SECONDS = 60
_KEY = "households_undo"


@dataclass(frozen=True)
class Offer:
    """A change that can be taken back."""

    kind: str
    before: list[dict[str, Any]]

    @property
    def count(self) -> int:
        """How many households it touched."""
        return len(self.before)


def remember(request: Request, kind: str, before: list[dict[str, Any]]) -> None:
    """Keep what an undo needs; it replaces the change before, which can no longer be taken back."""
    request.session[_KEY] = {"kind": kind, "before": before, "at": clock.now().timestamp()}


def offered(request: Request) -> Offer | None:
    """The change still to be taken back, for as long as the button counts down."""
    return _within(request, SECONDS)


def take(request: Request) -> Offer | None:
    """The same, once."""
    found = _within(request, SERVER_SECONDS)
    request.session.pop(_KEY, None)
    return found


def _within(request: Request, seconds: int) -> Offer | None:
    kept = request.session.get(_KEY)
    if not kept or clock.now().timestamp() - kept["at"] > seconds:
        return None
    return Offer(kept["kind"], kept["before"])
