"""The municipality's homes: registered, changed, taken out; and who has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.step import Done, action
from bosett_server.records.models import Home, HomeHold, Household

MOST_BEDROOMS, MOST_RENT_NOK, MOST_MINUTES = 20, 200_000, 600
MOST_HOMES = 2_000


@dataclass(frozen=True)
class HomeFacts:
    """A home as it is registered; None = not known."""

    address: str
    bedrooms: int
    free_from: date
    free_until: date | None = None
    step_free: bool = False
    rent_nok: int | None = None
    school: str = ""
    school_minutes: int | None = None


@action(Permission.HOME_EDIT)
def register_home(actor: Actor, *, municipality: str, home: HomeFacts) -> Done[int]:
    """The home can be let from its first day on.

    Raises Refused: `home_address_missing`, `home_number_wrong`, `home_days_wrong`, `home_is_there`.
    """
    _own(actor, municipality)
    check_home(home)
    _lock_addresses(municipality)
    if _same_address(municipality, home.address).exists():
        raise Refused("home_is_there")
    row = Home.objects.create(municipality_id=municipality, **_columns(home))
    return Done(row.pk, about=("home", row.pk), facts={"bedrooms": home.bedrooms})


@action(Permission.HOME_EDIT)
def change_home(actor: Actor, *, municipality: str, home_id: int, version: int, home: HomeFacts) -> Done[int]:
    """The home is as told now; gives the new version.

    Raises Refused: as `register_home`, `somebody_changed_it_meanwhile`, `home_let_outside` when somebody has it
    on days that it would not be free.
    """
    row = _locked(actor, municipality, home_id)
    check_home(home)
    if row.version != version:
        raise Refused("somebody_changed_it_meanwhile")
    _lock_addresses(municipality)
    if _same_address(municipality, home.address).exclude(pk=row.pk).exists():
        raise Refused("home_is_there")
    _check_holds_inside(row, home)
    for name, value in _columns(home).items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    return Done(row.version, about=("home", row.pk), facts={"bedrooms": home.bedrooms})


@action(Permission.HOME_EDIT)
def take_out_home(actor: Actor, *, municipality: str, home_id: int) -> Done[int]:
    """The home is no longer offered; what was is kept.

    Raises Refused: `home_taken_out`, `home_is_let` while somebody has it or is to have it.
    """
    row = _locked(actor, municipality, home_id)
    if row.withdrawn_at is not None:
        raise Refused("home_taken_out")
    if _standing(row).exists():
        raise Refused("home_is_let")
    row.withdrawn_at = clock.now()
    row.version += 1
    row.save()
    return Done(row.pk, about=("home", row.pk))


@action(Permission.HOME_EDIT)
def hold_home(
    actor: Actor,
    *,
    municipality: str,
    home_id: int,
    household: str,
    starts_on: date,
    ends_on: date | None = None,
) -> Done[int]:
    """The household has the home in these days; an empty household is somebody outside the register.

    Raises Refused: `home_held_then` (also from the database, for two at once), `household_has_a_home`,
    `home_not_free_then`, `home_taken_out`, `home_days_wrong`.
    """
    row = _locked(actor, municipality, home_id)
    if row.withdrawn_at is not None:
        raise Refused("home_taken_out")
    if ends_on is not None and ends_on <= starts_on:
        raise Refused("home_days_wrong")
    if not _inside(starts_on, ends_on, row.free_from, row.free_until):
        raise Refused("home_not_free_then")
    who = _household(municipality, household)
    hold = HomeHold.objects.create(
        home=row, municipality_id=municipality, household=who, starts_on=starts_on, ends_on=ends_on,
        held_at=clock.now(), held_by_id=actor.user_id,
    )  # fmt: skip
    # The log names the home and the hold, never the household: where somebody lives is in no log.
    return Done(hold.pk, about=("home", row.pk), facts={"hold": hold.pk, "registered": who is not None})


@action(Permission.HOME_EDIT)
def end_hold(actor: Actor, *, municipality: str, hold: int, ends_on: date) -> Done[int]:
    """The household has the home to this day; when the day has come, it has moved out.

    Raises Refused: `hold_is_over`, `home_days_wrong`.
    """
    row = _held(actor, municipality, hold)
    if ends_on <= row.starts_on:
        raise Refused("home_days_wrong")
    row.ends_on = ends_on
    if ends_on <= clock.today():
        row.moved_out_at = clock.now()
    row.save(update_fields=["ends_on", "moved_out_at"])
    return Done(row.pk, about=("home", row.home_id), facts={"hold": row.pk})


@action(Permission.HOME_EDIT)
def withdraw_hold(actor: Actor, *, municipality: str, hold: int) -> Done[int]:
    """It came to nothing: the home is free as if it had never been promised.

    Raises Refused: `hold_is_over`, `hold_has_begun`.
    """
    row = _held(actor, municipality, hold)
    if row.starts_on <= clock.today():
        raise Refused("hold_has_begun")
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    return Done(row.pk, about=("home", row.home_id), facts={"hold": row.pk})


@action(Permission.HOME_EDIT)
def import_homes(actor: Actor, *, municipality: str, homes: Sequence[HomeFacts]) -> Done[dict[str, int]]:
    """Every home of the file stands as told, by its address: new ones registered, known ones changed, all or none.

    Homes that the file does not name are as they were.  Raises Refused: as `register_home` and `change_home`,
    `homes_too_many`, `home_twice`.
    """
    _own(actor, municipality)
    if not 0 < len(homes) <= MOST_HOMES:
        raise Refused("homes_too_many", {"most": MOST_HOMES})
    if len({_key(one.address) for one in homes}) < len(homes):
        raise Refused("home_twice")
    _lock_addresses(municipality)
    known = {
        _key(row.address): row
        for row in Home.objects.select_for_update().filter(
            municipality_id=municipality, withdrawn_at__isnull=True
        )
    }
    told = {"new": 0, "changed": 0, "same": 0}
    for one in homes:
        told[_put(municipality, one, known.get(_key(one.address)))] += 1
    return Done(told, about=("municipality", municipality), facts=told)


def check_home(home: HomeFacts) -> None:
    """Raise Refused for what no home can be: the codes of `register_home`."""
    if not home.address.strip():
        raise Refused("home_address_missing")
    bounds = {"bedrooms": MOST_BEDROOMS, "rent_nok": MOST_RENT_NOK, "school_minutes": MOST_MINUTES}
    for name, most in bounds.items():
        value = getattr(home, name)
        if value is not None and not 0 <= value <= most:
            raise Refused("home_number_wrong", {"field": name, "most": most})
    if home.free_until is not None and home.free_until <= home.free_from:
        raise Refused("home_days_wrong")


def _put(municipality: str, told: HomeFacts, row: Home | None) -> str:
    check_home(told)
    if row is None:
        Home.objects.create(municipality_id=municipality, **_columns(told))
        return "new"
    if all(getattr(row, name) == value for name, value in _columns(told).items() if name != "address"):
        return "same"
    _check_holds_inside(row, told)
    for name, value in _columns(told).items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    return "changed"


def _columns(home: HomeFacts) -> dict[str, object]:
    told = asdict(home)
    return told | {"address": " ".join(home.address.split())[:120], "school": home.school.strip()[:80]}


def _own(actor: Actor, municipality: str) -> None:
    if municipality not in actor.municipalities:
        raise NotInSight("not_in_sight")


def _key(address: str) -> str:
    return " ".join(address.split()).casefold()


def _same_address(municipality: str, address: str) -> QuerySet[Home, Home]:
    """Only among homes in sight: nothing is told of one that is sealed."""
    return Home.objects.filter(
        municipality_id=municipality, withdrawn_at__isnull=True, address__iexact=" ".join(address.split())
    )


def _lock_addresses(municipality: str) -> None:
    """One at a time registers homes of a municipality, so that no address comes twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"bosett_homes_{municipality}"])


def _locked(actor: Actor, municipality: str, home_id: int) -> Home:
    _own(actor, municipality)
    row = Home.objects.select_for_update().filter(pk=home_id, municipality_id=municipality).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return row


def _standing(row: Home) -> QuerySet[HomeHold, HomeHold]:
    """Holds that have not come to an end."""
    live = HomeHold.objects.filter(home=row, withdrawn_at__isnull=True, moved_out_at__isnull=True)
    return live.exclude(ends_on__lte=clock.today())


def _check_holds_inside(row: Home, told: HomeFacts) -> None:
    for hold in _standing(row):
        if not _inside(hold.starts_on, hold.ends_on, told.free_from, told.free_until):
            raise Refused("home_let_outside")


def _inside(starts_on: date, ends_on: date | None, first: date, last: date | None) -> bool:
    return first <= starts_on and (last is None or (ends_on is not None and ends_on <= last))


def _held(actor: Actor, municipality: str, hold: int) -> HomeHold:
    _own(actor, municipality)
    row = HomeHold.objects.select_for_update().filter(pk=hold, municipality_id=municipality).first()
    if row is None:
        raise NotInSight("not_in_sight")
    if row.withdrawn_at is not None or row.moved_out_at is not None:
        raise Refused("hold_is_over")
    return row


def _household(municipality: str, ident: str) -> Household | None:
    """One assigned to the municipality and in sight; None for nobody in the register."""
    if not ident:
        return None
    try:
        found = Household.objects.filter(pk=UUID(ident), assigned_municipality_id=municipality).first()
    except ValueError:
        found = None
    if found is None:
        raise NotInSight("not_in_sight")
    return found
