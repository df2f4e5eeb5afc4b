"""A household's address becomes protected, or is no longer: from then on only the users named see it.

The decision is the police's or the child welfare's; here it takes effect at once.  What others have been told
already is closed, and an offer or an agreement that is not settled goes back: the placement is made anew on a
sealed place, by those named.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.context import acting
from bosett_server.access.permissions import Permission
from bosett_server.actions.assignment_notices import to_municipality
from bosett_server.actions.consequences import replace_proposals, withdraw
from bosett_server.actions.household_notices import as_house
from bosett_server.actions.named_access import named, told_of_naming
from bosett_server.actions.step import Done, action
from bosett_server.queries.household_case import HouseholdNow, household_now
from bosett_server.records.models import (
    Assignment,
    Household,
    NamedAccess,
    Notice,
    OneTimeCode,
    SelfSettlement,
    User,
)

KINDS = ("fortrolig", "strengt_fortrolig")
"""Kode 7 and kode 6."""
WITHDRAWN_FOR = "household_changed"
"""What the municipality that gets a card back is told: never that an address is protected."""


@action(Permission.HOUSEHOLD_PROTECT)
def protect_address(actor: Actor, *, household: str, kind: str, users: Sequence[str]) -> Done[str]:
    """From now on only the named users see the household; the actor too only when somebody names them.

    Raises Refused: `protection_not_known`, `protection_is_so`, and the codes of `named`.
    """
    now = household_now(household)
    if kind not in KINDS:
        raise Refused("protection_not_known", {"kind": kind[:20]})
    if now.row.protection == kind:
        raise Refused("protection_is_so")
    chosen = named(actor, users)
    notices = close_to_others(actor, now, kind, chosen)
    return Done(household, about=now.about, facts={"kind": kind, "named": len(chosen)}, notices=notices)


@action(Permission.HOUSEHOLD_PROTECT)
def lift_protection(actor: Actor, *, household: str) -> Done[str]:
    """The household is seen as any other again, and nobody is named for it.

    Raises Refused: `protection_is_so`, `return_to_pool_first` when a sealed place is offered or accepted.
    """
    now = household_now(household)
    if now.row.protection == "none":
        raise Refused("protection_is_so")
    if now.assignment is not None and now.assignment.state != "settled":
        raise Refused("return_to_pool_first")
    with acting(as_house(actor)):
        Household.objects.filter(pk=now.row.pk).update(protection="none", version=now.row.version + 1)
        in_force = Q(ends_on__isnull=True) | Q(ends_on__gt=clock.today())
        # A right is ended by another hand than its holder's: the actor's own ends by itself, as there is
        # nothing left that it opens.
        NamedAccess.objects.filter(in_force, household=now.row).exclude(user_id=actor.person).update(
            ends_on=clock.today()
        )
        _count_again(now)
    return Done(household, about=now.about, facts={"kind": "none"})


def close_to_others(actor: Actor, now: HouseholdNow, kind: str, chosen: Sequence[User]) -> list[Notice]:
    """The household leaves everybody's sight but those chosen; what they are told."""
    taken_back = withdraw(actor, now, WITHDRAWN_FOR)
    today = clock.today()
    with acting(as_house(actor)):
        replace_proposals(now.row)
        SelfSettlement.objects.filter(household=now.row, state="asked").update(state="withdrawn")
        OneTimeCode.objects.filter(household=now.row, used_at__isnull=True, revoked_at__isnull=True).update(
            revoked_at=clock.now()
        )
        Notice.objects.filter(_about(now)).update(done_at=clock.now(), facts={}, url="/inbox/")
        Household.objects.filter(pk=now.row.pk).update(protection=kind)
        already = set(
            NamedAccess.objects.filter(household=now.row, ends_on__isnull=True).values_list(
                "user_id", flat=True
            )
        )
        NamedAccess.objects.bulk_create(
            NamedAccess(user=one, household=now.row, starts_on=today, granted_by_id=actor.person)
            for one in chosen
            if one.pk not in already
        )
        _count_again(now)
    told = [told_of_naming(one.pk, today) for one in chosen]
    return told + (to_municipality("card_withdrawn", taken_back) if taken_back else [])


def _about(now: HouseholdNow) -> Q:
    """Notices whose facts or address name the household or one of its assignments."""
    about = Q(url__startswith=f"/households/{now.row.pk}/") | Q(facts__household=now.row.reference)
    for one in Assignment.objects.filter(household=now.row).values_list("pk", flat=True):
        about |= Q(url__in=[f"/cards/{one}/", f"/proposals/out/{one}/"])
    return about


def _count_again(now: HouseholdNow) -> None:
    """A settled assignment moves into or out of what is sealed: the counts that others see follow."""
    for one in Assignment.objects.filter(household=now.row, state="settled"):
        Assignment.objects.filter(pk=one.pk).update(version=one.version + 1)
