"""Filters kept under a name."""

from __future__ import annotations

from dataclasses import dataclass

from bosett_server.access.actor import Actor
from bosett_server.records.models import SavedView


@dataclass(frozen=True)
class View:
    """One kept filter; `own` may be dropped, the others are shared by somebody in the same role."""

    id: int
    name: str
    query: str
    own: bool
    shared: bool


def saved_views(actor: Actor, page: str) -> list[View]:
    """One's own and those shared with one's role and place, by name; row-level security cuts the rest."""
    rows = SavedView.objects.filter(page=page).order_by("name", "id")
    return [
        View(row.pk, row.name, row.query, row.owner_id == actor.user_id, bool(row.shared_role))
        for row in rows
        if row.owner_id == actor.user_id or row.shared_role == actor.role.value
    ]
