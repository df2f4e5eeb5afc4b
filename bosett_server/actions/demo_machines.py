"""The demo's machines: an organisation with a made-up number for a demo user, so that the API can be tried."""

from __future__ import annotations

from bosett.terms.errors import BadInput
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.access.tokens import NO_MACHINES
from bosett_server.actions.step import Done, action
from bosett_server.records.models import Organisation, RoleGrant, User

WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


@action(Permission.DEMO_LOAD)
def let_machine_in(actor: Actor, *, username: str) -> Done[str]:
    """Machines may act as this demo user does, under an organisation number that can be nobody's.

    Raises BadInput for a user who is not there or whose role has no machines.
    """
    grant = RoleGrant.objects.filter(user__username=username, ends_on=None).order_by("id").first()
    if grant is None or Role(grant.role) in NO_MACHINES:
        known = User.objects.filter(role_grants__ends_on=None).order_by("username")
        raise BadInput(repr(username), f"one of {', '.join(known.values_list('username', flat=True)[:30])}")
    number = nobodys_number(grant.user_id)
    Organisation.objects.update_or_create(
        service_user_id=grant.user_id,
        defaults={
            "organisation_number": number,
            "name": f"Demo: {username}",
            "role": grant.role,
            "municipality_id": grant.municipality_id,
            "county_id": grant.county_id,
            "centre_id": grant.centre_id,
            "party": grant.party,
        },
    )
    return Done(number, about=("organisation", number), facts={"role": grant.role})


def nobodys_number(serial: int) -> str:
    """Nine digits whose control digit is wrong, so that no real organisation has the number.

    The control digit of organisation numbers is modulus 11 with weights 3, 2, 7, 6, 5, 4, 3, 2
    (Brønnøysundregistrene, "Organisasjonsnummeret").
    """
    digits = f"31{serial % 1_000_000:06d}"
    right = -sum(w * int(d) for w, d in zip(WEIGHTS, digits, strict=True)) % 11
    return f"{digits}{(right + 1) % 10}"
