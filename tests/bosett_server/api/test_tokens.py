"""A token opens the door only when everything about it is right; each wrong thing is refused with its reason."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import time

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.records.models import Organisation, User
from tests.bosett_server.api.issuer import NUMBER, READ, WRITE, configured, ec_key, organisation, rsa_key

LIST = "decisions/vedtak/2026"
VEDTAK = {"kind": "number", "total": 50, "decided_on": "2026-02-01", "source": "Sak 1/26"}


def unsigned(header: dict, claims: dict, signature: str = "") -> str:
    def part(told: dict) -> str:
        return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")

    return f"{part(header)}.{part(claims)}.{signature}"


def reason(response) -> str:
    told = response.json()
    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")
    assert told["code"] in response["WWW-Authenticate"] or told["code"] == "no_token"
    return told["code"]


def test_a_right_token_reads_and_writes_in_the_organisations_role(call, stage):
    assert call("GET", LIST).status_code == 200
    assert call("PUT", f"{LIST}/3301", VEDTAK).status_code == 200
    assert call("PUT", f"{LIST}/4203", VEDTAK).status_code in {403, 404}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"iss": "https://other.invalid/"}, "wrong_issuer"),
        ({"iss": None}, "wrong_issuer"),
        ({"aud": "https://other.invalid/"}, "wrong_audience"),
        ({"aud": None}, "wrong_audience"),
        ({"aud": []}, "wrong_audience"),
        ({"scope": WRITE}, "scope_missing"),
        ({"scope": "bosett:reader"}, "scope_missing"),
        ({"scope": None}, "scope_missing"),
        ({"consumer": None}, "no_organisation"),
        ({"consumer": "0192:313000001"}, "no_organisation"),
        ({"consumer": {"ID": "0193:313000001"}}, "no_organisation"),
        ({"consumer": {"ID": "0192:31300000"}}, "no_organisation"),
        ({"consumer": {"ID": "0192:٣١٣٠٠٠٠٠١"}}, "no_organisation"),
        ({"consumer": {"ID": "0192:313999999"}}, "organisation_unknown"),
        ({"supplier": {"ID": "0192:313000002"}}, "supplier_not_allowed"),
    ],
)
def test_a_wrong_claim_is_refused_with_its_reason(call, issuer, changes, code):
    assert reason(call("GET", LIST, token=issuer.token(**changes))) == code


@pytest.mark.parametrize(
    ("issued", "lives", "begins", "code"),
    [
        (-200, 119, None, "expired"),
        (-130, 119, None, "expired"),
        (60, 100, None, "not_yet_valid"),
        (0, 119, 60, "not_yet_valid"),
        (0, 121, None, "lives_too_long"),
        (-3600, 7200, None, "lives_too_long"),
    ],
)
def test_time_is_kept_with_ten_seconds_of_skew(call, issuer, issued, lives, begins, code):
    now = int(time.time())
    claims = {
        "iat": now + issued,
        "exp": now + issued + lives,
        "nbf": None if begins is None else now + begins,
    }
    assert reason(call("GET", LIST, token=issuer.token(**claims))) == code


@pytest.mark.parametrize(("issued", "lives"), [(5, 120), (-124, 120), (0, 1)])
def test_clocks_that_differ_by_a_few_seconds_are_forgiven(call, issuer, issued, lives):
    now = int(time.time())
    token = issuer.token(iat=now + issued, exp=now + issued + lives, nbf=now + issued)
    assert call("GET", LIST, token=token).status_code == 200


@pytest.mark.parametrize(
    "changes", [{"exp": None}, {"exp": "9999999999"}, {"exp": True}, {"iat": None}, {"iat": 1.5}]
)
def test_times_that_are_missing_or_no_whole_numbers_are_refused(call, issuer, changes):
    assert reason(call("GET", LIST, token=issuer.token(**changes))) in {"expired", "not_yet_valid"}


def test_reading_and_writing_need_their_own_scope(call, issuer):
    assert call("GET", LIST, token=issuer.token(scope=READ)).status_code == 200
    assert reason(call("PUT", f"{LIST}/3301", VEDTAK, token=issuer.token(scope=READ))) == "scope_missing"


def test_no_token_and_another_scheme_are_told_apart_from_a_refused_one(call, client):
    assert reason(call("GET", LIST, token="")) == "no_token"
    response = client.get(f"/api/v1/{LIST}", headers={"Authorization": "Basic c2VjcmV0OnNlY3JldA=="})
    assert reason(response) == "no_token"


def test_a_browsers_session_opens_no_call(client, stage):
    client.force_login(stage.users["municipality_decider"])
    assert reason(client.get(f"/api/v1/{LIST}")) == "no_token"


@pytest.mark.parametrize("alg", ["none", "None", "HS256"])
def test_a_token_without_a_real_signature_is_refused(call, issuer, alg):
    for signature in ("", "AAAA"):
        token = unsigned({"alg": alg, "kid": "first", "typ": "JWT"}, issuer.claims(), signature)
        assert reason(call("GET", LIST, token=token)) == "not_readable"


def test_the_public_key_used_as_a_shared_secret_is_refused(call, issuer):
    for secret in (issuer.file.read_bytes(), rsa_key("first").as_pem(private=False)):
        begun = unsigned({"alg": "HS256", "kid": "first"}, issuer.claims()).rstrip(".")
        mac = hmac.digest(secret, begun.encode(), hashlib.sha256)
        token = f"{begun}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"
        assert reason(call("GET", LIST, token=token)) == "not_readable"


def test_a_stranger_who_signs_with_his_own_key_is_refused_whatever_he_calls_it(call, issuer):
    stranger = rsa_key("stranger")
    for kid in ("first", "second", "stranger"):
        token = issuer.token({"alg": "RS256", "kid": kid}, stranger)
        assert reason(call("GET", LIST, token=token)) == "not_readable"


def test_a_key_that_comes_with_the_token_is_not_used(call, issuer):
    stranger = rsa_key("stranger")
    header = {"alg": "RS256", "kid": "stranger", "jwk": stranger.as_dict(private=False)}
    assert reason(call("GET", LIST, token=issuer.token(header, stranger))) == "not_readable"


def test_a_token_that_does_not_name_its_key_is_refused_also_when_there_is_one_key(call, issuer):
    issuer.publish(rsa_key("first"))
    token = issuer.token({"alg": "RS256"}, rsa_key("first"))
    assert reason(call("GET", LIST, token=token)) == "not_readable"


def test_a_changed_claim_breaks_the_signature(call, issuer):
    header, _, signature = issuer.token().split(".")
    _, claims, _ = issuer.token(consumer={"ID": "0192:313000009"}).split(".")
    assert reason(call("GET", LIST, token=f"{header}.{claims}.{signature}")) == "not_readable"


def test_elliptic_keys_are_read_too(call, issuer):
    token = issuer.token({"alg": "ES256", "kid": "second"}, ec_key("second"))
    assert call("GET", LIST, token=token).status_code == 200


def test_keys_are_rotated_without_a_restart(call, issuer):
    old = issuer.token()
    assert call("GET", LIST, token=old).status_code == 200
    issuer.publish(rsa_key("third"), rsa_key("first"))
    assert call("GET", LIST, token=issuer.token(key=rsa_key("third"))).status_code == 200
    assert call("GET", LIST, token=old).status_code == 200
    issuer.publish(rsa_key("third"))
    assert reason(call("GET", LIST, token=old)) == "not_readable"


def test_keys_that_are_missing_broken_private_or_shared_open_nothing(call, issuer, settings, caplog):
    token = issuer.token()
    issuer.publish(rsa_key("first"), private=True)
    assert reason(call("GET", LIST, token=token)) == "keys_not_readable"
    issuer.file.write_text('{"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "first"}]}', encoding="ascii")
    assert reason(call("GET", LIST, token=token)) == "keys_not_readable"
    for broken in ("nonsense", "[]", "{}"):
        issuer.file.write_text(broken, encoding="ascii")
        assert reason(call("GET", LIST, token=token)) == "keys_not_readable"
    issuer.file.unlink()
    assert reason(call("GET", LIST, token=token)) == "keys_not_readable"
    assert "the issuer's keys cannot be read" in caplog.text
    settings.BOSETT_TOKEN_KEYS = ""
    assert reason(call("GET", LIST, token=token)) == "no_issuer_configured"


@pytest.mark.parametrize("how", ["organisation", "user"])
def test_an_organisation_that_is_switched_off_is_unknown(call, stage, how):
    with acting(SYSTEM):
        if how == "organisation":
            Organisation.objects.filter(pk=NUMBER).update(active=False)
        else:
            User.objects.filter(pk=stage["municipality_decider"].user_id).update(is_active=False)
    assert reason(call("GET", LIST)) == "organisation_unknown"


@pytest.mark.parametrize("role", ["system", "household", "representative", "public", "nobody"])
def test_no_machine_is_the_system_or_a_household(call, stage, issuer, role):
    organisation(stage["admin"], "313000077", role=role)
    token = issuer.token(consumer={"ID": "0192:313000077"})
    assert reason(call("GET", LIST, token=token)) == "organisation_unknown"


def test_a_token_may_be_used_again_while_it_lives(call, issuer):
    token = issuer.token()
    assert [call("GET", LIST, token=token).status_code for _ in range(3)] == [200, 200, 200]


def test_no_part_of_a_token_reaches_a_log_or_an_answer(call, issuer, caplog, settings):
    caplog.set_level(logging.DEBUG)
    settings.DEBUG = True
    good, bad = issuer.token(), issuer.token(aud="elsewhere")
    answers = [call("GET", LIST, token=token) for token in (good, bad, good[:-4] + "AAAA", "x" * 9000)]
    told = caplog.text + "".join(str(a.headers) + a.content.decode() for a in answers)
    for token in (good, bad):
        assert not any(part in told for part in token.split("."))
    assert "x" * 50 not in told


@tries(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(
        st.text(max_size=60), st.from_regex(r"[\w-]{0,20}\.[\w-]{0,20}\.[\w-]{0,20}", fullmatch=True)
    )
)
def test_whatever_is_sent_as_a_token_is_refused_and_breaks_nothing(settings, tmp_path_factory, text):
    from datetime import UTC, datetime

    from bosett_server.access.tokens import TokenRefused, actor_from_token

    configured(settings, tmp_path_factory.mktemp("keys"))
    with pytest.raises(TokenRefused) as refused:
        actor_from_token(text, datetime.now(UTC), False)
    assert refused.value.reason == "not_readable"


@pytest.mark.parametrize("claims", [[], "text", 5, None])
def test_claims_that_are_no_object_are_refused(call, issuer, claims):
    from joserfc import jws

    body = json.dumps(claims).encode()
    token = jws.serialize_compact(
        {"alg": "RS256", "kid": "first"}, body, rsa_key("first"), algorithms=["RS256"]
    )
    assert reason(call("GET", LIST, token=token)) == "not_readable"
