"""What grant lines are computed from: settled persons, their moves, and the lines that stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from bosett.grants.problem import Move, SettledPerson
from bosett.terms.groups import Basis
from bosett_server.records.models import GrantLine, Settlement
from bosett_server.records.models import Move as MoveRow

_COLUMNS = (
    "person_id", "municipality_id", "settled_on", "person__birth_date", "person__household_id",
    "person__single_adult", "person__unaccompanied_minor", "person__basis", "person__reference_basis",
    "person__reference_settled_on", "person__family_applied_on", "person__mother_settled_on", "person__left_on",
)  # fmt: skip


@dataclass(frozen=True)
class Inputs:
    """Everything for one year's lines.

    Parameters
    ----------
    without_ground
        Ids of settled persons on family ground without the ground of the person joined.
    standing
        (person, scheme, municipality) -> (line id, hash of what it was made from).
    """

    persons: tuple[SettledPerson, ...]
    moves: tuple[Move, ...]
    without_ground: tuple[str, ...]
    standing: dict[tuple[str, str, str], tuple[int, str]]


def grant_inputs(year: int, persons: Sequence[str] | None) -> Inputs:
    """The settled among `persons` (None: everybody) up to the end of `year`; three queries.

    To be called where every person is in sight.
    """
    settled = Settlement.objects.filter(settled_on__year__lte=year)
    moved = MoveRow.objects.all()
    lines = GrantLine.objects.filter(
        year=year, superseded_at__isnull=True, claim__isnull=True, person__isnull=False
    )
    if persons is not None:
        settled, moved, lines = (_of(rows, persons) for rows in (settled, moved, lines))
    known, without = persons_of(settled)
    kept = {person.person_id for person in known}
    return Inputs(
        tuple(known),
        tuple(move for move in moves_of(moved) if move.person_id in kept),
        tuple(without),
        {
            (str(person), scheme, municipality): (pk, made_from)
            for pk, person, scheme, municipality, made_from in lines.values_list(
                "pk", "person_id", "scheme", "municipality_id", "input_sha256"
            )
        },
    )


def settled_in(municipality: str) -> tuple[list[SettledPerson], list[Move], int]:
    """Who was settled in a municipality or moved there, with moves, and how many lack a ground; two queries.

    Empty for the country.  Protected persons count in the country only.  To be called where every person is
    in sight.
    """
    settled, moved = Settlement.objects.all(), MoveRow.objects.all()
    if municipality:
        there = MoveRow.objects.filter(to_municipality_id=municipality).values("person_id")
        settled = settled.filter(Q(municipality_id=municipality) | Q(person_id__in=there))
        settled = settled.filter(person__household__protection="none")
        moved = moved.filter(person_id__in=settled.values("person_id"))
    known, without = persons_of(settled)
    kept = {person.person_id for person in known}
    return known, [move for move in moves_of(moved) if move.person_id in kept], len(without)


def _of(rows: QuerySet, persons: Sequence[str]) -> QuerySet:  # type: ignore[type-arg]
    return rows.filter(person_id__in=list(persons))


def persons_of(settled: QuerySet[Settlement]) -> tuple[list[SettledPerson], list[str]]:
    """The persons, and the ids of those on family ground of whom it is not stored whom they joined; one query."""
    return persons_from(settled.values_list(*_COLUMNS))


def persons_from(rows: Iterable[tuple[Any, ...]]) -> tuple[list[SettledPerson], list[str]]:
    """As `persons_of`, of rows with the same columns in the same order."""
    known, without = [], []
    for row in rows:
        (
            person,
            municipality,
            day,
            born,
            home,
            single,
            minor,
            basis,
            joined,
            joined_on,
            applied,
            mother,
            left,
        ) = row
        if basis == Basis.FAMILY and not joined and mother is None:
            without.append(str(person))
            continue
        known.append(
            SettledPerson(
                person_id=str(person),
                birth_date=born,
                settled_date=day,
                municipality_id=municipality,
                household_id=str(home),
                single_adult=single,
                unaccompanied_minor=minor,
                basis=Basis(basis),
                reference_basis=Basis(joined) if joined else None,
                reference_settled_date=joined_on,
                family_applied_date=applied,
                mother_settled_date=mother,
                left_date=left,
            )
        )
    return known, without


def moves_of(moved: QuerySet[MoveRow]) -> list[Move]:
    """The moves as the library reads them; one query."""
    rows = moved.values_list("moved_on", "person_id", "from_municipality_id", "to_municipality_id")
    return [Move(day, str(person), before, after) for day, person, before, after in rows]
