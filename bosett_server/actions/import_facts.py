"""The rows of a file that holds no figures, each as a key and a value that the database keeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bosett.registry.municipality import CodeChange
from bosett.sources.boundaries import Boundary
from bosett.sources.klass import KlassCode
from bosett.sources.language_decisions import DecidedLanguage

LANGUAGE, BOUNDARIES = "language_decisions", "boundaries"
CODES, CHANGES = "klass_codes", "klass_changes"


@dataclass(frozen=True)
class Fact:
    """A fact as it is stored; `told` is what the preview says of it, short and readable."""

    key: str
    value: dict[str, Any]
    told: str = field(compare=False)


def facts_of(kind: str, rows: Sequence[Any]) -> list[Fact]:
    """The rows of a file of this kind, in its order."""
    return [_FACTS[kind](row) for row in rows]


def stored(kind: str, key: str, value: dict[str, Any]) -> Fact:
    """A fact read back from the database."""
    return Fact(key, value, _TOLD[kind](value))


def _language(row: DecidedLanguage) -> Fact:
    value = {"language": row.decision.value, "valid_from": row.valid_from.isoformat()}
    return stored(LANGUAGE, row.municipality_id, value)


def _boundary(row: Boundary) -> Fact:
    """As a GeoJSON geometry, in degrees."""
    rings = [[[list(point) for point in ring] for ring in polygon] for polygon in row.polygons]
    return stored(BOUNDARIES, row.code, {"type": "MultiPolygon", "coordinates": rings})


def _code(row: KlassCode) -> Fact:
    since, until = (day.isoformat() if day else None for day in (row.valid_from, row.valid_to))
    value = {"name": row.name, "level": row.level, "valid_from": since, "valid_to": until}
    return stored(CODES, row.code, value)


def _change(row: CodeChange) -> Fact:
    value = {"day": row.day.isoformat(), "old": row.old.code, "old_name": row.old.name, "new": row.new.code,
             "new_name": row.new.name}  # fmt: skip
    return stored(CHANGES, f"{row.day.isoformat()} {row.old.code} {row.new.code}", value)


def _points(value: dict[str, Any]) -> str:
    count = sum(len(ring) for polygon in value["coordinates"] for ring in polygon)
    return f"{len(value['coordinates'])} / {count}"


_FACTS: dict[str, Callable[[Any], Fact]] = {
    LANGUAGE: _language, BOUNDARIES: _boundary, CODES: _code, CHANGES: _change,
}  # fmt: skip
_TOLD: dict[str, Callable[[dict[str, Any]], str]] = {
    LANGUAGE: lambda value: f"{value['language']} ({value['valid_from']})",
    BOUNDARIES: _points,
    CODES: lambda value: str(value["name"]),
    CHANGES: lambda value: f"{value['old']} {value['old_name']} → {value['new']} {value['new_name']}",
}
