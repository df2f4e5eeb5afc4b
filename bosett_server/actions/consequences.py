"""What follows of a step in a household's life: events, flags, places that grow or are given back.

The one who tells of a birth or a move may not change assignments; the service does, in the same
transaction and with the user's id in every history row.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import DatabaseError

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.context import acting
from bosett_server.actions.assignment_notices import close_notices
from bosett_server.actions.database_refusals import refusal_from
from bosett_server.actions.household_notices import as_house
from bosett_server.queries.household_case import HouseholdNow
from bosett_server.records.models import Assignment, Household, LifeEvent, Proposal, Settlement, Stay
from bosett_server.records.models import Person as PersonRow

NO_ROOM = frozenset({"no_places_left", "no_vedtak_in_force", "no_sealed_place"})
PLACES, GROUP = "places", "group"
HELD_BY_ITSELF = frozenset({PLACES, GROUP})
"""What stays flagged until it is so, beside the event that brought it."""


def remember(
    actor: Actor,
    now: HouseholdNow,
    kind: str,
    on: date,
    reopened: Iterable[str],
    person: PersonRow | None = None,
) -> LifeEvent:
    """Store the event and flag the household, so that nothing is decided before somebody has looked.

    The event keeps what it re-opens (hearing, needs, permit, places, group); the household is flagged with the
    kind of event, and with lack of room or another group.
    """
    codes = sorted(set(reopened))
    with acting(as_house(actor)):
        event = LifeEvent.objects.create(
            household=now.row, person=person, kind=kind, happened_on=on, recorded_at=clock.now(),
            recorded_by_id=actor.user_id, reopened=codes, resolved_at=None if codes else clock.now(),
        )  # fmt: skip
        flags = Household.objects.values_list("recheck", flat=True).get(pk=now.row.pk)
        raised = {kind, *(HELD_BY_ITSELF & set(codes))} if codes else set()
        Household.objects.filter(pk=now.row.pk).update(recheck=sorted({*flags, *raised}))
    return event


def resize(actor: Actor, now: HouseholdNow) -> bool:
    """The household's count, and its offered or accepted assignment's, follow its persons.

    False when the municipality has no room for more: the assignment then stays as it was.
    """
    with acting(as_house(actor)):
        left = PersonRow.objects.filter(household=now.row, left_on__isnull=True).count()
        Household.objects.filter(pk=now.row.pk).update(persons_count=left, version=now.row.version + 1)
    one = now.assignment
    if one is None or one.state == "settled" or left == one.persons:
        return True
    try:
        with acting(as_house(actor)):
            Assignment.objects.filter(pk=one.pk).update(persons=left, version=one.version + 1)
    except DatabaseError as error:
        refusal = refusal_from(error)
        if refusal is None or refusal.code not in NO_ROOM:
            raise
        return False
    return True


def withdraw(actor: Actor, now: HouseholdNow, reason: str) -> Assignment | None:
    """An offered or accepted assignment that nobody is settled on is taken back, and its places are free."""
    one = now.assignment
    if one is None or one.state == "settled" or now.settled:
        return None
    with acting(as_house(actor)):
        changed = Assignment.objects.filter(pk=one.pk, state__in=["offered", "accepted"]).update(
            state="withdrawn", version=one.version + 1, decline_reason=reason
        )
        if not changed:
            raise Refused("somebody_changed_it_meanwhile")
        close_notices(one)
    return one


def leave(actor: Actor, now: HouseholdNow, reason: str, on: date, *, ends_stay: bool) -> None:
    """The household is out of the chain: no proposal, no place, and no bed when `ends_stay`."""
    with acting(as_house(actor)):
        # The stage first, so that the assignment's trigger does not make the household ready again.
        Household.objects.filter(pk=now.row.pk).update(
            stage="left", left_reason=reason, planned_settlement_on=None, version=now.row.version + 1
        )
        replace_proposals(now.row)
        if ends_stay:
            close_stay(now.row, on)


def replace_proposals(row: Household) -> None:
    """The engine's open proposal no longer fits the household."""
    Proposal.objects.filter(household=row, state="open").update(state="replaced", decided_at=clock.now())


def close_stay(row: Household, on: date) -> None:
    """The stay under way ends; never before it began."""
    for stay in Stay.objects.filter(household=row, left_on__isnull=True):
        Stay.objects.filter(pk=stay.pk).update(left_on=max(on, stay.arrived_on))


def finish_if_settled(actor: Actor, now: HouseholdNow) -> bool:
    """When everybody who has not left, and has no exception, is settled: the household is.  True when it is now.

    The assignment becomes settled, the stay ends, and the day is that of the last one settled.
    """
    one = now.assignment
    if one is None or one.state != "accepted":
        return False
    with acting(as_house(actor)):
        people = PersonRow.objects.filter(household=now.row, left_on__isnull=True)
        settled = dict(Settlement.objects.filter(person__in=people).values_list("person_id", "settled_on"))
        waiting = [p for p in people if p.pk not in settled and not p.settlement_exception]
        if waiting or not settled:
            return False
        version = Assignment.objects.values_list("version", flat=True).get(pk=one.pk)
        Assignment.objects.filter(pk=one.pk).update(state="settled", version=version + 1)
        last = max(settled.values())
        Household.objects.filter(pk=now.row.pk).update(settled_on=last)
        close_stay(now.row, last)
    return True
