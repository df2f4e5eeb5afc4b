"""The second factor of local accounts: one-time codes of an authenticator app, and recovery codes.

The rows and the arithmetic are django-allauth's; ours is that secrets are encrypted, and that a code
is accepted once (`actions/second_factor.py`).
"""

from __future__ import annotations

import base64
import hmac

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from bosett_server.records.models import User

TOTP = Authenticator.Type.TOTP


class SecretKeeper(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets lie encrypted in the database, under a key that does not."""

    def encrypt(self, text: str) -> str:
        """As it is stored."""
        return _fernet().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """As it is used."""
        return _fernet().decrypt(encrypted_text.encode("ascii")).decode()


def _fernet() -> Fernet:
    derived = HKDF(SHA256(), 32, None, b"bosett second factor").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def has_second_factor(user: User) -> bool:
    """Whether the user has set up an authenticator app."""
    return bool(Authenticator.objects.filter(user=user, type=TOTP).exists())


def counter_of(secret: str, code: str) -> int | None:
    """The counter whose value the code is, among those valid now."""
    for counter in yield_hotp_counters_from_time():
        if hmac.compare_digest(format_hotp_value(hotp_value(secret, counter)), code):
            return int(counter)
    return None
