"""The first administrator is made once, from the machine itself, and by nobody who is logged in."""

from __future__ import annotations

import pytest

from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotPermitted
from bosett_server.actions.first_admin import make_first_admin
from bosett_server.records.models import AuditEvent, RoleGrant, User
from tests.bosett_server.cast import world


def test_the_first_administrator_holds_the_role_and_no_password(db):
    user = make_first_admin(SYSTEM, username="drift")
    assert list(RoleGrant.objects.filter(user_id=user).values_list("role", flat=True)) == ["admin"]
    assert not User.objects.get(pk=user).has_usable_password()
    with acting(SYSTEM):
        assert AuditEvent.objects.filter(verb="make_first_admin", outcome="done").count() == 1


def test_there_is_no_second_first_administrator_and_no_user_is_left_behind(db):
    make_first_admin(SYSTEM, username="drift")
    with pytest.raises(Refused, match="admin_already_there"):
        make_first_admin(SYSTEM, username="enda-en")
    assert not User.objects.filter(username="enda-en").exists()


@pytest.mark.parametrize("role", ["imdi_lead", "admin", "auditor"])
def test_nobody_who_is_logged_in_makes_one(db, role):
    with pytest.raises(NotPermitted):
        make_first_admin(world()[role], username="meg")
