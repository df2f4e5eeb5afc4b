"""Setting up, using and taking away a second factor.

A code is accepted once: its counter must be higher than any accepted before, kept in the row and not
in a cache.  Recovery codes are used up under a lock.  Not steps under `@action`: at log-in nobody is
an actor yet; the callers log.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import transaction

from bosett_server.access.second_factor import TOTP, SecretKeeper, counter_of
from bosett_server.records.models import User

RECOVERY = Authenticator.Type.RECOVERY_CODES


def set_up(user: User, secret: str, code: str) -> list[str] | None:
    """Keep the secret when `code` shows that the app holds it; gives the recovery codes, or None."""
    counter = counter_of(secret, code)
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
    counter = counter_of(SecretKeeper().decrypt(row.data["secret"]), code)
    if counter is None or counter <= row.data["last_counter"]:
        return False
    row.data["last_counter"] = counter
    row.record_usage()
    row.save(update_fields=["data"])
    return True


def _accept_recovery(user: User, code: str) -> bool:
    row = Authenticator.objects.filter(user=user, type=RECOVERY).first()
    return row is not None and bool(RecoveryCodes(row).validate_code(code))
