"""Places that a municipality opens itself, above or before its vedtak.  Nobody else can."""

from __future__ import annotations

from uuid import UUID

from bosett.terms.errors import Refused
from bosett.terms.groups import Group
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.actions.step import Done, action
from bosett_server.queries.decisions import place_name
from bosett_server.queries.named import named_users
from bosett_server.records.models import Assignment, Notice, OpenedPlace, SelfSettlement

OPEN_REASONS = (
    "before_the_vedtak",
    "home_free",
    "home_fits_household",
    "family_here",
    "need_has_risen",
    "other",
)
MOST_PLACES = 5000


@action(Permission.PLACES_OPEN)
def open_places(
    actor: Actor,
    *,
    municipality: str,
    year: int,
    number: int,
    reason: str,
    group: Group = Group.ALL,
    household: str = "",
    sealed: bool = False,
) -> Done[int]:
    """The municipality has opened places: for anybody of the group, or for one household alone.

    Sealed places are for one household with a protected address, opened by a user named for it.
    Raises Refused: `number_not_positive`, `reason_not_known`, `year_has_passed`, `sealed_needs_household`.
    """
    if municipality not in actor.municipalities:
        raise NotInSight("not_in_sight")
    _check(number, reason, year, sealed, household)
    home = UUID(household) if household else None
    if home is not None and not _may_open_for(actor, home, municipality, sealed=sealed):
        raise NotInSight("not_in_sight")
    opened = OpenedPlace.objects.create(
        municipality_id=municipality, year=year, group=group.value, places=number, household_id=home, sealed=sealed,
        opened_on=clock.today(), opened_by_id=actor.person, reason=reason,
    )  # fmt: skip
    told: dict[str, object] = {"year": year, "reason": reason}
    if not sealed:
        told |= {
            "municipality": municipality,
            "places": number,
            "group": group.value,
            "for_one": home is not None,
        }
    about = ("opening", opened.pk) if sealed else ("municipality", municipality)
    return Done(opened.pk, about=about, facts=told, notices=_notices("places_opened", opened))


@action(Permission.PLACES_OPEN)
def withdraw_opened_places(actor: Actor, *, opening: int) -> Done[int]:
    """The places are closed again.  What is already assigned to them stays, and shows as "over by".

    Raises Refused: `opening_already_withdrawn`.
    """
    one = OpenedPlace.objects.filter(pk=opening, municipality_id__in=actor.municipalities).first()
    if one is None:
        raise NotInSight("not_in_sight")
    changed = OpenedPlace.objects.filter(pk=opening, withdrawn_at__isnull=True).update(
        withdrawn_at=clock.now()
    )
    if not changed:
        raise Refused("opening_already_withdrawn")
    about = ("opening", one.pk) if one.sealed else ("municipality", one.municipality_id)
    told = {"opening": one.pk} if one.sealed else {"opening": one.pk, "places": one.places, "year": one.year}
    return Done(one.pk, about=about, facts=told, notices=_notices("places_withdrawn", one))


def _check(number: int, reason: str, year: int, sealed: bool, household: str) -> None:
    if not 0 < number <= MOST_PLACES:
        raise Refused("number_not_positive", {"number": number})
    if reason not in OPEN_REASONS:
        raise Refused("reason_not_known", {"reason": reason[:40]})
    if year < clock.today().year:
        raise Refused("year_has_passed", {"year": year})
    if sealed and not household:
        raise Refused("sealed_needs_household")


def _may_open_for(actor: Actor, household: UUID, municipality: str, *, sealed: bool) -> bool:
    """A sealed place needs named access; another one a card or a home found that the municipality was told of."""
    if sealed:
        return str(household) in actor.named
    told_of = {"household_id": household, "municipality_id": municipality}
    return (
        Assignment.objects.filter(**told_of, sealed=False).exists()
        or SelfSettlement.objects.filter(**told_of).exists()
    )


def _notices(code: str, one: OpenedPlace) -> list[Notice]:
    url = f"/municipalities/{one.municipality_id}/places/?year={one.year}"
    if one.sealed and one.household_id is not None:
        users = named_users(
            one.household_id, (Role.IMDI_CASEWORKER, Role.IMDI_LEAD), one.municipality_id, clock.today()
        )
        return [
            Notice(code=f"sealed_{code}", to_role=role, to_user_id=user, url="/proposals/")
            for user, role in users
        ]
    told = {"municipality": place_name(one.municipality_id), "places": one.places, "year": one.year}
    return [Notice(code=code, to_role=Role.IMDI_CASEWORKER.value, facts=told, url=url)]
