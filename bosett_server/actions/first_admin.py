"""The first administrator, who gives everybody else their roles."""

from __future__ import annotations

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.actions.step import Done, action
from bosett_server.records.models import RoleGrant, User


@action(Permission.FIRST_ADMIN)
def make_first_admin(actor: Actor, *, username: str) -> Done[int]:
    """An administrator without a password exists.  Raises Refused: `admin_already_there`."""
    if RoleGrant.objects.filter(role=Role.ADMIN.value).exists():
        raise Refused("admin_already_there")
    user = User(username=username, language="nb")
    user.set_unusable_password()
    user.save()
    RoleGrant.objects.create(
        user=user, role=Role.ADMIN.value, starts_on=clock.today(), granted_by=None, granted_at=clock.now()
    )
    return Done(user.pk, about=("user", user.pk))
