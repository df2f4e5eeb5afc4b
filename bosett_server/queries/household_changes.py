"""What a change of many households at once would do to each: shown first, and checked again when it is done."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from bosett.terms.errors import Refused
from bosett_server.access import audit
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.queries.household_filters import Filters, cut, in_list
from bosett_server.queries.placement_pool import HEALTH_NEEDS
from bosett_server.records.models import Centre, Household, Interview

GOES_THROUGH = "goes_through"
CHANGES = {
    "resolve_recheck": Permission.HOUSEHOLD_EDIT,
    "add_need": Permission.HOUSEHOLD_EDIT,
    "remove_need": Permission.HOUSEHOLD_EDIT,
    "move_centre": Permission.CENTRE_MANAGE,
}
"""Each change and who may make it."""
NEEDS_OPEN = frozenset({"in_reception", "interviewed", "ready"})
IN_RECEPTION = NEEDS_OPEN | {"proposed", "assigned", "date_agreed"}
MINORS_CENTRES = {"care_centre": "em_under15", "minors_15_17": "em_15_17"}
MOST, MOST_MATCHING = 200, 2000
"""How many one may tick, and how many a filter may keep, for one change."""


@dataclass(frozen=True)
class Change:
    """One change: what (a key of `CHANGES`), and its value: a code of need or a centre's id."""

    kind: str
    value: str = ""


@dataclass(frozen=True)
class Verdict:
    """What the change does to one household: `goes_through`, or the code of why not."""

    household: UUID
    reference: str
    persons: int
    version: int
    code: str

    @property
    def goes(self) -> bool:
        """Whether the change goes through here."""
        return self.code == GOES_THROUGH


@dataclass(frozen=True)
class CentreChoice:
    """A centre that households can be moved to."""

    id: int
    name: str
    kind: str


def changes_for(actor: Actor) -> list[str]:
    """The changes that the actor's role may make."""
    return [kind for kind, permission in CHANGES.items() if actor.may(permission)]


def open_centres(actor: Actor, today: date) -> list[CentreChoice]:
    """Centres open on the day, by name."""
    is_open = Q(opens_on__lte=today) & (Q(closes_on__isnull=True) | Q(closes_on__gt=today))
    rows = Centre.objects.filter(is_open).order_by("name").values_list("id", "name", "kind")
    return [CentreChoice(*row) for row in rows]


def preview(actor: Actor, change: Change, households: Sequence[UUID], today: date) -> list[Verdict]:
    """What the change would do to each; nothing is changed.  The reading is logged.

    Raises NotInSight when one of them is not in the actor's list.
    """
    return verdicts(rows_to_change(actor, households), change, today)


def preview_matching(
    actor: Actor, change: Change, filters: Filters, today: date
) -> tuple[list[Verdict], str]:
    """The same for all that the filters keep, with the stamp by which the step knows them again.

    Raises Refused `too_many_match` when they are more than `MOST_MATCHING`.
    """
    rows = matching_rows(actor, filters, today)
    return verdicts(rows, change, today), stamp_of(rows)


def verdicts(rows: Sequence[Household], change: Change, today: date) -> list[Verdict]:
    """What the change does to each of these rows; their reading is logged."""
    if change.kind not in CHANGES:
        raise Refused("no_such_change", {"kind": change.kind[:40]})
    audit.log_read("preview_change", "household", [row.pk for row in rows])
    centre, consents = target_centre(change, today), consenting(rows, change)
    return [verdict(row, change, centre, consents) for row in rows]


def matching_rows(actor: Actor, filters: Filters, today: date, *, locked: bool = False) -> list[Household]:
    """All that the filters keep of the actor's list, in the order in which they are locked.

    Raises Refused `too_many_match` when they are more than `MOST_MATCHING`.
    """
    rows = cut(in_list(actor), filters, today).order_by("id")[: MOST_MATCHING + 1]
    found = list(rows.select_for_update(of=("self",)) if locked else rows)
    if len(found) > MOST_MATCHING:
        raise Refused("too_many_match", {"most": MOST_MATCHING})
    return found


def stamp_of(rows: Sequence[Household]) -> str:
    """Which households and which version of each: another stamp means that somebody has changed something."""
    told = "\n".join(f"{row.pk}:{row.version}" for row in rows)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def consenting(rows: Sequence[Household], change: Change) -> frozenset[UUID]:
    """Those whose newest interview lets health information be used; asked only when the need is one of health."""
    if change.kind != "add_need" or change.value not in HEALTH_NEEDS:
        return frozenset()
    held = Interview.objects.filter(household__in=rows, closed_at__isnull=False).order_by("held_on", "id")
    newest = dict(held.values_list("household_id", "health_consent"))
    return frozenset(household for household, consent in newest.items() if consent)


def rows_to_change(actor: Actor, households: Sequence[UUID], *, locked: bool = False) -> list[Household]:
    """The rows behind the ids, in the order in which they are locked."""
    wanted = set(households)
    rows = in_list(actor).filter(pk__in=wanted).order_by("id")
    found = list(rows.select_for_update(of=("self",)) if locked else rows)
    if len(found) != len(wanted):
        raise NotInSight("not_in_sight")
    return found


def target_centre(change: Change, today: date) -> Centre | None:
    """The centre of a move; None for other changes.  NotInSight when it is not there or not open."""
    if change.kind != "move_centre":
        return None
    number = int(change.value) if change.value.isascii() and change.value.isdigit() else 0
    centre = Centre.objects.filter(pk=number, opens_on__lte=today).first()
    if centre is None or (centre.closes_on is not None and centre.closes_on <= today):
        raise NotInSight("not_in_sight")
    return centre


HELD = frozenset({"places", "permit_lost", "group"})
"""Flags that are lifted only when what they name holds no more: one household at a time."""


def verdict(
    row: Household, change: Change, centre: Centre | None, consents: Collection[UUID] = frozenset()
) -> Verdict:
    """What the change does to one row as it stands."""
    code = _why_not(row, change, centre, consents) or GOES_THROUGH
    return Verdict(row.pk, row.reference, row.persons_count, row.version, code)


def _why_not(row: Household, change: Change, centre: Centre | None, consents: Collection[UUID]) -> str:
    match change.kind:
        case "resolve_recheck" if HELD & set(row.recheck):
            return "needs_its_own_look"
        case "resolve_recheck":
            return "" if row.recheck else "nothing_to_resolve"
        case "add_need" if row.stage not in NEEDS_OPEN:
            return "needs_are_fixed"
        case "add_need" if change.value in HEALTH_NEEDS and row.pk not in consents:
            return "health_need_without_consent"
        case "add_need":
            return "has_it_already" if change.value in row.needs else ""
        case "remove_need" if row.stage not in NEEDS_OPEN:
            return "needs_are_fixed"
        case "remove_need":
            return "" if change.value in row.needs else "does_not_have_it"
        case _:
            return _why_not_move(row, centre)


def _why_not_move(row: Household, centre: Centre | None) -> str:
    if row.stage not in IN_RECEPTION or row.centre_id is None:
        return "not_in_reception"
    if centre is None or row.centre_id == centre.pk:
        return "same_centre"
    return "" if MINORS_CENTRES.get(centre.kind, row.group) == row.group else "other_group"
