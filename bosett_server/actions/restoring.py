"""An earlier value of a fact brought back: a new change with a reason, and the one before it stays in the history."""

from __future__ import annotations

from typing import Any

from bosett.registry.sort_key import sort_key
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.actions.consequences import remember
from bosett_server.actions.interviews import check_needs, newest_held
from bosett_server.actions.step import Done, action
from bosett_server.queries.household_case import HouseholdNow, household_now, household_uuid
from bosett_server.queries.household_history import facts_of, kept_row
from bosett_server.records.models import Household, Person

REASONS = ("mistyped", "register", "household")
"""It was mistyped; another register says so; the household says so."""
BEFORE_READY = frozenset({"in_reception", "interviewed"})
OPEN_STAGES: dict[str, frozenset[str]] = {
    "needs": BEFORE_READY | {"ready"}, "arrived_on": BEFORE_READY, "permit_on": BEFORE_READY,
}  # fmt: skip
"""Facts that others have acted on once the household has come further."""


@action(Permission.HOUSEHOLD_EDIT)
def restore_value(actor: Actor, *, household: str, change: int, field: str, reason: str) -> Done[str]:
    """The field has the value that it had before the change; the value that stood until now is kept as any other.

    Raises Refused: `reason_not_known`, `value_not_brought_back`, `value_stands_already`, `fact_acted_on`,
    `need_not_known`, `health_need_without_consent`; NotInSight for a change of another household.
    """
    if reason not in REASONS:
        raise Refused("reason_not_known", {"reason": reason[:40]})
    now = household_now(household)
    kept = kept_row(household_uuid(household), change)
    if field not in facts_of(kept.ident, now.row.pk):
        raise Refused("value_not_brought_back", {"field": field[:40]})
    value = kept.old[field]
    if kept.ident == str(now.row.pk):
        _of_household(now, field, value)
    else:
        _of_person(now, kept.ident, field, value)
    Household.objects.filter(pk=now.row.pk).update(version=now.row.version + 1)
    remember(actor, now, f"restored_{reason}", clock.today(), [])
    return Done(household, about=now.about, facts={"field": field, "reason": reason, "change": change})


def _of_household(now: HouseholdNow, field: str, value: Any) -> None:
    if now.row.stage not in OPEN_STAGES.get(field, {now.row.stage}):
        raise Refused("fact_acted_on")
    if field == "needs":
        check_needs(value, newest_held(now.row))
    rows = Household.objects.filter(pk=now.row.pk)
    if rows.filter(**{field: value}).exists():
        raise Refused("value_stands_already")
    rows.update(**{field: value})


def _of_person(now: HouseholdNow, person: str, field: str, value: Any) -> None:
    one = Person.objects.select_for_update().get(pk=person, household=now.row)
    if field == "birth_date" and one.unaccompanied_minor and now.row.stage not in BEFORE_READY:
        raise Refused("fact_acted_on")
    rows = Person.objects.filter(pk=one.pk)
    if rows.filter(**{field: value}).exists():
        raise Refused("value_stands_already")
    also: dict[str, Any] = {}
    if field in ("given_name", "family_name"):
        names = {"given_name": one.given_name, "family_name": one.family_name, field: value}
        also["name_sort_key"] = sort_key(f"{names['family_name']} {names['given_name']}")
    rows.update(**{field: value}, **also)
