"""Who is named for a household with a protected address: given and ended, never for oneself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection
from django.db.models import Q

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.login import ROLES_WITH_NAMED
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.step import Done, action
from bosett_server.records.models import NamedAccess, Notice, RoleGrant, User


@action(Permission.NAMED_ACCESS)
def grant_named_access(
    actor: Actor, *, username: str, reference: str, ends_on: date | None = None
) -> Done[int]:
    """The user may see this one household with a protected address.

    Raises Refused: `nobody_named`, `nobody_changes_own_rights`, `user_cannot_be_named`, `not_a_protected_household`,
    `grant_ends_before_start`, `already_named`.
    """
    today = clock.today()
    (user,) = named(actor, [username])
    if ends_on is not None and ends_on <= today:
        raise Refused("grant_ends_before_start")
    household = _protected(reference)
    if NamedAccess.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=today), user=user, household_id=household
    ).exists():
        raise Refused("already_named")
    row = NamedAccess.objects.create(
        user=user, household_id=household, starts_on=today, ends_on=ends_on, granted_by_id=actor.person
    )
    notice = told_of_naming(user.pk, today)
    return Done(row.pk, about=("household", household), facts={"user": user.pk}, notices=[notice])


@action(Permission.NAMED_ACCESS)
def end_named_access(actor: Actor, *, named: int) -> Done[int]:
    """The user no longer sees the household.  Raises Refused: `grant_already_ended`."""
    row = NamedAccess.objects.select_for_update().filter(pk=named).first()
    if row is None:
        raise NotInSight("not_in_sight")
    if row.user_id == actor.user_id:
        raise Refused("nobody_changes_own_rights")
    if row.ends_on is not None and row.ends_on <= clock.today():
        raise Refused("grant_already_ended")
    row.ends_on = clock.today()
    row.save(update_fields=["ends_on"])
    return Done(named, about=("household", str(row.household_id)), facts={"user": row.user_id})


def named(actor: Actor, users: Sequence[str]) -> list[User]:
    """The users to be named.  Raises Refused: `nobody_named`, `nobody_changes_own_rights`, `user_cannot_be_named`."""
    wanted = sorted({one.strip() for one in users if one.strip()})
    if not wanted:
        raise Refused("nobody_named")
    today = clock.today()
    in_force = Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gt=today))
    holders = RoleGrant.objects.filter(in_force, role__in=[one.value for one in ROLES_WITH_NAMED])
    found = list(
        User.objects.filter(username__in=wanted, is_active=True, pk__in=holders.values("user_id")).order_by(
            "pk"
        )
    )
    if any(one.pk == actor.user_id for one in found):
        raise Refused("nobody_changes_own_rights")
    if len(found) != len(wanted):
        raise Refused("user_cannot_be_named")
    return found


def _protected(reference: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT bosett_protected_household(%s)", [reference.strip()])
        found = (cursor.fetchone() or (None,))[0]
    if found is None:
        raise Refused("not_a_protected_household")
    return str(found)


def told_of_naming(user: int, day: date) -> Notice:
    """What a user who is named for a household is told; not for which."""
    facts = {"from": day.isoformat()}
    return Notice(code="named_for_household", to_role="", to_user_id=user, facts=facts, url="/roles/")
