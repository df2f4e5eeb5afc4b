"""A municipality's own list of settled persons against the register: who is missing, doubled, told differently."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True)
class ListedPerson:
    """A row of either list."""

    person_id: str
    settled_date: date
    municipality_id: str


class DifferenceKind(StrEnum):
    """How the lists differ for a person."""

    MISSING_IN_OWN = "missing_in_own"
    MISSING_IN_REGISTER = "missing_in_register"
    DOUBLED = "doubled"
    OTHER_DATE = "other_date"
    OTHER_MUNICIPALITY = "other_municipality"


@dataclass(frozen=True)
class Difference:
    """One person told differently.

    Parameters
    ----------
    own, register
        What each list says: days, or municipalities; empty when it does not have the person.
    days
        Days that the register is later, for another date.
    """

    person_id: str
    kind: DifferenceKind
    own: tuple[str, ...]
    register: tuple[str, ...]
    days: int | None = None


@dataclass(frozen=True)
class ListComparison:
    """The differences by person, and how many both lists tell alike."""

    differences: tuple[Difference, ...]
    alike: int

    def of_kind(self, kind: DifferenceKind) -> tuple[Difference, ...]:
        """The differences of one kind."""
        return tuple(one for one in self.differences if one.kind is kind)


def compare_lists(own: Iterable[ListedPerson], register: Iterable[ListedPerson]) -> ListComparison:
    """Each person in either list, once: alike, or every way in which the lists differ.

    Promise: a person is never counted as alike when a list has them twice.  A doubled person's first row, by
    day and municipality, is the one that is compared.
    """
    ours, theirs = _by_person(own), _by_person(register)
    found: list[Difference] = []
    alike = 0
    for person in sorted(ours.keys() | theirs.keys()):
        differences = _compare(person, ours.get(person, ()), theirs.get(person, ()))
        found += differences
        alike += not differences
    return ListComparison(tuple(found), alike)


def _by_person(rows: Iterable[ListedPerson]) -> dict[str, list[ListedPerson]]:
    found: dict[str, list[ListedPerson]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return {
        one: sorted(rows, key=lambda row: (row.settled_date, row.municipality_id))
        for one, rows in found.items()
    }


def _compare(person: str, own: Sequence[ListedPerson], register: Sequence[ListedPerson]) -> list[Difference]:
    ours, theirs = _days(own), _days(register)
    found = []
    if len(own) > 1 or len(register) > 1:
        found.append(Difference(person, DifferenceKind.DOUBLED, ours, theirs))
    if not own:
        return [*found, Difference(person, DifferenceKind.MISSING_IN_OWN, (), theirs)]
    if not register:
        return [*found, Difference(person, DifferenceKind.MISSING_IN_REGISTER, ours, ())]
    first, other = own[0], register[0]
    if first.settled_date != other.settled_date:
        later = (other.settled_date - first.settled_date).days
        found.append(Difference(person, DifferenceKind.OTHER_DATE, ours[:1], theirs[:1], later))
    if first.municipality_id != other.municipality_id:
        places = (first.municipality_id,), (other.municipality_id,)
        found.append(Difference(person, DifferenceKind.OTHER_MUNICIPALITY, *places))
    return found


def _days(rows: Sequence[ListedPerson]) -> tuple[str, ...]:
    return tuple(row.settled_date.isoformat() for row in rows)
