"""What was changed in a household's file: before, after, when and by whom.  IMDi's, through the owner's function."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from bosett_server.access import audit
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.records.models import Household, Person, User

NOT_TOLD = frozenset({"version", "name_sort_key", "wished", "synthetic", "id"})
MASKED = frozenset({"duf_number", "national_id"})
"""That an identity number was changed is told, never the number."""


@dataclass(frozen=True)
class FieldChange:
    """One field: its value before and after; None where there was none."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class ChangeLine:
    """One change of the household (`person` empty) or of one of its persons."""

    at: datetime
    by: str
    person: str
    fields: tuple[FieldChange, ...]


def household_history(actor: Actor, household: UUID) -> tuple[str, tuple[ChangeLine, ...]]:
    """(reference, every change with the newest first); the reading is logged.

    Raises NotInSight when the household is not there for this actor.
    """
    reference = Household.objects.filter(pk=household).values_list("reference", flat=True).first()
    if reference is None:
        raise NotInSight("not_in_sight")
    audit.log_read("household_history", "household", [household])
    kept = _kept(household)
    now = _now(household)
    names = {
        str(p.pk): f"{p.given_name} {p.family_name}" for p in Person.objects.filter(household_id=household)
    }
    users = {
        user.pk: user.get_full_name()
        for user in User.objects.filter(pk__in={row[2] for row in kept if row[2]})
    }
    return reference, tuple(reversed(list(_changes(kept, now, names, users))))


def _changes(
    kept: list[tuple[str, datetime, int | None, dict[str, Any]]],
    now: Mapping[str, dict[str, Any]],
    names: Mapping[str, str],
    users: Mapping[int, str],
) -> list[ChangeLine]:
    """Each kept row against the next of the same thing, the last against how it stands."""
    later: dict[str, dict[str, Any]] = dict(now)
    found = []
    for ident, at, user, old in reversed(kept):
        new = later.get(ident, {})
        later[ident] = old
        fields = tuple(
            FieldChange(name, *((None, None) if name in MASKED else (_told(old[name]), _told(new.get(name)))))
            for name in old
            if name not in NOT_TOLD and old[name] != new.get(name)
        )
        if fields:
            found.append(ChangeLine(at, users.get(user or 0, ""), names.get(ident, ""), fields))
    found.reverse()
    return found


def _told(value: Any) -> Any:
    return None if value in ("", [], {}) else value


def _kept(household: UUID) -> list[tuple[str, datetime, int | None, dict[str, Any]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row_id, replaced_at, user_id, old_row FROM bosett_household_history(%s)", [household]
        )
        return [(ident, at, user, _row(old)) for ident, at, user, old in cursor.fetchall()]


def _now(household: UUID) -> dict[str, dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT h.id::text, to_jsonb(h) FROM records_household h WHERE h.id = %s"
            " UNION ALL SELECT p.id::text, to_jsonb(p) FROM records_person p WHERE p.household_id = %s",
            [household, household],
        )
        return {ident: _row(row) for ident, row in cursor.fetchall()}


def _row(stored: Any) -> dict[str, Any]:
    """jsonb arrives as text or as a mapping, by the connection's settings."""
    return dict(json.loads(stored) if isinstance(stored, str) else stored)
