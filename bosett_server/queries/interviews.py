"""The settlement interview of a household: the draft under way, else the one that counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bosett_server.access.actor import Actor
from bosett_server.access.roles import Role
from bosett_server.queries.household_case import household_uuid
from bosett_server.records.models import Interview, Municipality


@dataclass(frozen=True)
class Wish:
    """A municipality by rank, or by kind of tie."""

    code: str
    name: str
    kind: str = ""


@dataclass(frozen=True)
class InterviewView:
    """What is answered so far; `held` False = a draft.  `missing` is item -> coded reason."""

    id: int | None
    held: bool
    held_on: date | None
    held_by: str
    interpreter: str
    interpreter_language: str
    wishes: tuple[Wish, ...]
    ties: tuple[Wish, ...]
    health_consent: bool | None
    consent_withdrawn_on: date | None
    child_best_interests: str
    comment_invited_on: date | None
    comment_due_on: date | None
    comment: str
    missing: dict[str, str]


NOTHING_YET = InterviewView(None, False, None, "", "", "", (), (), None, None, "", None, None, "", {})


def interview_of(actor: Actor, household: str, *, held: bool = False) -> InterviewView:
    """The draft (or, with `held`, the newest that is held); `NOTHING_YET` when there is none.

    Who may see the household may see it; whoever calls has logged the reading (`household_head`).
    The child's best interests and the comment are words about people: only those who hold interviews,
    decide or receive the household read them.
    """
    rows = Interview.objects.select_related("held_by").filter(household_id=household_uuid(household))
    one = rows.filter(closed_at__isnull=not held).order_by("-held_on", "-id").first()
    if one is None:
        return NOTHING_YET
    codes = {*one.wishes, *(tie["municipality"] for tie in one.ties)}
    names = dict(Municipality.objects.filter(pk__in=codes).values_list("pk", "name"))
    words = actor.role is not Role.UDI_RECEPTION
    return InterviewView(
        id=one.pk, held=one.closed_at is not None, held_on=one.held_on,
        held_by=one.held_by.get_full_name() or one.held_by.username, interpreter=one.interpreter,
        interpreter_language=one.interpreter_language,
        wishes=tuple(Wish(code, names.get(code, code)) for code in one.wishes),
        ties=tuple(Wish(t["municipality"], names.get(t["municipality"], ""), t["kind"]) for t in one.ties),
        health_consent=one.health_consent, consent_withdrawn_on=one.health_consent_withdrawn_on,
        child_best_interests=one.child_best_interests if words else "",
        comment_invited_on=one.comment_invited_on, comment_due_on=one.comment_due_on,
        comment=one.comment if words else "", missing=dict(one.missing),
    )  # fmt: skip


def municipality_choices() -> list[tuple[str, str]]:
    """(code, name) of every municipality in Norwegian and Sámi order."""
    return list(Municipality.objects.order_by("sort_key").values_list("code", "name"))
