"""Plans, homes and households on the stage of the planner's tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bosett.decisions.planner import Resource
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting
from bosett_server.actions.homes import HomeFacts, register_home
from bosett_server.actions.planner import save_plan
from bosett_server.queries.planner import SheetRow
from bosett_server.records.models import Assignment, AuditEvent, Household
from tests.bosett_server.cast import HERE, NOW, YEAR, World, household

COORDINATOR, DECIDER = "municipality_coordinator", "municipality_decider"


def row(units: int | str | None, use: str | None = "1", first: int = 1) -> SheetRow:
    """The same units every month from `first` on."""
    each = None if units is None else Decimal(units)
    return SheetRow(None if use is None else Decimal(use), (*(None,) * (first - 1), *(each,) * (13 - first)))


def plan(stage: World, rows: Mapping[Resource, SheetRow], *, version: int = 0, year: int = YEAR + 1) -> int:
    return save_plan(stage[COORDINATOR], municipality=HERE, year=year, version=version, rows=rows)


def home(stage: World, address: str = "Storgata 1", bedrooms: int = 2, **more: object) -> int:
    told = HomeFacts(address, bedrooms, date(2026, 1, 1))
    return register_home(stage[COORDINATOR], municipality=HERE, home=replace(told, **more))  # type: ignore[arg-type]


def assigned(
    stage: World,
    place: str = HERE,
    *,
    persons: int = 2,
    year: int = YEAR,
    planned: date | None = None,
    **more,
) -> Household:
    """A household accepted by a municipality, with or without a day."""
    made = household(stage, persons=persons, **more)
    with acting(SYSTEM):
        Assignment.objects.create(
            household=made, municipality_id=place, year=year, persons=persons, state="accepted",
            decided_by=stage.users["imdi_caseworker"], decided_at=NOW, answer_due_on=date(2026, 3, 20),
            track=made.track, group="all",
        )  # fmt: skip
        if planned:
            Household.objects.filter(pk=made.pk).update(stage="date_agreed", planned_settlement_on=planned)
        return Household.objects.get(pk=made.pk)


def named(stage: World, who: Household) -> Actor:
    """The coordinator named for a protected household."""
    return replace(stage[COORDINATOR], named=frozenset({str(who.pk)}))


def events(stage: World, verb: str, outcome: str = "") -> list[AuditEvent]:
    with acting(stage["auditor"]):
        rows = AuditEvent.objects.filter(verb=verb)
        return list((rows.filter(outcome=outcome) if outcome else rows).order_by("id"))
