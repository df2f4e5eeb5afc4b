"""Bearer tokens of machine clients (Maskinporten's form): issuer, audience, time, scope, organisation.

A token is worth what its signature is worth: only asymmetric algorithms, only public keys of the issuer,
picked by the token's own key id.  It lives `LIFETIME_SECONDS` at most (register the scopes with
`at_max_age` 120), so that one that leaks is soon worth nothing; within that it may be used again, since a
client makes many calls with one token.  Form: docs.digdir.no, Maskinporten, "The access token" and
"JWT grant" (120 and 10 seconds are theirs for grants; that we ask the same of access tokens is ours).
"""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeGuard

from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bosett_server.access.actor import Actor
from bosett_server.access.roles import Role
from bosett_server.records.models import Organisation

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256"]
READ_SCOPE, WRITE_SCOPE = "bosett:read", "bosett:write"
LIFETIME_SECONDS = 120
SKEW_SECONDS = 10
MAX_LENGTH = 8192
FORM = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
NO_MACHINES = frozenset({Role.HOUSEHOLD, Role.REPRESENTATIVE, Role.PUBLIC, Role.SYSTEM})
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TokenRefused(Exception):
    """The token does not open the door; `reason` is a code, never the token."""

    reason: str


def actor_from_token(token: str, now: datetime, writes: bool) -> Actor:
    """The organisation behind the token, in its role.

    Raises
    ------
    TokenRefused
        With `no_issuer_configured`, `keys_not_readable`, `not_readable`, `wrong_issuer`, `wrong_audience`,
        `expired`, `not_yet_valid`, `lives_too_long`, `scope_missing`, `no_organisation`,
        `supplier_not_allowed` or `organisation_unknown`.
    """
    claims = _claims(token)
    _check_claims(claims, int(now.timestamp()), WRITE_SCOPE if writes else READ_SCOPE)
    number = _organisation_number(claims)
    organisation = (
        Organisation.objects.select_related("service_user")
        .filter(pk=number, active=True, service_user__is_active=True)
        .first()
    )
    if organisation is None or organisation.role not in {role.value for role in Role} - NO_MACHINES:
        raise TokenRefused("organisation_unknown")
    return Actor(
        Role(organisation.role),
        user_id=organisation.service_user_id,
        name=organisation.name,
        municipalities=frozenset({organisation.municipality_id} if organisation.municipality_id else ()),
        county=organisation.county_id or "",
        centre_id=organisation.centre_id,
        ministry=organisation.party,
        language="en",
        channel="api",
    )


def issuer_keys() -> KeySet:
    """The issuer's public keys; a file that is changed is read anew, so keys are rotated without a restart."""
    path = settings.BOSETT_TOKEN_KEYS
    if not path or not settings.BOSETT_TOKEN_ISSUER:
        raise TokenRefused("no_issuer_configured")
    try:
        told = Path(path).stat()
        return _keys(str(path), told.st_mtime_ns, told.st_size)
    except (OSError, JoseError, ValueError, KeyError, TypeError) as error:
        log.error("the issuer's keys cannot be read: %s", type(error).__name__)
        raise TokenRefused("keys_not_readable") from error


@lru_cache(maxsize=4)
def _keys(path: str, _changed: int, _size: int) -> KeySet:
    told = json.loads(Path(path).read_text(encoding="utf-8"))
    for key in told["keys"]:
        if key.get("kty") not in {"RSA", "EC"} or "d" in key or not key.get("kid"):
            raise ValueError("the issuer's key set holds something else than named public RSA and EC keys")
    return KeySet.import_key_set(told)


def _claims(token: str) -> dict[str, Any]:
    keys = issuer_keys()
    if len(token) > MAX_LENGTH or not FORM.fullmatch(token):
        raise TokenRefused("not_readable")
    try:
        read = jwt.decode(token, keys, algorithms=ALGORITHMS)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise TokenRefused("not_readable") from error
    if not read.header.get("kid") or not isinstance(read.claims, dict):
        raise TokenRefused("not_readable")
    return dict(read.claims)


def _check_claims(claims: dict[str, Any], now: int, scope: str) -> None:
    issued, expires = claims.get("iat"), claims.get("exp")
    begins = claims.get("nbf", issued)
    audience = claims.get("aud")
    checks = [
        (claims.get("iss") == settings.BOSETT_TOKEN_ISSUER, "wrong_issuer"),
        (settings.BOSETT_TOKEN_AUDIENCE in (audience if isinstance(audience, list) else [audience]),
         "wrong_audience"),
        (_whole(expires) and now < expires + SKEW_SECONDS, "expired"),
        (_whole(issued) and _whole(begins) and max(issued, begins) <= now + SKEW_SECONDS, "not_yet_valid"),
        (_whole(expires) and _whole(issued) and expires - issued <= LIFETIME_SECONDS, "lives_too_long"),
        (scope in str(claims.get("scope", "")).split(), "scope_missing"),
    ]  # fmt: skip
    for holds, reason in checks:
        if not holds:
            raise TokenRefused(reason)


def _whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _organisation_number(claims: dict[str, Any]) -> str:
    """The consumer's number; a supplier acting for somebody else is refused until we can show who acted."""
    if claims.get("supplier") is not None:
        raise TokenRefused("supplier_not_allowed")
    consumer = claims.get("consumer")
    identifier = consumer.get("ID", "") if isinstance(consumer, dict) else ""
    authority, _, number = str(identifier).partition(":")
    if authority != "0192" or not re.fullmatch(r"[0-9]{9}", number):
        raise TokenRefused("no_organisation")
    return number
