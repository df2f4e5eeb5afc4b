"""From a logged-in user to an actor: which of the user's roles is worn, and where it reaches today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting
from bosett_server.access.roles import Role
from bosett_server.records.models import NamedAccess, RoleGrant, User

ROLES_WITH_NAMED = frozenset(
    {Role.IMDI_CASEWORKER, Role.IMDI_LEAD, Role.CENTRE, Role.MUNICIPALITY_COORDINATOR}
)


@dataclass(frozen=True)
class Hat:
    """One role the user may wear today."""

    grant_id: int
    role: Role
    municipality: str
    municipality_name: str
    county: str
    centre_id: int | None
    party: str


def hats(user: User, today: date) -> list[Hat]:
    """The role grants in force today, oldest first."""
    grants = (
        RoleGrant.objects.filter(user=user, starts_on__lte=today)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))
        .select_related("municipality")
        .order_by("id")
    )
    return [
        Hat(
            g.pk,
            Role(g.role),
            g.municipality_id or "",
            g.municipality.name_norwegian if g.municipality else "",
            g.county_id or "",
            g.centre_id,
            g.party,
        )
        for g in grants
    ]


def actor_for(
    user: User, worn: Sequence[Hat], grant_id: int | None, today: date, language: str, channel: str = "web"
) -> Actor | None:
    """The actor for the chosen hat (the first when none is chosen), or None for a user without a role.

    A coordinator or decider acts for all municipalities granted in that role, so that a delegation
    needs no switching.
    """
    if not worn or not user.is_active:
        return None
    hat = next((h for h in worn if h.grant_id == grant_id), worn[0])
    municipalities = frozenset(h.municipality for h in worn if h.role == hat.role and h.municipality)
    named: frozenset[str] = frozenset()
    if hat.role in ROLES_WITH_NAMED:
        named = _named_households(user, today)
    return Actor(
        role=hat.role,
        user_id=user.pk,
        name=user.get_full_name() or user.username,
        municipalities=municipalities,
        county=hat.county,
        centre_id=hat.centre_id,
        named=named,
        ministry=hat.party,
        language=language,
        channel=channel,
    )


def _named_households(user: User, today: date) -> frozenset[str]:
    """Read as the system: no role may list who is protected."""
    with acting(SYSTEM):
        rows = NamedAccess.objects.filter(user=user, starts_on__lte=today).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=today)
        )
        return frozenset(str(h) for h in rows.values_list("household_id", flat=True))
