"""Facts that are no figures - codes, language decisions, boundaries - compared and stored as versions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bosett.registry import Registry
from bosett.sources.imported import Difference, difference_by
from bosett_server.actions.import_facts import LANGUAGE, Fact, facts_of, stored
from bosett_server.records.models import ImportedFact, Municipality

MOST_SHOWN = 2_000
"""So many differences are kept for the preview; the counts are of all."""


def compare(kind: str, rows: Sequence[Any], *, whole: bool) -> tuple[list[list[Any]], dict[str, int]]:
    """The preview's lines [operation, key, before, after] and the counts."""
    found = _difference(kind, rows, whole=whole)
    lines = [["added", one.key, None, one.told] for one in found.added]
    lines += [["changed", one.after.key, one.before.told, one.after.told] for one in found.changed]
    lines += [["removed", one.key, one.told, None] for one in found.removed]
    told = {"added": len(found.added), "changed": len(found.changed), "removed": len(found.removed)}
    return lines[:MOST_SHOWN], {**told, "unchanged": found.unchanged}


def store(batch: int, kind: str, rows: Sequence[Any], *, whole: bool) -> None:
    """The difference is in force."""
    found = _difference(kind, rows, whole=whole)
    gone = [one.key for one in found.removed] + [one.before.key for one in found.changed]
    current = ImportedFact.objects.filter(kind=kind, superseded_by__isnull=True)
    current.filter(key__in=gone).update(superseded_by_id=batch)
    new = [*found.added, *(one.after for one in found.changed)]
    ImportedFact.objects.bulk_create(
        [
            ImportedFact(kind=kind, key=one.key, value=one.value, batch_id=batch, origin_id=batch)
            for one in new
        ],
        batch_size=500,
    )
    follow(kind)


def follow(kind: str) -> None:
    """What the rest of the house reads of these facts is as they now stand.

    A municipality without an imported language decision has the one of the project's own table.
    """
    if kind != LANGUAGE:
        return
    ours = {str(one.code): one.language.value for one in Registry.shipped().all_municipalities}
    imported = dict(
        ImportedFact.objects.filter(kind=kind, superseded_by__isnull=True).values_list("key", "value")
    )
    changed = []
    for row in Municipality.objects.all():
        wanted = imported.get(row.code, {}).get("language") or ours.get(row.code, row.language_decision)
        if row.language_decision != wanted:
            row.language_decision = wanted
            changed.append(row)
    Municipality.objects.bulk_update(changed, ["language_decision"])


def _difference(kind: str, rows: Sequence[Any], *, whole: bool) -> Difference[Fact]:
    new = facts_of(kind, rows)
    keys = {one.key for one in new}
    current = ImportedFact.objects.filter(kind=kind, superseded_by__isnull=True)
    stands = [
        stored(kind, key, value) for key, value in current.values_list("key", "value") if whole or key in keys
    ]
    return difference_by(stands, new, lambda one: (one.key,))
