"""To whom a step about an assignment is told; about a protected household only to the users named for it."""

from __future__ import annotations

from datetime import date

from bosett_server.access import clock
from bosett_server.access.roles import Role
from bosett_server.queries.named import named_users
from bosett_server.records.models import Assignment, Notice

IMDI = (Role.IMDI_CASEWORKER,)
MUNICIPALITY = (Role.MUNICIPALITY_COORDINATOR,)


def to_municipality(code: str, one: Assignment, due: date | None = None) -> list[Notice]:
    """A notice to the municipality's coordinators, with the card's address."""
    return _notices(code, one, MUNICIPALITY, f"/cards/{one.pk}/", due)


def to_imdi(code: str, one: Assignment, due: date | None = None) -> list[Notice]:
    """A notice to IMDi's caseworkers, with the address of the offer."""
    return _notices(code, one, IMDI, f"/proposals/out/{one.pk}/", due)


def facts(one: Assignment) -> dict[str, object]:
    """Ids, codes and counts for the log; never where a protected household is."""
    told: dict[str, object] = {"household": str(one.household_id), "year": one.year, "persons": one.persons}
    return told if one.sealed else {**told, "municipality": one.municipality_id, "group": one.group}


def close_notices(*assignments: Assignment) -> None:
    """What the actor's side was asked about these cards is done."""
    urls = [url for one in assignments for url in (f"/cards/{one.pk}/", f"/proposals/out/{one.pk}/")]
    Notice.objects.filter(url__in=urls, done_at__isnull=True).update(done_at=clock.now())


def _notices(code: str, one: Assignment, roles: tuple[Role, ...], url: str, due: date | None) -> list[Notice]:
    municipal = roles == MUNICIPALITY
    told = {"persons": one.persons, "assignment": one.pk}
    if one.sealed:
        users = named_users(one.household_id, roles, one.municipality_id, clock.today())
        return [
            Notice(code=code, to_role=role, to_user_id=user, facts={"assignment": one.pk, "persons": one.persons},
                   url=url, due_on=due)
            for user, role in users
        ]  # fmt: skip
    place = {"municipality": one.municipality.name}
    return [
        Notice(
            code=code, to_role=role.value, municipality_id=one.municipality_id if municipal else None,
            facts={**told, **place}, url=url, due_on=due,
        )
        for role in roles
    ]  # fmt: skip
