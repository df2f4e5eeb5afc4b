"""To whom a step of a claim is told: the agency or the municipality, without names or sums."""

from __future__ import annotations

from datetime import date

from bosett.grants.claim_sheet import SHEETS, Agency
from bosett_server.access import clock
from bosett_server.access.roles import Role
from bosett_server.queries.named import named_users
from bosett_server.records.models import GrantClaim, Notice, Person

MUNICIPALITY = (Role.MUNICIPALITY_COORDINATOR,)
DECIDERS = {Agency.IMDI: (Role.IMDI_CASEWORKER,), Agency.UDI: (Role.UDI_RECEPTION,)}


def to_agency(code: str, row: GrantClaim) -> list[Notice]:
    """To those who decide about the scheme."""
    return _notices(code, row, DECIDERS[SHEETS[row.scheme].agency], row.due_on)


def to_municipality(code: str, row: GrantClaim, due: date | None = None, url: str = "") -> list[Notice]:
    """To the coordinators of the municipality that claims."""
    return _notices(code, row, MUNICIPALITY, due, url)


def close_notices(row: GrantClaim) -> None:
    """What the actor's side was asked about this claim is done."""
    Notice.objects.filter(url=address(row), done_at__isnull=True).update(done_at=clock.now())


def facts(row: GrantClaim) -> dict[str, object]:
    """Ids and codes for the log; never where a protected person is."""
    told: dict[str, object] = {"scheme": row.scheme, "year": row.year, "state": row.state}
    return told if row.sealed else {**told, "municipality": row.municipality_id}


def address(row: GrantClaim) -> str:
    """The claim's page."""
    return f"/grants/claims/{row.pk}/"


def _notices(
    code: str, row: GrantClaim, roles: tuple[Role, ...], due: date | None, url: str = ""
) -> list[Notice]:
    """About a protected person only the users named for the household are told."""
    told = {"claim": row.pk, "year": row.year}
    where = url or address(row)
    if row.sealed and row.person_id:
        household = Person.objects.values_list("household_id", flat=True).get(pk=row.person_id)
        users = named_users(household, roles, row.municipality_id, clock.today())
        return [
            Notice(code=code, to_role=role, to_user_id=user, facts=told, url=where, due_on=due)
            for user, role in users
        ]
    municipal = roles == MUNICIPALITY
    return [
        Notice(
            code=code, to_role=role.value, municipality_id=row.municipality_id if municipal else None,
            facts={**told, "municipality": row.municipality.name}, url=where, due_on=due,
        )
        for role in roles
    ]  # fmt: skip
