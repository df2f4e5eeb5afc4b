"""Log-in through an OpenID provider (ID-porten, Ansattporten, any other): code flow with PKCE, state and nonce."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.conf import settings
from django.utils import timezone
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bosett_server.records.models import User

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256"]
SECONDS = 10
SKEW_SECONDS = 30


@dataclass(frozen=True)
class LoginRefused(Exception):
    """The provider's answer opens no door; `reason` is a code."""

    reason: str


@dataclass(frozen=True)
class Begun:
    """What the session keeps between sending somebody away and seeing them again."""

    state: str
    nonce: str
    verifier: str
    redirect_uri: str

    def told(self) -> dict[str, str]:
        """As the session stores it."""
        return asdict(self)


@dataclass(frozen=True)
class LoggedIn:
    """Whom the provider vouched for, and whether at a level that counts as two factors."""

    user: User
    level: str


def is_configured() -> bool:
    """Whether this installation has a provider."""
    return bool(settings.BOSETT_OIDC_ISSUER and settings.BOSETT_OIDC_CLIENT_ID)


def begin(redirect_uri: str) -> tuple[str, Begun]:
    """The address to send the browser to, and what to remember."""
    begun = Begun(
        secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(64), redirect_uri
    )
    asked = {
        "state": begun.state,
        "nonce": begun.nonce,
        "code_challenge": create_s256_code_challenge(begun.verifier),
        "code_challenge_method": "S256",
    }
    if settings.BOSETT_OIDC_ACR_LEVELS:
        asked["acr_values"] = settings.BOSETT_OIDC_ACR_LEVELS[0]
    with _session(redirect_uri) as session:
        address, _ = session.create_authorization_url(_metadata()["authorization_endpoint"], **asked)
    return str(address), begun


def finish(begun: Begun, state: str, code: str) -> LoggedIn:
    """The user behind the provider's answer.

    Raises
    ------
    LoginRefused
        With `wrong_state`, `no_code`, `provider_unreachable`, `code_refused`, `not_readable`, `wrong_issuer`,
        `wrong_audience`, `expired`, `wrong_nonce`, `level_too_low`, `subject_missing` or `subject_unknown`.
    """
    if not secrets.compare_digest(state.encode(), begun.state.encode()):
        raise LoginRefused("wrong_state")
    if not code:
        raise LoginRefused("no_code")
    metadata = _metadata()
    claims = _claims(_id_token(metadata, begun, code), metadata)
    _check(claims, begun.nonce, metadata["issuer"])
    return LoggedIn(_user(claims), str(claims.get("acr", "")))


def _session(redirect_uri: str) -> OAuth2Session:
    key = settings.BOSETT_OIDC_PRIVATE_KEY
    session = OAuth2Session(
        settings.BOSETT_OIDC_CLIENT_ID,
        Path(key).read_text(encoding="ascii") if key else settings.BOSETT_OIDC_CLIENT_SECRET,
        scope=settings.BOSETT_OIDC_SCOPES,
        redirect_uri=redirect_uri,
        token_endpoint_auth_method="private_key_jwt" if key else "client_secret_basic",
    )
    if key:
        session.register_client_auth_method(PrivateKeyJWT(_metadata()["token_endpoint"], alg="RS256"))
    return session


def _metadata() -> dict[str, Any]:
    issuer = settings.BOSETT_OIDC_ISSUER
    told = _get(issuer.rstrip("/") + "/.well-known/openid-configuration")
    if told.get("issuer") != issuer:
        raise LoginRefused("wrong_issuer")
    return told


def _get(address: str) -> dict[str, Any]:
    try:
        answer = requests.get(address, timeout=SECONDS, allow_redirects=False)
        answer.raise_for_status()
        return dict(answer.json())
    except (requests.RequestException, json.JSONDecodeError, TypeError, ValueError) as error:
        raise LoginRefused("provider_unreachable") from error


def _id_token(metadata: dict[str, Any], begun: Begun, code: str) -> str:
    try:
        with _session(begun.redirect_uri) as session:
            token = session.fetch_token(
                metadata["token_endpoint"], code=code, code_verifier=begun.verifier, timeout=SECONDS
            )
    except AuthlibBaseError as error:
        raise LoginRefused("code_refused") from error
    except (requests.RequestException, ValueError) as error:
        raise LoginRefused("provider_unreachable") from error
    return str(token.get("id_token", ""))


def _claims(token: str, metadata: dict[str, Any]) -> dict[str, Any]:
    try:
        keys = KeySet.import_key_set(_get(metadata["jwks_uri"]))  # type: ignore[arg-type]
        return dict(jwt.decode(token, keys, algorithms=ALGORITHMS).claims)
    except (JoseError, ValueError) as error:
        raise LoginRefused("not_readable") from error


def _check(claims: dict[str, Any], nonce: str, issuer: str) -> None:
    now = int(timezone.now().timestamp())
    audience = claims.get("aud")
    named = [audience] if isinstance(audience, str) else list(audience or [])
    client = settings.BOSETT_OIDC_CLIENT_ID
    levels = settings.BOSETT_OIDC_ACR_LEVELS
    checks = [
        (claims.get("iss") == issuer, "wrong_issuer"),
        (client in named and claims.get("azp", client) == client, "wrong_audience"),
        (isinstance(claims.get("exp"), int) and claims["exp"] > now - SKEW_SECONDS, "expired"),
        (secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()), "wrong_nonce"),
        (not levels or claims.get("acr") in levels, "level_too_low"),
    ]
    for holds, reason in checks:
        if not holds:
            raise LoginRefused(reason)


def _user(claims: dict[str, Any]) -> User:
    subject = str(claims.get(settings.BOSETT_OIDC_SUBJECT_CLAIM, ""))
    if not subject:
        raise LoginRefused("subject_missing")
    user = User.objects.filter(oidc_subject=subject, is_active=True).first()
    if user is None:
        raise LoginRefused("subject_unknown")
    return user
