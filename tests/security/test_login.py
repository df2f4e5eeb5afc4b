"""Log-in: two factors before any page, no names given away, few tries, the demo's buttons on this machine only."""

from __future__ import annotations

import re
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.signing import dumps
from django.test import Client
from django.utils import timezone

from bosett_server.access.context import acting
from bosett_server.actions import second_factor
from bosett_server.actions.accounts import issue_password_link, password_path
from bosett_server.records.models import Attempt, AuditEvent, User
from tests.bosett_server.cast import World, world

PASSWORD = "en lang og god setning"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = date(2026, 3, 16)
    settings.BOSETT_MFA_REQUIRED = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    made = world()
    for user in made.users.values():
        user.set_password(PASSWORD)
        user.save()
    return made


def code_now(secret: str = SECRET, ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30 + ahead))


def with_factor(user: User) -> list[str]:
    """Set up with the code of the step before, so that this one is still unused."""
    codes = second_factor.set_up(user, SECRET, code_now(ahead=-1))
    assert codes is not None
    return codes


def log_in(client: Client, user: User, password: str = PASSWORD):
    return client.post("/login", {"username": user.username, "password": password})


def reasons(stage: World) -> list[str]:
    with acting(stage["auditor"]):
        rows = AuditEvent.objects.filter(verb="log_in", outcome="refused").order_by("id")
        return [row.facts["code"] for row in rows]


def test_the_codes_are_those_of_rfc_6238():
    assert [hotp_value(RFC_SECRET, t // 30) for t in (59, 1111111109, 1234567890)] == [287082, 81804, 5924]


def test_password_then_code_opens_the_pages(stage, client):
    user = stage.users["imdi_lead"]
    with_factor(user)
    assert log_in(client, user).headers["Location"] == "/login/code/"
    assert client.get("/inbox/").headers["Location"].startswith("/login")
    assert client.post("/login/code/", {"code": code_now()}).headers["Location"] == "/"
    assert client.get("/inbox/").status_code == 200


def test_a_user_without_second_factor_sees_nothing_but_its_set_up(stage, client):
    user = stage.users["imdi_lead"]
    assert log_in(client, user).headers["Location"] == "/mfa/"
    for path in ("/", "/inbox/", "/users/", "/households/", "/no-such-page/"):
        assert client.get(path).headers["Location"] == "/mfa/"
    shown = client.get("/mfa/").content.decode()
    secret = re.search(r'mfa-key__text">([A-Z2-7 ]+)<', shown).group(1).replace(" ", "")
    assert "<svg" in shown
    assert "style=" not in shown
    done = client.post("/mfa/", {"code": code_now(secret)})
    assert len(re.findall(r"<li><code>", done.content.decode())) == 10
    assert client.get("/inbox/").status_code == 200


def test_a_code_of_the_app_is_accepted_once(stage):
    user = stage.users["imdi_lead"]
    with_factor(user)
    code = code_now()
    assert second_factor.accept(user, code)
    assert not second_factor.accept(user, code)
    assert not second_factor.accept(user, code_now(ahead=-1))
    assert second_factor.accept(user, code_now(ahead=1))


def test_a_replayed_code_opens_no_second_session(stage):
    user, code = stage.users["imdi_lead"], code_now()
    with_factor(user)
    first, second = Client(), Client()
    log_in(first, user)
    log_in(second, user)
    assert first.post("/login/code/", {"code": code}).status_code == 302
    assert second.post("/login/code/", {"code": code}).status_code == 422
    assert second.get("/inbox/").headers["Location"].startswith("/login")


def test_each_recovery_code_works_once(stage):
    user = stage.users["imdi_lead"]
    codes = with_factor(user)
    assert len(set(codes)) == 10
    assert second_factor.accept(user, f"{codes[3][:4]} {codes[3][4:]}")
    assert not second_factor.accept(user, codes[3])
    assert second_factor.accept(user, codes[4])


def test_secrets_of_the_second_factor_are_not_readable_in_the_database(stage):
    with_factor(stage.users["imdi_lead"])
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in stored


def test_a_wrong_password_and_an_unknown_user_read_alike(stage, client):
    known = log_in(client, stage.users["ks"], "feil").content.decode()
    unknown = client.post("/login", {"username": "finnes-ikke", "password": "feil"}).content.decode()
    blank = re.compile(r'value="[^"]*"|name="csrf[^>]*>|content="[^"]*"')
    assert blank.sub("", re.sub(r"\{.*?\}", "", known)) == blank.sub("", re.sub(r"\{.*?\}", "", unknown))
    assert reasons(stage) == ["wrong_user_or_password"] * 2


def test_a_closed_user_is_refused_like_a_wrong_password(stage, client):
    user = stage.users["ks"]
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert log_in(client, user).status_code == 422
    assert reasons(stage) == ["wrong_user_or_password"]


def test_after_ten_tries_even_the_right_password_waits_and_the_count_is_in_the_database(stage, client):
    user = stage.users["ks"]
    assert [log_in(client, user, "feil").status_code for _ in range(11)] == [422] * 10 + [429]
    assert log_in(Client(), user).status_code == 429
    assert log_in(Client(), stage.users["nav"]).status_code == 302
    keys = set(Attempt.objects.values_list("key", flat=True))
    assert all(re.fullmatch(r"[0-9a-f]{64}", key) for key in keys)
    assert (
        Attempt.objects.filter(door="login_user").order_by("-count").values_list("count", flat=True)[0] == 12
    )


def test_tries_count_for_names_that_do_not_exist_too(stage, client):
    tries = [client.post("/login", {"username": "ingen", "password": "x"}).status_code for _ in range(11)]
    assert tries == [422] * 10 + [429]


def test_a_right_password_forgets_the_wrong_ones(stage, client):
    user = stage.users["ks"]
    for _ in range(9):
        log_in(client, user, "feil")
    assert log_in(client, user).status_code == 302
    assert log_in(Client(), user, "feil").status_code == 422


def test_the_second_factor_can_be_tried_six_times(stage, client):
    user = stage.users["ks"]
    with_factor(user)
    log_in(client, user)
    assert [client.post("/login/code/", {"code": "000000"}).status_code for _ in range(7)] == [422] * 6 + [
        429
    ]


def test_an_address_behind_a_proxy_is_told_by_our_own_proxy_only(stage, client, settings):
    from bosett_server.access.rate_limit import client_address

    forged = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "1.1.1.1, 2.2.2.2"}
    assert client_address(forged) == "10.0.0.1"
    settings.BOSETT_PROXIES = 1
    assert client_address(forged) == "2.2.2.2"


def test_the_session_gets_a_new_key_at_log_in(stage, client):
    user = stage.users["ks"]
    with_factor(user)
    log_in(client, user)
    before = client.session.session_key
    client.post("/login/code/", {"code": code_now()})
    assert client.session.session_key != before


def test_log_out_is_a_post_and_ends_the_session(stage, client):
    user = stage.users["ks"]
    with_factor(user)
    log_in(client, user)
    client.post("/login/code/", {"code": code_now()})
    assert client.get("/logout").status_code == 405
    assert client.post("/logout").headers["Location"] == "/login"
    assert client.get("/inbox/").headers["Location"].startswith("/login")


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/login"]
)
def test_log_in_leads_nowhere_else(stage, client, address):
    user = stage.users["ks"]
    with_factor(user)
    client.post("/login", {"username": user.username, "password": PASSWORD, "next": address})
    assert client.post("/login/code/", {"code": code_now()}).headers["Location"] == "/"


def test_nobody_can_sign_up(client, db):
    for path in ("/signup", "/signup/", "/accounts/signup/", "/register/"):
        assert client.get(path).status_code == 404


def test_a_password_link_sets_a_password_once(stage, client):
    user = stage.users["ks"]
    path = password_path(issue_password_link(stage["admin"], user=user.pk))
    told = {"new_password1": "et helt nytt passord", "new_password2": "et helt nytt passord"}
    assert client.post(path, {"new_password1": "kort", "new_password2": "kort"}).status_code == 422
    assert client.post(path, told).headers["Location"] == "/login"
    assert client.post(path, told).status_code == 404
    assert log_in(client, user, "et helt nytt passord").status_code == 302
    assert client.get(f"/password/MQ/{dumps('x')}/").status_code == 404


# The demo's buttons


def test_the_demo_buttons_are_there_in_the_demo_on_this_machine_only(stage, client, settings):
    User.objects.filter(pk=stage.users["imdi_lead"].pk).update(username="leder")
    press = {"username": "leder"}
    assert client.post("/login/demo/", press).status_code == 404
    assert "demo-users" not in client.get("/login").content.decode()
    settings.BOSETT_DEMO = True
    assert "demo-users" in client.get("/login").content.decode()
    for elsewhere in (
        {"REMOTE_ADDR": "192.0.2.1"},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.1"},
        {"HTTP_FORWARDED": "for=x"},
    ):
        assert client.post("/login/demo/", press, **elsewhere).status_code == 404
        assert "demo-users" not in client.get("/login", **elsewhere).content.decode()
    assert client.post("/login/demo/", {"username": stage.users["ks"].username}).status_code == 404
    assert client.post("/login/demo/", press).headers["Location"] == "/"
    assert client.get("/inbox/").status_code == 200
