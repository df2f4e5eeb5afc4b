"""Households as a working list: a page, its counts, and the neighbours of one household in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from bosett_server.access import audit
from bosett_server.access.actor import Actor
from bosett_server.access.roles import Role
from bosett_server.queries.household_filters import Filters, Rows, cut, in_list
from bosett_server.queries.household_order import ordered, place_of
from bosett_server.queries.keyset import Place
from bosett_server.queries.placement_pool import HEALTH_NEEDS
from bosett_server.records.models import Assignment, Interview

PAGE_SIZE = 50
MOST_COUNTED = 5000
IMDI = frozenset({Role.IMDI_CASEWORKER, Role.IMDI_LEAD})
PLACED = frozenset({"assigned", "date_agreed", "settled"})
OTHER_NEED = "other_need"
ENDED = frozenset({"settled", "left"})
_COLUMNS = (
    "id", "reference", "persons_count", "track", "group", "stage", "needs", "language", "arrived_on", "permit_on",
    "ready_on", "planned_settlement_on", "recheck", "version", "synthetic", "centre__name",
    "offered_municipality__name", "assigned_municipality__name",
)  # fmt: skip


@dataclass(frozen=True)
class HouseholdRow:
    """One line of the list.

    Parameters
    ----------
    waited_days
        Days since ready, or since the permit before that; None without a permit and when the wait is over.
    place, place_kind
        Name and `centre` or `municipality`: where it lives now, or the municipality that takes it.
    deadline, deadline_kind
        The next date: `comment` (chance to comment ends), `answer` (the municipality's), `settlement`.
    """

    id: UUID
    reference: str
    persons: int
    track: str
    group: str
    stage: str
    needs: tuple[str, ...]
    language: str
    arrived_on: date | None
    ready_on: date | None
    waited_days: int | None
    place: str
    place_kind: str
    deadline: date | None
    deadline_kind: str
    recheck: tuple[str, ...]
    version: int
    synthetic: bool


@dataclass(frozen=True)
class HouseholdPage:
    """One page of the list, with the places where the next and the previous begin ("" for none)."""

    rows: tuple[HouseholdRow, ...]
    next: str
    previous: str


@dataclass(frozen=True)
class Count:
    """How many; beyond `MOST_COUNTED` only that there are more, so that a page never counts a whole register."""

    number: int
    or_more: bool = False


@dataclass(frozen=True)
class Neighbours:
    """The households before and after one in a filtered list; None at the ends."""

    previous: UUID | None
    next: UUID | None


def household_page(
    actor: Actor, filters: Filters, sort: str, today: date, place: Place | None = None, size: int = PAGE_SIZE
) -> HouseholdPage:
    """The page of the actor's list that begins (or ends) at `place`; its reading is logged.

    A constant number of queries.  Raises BadInput for a place that belongs to another list.
    """
    rows = ordered(cut(in_list(actor), filters, today), sort, place)
    # Keys first, the lines after: joined lines would be made for every row before the page is cut.
    found = list(rows.values_list("id", "key")[: size + 1])
    more = len(found) > size
    found = found[:size]
    backwards = place is not None and place.backwards
    if backwards:
        found.reverse()
    page = tuple(rows_by_id(actor, [one for one, _ in found], today))
    audit.log_read("households", "household", [row.id for row in page])
    has_next, has_previous = (True, more) if backwards else (more, place is not None)
    return HouseholdPage(
        page,
        place_of(found[-1][1], found[-1][0]).text() if found and has_next else "",
        place_of(found[0][1], found[0][0], backwards=True).text() if found and has_previous else "",
    )


def household_counts(actor: Actor, filters: Filters, today: date) -> tuple[Count, Count]:
    """How many the filters keep, and of how many: those under way, or all when the cut goes beyond them."""
    whole = Filters(stage="all" if filters.stage in {"all", "settled", "left"} else "")
    kept = _count(cut(in_list(actor), filters, today))
    return kept, kept if filters == whole else _count(cut(in_list(actor), whole, today))


def neighbours(actor: Actor, filters: Filters, sort: str, today: date, household: UUID) -> Neighbours:
    """The households next to this one in the list; none when it is not in the list (any more)."""
    rows = cut(in_list(actor), filters, today)
    key = ordered(rows, sort).filter(pk=household).values_list("key", flat=True).first()
    if key is None:
        return Neighbours(None, None)
    before, after = (
        ordered(rows, sort, place_of(key, household, backwards=back)).values_list("pk", flat=True).first()
        for back in (True, False)
    )
    return Neighbours(before, after)


def list_ids(actor: Actor, filters: Filters, sort: str, today: date) -> list[UUID]:
    """Every household of the list, in its order; ids only."""
    return list(ordered(cut(in_list(actor), filters, today), sort).values_list("pk", flat=True))


def rows_by_id(actor: Actor, ids: Sequence[UUID], today: date) -> list[HouseholdRow]:
    """These households as the list shows them, in the order given; one that has left sight is left out."""
    found = in_list(actor).filter(pk__in=ids).values_list(*_COLUMNS)
    by_id = {row.id: row for row in as_rows(actor, list(found), today)}
    return [by_id[one] for one in ids if one in by_id]


def as_rows(actor: Actor, found: Sequence[tuple[Any, ...]], today: date) -> tuple[HouseholdRow, ...]:
    """The lines with what other tables say of them: two queries whatever the number."""
    ids = [one[0] for one in found]
    answers = _answers_due(actor, ids)
    comments: dict[UUID, date | None] = {}
    consents: dict[UUID, bool] = {}
    heard = Interview.objects.filter(household_id__in=ids, closed_at__isnull=False).order_by("held_on", "id")
    for home, due, said, consent in heard.values_list(
        "household_id", "comment_due_on", "comment_at", "health_consent"
    ):
        comments[home], consents[home] = (None if said else due), bool(consent)
    return tuple(
        _row(actor, dict(zip(_COLUMNS, one, strict=False)), answers.get(one[0]), comments.get(one[0]),
             consents.get(one[0], False), today)
        for one in found
    )  # fmt: skip


def _answers_due(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, date]:
    """What is out at a municipality is IMDi's and that municipality's, until it has answered."""
    if actor.role not in IMDI:
        return {}
    offered = Assignment.objects.filter(household_id__in=ids, state="offered")
    return dict(offered.values_list("household_id", "answer_due_on"))


def _row(
    actor: Actor, one: dict[str, Any], answer: date | None, comment: date | None, consent: bool, today: date
) -> HouseholdRow:
    stage = one["stage"]
    since = None if stage in ENDED else one["ready_on"] or one["permit_on"]
    due = _deadline(one, answer, comment)
    place = _place(actor, one)
    return HouseholdRow(
        id=one["id"], reference=one["reference"], persons=one["persons_count"], track=one["track"],
        group=one["group"], stage=stage, needs=shown_needs(actor, one["needs"], consent),
        language=one["language"], arrived_on=one["arrived_on"], ready_on=one["ready_on"],
        waited_days=None if since is None else (today - since).days,
        place=place[0], place_kind=place[1], deadline=due[0], deadline_kind=due[1],
        recheck=tuple(one["recheck"]), version=one["version"], synthetic=one["synthetic"],
    )  # fmt: skip


def shown_needs(actor: Actor, needs: Iterable[str], consent: bool) -> tuple[str, ...]:
    """Needs as this reader may see them: to a municipality, health reads "other need" without consent."""
    hidden = HEALTH_NEEDS if actor.role is Role.MUNICIPALITY_COORDINATOR and not consent else frozenset()
    return tuple(sorted({OTHER_NEED if code in hidden else code for code in needs}))


def _deadline(one: dict[str, Any], answer: date | None, comment: date | None) -> tuple[date | None, str]:
    stage = one["stage"]
    if stage == "proposed" and answer is not None:
        return answer, "answer"
    if stage in {"assigned", "date_agreed"} and one["planned_settlement_on"] is not None:
        return one["planned_settlement_on"], "settlement"
    if stage in {"in_reception", "interviewed"} and comment is not None:
        return comment, "comment"
    return None, ""


def _place(actor: Actor, one: dict[str, Any]) -> tuple[str, str]:
    if one["stage"] in PLACED and one["assigned_municipality__name"]:
        return one["assigned_municipality__name"], "municipality"
    if one["stage"] == "proposed" and actor.role in IMDI and one["offered_municipality__name"]:
        return one["offered_municipality__name"], "municipality"
    return (one["centre__name"], "centre") if one["centre__name"] else ("", "")


def _count(rows: Rows) -> Count:
    number = rows.order_by().values("pk")[: MOST_COUNTED + 1].count()
    return Count(min(number, MOST_COUNTED), number > MOST_COUNTED)
