"""Does the municipality's list agree with the register?  Every difference is named, none is mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Difference(StrEnum):
    """The ways a list and a register can disagree about a person."""

    MISSING_IN_LIST = "missing_in_list"
    MISSING_IN_REGISTER = "missing_in_register"
    DOUBLED_IN_LIST = "doubled_in_list"
    DOUBLED_IN_REGISTER = "doubled_in_register"
    DATED_DIFFERENTLY = "dated_differently"
    OTHER_MUNICIPALITY = "other_municipality"


@dataclass(frozen=True, order=True)
class Settlement:
    """One line of a list or register."""

    person_id: str
    municipality_id: str
    settled_on: date


@dataclass(frozen=True, order=True)
class Disagreement:
    """One difference, with what each side says (None = nothing)."""

    person_id: str
    difference: Difference
    listed: Settlement | None = None
    registered: Settlement | None = None


def reconcile(listed: Iterable[Settlement], registered: Iterable[Settlement]) -> tuple[Disagreement, ...]:
    """Every disagreement, sorted by person; empty = the two say the same.

    A person who stands twice on a side is named as doubled, and compared by the first line.
    """
    ours, theirs = sorted(listed), sorted(registered)
    found = [Disagreement(one, Difference.DOUBLED_IN_LIST) for one in _doubled(ours)]
    found += [Disagreement(one, Difference.DOUBLED_IN_REGISTER) for one in _doubled(theirs)]
    left, right = _first(ours), _first(theirs)
    for person_id in sorted(left.keys() | right.keys()):
        found += _compare(person_id, left.get(person_id), right.get(person_id))
    return tuple(sorted(found, key=lambda one: (one.person_id, one.difference)))


def _compare(person_id: str, ours: Settlement | None, theirs: Settlement | None) -> list[Disagreement]:
    if ours is None:
        return [Disagreement(person_id, Difference.MISSING_IN_LIST, None, theirs)]
    if theirs is None:
        return [Disagreement(person_id, Difference.MISSING_IN_REGISTER, ours, None)]
    found = []
    if ours.municipality_id != theirs.municipality_id:
        found.append(Disagreement(person_id, Difference.OTHER_MUNICIPALITY, ours, theirs))
    if ours.settled_on != theirs.settled_on:
        found.append(Disagreement(person_id, Difference.DATED_DIFFERENTLY, ours, theirs))
    return found


def _doubled(lines: Sequence[Settlement]) -> list[str]:
    counts = Counter(one.person_id for one in lines)
    return sorted(person for person, count in counts.items() if count > 1)


def _first(lines: Sequence[Settlement]) -> dict[str, Settlement]:
    found: dict[str, Settlement] = {}
    for one in lines:
        found.setdefault(one.person_id, one)
    return found
