"""The rows of another register's export beside the households here: who is who, what would be done with each.

Persons are found by DUF number or D-number only.  A household is taken whole or left out, and a row that is
left out says why.  Whom the reader may not see is not found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from bosett.sources.register_export import AssignedPerson, Numbers, ReadyPerson
from bosett.sources.register_match import Match, Matched, Present, match_register
from bosett.terms.groups import Track
from bosett_server.access import audit
from bosett_server.access.actor import Actor
from bosett_server.records.models import Assignment, Household, Person

Part = tuple[Matched[Any], Person]
Told = Callable[[Any], tuple[str, date]]
"""What a row says: the day or municipality as text, and its day."""
MOST_NUMBERS = 2_000
D_NUMBER_FIRST = "4567"
"""The first digit of a D-number: the day of birth plus 40."""


@dataclass(frozen=True)
class HouseholdRow:
    """A household here that the export names, with its rows.

    Parameters
    ----------
    to
        What the export says: the day it was ready, or the municipality.
    why
        Why it is left out; empty when it goes.  `already_so` when the register says the same.
    """

    household: Household
    rows: tuple[int, ...]
    to: str
    held: str
    on: date
    why: str = ""


@dataclass(frozen=True)
class RegisterRows:
    """Every household that the export names, in its order, and the rows that are nobody's here."""

    households: tuple[HouseholdRow, ...]
    left_out: tuple[tuple[int, str], ...]

    @property
    def going(self) -> tuple[HouseholdRow, ...]:
        """Those that nothing speaks against so far."""
        return tuple(one for one in self.households if not one.why)


def ready_rows(actor: Actor, rows: Sequence[ReadyPerson]) -> RegisterRows:
    """Households that would be marked ready; logged as read."""
    people = _people(actor, [row.numbers for row in rows])
    present = [Present(str(one.pk), _numbers(one), _held_ready(one)) for one in people]
    matched = match_register(rows, present).matched
    return _gathered(
        people, matched, lambda row: (row.ready_since.isoformat(), row.ready_since),
        lambda home: home.ready_on.isoformat() if home.ready_on else "",
    )  # fmt: skip


def assigned_rows(actor: Actor, rows: Sequence[AssignedPerson]) -> RegisterRows:
    """Households that would be offered to a municipality; logged as read."""
    people = _people(actor, [row.numbers for row in rows])
    present: list[Present[AssignedPerson]] = [Present(str(one.pk), _numbers(one), None) for one in people]
    matched = match_register(rows, present).matched
    homes = {one.household_id for one in people}
    open_states = ["offered", "accepted", "settled"]
    held = dict(
        Assignment.objects.filter(household__in=homes, state__in=open_states).values_list(
            "household_id", "municipality_id"
        )
    )
    return _gathered(
        people,
        matched,
        lambda row: (row.municipality_id, row.assigned_on),
        lambda home: held.get(home.pk, ""),
    )


def _people(actor: Actor, numbers: Sequence[Numbers]) -> list[Person]:
    duf, d_number = ([n for n in found if n] for found in (
        [one.duf for one in numbers], [one.d_number for one in numbers]))  # fmt: skip
    told = Q(pk__in=[])
    for start in range(0, len(duf), MOST_NUMBERS):
        told |= Q(duf_number__in=duf[start : start + MOST_NUMBERS])
    for start in range(0, len(d_number), MOST_NUMBERS):
        told |= Q(national_id__in=d_number[start : start + MOST_NUMBERS])
    found = list(Person.objects.select_related("household").filter(told, household__merged_into=None))
    audit.log_read("match_export", "person", [one.pk for one in found])
    return found


def _numbers(one: Person) -> Numbers:
    is_d_number = one.national_id[:1] in D_NUMBER_FIRST and one.national_id != ""
    return Numbers(one.duf_number, one.national_id if is_d_number else "")


def _held_ready(one: Person) -> ReadyPerson | None:
    home = one.household
    if home.ready_on is None:
        return None
    return ReadyPerson(_numbers(one), "", one.birth_date, home.ready_on, Track(home.track), 0)


def _gathered(
    people: Iterable[Person], matched: Iterable[Matched[Any]], told: Told, held: Callable[[Household], str]
) -> RegisterRows:
    by_id = {str(one.pk): one for one in people}
    left_out: list[tuple[int, str]] = []
    homes: dict[UUID, list[Part]] = {}
    for one in matched:
        if one.match is Match.NEW:
            left_out.append((one.row.row, "not_in_register"))
        elif one.match is Match.CONFLICT:
            left_out.append((one.row.row, "numbers_of_two"))
        else:
            person = by_id[one.person_ids[0]]
            homes.setdefault(person.household_id, []).append((one, person))
    sizes = _sizes(homes)
    found = [_household(parts, sizes, told, held) for parts in homes.values()]
    return RegisterRows(tuple(found), tuple(left_out))


def _household(
    parts: list[Part], sizes: dict[UUID, int], told: Told, held: Callable[[Household], str]
) -> HouseholdRow:
    home = parts[0][1].household
    says = {told(one.row) for one, _ in parts}
    to, on = told(parts[0][0].row)
    stands = held(home)
    why = ""
    if any(getattr(one.row, "birth_date", person.birth_date) != person.birth_date for one, person in parts):
        why = "birth_date_differs"
    elif len(says) > 1:
        why = "household_split_in_file"
    elif len(parts) < sizes[home.pk]:
        why = "person_missing_in_file"
    elif stands == to:
        why = "already_so"
    return HouseholdRow(home, tuple(one.row.row for one, _ in parts), to, stands, on, why)


def _sizes(homes: Iterable[UUID]) -> dict[UUID, int]:
    """How many live in each household now."""
    counted: dict[UUID, int] = {}
    rows = Person.objects.filter(household__in=list(homes), left_on=None).values_list(
        "household_id", flat=True
    )
    for home in rows:
        counted[home] = counted.get(home, 0) + 1
    return counted
