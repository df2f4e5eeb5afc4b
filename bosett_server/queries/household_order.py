"""In what order a list of households stands: orders that a page can begin in the middle of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import DateField, F, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from bosett.terms.errors import BadInput
from bosett_server.queries.household_filters import Rows
from bosett_server.queries.keyset import Place
from bosett_server.records.people import first_known

NEVER, LONG_AGO = date(9999, 12, 31), date(1, 1, 1)


def _day(text: str) -> date:
    return date.fromisoformat(text)


@dataclass(frozen=True)
class Order:
    """One order: its key per row, and how the key is read back from an address.

    A row without a value stands last, whichever way the list is turned.
    """

    columns: tuple[str, ...]
    read: Callable[[str], Any]

    def key(self, *, falling: bool) -> Combinable:
        """The key as the database computes it, never null."""
        if self.read is _day:
            last = Value(LONG_AGO if falling else NEVER, output_field=DateField())
            return first_known(*self.columns, last=last)
        return F(self.columns[0])


ORDERS: dict[str, Order] = {
    "waiting": Order(("ready_on", "permit_on"), _day),
    "reference": Order(("reference",), str),
    "persons": Order(("persons_count",), int),
    "arrived": Order(("arrived_on",), _day),
    "date": Order(("planned_settlement_on",), _day),
}
"""`sort=waiting` has those who have waited longest first; a leading minus turns an order round."""
DEFAULT_ORDER = "waiting"


def known_order(text: str) -> str:
    """The order an address asks for, or the usual one."""
    return text if text.removeprefix("-") in ORDERS else DEFAULT_ORDER


def ordered(rows: Rows, sort: str, place: Place | None = None) -> QuerySet[Any, Any]:
    """The rows from a place on, each with its `key`; a place looked at backwards gives the order turned round."""
    falling = sort.startswith("-")
    order = ORDERS[sort.removeprefix("-")]
    keyed: QuerySet[Any, Any] = rows.annotate(key=order.key(falling=falling))
    turned = falling != (place is not None and place.backwards)
    if place is not None:
        keyed = keyed.filter(_beyond(order, place, turned=turned))
    return keyed.order_by("-key" if turned else "key", "-id" if turned else "id")


def place_of(key: Any, ident: object, *, backwards: bool = False) -> Place:
    """The place just beyond a row."""
    told = key.isoformat() if isinstance(key, date) else str(key)
    return Place(told, str(ident), backwards)


def _beyond(order: Order, place: Place, *, turned: bool) -> Q:
    try:
        key, ident = order.read(place.key), UUID(place.ident)
    except ValueError as error:
        raise BadInput("a place in another list", "the `next` of this list", column="page") from error
    than = "lt" if turned else "gt"
    # The first condition follows from the second; it is what an index can begin at.
    return Q(**{f"key__{than}e": key}) & (
        Q(**{f"key__{than}": key}) | Q(**{"key": key, f"id__{than}": ident})
    )
