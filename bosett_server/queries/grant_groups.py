"""The settled of a municipality or the country as groups: the same course of grants once, counted by the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import ExtractMonth, ExtractYear
from django.db.models.lookups import LessThanOrEqual

from bosett.grants.frame_persons import same_course
from bosett.grants.frame_problem import PersonGroup
from bosett.grants.problem import Move, SettledPerson
from bosett.terms.groups import Basis
from bosett_server.queries.grant_inputs import moves_of, persons_of
from bosett_server.records.models import Move as MoveRow
from bosett_server.records.models import Settlement

AGE = "EXTRACT(year FROM age(%(expressions)s))::integer"
"""Whole years from the second day to the first."""


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

    Protected persons count in the country only.  To be called where every person is in sight.
    """
    settled, moved = Settlement.objects.filter(person__left_on__isnull=True), MoveRow.objects.all()
    if municipality:
        came = MoveRow.objects.filter(to_municipality_id=municipality).values("person_id")
        settled = settled.filter(Q(municipality_id=municipality) | Q(person_id__in=came))
        settled = settled.filter(person__household__protection="none")
        moved = moved.filter(person_id__in=settled.values("person_id"))
    one_by_one = Q(person__basis="family") | Exists(MoveRow.objects.filter(person_id=OuterRef("person_id")))
    known, without = persons_of(settled.filter(one_by_one))
    kept = {person.person_id for person in known}
    moves = tuple(move for move in moves_of(moved) if move.person_id in kept)
    return SettledThere(_groups(settled.exclude(one_by_one), first_july), tuple(known), moves, len(without))


def _groups(settled: QuerySet[Settlement], first_july: date) -> tuple[PersonGroup, ...]:
    alone = When(person__unaccompanied_minor=True, then=ExtractMonth("settled_on"))
    born = When(person__unaccompanied_minor=True, then=ExtractYear("person__birth_date"))
    rows = (
        settled.annotate(
            settled_year=ExtractYear("settled_on"),
            age=Func(F("settled_on"), F("person__birth_date"), template=AGE, output_field=IntegerField()),
            counted=LessThanOrEqual(F("settled_on"), Value(first_july)),
            month=Case(alone, default=Value(0), output_field=IntegerField()),
            born=Case(born, default=Value(0), output_field=IntegerField()),
        )
        .values_list(
            "settled_year", "age", "person__basis", "person__single_adult", "counted", "born", "month",
            "person__unaccompanied_minor",
        )
        .annotate(number=Count("pk"))
        .order_by("settled_year", "age", "person__basis", "person__single_adult", "counted", "born", "month")
    )  # fmt: skip
    return tuple(
        PersonGroup(
            same_course(
                year, age, Basis(basis), single_adult=single, counted=counted, first_july=first_july,
                minor=(born, month) if alone else None,
            ),
            number,
        )
        for year, age, basis, single, counted, born, month, alone, number in rows
    )  # fmt: skip
