"""To whom a step in a household's life is told: the right role in the right place, without names.

About a household with a protected address only the users named for it are told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bosett.terms.groups import Group
from bosett_server.access import clock
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting
from bosett_server.access.roles import Role
from bosett_server.queries.household_case import HouseholdNow
from bosett_server.queries.named import named_users
from bosett_server.records.models import Household, Notice


def as_house(actor: Actor) -> Actor:
    """The service itself, in a step that this user took: for what follows of a step and the user may not do."""
    return replace(SYSTEM, user_id=actor.user_id, channel=actor.channel)


def caseworkers(row: Household) -> tuple[Role, ...]:
    """Who decides about the household: IMDi, and Bufetat for a child alone under 15."""
    imdi = (Role.IMDI_CASEWORKER,)
    return (*imdi, Role.BUFETAT) if row.group == Group.EM_UNDER15 else imdi


def tell(
    actor: Actor,
    code: str,
    row: Household,
    roles: Sequence[Role],
    *,
    municipality: str = "",
    centre: int | None = None,
    url: str = "",
    due: date | None = None,
    facts: Mapping[str, object] | None = None,
    anonymous: bool = False,
) -> list[Notice]:
    """One notice for each role; `facts` hold codes and counts, never names or days of birth.

    `anonymous` leaves out the household's reference too, for a municipality that has seen a card only.
    """
    address = url or f"/households/{row.pk}/"
    known = {} if anonymous else {"household": row.reference}
    if row.protection != "none":
        with acting(as_house(actor)):
            users = named_users(row.pk, roles, municipality, clock.today())
        return [
            Notice(code=code, to_role=role, to_user_id=user, facts=_bare(facts), url=address, due_on=due)
            for user, role in users
        ]
    told = {**known, **(facts or {})}
    return [
        Notice(
            code=code,
            to_role=role.value,
            municipality_id=municipality if role is Role.MUNICIPALITY_COORDINATOR else None,
            centre_id=centre if role is Role.CENTRE else None,
            facts=told,
            url=address,
            due_on=due,
        )
        for role in roles
        if _has_place(role, municipality, centre)
    ]


def tell_of_change(actor: Actor, now: HouseholdNow, kind: str, *, room: bool = True) -> list[Notice]:
    """Caseworkers, the centre and the municipality that has the household or its card are told of an event."""
    facts = {"kind": kind, "persons": len(now.people)}
    code = "household_changed" if room else "household_needs_more_room"
    told = tell(actor, code, now.row, caseworkers(now.row), facts=facts)
    told += tell(actor, "household_changed", now.row, (Role.CENTRE,), centre=now.row.centre_id, facts=facts)
    one = now.assignment
    if one is None:
        return told
    offered = one.state == "offered"
    url = f"/cards/{one.pk}/" if offered else ""
    place = (Role.MUNICIPALITY_COORDINATOR,)
    return told + tell(
        actor, f"card_{code}" if offered else code, now.row, place, municipality=one.municipality_id, url=url,
        facts=facts, anonymous=offered,
    )  # fmt: skip


def _has_place(role: Role, municipality: str, centre: int | None) -> bool:
    if role is Role.MUNICIPALITY_COORDINATOR:
        return bool(municipality)
    return centre is not None if role is Role.CENTRE else True


def _bare(facts: Mapping[str, object] | None) -> dict[str, object]:
    """Of a protected household not even its reference or place is told outside its own page."""
    return {
        key: value
        for key, value in (facts or {}).items()
        if key not in {"municipality", "household", "to", "from"}
    }
