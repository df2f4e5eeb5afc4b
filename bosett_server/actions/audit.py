"""Sealing the log.  Not a step under `@action`: the seal is its own record, and logging it would never end."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.audit_seal import (
    COLUMNS,
    FIRST_HEAD,
    Seal,
    last_published,
    make_seal,
    publish,
    signing_key,
)
from bosett_server.access.context import acting, require
from bosett_server.access.permissions import Permission
from bosett_server.records.models import AuditEvent, AuditSeal

AT_MOST = 10_000
LOCK_NOT_AVAILABLE = "55P03"
log = logging.getLogger(__name__)
_UNSEALED = f"SELECT {', '.join(COLUMNS)} FROM bosett_unsealed(%s)"  # noqa: S608 - our own constant
_ADD = "SELECT bosett_add_seal(%s, %s, %s, %s, %s, %s, %s, %s)"


def seal(actor: Actor = SYSTEM, *, at_most: int = AT_MOST, not_within_seconds: float = 0) -> int:
    """Afterwards up to `at_most` more rows are sealed and every head is published; gives the number of rows.

    Nothing is done when another process sealed within `not_within_seconds`, so that each may run a sealer.
    Raises NotPermitted for anybody but the system.
    """
    key = signing_key(settings.BOSETT_AUDIT_KEY)
    with acting(actor):
        require(actor, Permission.AUDIT_SEAL)
        rows = _unsealed(at_most) if _is_due(not_within_seconds) else []
        if rows:
            last = AuditSeal.objects.order_by("-to_id").values_list("head", flat=True).first()
            _add(make_seal(rows, last or FIRST_HEAD, key, datetime.now(UTC)))
    _publish_the_rest()
    return len(rows)


def _is_due(seconds: float) -> bool:
    """Looked at before the log is locked: an idle or freshly sealed log is left in peace."""
    last = AuditSeal.objects.order_by("-to_id").first()
    if last is not None and (datetime.now(UTC) - last.sealed_at).total_seconds() < seconds:
        return False
    return AuditEvent.objects.filter(pk__gt=last.to_id if last else 0).exists()


def _unsealed(at_most: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_UNSEALED, [at_most])
        return list(cursor.fetchall())


def _add(made: Seal) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _ADD,
            [made.from_id, made.to_id, made.rows, made.root, made.previous_head, made.head, made.signature,
             made.sealed_at],
        )  # fmt: skip


def _publish_the_rest() -> None:
    """Also what an earlier run sealed but did not come to publish.  One sealer publishes at a time."""
    heads = settings.BOSETT_AUDIT_HEADS
    with acting(SYSTEM):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('bosett_publish'))")
        rest = AuditSeal.objects.filter(to_id__gt=last_published(heads)).order_by("to_id")
        publish(
            heads,
            [Seal(r.from_id, r.to_id, r.rows, r.root, r.previous_head, r.head, r.signature, r.sealed_at)
             for r in rest],
        )  # fmt: skip


def run_sealer(stop: threading.Event, every_seconds: float = 1.0) -> None:
    """Seal until `stop` is set.  A busy log is tried again; any other fault is logged and tried more slowly."""
    while not stop.is_set():
        pause = every_seconds
        try:
            sealed = seal(not_within_seconds=0.9 * every_seconds)
            while sealed == AT_MOST and not stop.is_set():
                sealed = seal()
        except DatabaseError as error:
            if getattr(error.__cause__, "sqlstate", "") != LOCK_NOT_AVAILABLE:
                log.exception("the log could not be sealed; trying again")
                pause = 30 * every_seconds
        finally:
            connection.close()
        stop.wait(pause)
