"""Contracts with their terms, what can be ended and by when it must be said: UDI's alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from bosett.capacity import ContractTerms, DayCost, Extension, PlaceKind
from bosett.terms.errors import BadInput
from bosett_server.access.actor import Actor
from bosett_server.access.context import require
from bosett_server.access.permissions import Permission
from bosett_server.records.models import Contract


@dataclass(frozen=True)
class ContractView:
    """One contract as it stands on a day.

    Parameters
    ----------
    earliest_end
        The first day without it if notice is given today; None when it is over, or the notice is unknown.
    say_by
        The last day on which its first option can be used; None without one, or when it has passed.
    cost
        The day's kroner with today's residents, fixed places first; None when places or a price is unknown.
    """

    id: int
    centre: int
    centre_name: str
    municipality_name: str
    terms: ContractTerms
    runs: bool
    earliest_end: date | None
    say_by: date | None
    usable_from: date | None
    residents: int
    cost: DayCost | None
    document: str
    synthetic: bool


def contract_views(actor: Actor, today: date, *, centre: int | None = None) -> list[ContractView]:
    """The contracts of one centre newest first, or all that run or are to come, those that can end first first."""
    require(actor, Permission.CONTRACT_VIEW)
    rows = Contract.objects.select_related("centre", "centre__municipality")
    if centre is not None:
        rows = rows.filter(centre_id=centre)
    residents = _residents(today)
    found = [_view(row, today, residents.get(row.centre_id, 0)) for row in rows.order_by("-starts_on", "id")]
    if centre is not None:
        return found
    running = [one for one in found if one.runs]
    return sorted(running, key=lambda one: (one.earliest_end or date.max, one.id))


def _residents(today: date) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT centre, sum(persons) FROM bosett_residents(%s) GROUP BY centre", [today])
        return {int(centre): int(persons) for centre, persons in cursor.fetchall()}


def _view(row: Contract, today: date, residents: int) -> ContractView:
    terms = ContractTerms(
        str(row.pk), str(row.centre_id), PlaceKind(row.centre.kind), row.starts_on, row.ends_on,
        row.fixed_places or 0, row.call_places, row.price_per_place_day_nok, row.price_empty_nok, row.price_call_nok,
        row.locked_until, row.notice_days, row.lead_days,
        tuple(Extension(one["days"], one["say_before_days"]) for one in row.options),
    )  # fmt: skip
    runs = row.ends_on is None or row.ends_on > today
    known = row.fixed_places is not None and runs and row.starts_on <= today
    return ContractView(
        id=row.pk, centre=row.centre_id, centre_name=row.centre.name,
        municipality_name=row.centre.municipality.name, terms=terms, runs=runs,
        earliest_end=terms.earliest_end(max(today, row.starts_on)) if runs else None,
        say_by=terms.option_to_say(today), usable_from=terms.usable_from(today) if row.call_places else None,
        residents=residents, cost=_cost(terms, residents) if known else None,
        document=row.document, synthetic=row.synthetic,
    )  # fmt: skip


def _cost(terms: ContractTerms, residents: int) -> DayCost | None:
    """The day's cost of the residents that the contract has places for; None where a price is not known."""
    try:
        return terms.day_cost(min(residents, terms.fixed_places + terms.call_places))
    except BadInput:
        return None
