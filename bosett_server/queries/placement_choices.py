"""Choices that stand: what a named person decided beforehand and every run keeps, or says that it cannot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bosett.placement.problem import Household, Lock
from bosett_server.access import audit
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.records.models import PlacementChoice

Places = Mapping[str, Mapping[str, int | None]]
"""Municipality -> dimension -> places left; None = unlimited."""


@dataclass(frozen=True)
class Standing:
    """The choices of this moment, by household as the engine knows it.

    Parameters
    ----------
    wanted
        Household -> municipality, or None = waits.
    barred
        Household -> municipalities where it is not to go.
    """

    wanted: Mapping[str, str | None]
    barred: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Kept:
    """Locks that can be kept, and the households whose choice cannot: they wait until somebody looks."""

    locks: tuple[Lock, ...]
    not_kept: frozenset[str]


@dataclass(frozen=True)
class ChoiceRow:
    """One choice as a page tells of it; `price` is what it cost when it was made."""

    id: int
    household: UUID
    reference: str
    kind: str
    municipality: str
    name: str
    reason_code: str
    reason: str
    price: Mapping[str, Any]
    made_by: str
    made_at: datetime
    lifted_at: datetime | None


def standing(households: Collection[UUID]) -> Standing:
    """What stands for these households; one query."""
    wanted: dict[str, str | None] = {}
    barred: dict[str, set[str]] = defaultdict(set)
    rows = PlacementChoice.objects.filter(household_id__in=households, lifted_at__isnull=True)
    for home, kind, place in rows.order_by("id").values_list("household_id", "kind", "municipality_id"):
        if kind == "not_there" and place is not None:
            barred[str(home)].add(place)
        elif kind != "not_there":
            wanted[str(home)] = place
    return Standing(wanted, {home: frozenset(places) for home, places in barred.items()})


def choices(actor: Actor, household: UUID) -> list[ChoiceRow]:
    """Every choice made for one household, the newest first; the reading is logged."""
    rows = PlacementChoice.objects.filter(household_id=household).order_by("-id")
    return _rows(rows.select_related("household", "municipality", "made_by"))


def all_standing(actor: Actor) -> list[ChoiceRow]:
    """Every choice that stands, the newest first; the reading is logged."""
    rows = PlacementChoice.objects.filter(lifted_at__isnull=True, household__stage="ready").order_by("-id")
    return _rows(rows.select_related("household", "municipality", "made_by"))


def choice(actor: Actor, number: int) -> ChoiceRow:
    """One choice.  Raises NotInSight."""
    rows = PlacementChoice.objects.filter(pk=number)
    found = _rows(rows.select_related("household", "municipality", "made_by"))
    if not found:
        raise NotInSight("not_in_sight")
    return found[0]


def kept_locks(
    wanted: Mapping[str, str | None],
    households: Sequence[Household],
    places: Places,
    barred: Mapping[str, Collection[str]],
) -> Kept:
    """Locks of what was chosen, unit by unit: a choice that a rule, a link or the places forbid is not kept.

    The earliest choice takes its places first; a household whose choice is not kept waits rather than
    being sent elsewhere without anybody having looked.
    """
    units = _units(households)
    left = {code: dict(held) for code, held in places.items()}
    locks: dict[str, Lock] = {}
    not_kept: set[str] = set()
    for home in wanted:
        if home not in units or home in locks:
            continue
        together = units[home]
        aims = {wanted[one.household_id] for one in together if one.household_id in wanted}
        place = aims.pop()
        if aims or (place is not None and not _take(left, place, together, barred)):
            not_kept |= {one.household_id for one in together}
            place = None
        locks |= {one.household_id: Lock(one.household_id, place) for one in together}
    return Kept(tuple(locks.values()), frozenset(not_kept))


def _units(households: Sequence[Household]) -> dict[str, list[Household]]:
    by_link: dict[str, list[Household]] = defaultdict(list)
    for one in households:
        by_link[one.link or f"\0{one.household_id}"].append(one)
    return {one.household_id: unit for unit in by_link.values() for one in unit}


def _take(
    left: dict[str, dict[str, int | None]],
    place: str,
    together: Sequence[Household],
    barred: Mapping[str, Collection[str]],
) -> bool:
    """Take the places if the municipality has them and no rule forbids it; False leaves all as it was."""
    held = left.get(place)
    if held is None or any(place in barred.get(one.household_id, ()) for one in together):
        return False
    needed = {name: sum(one.use(name) for one in together) for name in held}
    if any(free is not None and needed[name] > free for name, free in held.items()):
        return False
    left[place] = {name: None if free is None else free - needed[name] for name, free in held.items()}
    return True


def _rows(rows: Any) -> list[ChoiceRow]:
    found = [
        ChoiceRow(
            one.pk, one.household_id, one.household.reference, one.kind, one.municipality_id or "",
            one.municipality.name if one.municipality else "", one.reason_code, one.reason, one.price,
            one.made_by.get_full_name() or one.made_by.username, one.made_at, one.lifted_at,
        )
        for one in rows
    ]  # fmt: skip
    audit.log_read("placement_choices", "household", sorted({str(one.household) for one in found}))
    return found
