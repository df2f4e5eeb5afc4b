"""Bearer tokens of machine clients (Maskinporten's form): issuer, audience, time, scope, organisation."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bosett_server.access.actor import Actor
from bosett_server.access.roles import Role
from bosett_server.records.models import Organisation

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256"]
READ_SCOPE, WRITE_SCOPE = "bosett:read", "bosett:write"


@dataclass(frozen=True)
class TokenRefused(Exception):
    """The token does not open the door; `reason` is a code, never the token."""

    reason: str


@lru_cache(maxsize=4)
def _keys(path: str, _changed: float) -> KeySet:
    return KeySet.import_key_set(json.loads(Path(path).read_text(encoding="utf-8")))


def actor_from_token(token: str, now: datetime, writes: bool) -> Actor:
    """The organisation behind the token, in its role.

    Raises
    ------
    TokenRefused
        With `no_issuer_configured`, `not_readable`, `wrong_issuer`, `wrong_audience`, `expired`,
        `not_yet_valid`, `scope_missing`, `no_organisation` or `organisation_unknown`.
    """
    claims = _claims(token)
    _check_claims(claims, int(now.timestamp()), WRITE_SCOPE if writes else READ_SCOPE)
    number = _organisation_number(claims)
    organisation = (
        Organisation.objects.select_related("service_user")
        .filter(pk=number, active=True, service_user__is_active=True)
        .first()
    )
    if organisation is None:
        raise TokenRefused("organisation_unknown")
    return Actor(
        Role(organisation.role),
        user_id=organisation.service_user_id,
        name=organisation.name,
        municipalities=frozenset({organisation.municipality_id} if organisation.municipality_id else ()),
        county=organisation.county_id or "",
        language="en",
        channel="api",
    )


def _claims(token: str) -> dict[str, Any]:
    path = settings.BOSETT_TOKEN_KEYS
    if not path or not settings.BOSETT_TOKEN_ISSUER:
        raise TokenRefused("no_issuer_configured")
    try:
        return dict(jwt.decode(token, _keys(path, Path(path).stat().st_mtime), algorithms=ALGORITHMS).claims)
    except (JoseError, ValueError) as error:
        raise TokenRefused("not_readable") from error


def _check_claims(claims: dict[str, Any], now: int, scope: str) -> None:
    audience = claims.get("aud")
    checks = [
        (claims.get("iss") == settings.BOSETT_TOKEN_ISSUER, "wrong_issuer"),
        (settings.BOSETT_TOKEN_AUDIENCE in ([audience] if isinstance(audience, str) else audience or []),
         "wrong_audience"),
        (isinstance(claims.get("exp"), int) and claims["exp"] > now, "expired"),
        (not isinstance(claims.get("nbf", 0), int) or claims.get("nbf", 0) <= now + 5, "not_yet_valid"),
        (scope in str(claims.get("scope", "")).split(), "scope_missing"),
    ]  # fmt: skip
    for holds, reason in checks:
        if not holds:
            raise TokenRefused(reason)


def _organisation_number(claims: dict[str, Any]) -> str:
    consumer = claims.get("consumer")
    identifier = consumer.get("ID", "") if isinstance(consumer, dict) else ""
    authority, _, number = str(identifier).partition(":")
    if authority != "0192" or len(number) != 9 or not number.isdigit():
        raise TokenRefused("no_organisation")
    return number
