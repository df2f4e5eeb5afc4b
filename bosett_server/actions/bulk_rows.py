"""Many rows changed at once: a constant number of statements for each change and for taking it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, Func, Value
from django.db.models.functions import Greatest

from bosett_server.access import clock
from bosett_server.queries.household_changes import Change
from bosett_server.records.models import Centre, Household, LifeEvent, Stay

Before = dict[str, Any]
"""How one household stood: id, the version that the change gave it, and the values before."""
_CODES = ArrayField(CharField(max_length=40))


def apply_to(rows: Sequence[Household], change: Change, centre: Centre | None) -> list[Before]:
    """Every row is changed; gives how each stood."""
    kept: list[Before] = [{"id": str(row.pk), "version": row.version + 1} for row in rows]
    match change.kind:
        case "resolve_recheck":
            parts = _resolved(rows)
        case "add_need" | "remove_need":
            parts = [{"needs": list(row.needs)} for row in rows]
            _store(rows, needs=_with_or_without(change))
        case _:
            parts = _moved(rows, centre) if centre is not None else [{} for _ in rows]
    return [one | part for one, part in zip(kept, parts, strict=True)]


def put_back(rows: Sequence[Household], kind: str, told: dict[UUID, Before]) -> None:
    """Every row stands as it is told to have stood."""
    match kind:
        case "resolve_recheck":
            events = [one for row in rows for one in told[row.pk]["events"]]
            LifeEvent.objects.filter(household__in=rows, pk__in=events).update(resolved_at=None)
            _store_each(rows, {row.pk: tuple(told[row.pk]["recheck"]) for row in rows}, "recheck")
        case "add_need" | "remove_need":
            _store_each(rows, {row.pk: tuple(told[row.pk]["needs"]) for row in rows}, "needs")
        case _:
            ended, begun = zip(*(told[row.pk]["stays"] for row in rows), strict=True)
            Stay.objects.filter(household__in=rows, pk__in=begun).delete()
            Stay.objects.filter(household__in=rows, pk__in=ended).update(left_on=None)
            _store_each(rows, {row.pk: told[row.pk]["centre"] for row in rows}, "centre_id")


def _with_or_without(change: Change) -> Func:
    code = Value(change.value, output_field=CharField())
    if change.kind == "remove_need":
        return Func(F("needs"), code, function="array_remove", output_field=_CODES)
    added = "ARRAY(SELECT DISTINCT one FROM unnest(array_append(%(expressions)s)) AS one ORDER BY one)"
    return Func(F("needs"), code, template=added, output_field=_CODES)


def _resolved(rows: Sequence[Household]) -> list[Before]:
    open_events = LifeEvent.objects.filter(household__in=rows, resolved_at__isnull=True)
    of: dict[UUID, list[int]] = defaultdict(list)
    for household, event in open_events.values_list("household_id", "pk"):
        of[household].append(event)
    open_events.update(resolved_at=clock.now())
    _store(rows, recheck=[])
    return [{"recheck": list(row.recheck), "events": of[row.pk]} for row in rows]


def _moved(rows: Sequence[Household], centre: Centre) -> list[Before]:
    """The stay that ends and the one that begins, of each."""
    today = clock.today()
    there = Stay.objects.filter(household__in=rows, left_on__isnull=True)
    ended = dict(there.values_list("household_id", "pk"))
    Stay.objects.filter(pk__in=ended.values()).update(left_on=Greatest(F("arrived_on"), today))
    begun = Stay.objects.bulk_create([Stay(household=row, centre=centre, arrived_on=today) for row in rows])
    _store(rows, centre_id=centre.pk)
    return [
        {"centre": row.centre_id, "stays": [ended.get(row.pk, 0), new.pk]}
        for row, new in zip(rows, begun, strict=True)
    ]


def _store(rows: Iterable[Household], **values: Any) -> None:
    ids = [row.pk for row in rows]
    Household.objects.filter(pk__in=ids).update(version=F("version") + 1, **values)


def _store_each(rows: Sequence[Household], wanted: dict[UUID, Hashable], name: str) -> None:
    """One statement for all that are to have the same value."""
    same: dict[Hashable, list[Household]] = defaultdict(list)
    for row in rows:
        same[wanted[row.pk]].append(row)
    for value, members in same.items():
        _store(members, **{name: list(value) if isinstance(value, tuple) else value})
