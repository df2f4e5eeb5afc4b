"""Kept criteria in sight: one's own, and those that are shared within IMDi."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.records.models import CriteriaSet


@dataclass(frozen=True)
class SetView:
    """One kept way of dividing the need."""

    id: int
    year: int
    name: str
    settings: dict[str, Any]
    owner: str
    own: bool
    shared: bool
    changed_at: datetime


def criteria_sets(actor: Actor, year: int) -> list[SetView]:
    """Those of a year by name; one query, cut by row-level security."""
    rows = CriteriaSet.objects.filter(year=year).select_related("owner").order_by("name", "id")
    return [_view(actor, row) for row in rows]


def criteria_set(actor: Actor, number: int) -> SetView:
    """One of them; NotInSight when it is another's and not shared."""
    row = CriteriaSet.objects.select_related("owner").filter(pk=number).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return _view(actor, row)


def _view(actor: Actor, row: CriteriaSet) -> SetView:
    return SetView(
        id=row.pk,
        year=row.year,
        name=row.name,
        settings=row.settings,
        owner=row.owner.get_full_name() or row.owner.username,
        own=row.owner_id == actor.user_id,
        shared=row.shared_at is not None,
        changed_at=row.changed_at,
    )
