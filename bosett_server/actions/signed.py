"""Whose name stands under a row: a step that must be signed is not for somebody without a user."""

from __future__ import annotations

from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotPermitted


def signed_by(actor: Actor) -> int:
    """The user's id.  Raises NotPermitted for an actor who is no user."""
    if actor.user_id is None:
        raise NotPermitted("not_permitted")
    return actor.user_id
