"""The second factor of local accounts: one-time codes of an authenticator app, and recovery codes.

The rows and the arithmetic are django-allauth's; ours is that secrets are encrypted, that a code is
accepted once (its counter must be higher than any accepted before, kept in the row and not in a
cache), and that recovery codes are used up under a lock.
"""

from __future__ import annotations

import base64
import hmac
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction

from bosett_server.records.models import User

TOTP, RECOVERY = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES


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


def set_up(user: User, secret: str, code: str) -> list[str] | None:
    """Keep the secret when `code` shows that the app holds it; gives the recovery codes, or None."""
    counter = _counter_of(secret, code)
    if counter is None:
        return None
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        sealed = SecretKeeper().encrypt(secret)
        Authenticator.objects.create(user=user, type=TOTP, data={"secret": sealed, "last_counter": counter})
        return list(RecoveryCodes.activate(user).generate_codes())


def accept(user: User, code: str) -> bool:
    """Whether the code is the app's now and was never accepted before, or an unused recovery code."""
    given = "".join(code.split()).replace("-", "")
    if not given.isdigit():
        return False
    if len(given) > 6:
        return _accept_recovery(user, given)
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().filter(user=user, type=TOTP).first()
        return row is not None and _accept_totp(row, given)


def reset(user: User) -> int:
    """The user has no second factor any more and must set one up before anything else."""
    gone, _ = Authenticator.objects.filter(user=user).delete()
    return int(gone)


def _accept_totp(row: Any, code: str) -> bool:
    counter = _counter_of(SecretKeeper().decrypt(row.data["secret"]), code)
    if counter is None or counter <= row.data["last_counter"]:
        return False
    row.data["last_counter"] = counter
    row.record_usage()
    row.save(update_fields=["data"])
    return True


def _accept_recovery(user: User, code: str) -> bool:
    row = Authenticator.objects.filter(user=user, type=RECOVERY).first()
    return row is not None and bool(RecoveryCodes(row).validate_code(code))


def _counter_of(secret: str, code: str) -> int | None:
    """The counter whose value the code is, among those valid now."""
    for counter in yield_hotp_counters_from_time():
        if hmac.compare_digest(format_hotp_value(hotp_value(secret, counter)), code):
            return int(counter)
    return None
