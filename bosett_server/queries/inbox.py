"""What waits for the actor."""

from __future__ import annotations

from bosett_server.access.actor import Actor
from bosett_server.records.models import Notice


def unread_count(actor: Actor) -> int:
    """Open notices in the actor's sight that this user has not read; row-level security cuts the rest."""
    return Notice.objects.filter(done_at__isnull=True).exclude(reads__user_id=actor.user_id).count()
