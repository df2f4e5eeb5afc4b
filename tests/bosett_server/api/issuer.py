"""An issuer of tokens in Maskinporten's form, with real keys that live as long as the tests."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting
from bosett_server.records.models import Organisation

ISSUER, AUDIENCE = "https://issuer.invalid/", "https://bosett.invalid/"
READ, WRITE, BOTH = "bosett:read", "bosett:write", "bosett:read bosett:write"
NUMBER = "313000001"


@cache
def rsa_key(name: str) -> RSAKey:
    """A key with this key id, made once."""
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


@cache
def ec_key(name: str) -> ECKey:
    """A key on P-256 with this key id, made once."""
    return ECKey.generate_key("P-256", {"kid": name, "use": "sig"})


@dataclass
class Issuer:
    """Who signs; `file` is the key set that the service reads."""

    file: Path

    def publish(self, *keys: Any, private: bool = False) -> None:
        """Write the keys that tokens are signed with to the service's file."""
        told = KeySet(list(keys)).as_dict(private=private)
        self.file.write_text(json.dumps(told), encoding="utf-8")

    def claims(self, **changes: Any) -> dict[str, Any]:
        """Claims of a good token; a change to None leaves the claim out."""
        now = int(time.time())
        good: dict[str, Any] = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "iat": now,
            "exp": now + 119,
            "jti": "j",
            "scope": BOTH,
            "client_id": "test",
            "consumer": {"authority": "iso6523-actorid-upis", "ID": f"0192:{NUMBER}"},
        }
        return {name: value for name, value in (good | changes).items() if value is not None}

    def token(self, header: dict[str, Any] | None = None, key: Any = None, **changes: Any) -> str:
        """A signed token."""
        signer = key or rsa_key("first")
        top = header or {"alg": "RS256", "kid": signer.kid}
        return jwt.encode(top, self.claims(**changes), signer, algorithms=[top["alg"]])


def configured(settings: Any, folder: Path) -> Issuer:
    """An issuer that the service trusts."""
    issuer = Issuer(folder / "keys.json")
    issuer.publish(rsa_key("first"), ec_key("second"))
    settings.BOSETT_TOKEN_KEYS = str(issuer.file)
    settings.BOSETT_TOKEN_ISSUER, settings.BOSETT_TOKEN_AUDIENCE = ISSUER, AUDIENCE
    return issuer


def organisation(actor: Actor, number: str = NUMBER, **fields: Any) -> Organisation:
    """An organisation whose machines act as this actor does."""
    with acting(SYSTEM):
        return Organisation.objects.create(
            organisation_number=number,
            name="Synthetic organisation",
            service_user_id=actor.user_id,
            **{
                "role": actor.role.value,
                "municipality_id": next(iter(actor.municipalities), None),
                "county_id": actor.county or None,
                "centre_id": actor.centre_id,
                "party": actor.ministry,
            }
            | fields,
        )
