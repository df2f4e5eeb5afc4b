"""Municipalities and counties from the library into the database, so that other rows can point at them."""

from __future__ import annotations

from datetime import date

from bosett.registry import Registry
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.actions.step import Done, action
from bosett_server.records.models import County, Municipality


@action(Permission.DEMO_LOAD)
def load_registry(actor: Actor, *, on: date) -> Done[int]:
    """The municipalities valid on a day stand in the database, names and facts brought up to date."""
    registry = Registry.shipped()
    County.objects.bulk_create(
        [County(code=c.code, name=c.official_name, sort_key=c.sort_key) for c in registry.counties()],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "sort_key"],
    )
    rows = [
        Municipality(
            code=m.code,
            name=m.official_name,
            name_norwegian=m.name,
            sort_key=m.sort_key,
            county_id=m.county_code,
            language_decision=m.language.value,
            centrality=m.centrality,
            kostra_group=str(m.kostra_group),
        )
        for m in registry.municipalities(on)
    ]
    Municipality.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[
            "name",
            "name_norwegian",
            "sort_key",
            "language_decision",
            "centrality",
            "kostra_group",
        ],
    )
    return Done(len(rows), about=("registry", on.isoformat()), facts={"municipalities": len(rows)})
