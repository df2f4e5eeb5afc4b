"""`bosett demo-token NAME`: a token for the demo's API, signed with a key that only the demo believes in."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import uuid
from importlib import import_module
from pathlib import Path

import django
from django.conf import settings
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

KEY_ID = "demo"
SCOPES = "bosett:read bosett:write"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Whose machine it is, and where the demo is served."""
    parser.add_argument("name", metavar="NAME", help="a demo user, such as kommune or vedtak")
    parser.add_argument("--port", type=int, default=8000, help="the demo's port, default 8000")
    parser.add_argument("--scope", default=SCOPES, help=f"default '{SCOPES}'")


def run(args: argparse.Namespace) -> int:
    """The token stands alone on standard output; it lives two minutes."""
    if os.environ.get("DATABASE_URL") and not os.environ.get("BOSETT_DEMO"):
        sys.stderr.write("bosett demo-token: DATABASE_URL is set; this is for the demo's own database only\n")
        return 2
    os.environ.setdefault("BOSETT_DEMO", "1")
    os.environ.setdefault("BOSETT_ADDRESS", f"http://127.0.0.1:{args.port}")
    django.setup()
    # Only now: these need Django set up.
    system = import_module("bosett_server.access.actor").SYSTEM
    number = import_module("bosett_server.actions.demo_machines").let_machine_in(system, username=args.name)
    lifetime: int = import_module("bosett_server.access.tokens").LIFETIME_SECONDS
    print(signed(demo_key(Path(settings.BOSETT_TOKEN_KEYS)), number, args.scope, lifetime))
    sys.stderr.write(f"bosett demo-token: {args.name}'s machine, good for {lifetime} seconds\n")
    return 0


def demo_key(public: Path) -> RSAKey:
    """The demo issuer's key, made once; the private half lies beside the public one with mode 0600."""
    private = public.with_name("private.json")
    if private.exists() and public.exists():
        return RSAKey.import_key(json.loads(private.read_text("utf-8")))
    public.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = RSAKey.generate_key(2048, {"kid": KEY_ID, "use": "sig"})
    private.unlink(missing_ok=True)
    with os.fdopen(os.open(private, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(key.as_dict(private=True), file)
    public.write_text(json.dumps(KeySet([key]).as_dict(private=False)), encoding="utf-8")
    return key


def signed(key: RSAKey, number: str, scope: str, lifetime: int) -> str:
    """A token in Maskinporten's form for the organisation."""
    now = int(time.time())
    claims = {
        "iss": settings.BOSETT_TOKEN_ISSUER,
        "aud": settings.BOSETT_TOKEN_AUDIENCE,
        "iat": now,
        "exp": now + lifetime,
        "jti": str(uuid.uuid4()),
        "scope": scope,
        "consumer": {"authority": "iso6523-actorid-upis", "ID": f"0192:{number}"},
    }
    return jwt.encode({"alg": "RS256", "kid": KEY_ID}, claims, key, algorithms=["RS256"])
