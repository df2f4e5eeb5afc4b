"""Facts that were imported and stand now: boundaries for the map, codes and their changes."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max
from django.db.models.functions import Length

from bosett.sources import boundaries as boundary_files
from bosett_server.access.actor import Actor
from bosett_server.records.models import ImportedFact


def boundaries(actor: Actor, *, counties: bool = False) -> dict[str, Any] | None:
    """Boundaries as a GeoJSON FeatureCollection by code, with source and licence; None when none are loaded."""
    width = 2 if counties else 4
    rows = [
        one
        for one in _standing(boundary_files.KIND).select_related("origin").order_by("key")
        if len(one.key) == width
    ]
    if not rows:
        return None
    (source, *_) = [told for key, told in rows[0].origin.sources.items() if key] or [{}]
    features = [{"type": "Feature", "id": one.key, "properties": {}, "geometry": one.value} for one in rows]
    return {
        "type": "FeatureCollection", "features": features, "source": source.get("title") or "",
        "publisher": source.get("publisher") or "", "licence": source.get("licence") or "",
    }  # fmt: skip


def boundaries_version(actor: Actor) -> tuple[int, int]:
    """(import that changed the municipalities' boundaries last, how many stand); (0, 0) when none are loaded."""
    rows = _standing(boundary_files.KIND).annotate(digits=Length("key")).filter(digits=4)
    told = rows.aggregate(newest=Max("batch_id"), count=Count("id"))
    return told["newest"] or 0, told["count"]


def imported(actor: Actor, kind: str) -> dict[str, dict[str, Any]]:
    """Every fact of a kind that stands now, by its key."""
    return {one.key: one.value for one in _standing(kind).order_by("key")}


def _standing(kind: str) -> Any:
    return ImportedFact.objects.filter(kind=kind, superseded_by__isnull=True)
