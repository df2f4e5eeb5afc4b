"""What was changed in a household's file: before, after, when and by whom.  IMDi's, through the owner's function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from bosett_server.access import audit
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.queries.row_history import stored_row
from bosett_server.records.models import Household, Person, User

NOT_TOLD = frozenset({"version", "name_sort_key", "wished", "synthetic", "id"})
MASKED = frozenset({"duf_number", "national_id"})
"""That an identity number was changed is told, never the number."""
HOUSEHOLD_FACTS = frozenset({"needs", "language", "arrived_on", "permit_on"})
PERSON_FACTS = frozenset({
    "given_name", "family_name", "birth_date", "sex", "citizenship", "basis", "role", "single_adult",
    "reference_basis", "reference_settled_on", "family_applied_on", "mother_settled_on",
})  # fmt: skip
"""What was written down about them.  What somebody decided (stage, centre, settlement) has steps of its own."""


@dataclass(frozen=True)
class FieldChange:
    """One field: its value before and after; None where there was none.

    Parameters
    ----------
    restorable
        Whether the value before can be brought back: it is a fact, and it does not stand today.
    """

    name: str
    before: Any
    after: Any
    restorable: bool = False


@dataclass(frozen=True)
class Kept:
    """A row as it stood before it was changed; `ident` is the household's or the person's id."""

    id: int
    ident: str
    at: datetime
    user: int | None
    old: dict[str, Any]


@dataclass(frozen=True)
class ChangeLine:
    """One change of the household (`person` empty) or of one of its persons; `id` is the row it replaced."""

    id: int
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
        for user in User.objects.filter(pk__in={row.user for row in kept if row.user})
    }
    return reference, tuple(reversed(_changes(household, kept, now, names, users)))


def facts_of(ident: str, household: UUID) -> frozenset[str]:
    """The fields that can be brought back: a household's or a person's."""
    return HOUSEHOLD_FACTS if ident == str(household) else PERSON_FACTS


def kept_row(household: UUID, change: int) -> Kept:
    """The row that a change replaced.  Raises NotInSight for a change of something else."""
    found = next((row for row in _kept(household) if row.id == change), None)
    if found is None:
        raise NotInSight("not_in_sight")
    return found


def _changes(
    household: UUID,
    kept: list[Kept],
    now: Mapping[str, dict[str, Any]],
    names: Mapping[str, str],
    users: Mapping[int, str],
) -> list[ChangeLine]:
    """Each kept row against the next of the same thing, the last against how it stands."""
    later: dict[str, dict[str, Any]] = dict(now)
    found = []
    for row in reversed(kept):
        new = later.get(row.ident, {})
        later[row.ident] = row.old
        facts, stands = facts_of(row.ident, household), now.get(row.ident, {})
        fields = tuple(
            FieldChange(
                name,
                None if name in MASKED else _told(row.old[name]),
                None if name in MASKED else _told(new.get(name)),
                name in facts and name in stands and row.old[name] != stands[name],
            )
            for name in row.old
            if name not in NOT_TOLD and row.old[name] != new.get(name)
        )
        if fields:
            person = names.get(row.ident, "")
            found.append(ChangeLine(row.id, row.at, users.get(row.user or 0, ""), person, fields))
    found.reverse()
    return found


def _told(value: Any) -> Any:
    return None if value in ("", [], {}) else value


def _kept(household: UUID) -> list[Kept]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, row_id, replaced_at, user_id, old_row FROM bosett_household_history(%s)", [household]
        )
        return [
            Kept(one, ident, at, user, stored_row(old)) for one, ident, at, user, old in cursor.fetchall()
        ]


def _now(household: UUID) -> dict[str, dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT h.id::text, to_jsonb(h) FROM records_household h WHERE h.id = %s"
            " UNION ALL SELECT p.id::text, to_jsonb(p) FROM records_person p WHERE p.household_id = %s",
            [household, household],
        )
        return {ident: stored_row(row) for ident, row in cursor.fetchall()}
