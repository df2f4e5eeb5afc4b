"""The daily e-mail says that something waits, and nothing about anybody."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail

from bosett_server.access.context import acting
from bosett_server.access.refusals import NotPermitted
from bosett_server.actions.digest import send_digests
from bosett_server.actions.step import _notify
from bosett_server.records.models import Notice, User
from tests.bosett_server.cast import HERE, THERE, World, world


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = date(2026, 3, 16)
    stage = world()
    for name in ("municipality_coordinator", "stranger", "imdi_lead"):
        User.objects.filter(pk=stage.users[name].pk).update(email=f"{name}@bosett.invalid", language="nb")
    return stage


def tell(
    stage: World, municipality: str | None = HERE, role: str = "municipality_coordinator", **more
) -> None:
    with acting(stage["imdi_caseworker"]):
        _notify([Notice(code="card_sent", to_role=role, municipality_id=municipality, url="/cards/9/",
                        facts={"reference": "SYN-000001"}, **more)])  # fmt: skip


def test_only_those_who_can_see_a_notice_are_mailed(stage):
    tell(stage, HERE)
    assert send_digests(stage["system"]) == 1
    assert [m.to for m in mail.outbox] == [["municipality_coordinator@bosett.invalid"]]


def test_the_mail_holds_counts_and_no_reference_and_no_place(stage):
    tell(stage, HERE, due_on=date(2026, 3, 20))
    tell(stage, HERE)
    send_digests(stage["system"])
    (message,) = mail.outbox
    assert "2" in message.subject
    for hidden in ("SYN-", HERE, "Drammen", "/cards/9/"):
        assert hidden not in message.subject + message.body


def test_a_notice_is_mailed_once(stage):
    tell(stage, THERE)
    send_digests(stage["system"])
    assert send_digests(stage["system"]) == 0
    assert len(mail.outbox) == 1


def test_a_user_who_wants_no_mail_gets_none(stage):
    User.objects.filter(pk=stage.users["stranger"].pk).update(email_digest=False)
    tell(stage, THERE)
    assert send_digests(stage["system"]) == 0


def test_when_the_mail_server_is_down_the_notices_wait(stage, monkeypatch):
    def down(*_args, **_kwargs):
        raise ConnectionRefusedError

    tell(stage, HERE)
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", down)
    with pytest.raises(ConnectionRefusedError):
        send_digests(stage["system"])
    monkeypatch.undo()
    assert send_digests(stage["system"]) == 1


def test_nobody_but_the_system_sends(stage):
    with pytest.raises(NotPermitted):
        send_digests(stage["imdi_lead"])
