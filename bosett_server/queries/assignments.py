"""Cards as the municipality sees them, and offers as IMDi follows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from bosett_server.access import audit
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.queries.placement_hosts import OfferRow, offer_row
from bosett_server.records.models import Assignment, Enquiry

PAGE_SIZE = 50
OPEN, ENDED = ("offered",), ("accepted", "settled", "declined", "expired", "withdrawn")


@dataclass(frozen=True)
class CardRow:
    """One card in a list."""

    id: int
    municipality: str
    name: str
    state: str
    persons: int
    group: str
    track: str
    needs: tuple[str, ...]
    answer_due_on: date
    open_questions: int
    decided_at: datetime
    answered_at: datetime | None
    self_settled: bool


@dataclass(frozen=True)
class Question:
    """A question and its answer, without who asked."""

    id: int
    code: str
    text: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True)
class CardDetail:
    """One card in full; `reference` and the reasons only for IMDi."""

    row: CardRow
    version: int
    year: int
    card: Mapping[str, Any]
    questions: tuple[Question, ...]
    decline_reason: str
    decline_note: str
    reference: str
    household: str
    reasons: tuple[Mapping[str, Any], ...]
    override_reason: str
    override_cost: float | None
    sealed: bool
    home: OfferRow | None = None


@dataclass(frozen=True)
class CardPage:
    """One page of cards; `next` begins the next one, empty on the last."""

    rows: tuple[CardRow, ...]
    next: str


def cards(
    actor: Actor, *, ended: bool = False, after: str = "", questions: bool = False, size: int = PAGE_SIZE
) -> CardPage:
    """The nearest deadline first while open; the newest first once ended.  Logged as a reading."""
    rows = _counted().filter(state__in=ENDED if ended else OPEN)
    if actor.municipalities:
        rows = rows.filter(municipality_id__in=actor.municipalities)
    if questions:
        rows = rows.filter(asked__gt=0)
    rows = _after(rows, after, ended=ended)
    page = list(rows[: size + 1])
    audit.log_read("cards", "household", [one.household_id for one in page[:size]])
    shown = tuple(_row(one) for one in page[:size])
    last = page[size - 1] if len(page) > size else None
    return CardPage(
        shown, "" if last is None else f"{last.pk}" if ended else f"{last.answer_due_on}:{last.pk}"
    )


def counts(actor: Actor) -> Mapping[str, int]:
    """How many cards stand in each state, in the actor's sight, and how many questions wait."""
    rows = Assignment.objects.all()
    if actor.municipalities:
        rows = rows.filter(municipality_id__in=actor.municipalities)
    found = dict(rows.values_list("state").annotate(number=Count("pk")))
    waiting = Enquiry.objects.filter(answered_at__isnull=True, assignment__state="offered")
    return {state: found.get(state, 0) for state in (*OPEN, *ENDED)} | {"questions": waiting.count()}


def card_detail(actor: Actor, number: int) -> CardDetail:
    """One card.  Raises NotInSight."""
    one = _counted().filter(pk=number).first()
    if one is None or (actor.municipalities and one.municipality_id not in actor.municipalities):
        raise NotInSight("not_in_sight")
    audit.log_read("card", "household", [one.household_id])
    imdi = not actor.municipalities
    return CardDetail(
        row=_row(one), version=one.version, year=one.year, card=one.card,
        questions=tuple(_question(q) for q in one.enquiries.order_by("asked_at")),
        decline_reason=one.decline_reason, decline_note=one.decline_note,
        reference=one.household.reference if imdi else "", household=str(one.household_id) if imdi else "",
        reasons=tuple(one.reasons) if imdi else (), override_reason=one.override_reason if imdi else "",
        override_cost=one.override_cost if imdi else None, sealed=one.sealed,
        home=offer_row(one.home_id, address=not imdi) if one.home_id is not None else None,
    )  # fmt: skip


def _counted() -> QuerySet[Any, Any]:
    unanswered = Count("enquiries", filter=Q(enquiries__answered_at__isnull=True))
    return Assignment.objects.select_related("municipality").annotate(asked=unanswered)


def _after(rows: QuerySet[Any, Any], cursor: str, *, ended: bool) -> QuerySet[Any, Any]:
    if ended:
        if cursor.isdigit():
            rows = rows.filter(pk__lt=int(cursor))
        return rows.order_by("-pk")
    day, _, number = cursor.partition(":")
    if number.isdigit():
        try:
            due = date.fromisoformat(day)
        except ValueError:
            return rows.none()
        rows = rows.filter(Q(answer_due_on__gt=due) | Q(answer_due_on=due, pk__gt=int(number)))
    return rows.order_by("answer_due_on", "pk")


def _row(one: Any) -> CardRow:
    needs: Sequence[str] = one.card.get("needs", ())
    return CardRow(
        one.pk, one.municipality_id, one.municipality.name, one.state, one.persons, one.group, one.track,
        tuple(needs), one.answer_due_on, one.asked, one.decided_at, one.answered_at, one.self_settled,
    )  # fmt: skip


def _question(one: Enquiry) -> Question:
    return Question(one.pk, one.question_code, one.question, one.asked_at, one.answer, one.answered_at)
