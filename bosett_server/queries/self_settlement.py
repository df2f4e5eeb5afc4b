"""Requests for agreed self-settlement, as IMDi and the municipality see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bosett_server.access import audit
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.records.models import Household, SelfSettlement

PAGE_SIZE = 100


@dataclass(frozen=True)
class HomeFound:
    """One request; `reference` only for IMDi.  `decided` once IMDi has assigned the household."""

    id: int
    reference: str
    municipality: str
    name: str
    lease_from: date
    state: str
    card: Mapping[str, Any]
    registered_at: datetime
    answered_at: datetime | None
    refuse_reason: str
    decided: bool


def homes_found(actor: Actor, *, before: int = 0) -> list[HomeFound]:
    """Newest first; the reading is logged."""
    rows = SelfSettlement.objects.select_related("municipality").order_by("-pk")
    if actor.municipalities:
        rows = rows.filter(municipality_id__in=actor.municipalities)
    if before:
        rows = rows.filter(pk__lt=before)
    page = list(rows[:PAGE_SIZE])
    references = _references(actor, page)
    audit.log_read("self_settlements", "household", [one.household_id for one in page])
    return [_request(one, references) for one in page]


def home_found(actor: Actor, number: int) -> HomeFound:
    """One request.  Raises NotInSight."""
    one = SelfSettlement.objects.select_related("municipality").filter(pk=number).first()
    if one is None or (actor.municipalities and one.municipality_id not in actor.municipalities):
        raise NotInSight("not_in_sight")
    audit.log_read("self_settlement", "household", [one.household_id])
    return _request(one, _references(actor, [one]))


def _references(actor: Actor, rows: list[SelfSettlement]) -> dict[Any, str]:
    """The municipality learns no reference before the household is assigned to it."""
    if actor.municipalities:
        return {}
    ids = [one.household_id for one in rows]
    return dict(Household.objects.filter(pk__in=ids).values_list("pk", "reference"))


def _request(one: SelfSettlement, references: Mapping[Any, str]) -> HomeFound:
    return HomeFound(
        one.pk, references.get(one.household_id, ""), one.municipality_id, one.municipality.name, one.lease_from,
        one.state, one.card, one.registered_at, one.answered_at, one.refuse_reason, one.assignment_id is not None,
    )  # fmt: skip
