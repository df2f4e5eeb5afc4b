"""Which of the room's pages the reader has, for the row of links on top of each."""

from __future__ import annotations

from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission


def rooms(actor: Actor) -> dict[str, bool]:
    """`may_lines`, `may_claims` and `may_frames`; rates and payments are open to all."""
    return {
        "may_lines": actor.may(Permission.GRANT_VIEW),
        "may_claims": actor.may(Permission.CLAIM_RECORD),
        "may_frames": actor.may(Permission.GRANT_FRAME),
    }
