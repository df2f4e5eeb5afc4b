"""What several tests of the placement room look at."""

from __future__ import annotations

import json
from typing import Any

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.assignments import decide_assignment
from bosett_server.actions.import_files import Incoming
from bosett_server.records.models import (
    Assignment,
    AuditEvent,
    Household,
    Interview,
    NamedAccess,
    Notice,
    Quota,
)
from tests.bosett_server.cast import DAY, HERE, YEAR, World, household


def offer(where: World, municipality: str = HERE, home: Household | None = None, **fields: Any) -> Assignment:
    """A household offered to a municipality by a caseworker."""
    home = home or household(where, **fields)
    number = decide_assignment(
        where["imdi_caseworker"], household=str(home.pk), municipality=municipality, year=YEAR,
        override_reason="Nærmest skolen med plass",
    )  # fmt: skip
    return assignment(number)


def assignment(number: int) -> Assignment:
    """As it is stored now."""
    with acting(SYSTEM):
        return Assignment.objects.get(pk=number)


def home_now(home: Household) -> Household:
    """As it is stored now."""
    with acting(SYSTEM):
        return Household.objects.get(pk=home.pk)


def interview_of(home: Household, **changes: Any) -> None:
    """Change what the household said."""
    with acting(SYSTEM):
        Interview.objects.filter(household=home).update(**changes)


def quota(municipality: str = HERE, group: str = "all") -> Quota:
    """The municipality's places as they stand."""
    with acting(SYSTEM):
        return Quota.objects.get(municipality_id=municipality, year=YEAR, group=group)


def events(stage: World, verb: str) -> list[AuditEvent]:
    """The log of one verb, oldest first."""
    with acting(stage["auditor"]):
        return list(AuditEvent.objects.filter(verb=verb).order_by("id"))


def notices(stage: World, role: str, code: str) -> list[Notice]:
    """Open notices of one code in somebody's sight."""
    with acting(stage[role]):
        return list(Notice.objects.filter(code=code, done_at__isnull=True))


def name_user(stage: World, role: str, home: Household) -> None:
    """Give a member of the cast named access to a protected household."""
    from dataclasses import replace

    with acting(SYSTEM):
        NamedAccess.objects.create(
            user=stage.users[role], household=home, starts_on=DAY, granted_by=stage.users["imdi_lead"]
        )
    stage.actors[role] = replace(stage[role], named=frozenset({*stage[role].named, str(home.pk)}))


def measured(table: Incoming, **changes: Any) -> Incoming:
    """A made-up summary.json as `bosett outcomes` writes it with this table; passes unless something is changed."""
    told = {
        "adults": 1786, "municipalities": 2, "first_year": 2018, "last_year": 2021, "aggregation": "number",
        "may_be_used": True, "null_world": {"mean": 0.001, "worst": -0.0035},
        "gain": {"settled": 0.39, "proposed": 0.41, "robust": 0.02, "robust_error": 0.03, "share": 0.05},
        "calibration": {"error": 0.02, "bins": [
            {"cases": 900, "told": 0.24, "reached": 0.24}, {"cases": 886, "told": 0.58, "reached": 0.6},
        ]},
        "groups": [
            {"group": "with children", "cases": 1187, "told": 0.379, "reached": 0.412},
            {"group": "alone", "cases": 29, "told": None, "reached": None},
        ],
        "drift": {"shifts": {"education_years": 0.04}, "told": 0.4, "reached": 0.39, "verdict": "same"},
        "seed": 0, "version": "0.1.0", "scores_sha256": table.sha256,
    }  # fmt: skip
    return Incoming("summary.json", json.dumps(told | changes).encode())
