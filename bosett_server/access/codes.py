"""A household's printed code: 100 random bits, of which only a keyed hash is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import date

from django.conf import settings
from django.db import connection

from bosett.rules.parameters import Parameters
from bosett_server.access import clock

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O or U, so that nothing is read wrongly from paper."""
LENGTH, GROUP = 20, 5
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def new_code() -> str:
    """Twenty signs of 32: 100 bits, in four groups."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(signs[i : i + GROUP] for i in range(0, LENGTH, GROUP))


def code_hash(code: str) -> str:
    """The keyed hash, whatever way the code was written."""
    signs = "".join(sign for sign in code.upper().translate(_READ_AS) if sign in ALPHABET)
    return hmac.new(settings.BOSETT_CODE_KEY.encode(), signs.encode("ascii"), hashlib.sha256).hexdigest()


def redeem(code: str, birth_date: date) -> tuple[str, str] | None:
    """(household, role) the first time a right code comes with a fitting birth date; else None, without a why."""
    tries = int(Parameters.shipped().lookup("access/household_code_attempts", clock.today()).value)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT household, role FROM bosett_redeem_code(%s, %s, %s, %s)",
            [code_hash(code), birth_date, clock.now(), tries],
        )
        household, role = cursor.fetchone() or (None, None)
    return (str(household), str(role)) if household else None
