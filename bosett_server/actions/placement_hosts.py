"""A municipality offers a home for placement, takes it back, and says what it can best receive."""

from __future__ import annotations

from collections.abc import Sequence

from bosett.placement.host_priorities import checked_criteria
from bosett.terms.errors import BadInput, Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.context import acting
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.household_notices import as_house
from bosett_server.actions.step import Done, action
from bosett_server.queries.homes import home_line
from bosett_server.queries.placement_hosts import can_be_offered
from bosett_server.records.models import Assignment, Home, HomeHold, HomeOffer, HostPriority


@action(Permission.HOME_EDIT)
def offer_home(actor: Actor, *, municipality: str, home: int) -> Done[int]:
    """IMDi can place a household in the home: it is told what it is like and when it is free, never where.

    Raises Refused: `home_offered_already`, `home_not_to_be_offered`.
    """
    line = home_line(actor, municipality, home)
    if HomeOffer.objects.filter(home_id=home, ended_at__isnull=True).exists():
        raise Refused("home_offered_already")
    if line.sealed or line.withdrawn or not can_be_offered(line.home, clock.today()):
        raise Refused("home_not_to_be_offered")
    Home.objects.select_for_update().get(pk=home)
    made = HomeOffer.objects.create(
        home_id=home, municipality_id=municipality, bedrooms=line.home.bedrooms, step_free=line.home.step_free,
        free_from=line.home.free.start, free_until=line.home.free.end, offered_by_id=actor.user_id,
        offered_at=clock.now(),
    )  # fmt: skip
    return Done(made.pk, about=("home", home), facts={"offer": made.pk, "bedrooms": made.bedrooms})


@action(Permission.HOME_EDIT)
def take_back_home(actor: Actor, *, municipality: str, offer: int) -> Done[int]:
    """The home is no longer offered; a household that was offered with it is as it was.

    Raises Refused: `host_row_has_ended`.
    """
    if municipality not in actor.municipalities:
        raise NotInSight("not_in_sight")
    row = HomeOffer.objects.select_for_update().filter(pk=offer, municipality_id=municipality).first()
    if row is None:
        raise NotInSight("not_in_sight")
    if row.ended_at is not None:
        raise Refused("host_row_has_ended")
    row.ended_at, row.ended_why = clock.now(), "taken_back"
    row.save(update_fields=["ended_at", "ended_why"])
    return Done(row.pk, about=("home", row.home_id), facts={"offer": row.pk})


@action(Permission.HOME_EDIT)
def state_priorities(actor: Actor, *, municipality: str, criteria: Sequence[str]) -> Done[int]:
    """What the municipality says it can best receive, in its own order; none at all takes it back.

    Raises Refused: `criterion_is_barred` for a ground that the law protects, `criterion_not_known`,
    `criteria_too_many`, `criterion_twice`.
    """
    if municipality not in actor.municipalities:
        raise NotInSight("not_in_sight")
    try:
        told = checked_criteria(criteria)
    except BadInput as bad:
        raise Refused("criterion_not_known") from bad
    now = clock.now()
    HostPriority.objects.filter(municipality_id=municipality, ended_at__isnull=True).update(ended_at=now)
    HostPriority.objects.bulk_create(
        HostPriority(
            municipality_id=municipality, rank=rank, criterion=one, stated_by_id=actor.user_id, stated_at=now
        )
        for rank, one in enumerate(told, 1)
    )
    return Done(len(told), about=("municipality", municipality), facts={"criteria": list(told)})


def hold_offered_home(actor: Actor, one: Assignment) -> bool:
    """The household that is accepted has the home it was offered with, if it still is offered; whether it has."""
    if one.home_id is None:
        return False
    with acting(as_house(actor)):  # a decider may accept, and a card's household is in nobody's sight yet
        offer = HomeOffer.objects.select_for_update().get(pk=one.home_id)
        housed = HomeHold.objects.filter(
            household_id=one.household_id, municipality_id=one.municipality_id, withdrawn_at__isnull=True,
            ends_on__isnull=True,
        )  # fmt: skip
        if offer.ended_at is not None or housed.exists():
            return False
        HomeHold.objects.create(
            home_id=offer.home_id, municipality_id=one.municipality_id, household_id=one.household_id,
            starts_on=max(clock.today(), offer.free_from), held_at=clock.now(), held_by_id=actor.user_id,
        )  # fmt: skip
    return True


def release_home(actor: Actor, one: Assignment) -> None:
    """A household that does not come has no home there; the municipality can offer it again."""
    if one.home_id is None:
        return
    with acting(as_house(actor)):
        offer = HomeOffer.objects.get(pk=one.home_id)
        HomeHold.objects.filter(
            home_id=offer.home_id,
            household_id=one.household_id,
            withdrawn_at__isnull=True,
            moved_out_at__isnull=True,
        ).update(withdrawn_at=clock.now())
