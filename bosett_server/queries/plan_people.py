"""Who counts in a plan besides those it is made for: promised already, come already, and waiting now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from bosett.decisions.commitments import Commitment, CommitmentKind, ToldBy
from bosett.decisions.planner import Resource
from bosett.terms.days import Month, add_years
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting
from bosett_server.records.models import Assignment, HomeHold, Move, Person, PlanCommitment, Quota

AGES = {Resource.KINDERGARTEN: (1, 6), Resource.SCHOOL: (6, 16), Resource.TEACHING: (18, 67)}
"""Whole years from and below, as we assume that each service is used; the municipality may enter another use."""
EVERYBODY = {Resource.HOUSING: Fraction(1), Resource.HEALTH: Fraction(1)}
"""Counted in places for one person, so that one person uses one."""
FEWEST_WAITING = 100
"""Persons who wait, below whom their ages say too little to be offered as what to expect."""


@dataclass(frozen=True)
class Expected:
    """One commitment; `id` names those that the municipality entered itself, 0 those from the register."""

    id: int
    commitment: Commitment


@dataclass(frozen=True)
class Moves:
    """Secondary moves of settled persons in the twelve months before a day."""

    here: int
    away: int


def expected(actor: Actor, municipality: str, year: int, first: Month) -> tuple[Expected, ...]:
    """What the register and the municipality itself say of who comes, the register first.

    The register's are counted as the system, since a decider sees no person; a protected household is in no count.
    """
    with acting(SYSTEM):
        from_register = [*_assigned(municipality, year), *_moving(municipality, first)]
    own = PlanCommitment.objects.filter(plan__municipality_id=municipality, plan__year=year)
    entered = [
        Expected(
            row.pk,
            Commitment(CommitmentKind(row.kind), row.persons, Month(year, row.month), ToldBy(row.told_by)),
        )
        for row in own.order_by("month", "pk")
    ]
    return (*(Expected(0, one) for one in from_register), *entered)


def _assigned(municipality: str, year: int) -> list[Commitment]:
    """Accepted or proposed and not come, by kind, month and whether a home is held for them."""
    rows = (
        Assignment.objects.filter(
            municipality_id=municipality,
            sealed=False,
            state__in=["offered", "accepted"],
            year__lte=year,
            household__protection="none",
        )
        .values_list(
            "household_id", "persons", "year", "household__track", "household__planned_settlement_on"
        )
        .order_by("household__planned_settlement_on", "pk")
    )
    housed = set(
        HomeHold.objects.filter(
            municipality_id=municipality, withdrawn_at__isnull=True, moved_out_at__isnull=True
        ).values_list("household_id", flat=True)
    )
    sums: dict[tuple[CommitmentKind, Month | None, bool], int] = {}
    for household, persons, assigned_year, track, planned in rows:
        kind = CommitmentKind.THIS_YEAR if assigned_year == year else CommitmentKind.EARLIER_YEAR
        key = (
            CommitmentKind.FAMILY if track == "family" else kind,
            Month.of(planned) if planned else None,
            household in housed,
        )
        sums[key] = sums.get(key, 0) + persons
    return [
        Commitment(kind, persons, month, ToldBy.REGISTER, has_home)
        for (kind, month, has_home), persons in sums.items()
    ]


def _moving(municipality: str, first: Month) -> list[Commitment]:
    """Moves here that are recorded for a month of the plan."""
    rows = (
        _moves().filter(to_municipality_id=municipality, moved_on__gte=date(first.year, first.number, 1))
        .annotate(month=TruncMonth("moved_on"))
        .values_list("month")
        .annotate(persons=Count("pk"))
        .order_by("month")
    )  # fmt: skip
    return [
        Commitment(CommitmentKind.SECONDARY_MOVE, persons, Month.of(month), ToldBy.REGISTER)
        for month, persons in rows
    ]


def recent_moves(municipality: str, today: date) -> Moves:
    """How many moved here and away in a year, to judge what to expect from."""
    with acting(SYSTEM):
        rows = _moves().filter(moved_on__gte=today - timedelta(days=365), moved_on__lte=today)
        told = rows.aggregate(
            here=Count("pk", filter=Q(to_municipality_id=municipality)),
            away=Count("pk", filter=Q(from_municipality_id=municipality)),
        )
    return Moves(told["here"], told["away"])


def taken_of(municipality: str, year: int) -> int:
    """Persons of the year's number who are settled, accepted or proposed; sealed places are in no sum."""
    found = Quota.objects.filter(municipality_id=municipality, year=year, group="all")
    return found.aggregate(persons=Sum(F("assigned")))["persons"] or 0


def uses_among_those_who_wait(today: date) -> Mapping[Resource, Fraction]:
    """What one person uses, by the ages of all who wait for a municipality in the country; one query.

    Housing and health are counted in places for one, so one person uses one.  Nothing is offered of staff and
    interpreters, nor when fewer wait than `FEWEST_WAITING`.
    """
    with acting(SYSTEM):
        told = Person.objects.filter(
            household__stage__in=["ready", "proposed"], household__protection="none", left_on__isnull=True
        ).aggregate(
            everybody=Count("pk"),
            **{
                resource.value: Count("pk", filter=_aged(today, low, below))
                for resource, (low, below) in AGES.items()
            },
        )
    if told["everybody"] < FEWEST_WAITING:
        return EVERYBODY
    shares = {one: Fraction(told[one.value], told["everybody"]) for one in AGES if told[one.value]}
    return EVERYBODY | shares


def _aged(today: date, low: int, below: int) -> Q:
    return Q(birth_date__lte=add_years(today, -low), birth_date__gt=add_years(today, -below))


def _moves() -> QuerySet[Move, Move]:
    return Move.objects.filter(person__household__protection="none")
