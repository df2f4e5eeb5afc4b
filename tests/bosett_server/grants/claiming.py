"""Claims for the tests, as the library's own values."""

from __future__ import annotations

from datetime import date
from typing import Any

from bosett.grants.claim import Claim
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.grant_claims import record_claim
from bosett_server.records.models import GrantClaim, GrantLine, Person
from tests.bosett_server.cast import HERE, World
from tests.bosett_server.grants.settled import settled

SETTLED = date(2024, 3, 10)


def somebody(stage: World, **fields: Any) -> Person:
    """A single adult settled on 10 March 2024."""
    (person,) = settled(stage, SETTLED, persons=1, **fields)
    return person


def grant_2(person: Person, number: int = 1, year: int = 2024, cost: int = 1_900_000, **told: Any) -> Claim:
    """Documented cost of one grant year."""
    return Claim("new", "special_2", year, HERE, str(person.pk), number, cost_nok=cost, **told)


def recorded(stage: World, claim: Claim, *, apply: bool = True, by: str = "municipality_coordinator") -> int:
    """The id of the claim as it is recorded."""
    return record_claim(stage[by], claim=claim, apply=apply)


def stored(number: int) -> GrantClaim:
    """The row as it stands."""
    with acting(SYSTEM):
        return GrantClaim.objects.get(pk=number)


def claim_lines(number: int, *, standing: bool = True) -> list[GrantLine]:
    """The lines of a claim."""
    with acting(SYSTEM):
        return list(GrantLine.objects.filter(claim=number, superseded_at__isnull=standing).order_by("id"))
