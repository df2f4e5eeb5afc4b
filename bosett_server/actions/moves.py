"""A secondary move: settled persons have moved on to another municipality by their registered address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.context import acting
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.actions.family_changes import person_of
from bosett_server.actions.grants import FIRST_YEAR, LAST_YEAR, compute_grant_lines
from bosett_server.actions.household_notices import as_house, tell
from bosett_server.actions.signed import signed_by
from bosett_server.actions.step import Done, action
from bosett_server.queries.decisions import place_name
from bosett_server.queries.household_case import HouseholdNow, household_now
from bosett_server.queries.settlements import homes_of
from bosett_server.records.models import Household, Move, Notice


@action(Permission.MOVE_RECORD)
def record_move(
    actor: Actor, *, household: str, persons: Sequence[str], to: str, registered_on: date
) -> Done[list[str]]:
    """The persons live in another municipality from the registered day; when all have moved there, so does the file.

    Both municipalities are told, without names; grants are computed anew from the move's year.
    Raises Refused: `nobody_chosen`, `not_of_the_household`, `not_settled`, `same_municipality`, `in_the_future`,
    `moved_before_settlement`, `moved_before_last_move`, `move_already_recorded`.
    """
    now = household_now(household)
    name = place_name(to)
    chosen = [person_of(now, one) for one in dict.fromkeys(persons)]
    if not chosen:
        raise Refused("nobody_chosen")
    if registered_on > clock.today():
        raise Refused("in_the_future", {"day": registered_on.isoformat()})
    ids = [one.pk for one in chosen]
    left = _check(now, ids, to, registered_on)
    recorded = clock.now()
    with acting(as_house(actor)):
        Move.objects.bulk_create([
            Move(person_id=pk, from_municipality_id=left[pk], to_municipality_id=to, moved_on=registered_on,
                 recorded_by_id=signed_by(actor), recorded_at=recorded)
            for pk in ids
        ])  # fmt: skip
        follows = Household.objects.filter(pk=now.row.pk, assigned_municipality_id=to).exists()
    for year in range(max(registered_on.year, FIRST_YEAR), min(clock.today().year, LAST_YEAR) + 1):
        compute_grant_lines(as_house(actor), persons=sorted(str(pk) for pk in ids), year=year)
    facts = {"persons": len(ids), "to": to, "on": registered_on.isoformat(), "file_follows": follows}
    if now.row.protection != "none":
        facts.pop("to")
    notices = _notices(actor, now, sorted(set(left.values())), to, name, len(ids), follows)
    return Done(sorted(str(pk) for pk in ids), about=now.about, facts=facts, notices=notices)


def _check(now: HouseholdNow, ids: Sequence[UUID], to: str, on: date) -> dict[UUID, str]:
    """Where each lives before the move."""
    homes = homes_of(ids)
    for pk in ids:
        if pk not in homes:
            raise Refused("not_settled")
        if homes[pk].municipality == to:
            raise Refused("same_municipality")
        if on < homes[pk].since:
            code = "moved_before_last_move" if homes[pk].moved else "moved_before_settlement"
            raise Refused(code, {"since": homes[pk].since.isoformat()})
    return {pk: homes[pk].municipality for pk in ids}


def _notices(
    actor: Actor, now: HouseholdNow, left: Sequence[str], to: str, name: str, persons: int, follows: bool
) -> list[Notice]:
    place, told = (Role.MUNICIPALITY_COORDINATOR,), []
    for code in left:
        facts = {"persons": persons, "to": name}
        told += tell(
            actor,
            "moved_away",
            now.row,
            place,
            municipality=code,
            url="/grants/",
            facts=facts,
            anonymous=True,
        )
    facts = {"persons": persons, "from": ", ".join(place_name(code) for code in left)}
    url = "" if follows else "/grants/"
    return told + tell(
        actor, "moved_here", now.row, place, municipality=to, url=url, facts=facts, anonymous=True
    )
