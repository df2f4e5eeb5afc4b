"""A municipality's plan as it was entered, and what follows from it: how many fit, and what binds first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from bosett.decisions.commitments import Commitment, committed_units
from bosett.decisions.plan_gain import Gain, gains
from bosett.decisions.planner import CapacityAnswer, Resource, ResourcePlan, how_many_fit
from bosett.terms.days import Month
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.queries.plan_bedrooms import BedroomRule, usual_persons
from bosett_server.queries.plan_people import Expected, expected, taken_of, uses_among_those_who_wait
from bosett_server.records.models import Municipality, Plan, PlanResource

MONTHS_OF_YEAR = range(1, 13)
Units = tuple[Decimal | None, ...]


@dataclass(frozen=True)
class SheetRow:
    """One resource as the municipality entered it.

    Parameters
    ----------
    per_person
        What one person uses; None = not entered.
    units
        Free in January to December; None = not entered, which is not 0.
    """

    per_person: Decimal | None
    units: Units


NOTHING = SheetRow(None, (None,) * 12)


@dataclass(frozen=True)
class PlanSheet:
    """The plan of one year as it stands; `version` 0 when nothing is saved yet.

    Parameters
    ----------
    rows, last_year
        What is entered for the year, and for the year before, which is offered and never counted.
    offered_use
        What one person uses among those who wait for a municipality now, where the register can tell.
    bedrooms
        How many persons are counted to a bedroom of the homes.
    """

    municipality: str
    name: str
    language: str
    year: int
    version: int
    months: tuple[Month, ...]
    rows: Mapping[Resource, SheetRow]
    last_year: Mapping[Resource, SheetRow]
    offered_use: Mapping[Resource, Fraction]
    bedrooms: BedroomRule
    own_number: int | None
    recommended: int | None
    case_number: str
    meeting_on: date | None
    paper_language: str
    texts: Mapping[str, str]
    saved_at: datetime | None
    synthetic: bool

    def row(self, resource: Resource) -> SheetRow:
        """What is entered of a resource."""
        return self.rows.get(resource, NOTHING)

    def use_of(self, resource: Resource) -> Fraction | None:
        """What one person uses: as entered, else as offered; None when nobody knows."""
        own = self.row(resource).per_person
        return Fraction(own) if own is not None else self.offered_use.get(resource)

    def without(self, resource: Resource) -> tuple[Month, ...]:
        """The months of the plan without a number."""
        return tuple(month for month in self.months if self.row(resource).units[month.number - 1] is None)


@dataclass(frozen=True)
class Lacking:
    """Why a resource with something entered is still not counted: months, or what one person uses."""

    resource: Resource
    use_missing: bool
    months: tuple[Month, ...]


@dataclass(frozen=True)
class PlanAnswer:
    """How many fit.

    Parameters
    ----------
    capacity
        None when no resource has figures: then nothing can be said.
    taken
        Persons of the year's number who are settled, accepted or proposed already.
    """

    sheet: PlanSheet
    plans: tuple[ResourcePlan, ...]
    capacity: CapacityAnswer | None
    gains: tuple[Gain, ...]
    expected: tuple[Expected, ...]
    lacking: tuple[Lacking, ...]
    taken: int

    @property
    def total(self) -> int | None:
        """The number of the whole year that there is room for, those who have come included."""
        return None if self.capacity is None else self.taken + self.capacity.total

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """What is promised, as the library knows it."""
        return tuple(one.commitment for one in self.expected)


def see_plan(actor: Actor, municipality: str) -> None:
    """Raise NotInSight for another municipality's plan."""
    if municipality not in actor.municipalities:
        raise NotInSight("not_in_sight")


def own_places(actor: Actor) -> list[tuple[str, str]]:
    """(code, name) of the municipalities the actor plans for, by name."""
    rows = Municipality.objects.filter(code__in=actor.municipalities).order_by("sort_key")
    return list(rows.values_list("code", "name"))


def plan_sheet(actor: Actor, municipality: str, year: int) -> PlanSheet:
    """The plan as entered.  Raises NotInSight."""
    see_plan(actor, municipality)
    place = Municipality.objects.filter(code=municipality).first()
    if place is None:
        raise NotInSight("not_in_sight")
    today = clock.today()
    plan = Plan.objects.filter(municipality_id=municipality, year=year).first()
    first = today.month if year == today.year else 1
    return PlanSheet(
        municipality=municipality, name=place.name, language=place.language_decision, year=year,
        version=plan.version if plan else 0,
        months=tuple(Month(year, number) for number in range(first, 13)),
        rows=_rows(municipality, year), last_year=_rows(municipality, year - 1),
        offered_use=uses_among_those_who_wait(today),
        bedrooms=BedroomRule(plan.persons_a_bedroom if plan else None, usual_persons()),
        own_number=plan.own_number if plan else None, recommended=plan.recommended if plan else None,
        case_number=plan.case_number if plan else "", meeting_on=plan.meeting_on if plan else None,
        paper_language=plan.language if plan else "", texts=plan.texts if plan else {},
        saved_at=plan.saved_at if plan else None, synthetic=bool(plan and plan.synthetic),
    )  # fmt: skip


def plan_answer(actor: Actor, municipality: str, year: int) -> PlanAnswer:
    """What fits, what binds first, what is not known.  Raises NotInSight."""
    sheet = plan_sheet(actor, municipality, year)
    coming = expected(actor, municipality, year, sheet.months[0])
    promised = [one.commitment for one in coming]
    plans, lacking = [], []
    for resource in Resource:
        use, without = sheet.use_of(resource), sheet.without(resource)
        entered = any(units is not None for units in sheet.row(resource).units)
        if use is not None and not without:
            plans.append(_plan(sheet, resource, use, promised))
        elif entered:
            lacking.append(Lacking(resource, use is None, without))
    return PlanAnswer(
        sheet=sheet, plans=tuple(plans), capacity=how_many_fit(sheet.months, plans) if plans else None,
        gains=gains(sheet.months, plans) if plans else (), expected=coming, lacking=tuple(lacking),
        taken=taken_of(municipality, year),
    )  # fmt: skip


def _plan(sheet: PlanSheet, resource: Resource, use: Fraction, promised: list[Commitment]) -> ResourcePlan:
    units = sheet.row(resource).units
    free = {month: Fraction(units[month.number - 1] or 0) for month in sheet.months}
    return ResourcePlan(resource, use, free, committed_units(resource, use, sheet.months, promised))


def _rows(municipality: str, year: int) -> dict[Resource, SheetRow]:
    found = PlanResource.objects.filter(plan__municipality_id=municipality, plan__year=year)
    return {Resource(row.resource): SheetRow(row.per_person, tuple(row.units)) for row in found}
