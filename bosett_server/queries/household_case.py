"""A household as a step finds it: its rows, locked, and its case as the library reads it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils import timezone

from bosett.followup.problem import Case
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.refusals import NotInSight
from bosett_server.queries.hearing import heard_households
from bosett_server.records.models import Assignment, Household, Person, Settlement

ACTIVE = ("offered", "accepted", "settled")


@dataclass(frozen=True)
class HouseholdNow:
    """For the floors below the pages; a page gets `queries.household_head`.

    Parameters
    ----------
    people
        Those who have not left.
    settled
        Person -> day settled.
    assignment
        The one that takes places now, None when there is none or it is out of the actor's sight.
    """

    row: Household
    people: tuple[Person, ...]
    settled: dict[UUID, date]
    assignment: Assignment | None
    case: Case | None

    @property
    def living_case(self) -> Case:
        """The case.  Raises Refused when everybody has left."""
        if self.case is None:
            raise Refused("nobody_in_household")
        return self.case

    @property
    def about(self) -> tuple[str, object]:
        """The household as the log names it."""
        return "household", self.row.pk


def household_uuid(text: str) -> UUID:
    """An address's or request's household id.  Raises NotInSight for what is none."""
    try:
        return UUID(text)
    except ValueError as error:
        raise NotInSight("not_in_sight") from error


def household_now(household: str) -> HouseholdNow:
    """The household, locked until the step is over.  Raises NotInSight."""
    row = (
        Household.objects.select_for_update(of=("self",))
        .filter(pk=household_uuid(household), merged_into__isnull=True)
        .first()
    )
    if row is None:
        raise NotInSight("not_in_sight")
    return of_row(row)


def of_row(row: Household) -> HouseholdNow:
    """The rest of a household whose row is at hand; four queries."""
    people = tuple(Person.objects.filter(household=row, left_on__isnull=True).order_by("birth_date", "id"))
    settled = dict(Settlement.objects.filter(person__household=row).values_list("person_id", "settled_on"))
    assignment = (
        Assignment.objects.select_related("municipality").filter(household=row, state__in=ACTIVE).first()
    )
    return HouseholdNow(row, people, settled, assignment, _case(row, settled, assignment))


def _case(row: Household, settled: dict[UUID, date], assignment: Assignment | None) -> Case | None:
    heard = heard_households([row], clock.today()).get(row.pk)
    if heard is None:
        return None
    persons = tuple(replace(one, settled_on=settled.get(UUID(one.person_id))) for one in heard.case.persons)
    decided = None
    if assignment is not None and assignment.state in ("accepted", "settled"):
        decided = timezone.localdate(assignment.decided_at)
    return replace(
        heard.case,
        persons=persons,
        since=None,
        municipality_id=row.assigned_municipality_id,
        decided_on=decided,
    )
