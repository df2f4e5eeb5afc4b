"""Who must be told of a household with a protected address: the users named for it, nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from bosett_server.access.roles import Role
from bosett_server.records.models import NamedAccess, RoleGrant


def named_users(
    household: UUID, roles: Sequence[Role], municipality: str, today: date
) -> list[tuple[int, str]]:
    """(user, role) of those with named access today who hold one of the roles (there, when it is a municipal one)."""
    in_force = Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gt=today))
    users = NamedAccess.objects.filter(in_force, household_id=household).values("user_id")
    grants = RoleGrant.objects.filter(in_force, user_id__in=users, role__in=[role.value for role in roles])
    here = Q(municipality_id=municipality) | Q(municipality__isnull=True)
    return sorted(set(grants.filter(here).values_list("user_id", "role")))
