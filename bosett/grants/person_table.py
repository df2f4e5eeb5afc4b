"""Settled persons and their moves in columns: what the whole-country calculation reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bosett.grants.eligible import applied_too_late
from bosett.grants.moves import check_order
from bosett.grants.problem import Move, SettledPerson
from bosett.grants.schemes import settled_age
from bosett.terms.errors import BadInput
from bosett.terms.groups import Basis

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
STAYS = 9999
"""The year of leaving of a person who is still here."""


@dataclass(frozen=True)
class MoveColumns:
    """Moves sorted by person and day."""

    person: Whole
    day: Whole
    year: Whole
    month: Whole
    to: Whole


@dataclass(frozen=True)
class PersonTable:
    """Persons sorted by id; whatever does not depend on the year or the rates is worked out once.

    Parameters
    ----------
    places
        Municipality ids; `home` and `moves.to` point into them.
    barred
        Not 0 for whom family rules bar: a number into `BARS`.
    born_here
        Row, mother's settlement and birth of each child born after its mother's settlement.
    """

    ids: tuple[str, ...]
    places: tuple[str, ...]
    home: Whole
    birth_year: Whole
    settled_day: Whole
    settled_year: Whole
    settled_month: Whole
    age: Whole
    left_year: Whole
    barred: Whole
    single: Flags
    minor: Flags
    collective: Flags
    extended: Flags
    of_humanitarian: Flags
    applied_late: Flags
    other_register_year: Flags
    family_unchecked: Flags
    family_checked: Flags
    born_here: tuple[tuple[int, date, date], ...]
    moves: MoveColumns

    @classmethod
    def of(cls, persons: Iterable[SettledPerson], moves: Iterable[Move] = ()) -> PersonTable:
        """The columns of persons and moves.

        Raises
        ------
        BadInput
            A person twice, a move of a stranger, moves that do not follow each other.
        """
        listed = sorted(persons, key=lambda one: one.person_id)
        ids = tuple(one.person_id for one in listed)
        row = {one: number for number, one in enumerate(ids)}
        if len(row) != len(ids):
            twice = next(one for one, after in pairwise(ids) if one == after)
            raise BadInput(f"{twice} twice", "each person once", "persons", column="person_id")
        moved = _ordered(moves, listed, row)
        named = {one.municipality_id for one in listed} | {one.to_municipality_id for one in moved}
        places = tuple(sorted(named))
        place = {one: number for number, one in enumerate(places)}
        joined = [one.basis is Basis.FAMILY and one.mother_settled_date is None for one in listed]
        dated = [None not in (one.reference_settled_date, one.family_applied_date) for one in listed]
        return cls(
            ids=ids,
            places=places,
            home=_whole([place[one.municipality_id] for one in listed]),
            birth_year=_whole([one.birth_date.year for one in listed]),
            settled_day=_whole([one.settled_date.toordinal() for one in listed]),
            settled_year=_whole([one.settled_date.year for one in listed]),
            settled_month=_whole([one.settled_date.month for one in listed]),
            age=_whole([settled_age(one) for one in listed]),
            left_year=_whole([STAYS if one.left_date is None else one.left_date.year for one in listed]),
            barred=_whole([_barred(one) for one in listed]),
            single=_flags([one.single_adult for one in listed]),
            minor=_flags([one.unaccompanied_minor for one in listed]),
            collective=_flags([one.basis is Basis.COLLECTIVE for one in listed]),
            extended=_flags([one.norwegian_extended for one in listed]),
            of_humanitarian=_flags(
                [one.basis is Basis.FAMILY and one.reference_basis is Basis.HUMANITARIAN for one in listed]
            ),
            applied_late=_flags([one.basis is Basis.FAMILY and applied_too_late(one) for one in listed]),
            other_register_year=_flags(
                [
                    one.registered_date is not None and one.registered_date.year != one.settled_date.year
                    for one in listed
                ]
            ),
            family_unchecked=_flags([a and not b for a, b in zip(joined, dated, strict=True)]),
            family_checked=_flags([a and b for a, b in zip(joined, dated, strict=True)]),
            born_here=tuple(
                (number, one.mother_settled_date, one.birth_date)
                for number, one in enumerate(listed)
                if one.mother_settled_date is not None and one.birth_date > one.mother_settled_date
            ),
            moves=_columns(moved, row, place),
        )


def _barred(person: SettledPerson) -> int:
    """1 when a family rule bars the person whatever the year."""
    mother = person.mother_settled_date
    if person.basis is not Basis.FAMILY or (mother is not None and person.birth_date > mother):
        return 0
    return int(person.reference_basis is Basis.FAMILY or applied_too_late(person))


def _ordered(moves: Iterable[Move], persons: list[SettledPerson], row: dict[str, int]) -> list[Move]:
    by_person: dict[str, list[Move]] = {}
    for move in moves:
        by_person.setdefault(move.person_id, []).append(move)
    strangers = by_person.keys() - row.keys()
    if strangers:
        raise BadInput(min(strangers), "a person of the persons table", "moves", column="person_id")
    found = []
    for name in sorted(by_person):
        own = sorted(by_person[name])
        check_order(persons[row[name]], own)
        found += own
    return found


def _columns(moves: list[Move], row: dict[str, int], place: dict[str, int]) -> MoveColumns:
    return MoveColumns(
        _whole([row[one.person_id] for one in moves]),
        _whole([one.moved_date.toordinal() for one in moves]),
        _whole([one.moved_date.year for one in moves]),
        _whole([one.moved_date.month for one in moves]),
        _whole([place[one.to_municipality_id] for one in moves]),
    )


def _whole(values: list[int]) -> Whole:
    return np.array(values, dtype=np.int64)


def _flags(values: list[bool]) -> Flags:
    return np.array(values, dtype=np.bool_)
