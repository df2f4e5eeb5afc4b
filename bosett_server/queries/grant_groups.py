"""The settled of a municipality or the country as groups: the same course of grants once, counted by the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from bosett.grants.frame_persons import same_course
from bosett.grants.frame_problem import PersonGroup
from bosett.grants.problem import Move, SettledPerson
from bosett.terms.groups import Basis
from bosett_server.queries.grant_inputs import moves_of, persons_from
from bosett_server.records.models import Move as MoveRow


@dataclass(frozen=True)
class SettledThere:
    """Who lives there.

    Parameters
    ----------
    groups
        Those who have not moved and are not on family ground.
    persons, moves
        The others, one by one: who moved in or out, and family.
    without_ground
        Settled persons on family ground of whom it is not stored whom they joined: left out.
    """

    groups: tuple[PersonGroup, ...]
    persons: tuple[SettledPerson, ...]
    moves: tuple[Move, ...]
    without_ground: int


def settled_there(municipality: str, first_july: date) -> SettledThere:
    """Everybody settled there who has not left the country; empty = the country.  Three queries.

    Protected persons count in the country only.  To be called as the system: else nobody is found.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM bosett_course_groups(%s, %s)", [municipality, first_july])
        groups = tuple(_group(row, first_july) for row in cursor.fetchall())
        cursor.execute("SELECT * FROM bosett_settled_apart(%s)", [municipality])
        known, without = persons_from(cursor.fetchall())
    moved = MoveRow.objects.all()
    if municipality:
        moved = moved.filter(person_id__in=[one.person_id for one in known])
    kept = {person.person_id for person in known}
    moves = tuple(move for move in moves_of(moved) if move.person_id in kept)
    return SettledThere(groups, tuple(known), moves, len(without))


def _group(row: tuple[int, int, str, bool, bool, bool, int, int, int], first_july: date) -> PersonGroup:
    year, age, basis, single, counted, alone, born, month, number = row
    person = same_course(
        year, age, Basis(basis), single_adult=single, counted=counted, first_july=first_july,
        minor=(born, month) if alone else None,
    )  # fmt: skip
    return PersonGroup(person, number)
