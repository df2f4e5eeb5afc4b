"""Taking a list of households out of the house: permitted, cut, and logged with every id before a byte leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from bosett_server.access.actor import Actor
from bosett_server.access.context import acting
from bosett_server.access.permissions import Permission
from bosett_server.actions.step import Done, action
from bosett_server.queries.household_filters import Filters
from bosett_server.queries.households import HouseholdRow, list_ids, rows_by_id

BATCH = 500


@action(Permission.EXPORT)
def export_households(
    actor: Actor, *, filters: Filters, sort: str, form: str, today: date
) -> Done[list[str]]:
    """The ids of every household in the list, logged as taken out; nobody with a protected address is in it."""
    ids = [str(one) for one in list_ids(actor, filters, sort, today)]
    batches = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
    return Done(
        ids,
        about=("household", "*"),
        facts={"form": form, "cut": filters.address(), "count": len(ids)},
        many=[("household", "*", {"ids": batch}) for batch in batches],
    )


def exported_rows(actor: Actor, ids: list[str], today: date) -> Iterator[HouseholdRow]:
    """The rows behind the ids, read in batches while they are sent, each batch in the actor's own context.

    A household that has left the actor's sight since the export was logged is left out.
    """
    for start in range(0, len(ids), BATCH):
        with acting(actor):
            batch = rows_by_id(actor, [UUID(one) for one in ids[start : start + BATCH]], today)
        yield from batch
