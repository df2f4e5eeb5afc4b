"""A population as bytes, for telling whether two are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from bosett.scenario.population.people import SyntheticPopulation


def lines(population: SyntheticPopulation) -> Iterator[str]:
    """Every household, person and centre as one line, in order; sets are sorted."""
    for record in (*population.households, *population.persons, *population.centres):
        yield _text(record)


def digest(population: SyntheticPopulation) -> str:
    """SHA-256 of all lines: equal for the same seed, version and arguments, on any run."""
    hashed = hashlib.sha256()
    for line in lines(population):
        hashed.update(line.encode() + b"\n")
    return hashed.hexdigest()


def _text(value: Any) -> str:
    if is_dataclass(value) and not isinstance(value, type):
        return ",".join(_text(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, frozenset):
        return "|".join(sorted(map(str, value)))
    if isinstance(value, tuple):
        return "|".join(_text(item) for item in value)
    return str(value)
