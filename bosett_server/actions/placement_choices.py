"""What a named person chooses beforehand: every later run keeps it, and says so when it cannot."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from bosett.placement.explain import OverrideCost
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.step import Done, action
from bosett_server.queries.decisions import place_name
from bosett_server.queries.override import choice_cost
from bosett_server.records.models import Household, PlacementChoice

OVERRIDE_CODES = (
    "child_best_interests", "family_near", "care_near", "home_fits", "municipality_ready", "work_or_school",
    "household_asked", "other_need", "other",
)  # fmt: skip
"""Why a person chooses otherwise than the engine.  `other_need` tells nobody what the need is."""
EXCLUSION = "other_need"
"""The one code of every exclusion: were there others, the lack of them would tell which ones are for safety."""
CHOICE_KINDS = ("place", "wait", "not_there")
NEEDS_WORDS = "other"


@action(Permission.ASSIGNMENT_DECIDE)
def choose_placement(
    actor: Actor, *, household: str, year: int, kind: str, reason_code: str, municipality: str = "",
    reason: str = "",
) -> Done[int]:  # fmt: skip
    """The choice stands, with what it costs the others; every later run keeps it until it is lifted.

    Kinds: `place` (to this municipality), `wait` (to none yet), `not_there` (never to this one; always
    another need, without words).
    Raises Refused: `choice_kind_not_known`, `reason_not_known`, `other_needs_note`, `exclusion_tells_no_reason`,
    `household_not_ready`, `not_for_protected_households`, `choice_stands_already`, and for `place` the rule in
    the way (`place_is_closed_to_it`).
    """
    row = _choosable(household)
    _check_reason(reason_code, reason)
    if kind == "not_there" and (reason_code != EXCLUSION or reason.strip()):
        raise Refused("exclusion_tells_no_reason")
    if kind not in CHOICE_KINDS or (kind == "wait") == bool(municipality):
        raise Refused("choice_kind_not_known", {"kind": kind[:20]})
    if municipality:
        place_name(municipality)
    _check_alone(row, kind, municipality)
    cost = choice_cost(actor, year, row, kind, municipality)
    if cost is None and kind == "place":
        raise Refused("place_is_closed_to_it", {"household": row.reference})
    made = PlacementChoice.objects.create(
        household=row, kind=kind, municipality_id=municipality or None, reason_code=reason_code,
        reason=reason.strip()[:400], price=price_of(cost), made_by_id=actor.person, made_at=clock.now(),
    )  # fmt: skip
    facts = {"choice": made.pk, "kind": kind, "reason": reason_code}
    return Done(made.pk, about=("household", row.pk), facts=facts)


@action(Permission.ASSIGNMENT_DECIDE)
def lift_choice(actor: Actor, *, choice: int) -> Done[int]:
    """The choice no longer binds; it and its price stay in the history.  Raises Refused `choice_is_lifted_already`."""
    row = PlacementChoice.objects.select_for_update().filter(pk=choice).first()
    if row is None:
        raise NotInSight("not_in_sight")
    if row.lifted_at is not None:
        raise Refused("choice_is_lifted_already")
    row.lifted_by_id, row.lifted_at = actor.person, clock.now()
    row.save(update_fields=["lifted_by", "lifted_at"])
    return Done(choice, about=("household", row.household_id), facts={"choice": choice, "kind": row.kind})


def price_of(cost: OverrideCost | None) -> dict[str, Any]:
    """The cost as it is kept: level by level, how many others move, and whether it is exact."""
    if cost is None:
        return {}
    return {
        "levels": [[name, value] for name, value in cost.by_level],
        "moved": sum(one != cost.household_id for one in cost.moved_households),
        "exact": cost.proven,
    }


def _choosable(household: str) -> Household:
    row = Household.objects.select_for_update().filter(pk=UUID(household), merged_into__isnull=True).first()
    if row is None:
        raise NotInSight("not_in_sight")
    if row.protection != "none":
        raise Refused("not_for_protected_households")
    if row.stage != "ready":
        raise Refused("household_not_ready", {"household": row.reference})
    return row


def _check_reason(code: str, text: str) -> None:
    if code not in OVERRIDE_CODES:
        raise Refused("reason_not_known", {"reason": code[:40]})
    if code == NEEDS_WORDS and not text.strip():
        raise Refused("other_needs_note")


def _check_alone(row: Household, kind: str, municipality: str) -> None:
    """One place or wait at a time; one exclusion for each municipality."""
    stands = PlacementChoice.objects.filter(household=row, lifted_at__isnull=True)
    same = stands.filter(kind=kind, municipality_id=municipality) if kind == "not_there" else (
        stands.exclude(kind="not_there")
    )  # fmt: skip
    if same.exists():
        raise Refused("choice_stands_already", {"household": row.reference})
