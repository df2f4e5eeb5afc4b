"""Ten seconds to take a change of many households back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bosett_server.access.request import Request
from bosett_server.web import undo_offer

_KIND = "households"


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
    undo_offer.remember(request, _KIND, {"kind": kind, "before": before})


def offered(request: Request) -> Offer | None:
    """The change still to be taken back, for as long as the button counts down."""
    return _offer(undo_offer.offered(request, _KIND))


def take(request: Request) -> Offer | None:
    """The same, once."""
    return _offer(undo_offer.take(request, _KIND))


def _offer(kept: Mapping[str, Any] | None) -> Offer | None:
    return None if kept is None else Offer(kept["kind"], kept["before"])
