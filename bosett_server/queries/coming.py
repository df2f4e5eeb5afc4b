"""Who is on the way to a municipality: cards to answer, households without a day, and the next to arrive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Min, Q, Sum

from bosett_server.access import audit
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.queries.grants import NATIONAL
from bosett_server.records.models import Assignment, Household

SHOWN = 5


@dataclass(frozen=True)
class Arrival:
    """A household with an agreed day."""

    id: UUID
    reference: str
    persons: int
    planned_on: date


@dataclass(frozen=True)
class Coming:
    """On the way to one municipality; persons with a protected address are not counted.

    Parameters
    ----------
    cards, card_persons, first_due_on
        Offers without an answer, their persons, and the nearest deadline.
    without_date, without_date_persons
        Accepted households that have no settlement day yet.
    with_date, with_date_persons
        Households with an agreed day; `arrivals` are the next of them.
    """

    cards: int
    card_persons: int
    first_due_on: date | None
    without_date: int
    without_date_persons: int
    with_date: int
    with_date_persons: int
    arrivals: tuple[Arrival, ...]


def coming(actor: Actor, municipality: str, today: date) -> Coming | None:
    """None for a reader who may not see the municipality's households; three queries, the reading logged."""
    own = municipality in actor.municipalities and actor.may(Permission.CARD_VIEW)
    if not own and actor.role not in NATIONAL:
        return None
    offers = Assignment.objects.filter(municipality_id=municipality, state="offered", sealed=False)
    cards = offers.aggregate(cards=Count("id"), persons=Sum("persons"), due=Min("answer_due_on"))
    homes = Household.objects.filter(
        assigned_municipality_id=municipality, stage__in=["assigned", "date_agreed"], protection="none"
    )
    dated = Q(stage="date_agreed")
    told = homes.aggregate(
        open=Count("id", filter=~dated),
        open_persons=Sum("persons_count", filter=~dated),
        dated=Count("id", filter=dated),
        dated_persons=Sum("persons_count", filter=dated),
    )
    arrivals = [
        Arrival(one.pk, one.reference, one.persons_count, one.planned_settlement_on)
        for one in homes.filter(dated).order_by("planned_settlement_on", "id")[:SHOWN]
        if one.planned_settlement_on is not None
    ]
    audit.log_read("municipality_arrivals", "household", [one.id for one in arrivals])
    return Coming(
        cards=cards["cards"],
        card_persons=cards["persons"] or 0,
        first_due_on=cards["due"],
        without_date=told["open"],
        without_date_persons=told["open_persons"] or 0,
        with_date=told["dated"],
        with_date_persons=told["dated_persons"] or 0,
        arrivals=tuple(arrivals),
    )
