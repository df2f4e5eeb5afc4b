"""Log-in through a provider: code flow with PKCE, state and nonce against a local one, and every claim checked."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client
from joserfc import jwt
from joserfc.jwk import RSAKey
from oidc_provider_mock import User as ProviderUser
from oidc_provider_mock import run_server_in_thread

from bosett_server.access import oidc
from bosett_server.access.context import acting
from bosett_server.records.models import AuditEvent, User
from tests.bosett_server.cast import World, world

# The mock provider is a server in this process and uses Authlib's older parts.
THROUGH_THE_PROVIDER = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = date(2026, 3, 16)
    settings.BOSETT_MFA_REQUIRED = True
    return world()


def reasons(stage: World) -> list[str]:
    with acting(stage["auditor"]):
        rows = AuditEvent.objects.filter(verb="log_in", outcome="refused").order_by("id")
        return [row.facts["code"] for row in rows]


@pytest.fixture
def provider(stage, settings):
    with run_server_in_thread(user_claims=[ProviderUser(sub="ola", claims={"acr": "high"})]) as server:
        settings.BOSETT_OIDC_ISSUER = f"http://localhost:{server.server_port}"
        settings.BOSETT_OIDC_CLIENT_ID = "bosett"
        settings.BOSETT_OIDC_CLIENT_SECRET = "hemmelig"
        settings.BOSETT_ADDRESS = "http://testserver"
        yield settings.BOSETT_OIDC_ISSUER


def to_provider(client: Client, subject: str) -> tuple[str, dict[str, list[str]]]:
    """Begin, log in at the provider; the address it sends back to, and what was asked."""
    address = client.get("/login/oidc/?next=/inbox/").headers["Location"]
    answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=10)
    return answer.headers["Location"].removeprefix("http://testserver"), parse_qs(urlsplit(address).query)


@THROUGH_THE_PROVIDER
def test_a_known_subject_comes_in_through_the_provider(stage, client, provider):
    User.objects.filter(pk=stage.users["ks"].pk).update(oidc_subject="ola")
    back, asked = to_provider(client, "ola")
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    assert all(len(asked[name][0]) >= 43 for name in ("state", "nonce", "code_challenge"))
    assert client.get(back).headers["Location"] == "/inbox/"
    assert client.session["_auth_user_id"] == str(stage.users["ks"].pk)
    assert client.get("/inbox/").headers["Location"] == "/mfa/"


@THROUGH_THE_PROVIDER
def test_an_answer_of_the_provider_is_used_once(stage, client, provider):
    User.objects.filter(pk=stage.users["ks"].pk).update(oidc_subject="ola")
    back, _ = to_provider(client, "ola")
    client.get(back)
    client.post("/logout")
    assert client.get(back).status_code == 403


@THROUGH_THE_PROVIDER
def test_an_unknown_subject_is_told_so_and_creates_no_user(stage, client, provider):
    before = User.objects.count()
    back, _ = to_provider(client, "fremmed")
    answer = client.get(back)
    assert (answer.status_code, User.objects.count()) == (403, before)
    assert "subject_unknown" in answer.content.decode()
    assert "fremmed" not in answer.content.decode()
    assert "_auth_user_id" not in client.session


@THROUGH_THE_PROVIDER
def test_a_state_that_is_not_ours_is_refused(stage, client, provider):
    back, _ = to_provider(client, "ola")
    assert client.get(re.sub(r"state=[^&]+", "state=forged", back)).status_code == 403
    assert reasons(stage) == ["wrong_state"]


@THROUGH_THE_PROVIDER
def test_a_level_below_the_configured_one_is_refused(stage, client, provider, settings):
    User.objects.filter(pk=stage.users["ks"].pk).update(oidc_subject="ola")
    settings.BOSETT_OIDC_ACR_LEVELS = ["idporten-loa-high"]
    back, asked = to_provider(client, "ola")
    assert asked["acr_values"] == ["idporten-loa-high"]
    assert client.get(back).status_code == 403
    assert reasons(stage) == ["level_too_low"]


@THROUGH_THE_PROVIDER
def test_a_provider_that_does_not_answer_is_said(stage, client, settings):
    settings.BOSETT_OIDC_ISSUER, settings.BOSETT_OIDC_CLIENT_ID = "http://localhost:9", "bosett"
    assert client.get("/login/oidc/").status_code == 403
    assert reasons(stage) == ["provider_unreachable"]


def test_without_a_provider_there_is_no_such_door(db, client):
    assert client.get("/login/oidc/").status_code == 404


GOOD = {
    "iss": "https://login.example",
    "aud": "bosett",
    "exp": 4102444800,
    "nonce": "n",
    "sub": "ola",
    "acr": "high",
}
METADATA = {"issuer": "https://login.example", "jwks_uri": "https://login.example/jwks",
            "token_endpoint": "https://login.example/token"}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({}, ""),
        ({"iss": "https://other.example"}, "wrong_issuer"),
        ({"aud": "somebody"}, "wrong_audience"),
        ({"aud": ["bosett", "other"], "azp": "other"}, "wrong_audience"),
        ({"exp": 1}, "expired"),
        ({"exp": "never"}, "expired"),
        ({"nonce": "old"}, "wrong_nonce"),
        ({"acr": "low"}, "level_too_low"),
        ({"acr": None}, "level_too_low"),
        ({"sub": ""}, "subject_missing"),
        ({"sub": "kari"}, "subject_unknown"),
    ],
)
@pytest.mark.parametrize("signed_by", ["provider", "somebody"])
def test_every_claim_of_the_token_is_checked(stage, settings, monkeypatch, changed, reason, signed_by):
    User.objects.filter(pk=stage.users["ks"].pk).update(oidc_subject="ola")
    settings.BOSETT_OIDC_ISSUER, settings.BOSETT_OIDC_CLIENT_ID = GOOD["iss"], "bosett"
    settings.BOSETT_OIDC_ACR_LEVELS = ["high"]
    key, other = RSAKey.generate_key(2048, {"kid": "a"}), RSAKey.generate_key(2048, {"kid": "a"})
    signer = key if signed_by == "provider" else other
    token = jwt.encode({"alg": "RS256", "kid": "a"}, GOOD | changed, signer)
    answers = {METADATA["jwks_uri"]: {"keys": [key.as_dict(private=False)]}}
    monkeypatch.setattr(oidc, "_get", lambda address: answers.get(address, METADATA))
    monkeypatch.setattr(oidc, "_id_token", lambda *_: token)
    begun = oidc.Begun("s", "n", "v", "http://testserver/login/oidc/back/")
    expected = "not_readable" if signed_by == "somebody" else reason
    if not expected:
        assert oidc.finish(begun, "s", "c").user == stage.users["ks"]
        return
    with pytest.raises(oidc.LoginRefused) as refused:
        oidc.finish(begun, "s", "c")
    assert refused.value.reason == expected


def test_an_unsigned_token_is_not_readable(stage, settings, monkeypatch):
    settings.BOSETT_OIDC_ISSUER, settings.BOSETT_OIDC_CLIENT_ID = GOOD["iss"], "bosett"
    key = RSAKey.generate_key(2048, {"kid": "a"})
    unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJvbGEifQ."
    answers = {METADATA["jwks_uri"]: {"keys": [key.as_dict(private=False)]}}
    monkeypatch.setattr(oidc, "_get", lambda address: answers.get(address, METADATA))
    monkeypatch.setattr(oidc, "_id_token", lambda *_: unsigned)
    with pytest.raises(oidc.LoginRefused, match="not_readable"):
        oidc.finish(oidc.Begun("s", "n", "v", ""), "s", "c")


def test_with_a_private_key_the_client_signs_for_itself(settings, monkeypatch, tmp_path):
    key = RSAKey.generate_key(2048)
    path = tmp_path / "client.pem"
    path.write_bytes(key.as_pem(private=True))
    settings.BOSETT_OIDC_ISSUER, settings.BOSETT_OIDC_CLIENT_ID = GOOD["iss"], "bosett"
    settings.BOSETT_OIDC_PRIVATE_KEY = str(path)
    monkeypatch.setattr(oidc, "_get", lambda _: METADATA)
    sent = {}

    def answer(self, request, **_):
        sent.update(parse_qs(request.body))
        made = requests.Response()
        made.status_code, made._content = (
            200,
            b'{"id_token": "x", "access_token": "y", "token_type": "Bearer"}',
        )
        made.request = request
        return made

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", answer)
    assert oidc._id_token(METADATA, oidc.Begun("s", "n", "v" * 43, "http://testserver/back"), "c") == "x"
    claims = jwt.decode(sent["client_assertion"][0], key, algorithms=["RS256"]).claims
    assert (claims["iss"], claims["sub"], claims["aud"]) == ("bosett", "bosett", METADATA["token_endpoint"])
    assert sent["code_verifier"] == ["v" * 43]
    assert "client_secret" not in sent
