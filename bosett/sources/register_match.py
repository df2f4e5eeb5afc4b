"""An export of another register beside the persons that are here: who is the same, what differs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from bosett.sources.register_export import AssignedPerson, Numbers, ReadyPerson

Row = TypeVar("Row", ReadyPerson, AssignedPerson)


class Match(StrEnum):
    """What a row of the export is here."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    CONFLICT = "conflict"
    """The DUF number is one person's and the D-number another's, or the numbers contradict: a person decides."""


@dataclass(frozen=True)
class Present(Generic[Row]):
    """A person who is here, with what the register holds; None when it holds nothing of the kind."""

    person_id: str
    numbers: Numbers
    held: Row | None


@dataclass(frozen=True)
class Matched(Generic[Row]):
    """A row of the export with what it is here.

    Parameters
    ----------
    person_ids
        The persons it was matched with: none when new, two or more in a conflict of persons.
    differs
        The fields that differ, in order of name.
    """

    row: Row
    match: Match
    person_ids: tuple[str, ...]
    differs: tuple[str, ...] = ()


@dataclass(frozen=True)
class RegisterDifference(Generic[Row]):
    """Every row of the export matched, in its order, and who is here but not in the export."""

    matched: tuple[Matched[Row], ...]
    absent: tuple[str, ...]

    def of(self, match: Match) -> tuple[Matched[Row], ...]:
        """The rows that are this."""
        return tuple(one for one in self.matched if one.match is match)


def match_register(rows: Iterable[Row], present: Iterable[Present[Row]]) -> RegisterDifference[Row]:
    """Match by DUF number or D-number; nothing is guessed from names or birth dates.

    Promise: every row is in exactly one of the four kinds, and nobody here is changed by a conflict.
    """
    here = tuple(present)
    by_duf = {one.numbers.duf: one for one in here if one.numbers.duf}
    by_d_number = {one.numbers.d_number: one for one in here if one.numbers.d_number}
    found: list[Matched[Row]] = []
    for row in rows:
        hits = {
            one.person_id: one
            for one in (by_duf.get(row.numbers.duf), by_d_number.get(row.numbers.d_number))
            if one is not None
        }
        found.append(_matched(row, tuple(hits[key] for key in sorted(hits))))
    met = {person for one in found for person in one.person_ids}
    absent = tuple(sorted(one.person_id for one in here if one.person_id not in met and one.held))
    return RegisterDifference(tuple(_told_twice(found)), absent)


def _matched(row: Row, hits: tuple[Present[Row], ...]) -> Matched[Row]:
    ids = tuple(one.person_id for one in hits)
    if not hits:
        return Matched(row, Match.NEW, ())
    if len(hits) > 1:
        return Matched(row, Match.CONFLICT, ids, ("d_number", "duf"))
    contradicting = _contradicting(row.numbers, hits[0].numbers)
    if contradicting:
        return Matched(row, Match.CONFLICT, ids, contradicting)
    differs = _differing(row, hits[0].held)
    return Matched(row, Match.CHANGED if differs else Match.SAME, ids, differs)


def _told_twice(found: list[Matched[Row]]) -> list[Matched[Row]]:
    """Two rows of the export that are one person here (one by each number) are both conflicts."""
    times: dict[str, int] = {}
    for one in found:
        for person in one.person_ids:
            times[person] = times.get(person, 0) + 1
    return [
        Matched(one.row, Match.CONFLICT, one.person_ids, ("d_number", "duf"))
        if any(times[person] > 1 for person in one.person_ids)
        else one
        for one in found
    ]


def _contradicting(told: Numbers, held: Numbers) -> tuple[str, ...]:
    """The numbers that both sides have and that differ."""
    pairs = {"d_number": (told.d_number, held.d_number), "duf": (told.duf, held.duf)}
    return tuple(name for name, (one, other) in pairs.items() if one and other and one != other)


def _differing(row: Row, held: Row | None) -> tuple[str, ...]:
    if held is None:
        return tuple(sorted(name for name in vars(row) if name not in ("numbers", "row")))
    names = (name for name in vars(row) if name not in ("numbers", "row"))
    return tuple(sorted(name for name in names if getattr(row, name) != getattr(held, name)))
