"""The municipality's answer to a card: yes, no with a coded reason, or a question; and what time does to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet

from bosett.rules.parameters import Parameters
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.assignment_notices import close_notices, facts, to_imdi, to_municipality
from bosett_server.actions.placement_hosts import hold_offered_home
from bosett_server.actions.step import Done, action
from bosett_server.records.models import Assignment, Enquiry

DECLINE_REASONS = (
    "no_suitable_home", "no_school_or_kindergarten", "health_services_too_far", "services_at_capacity",
    "no_offer_for_minors", "places_filled_meanwhile", "other",
)  # fmt: skip
QUESTION_CODES = ("home_needs", "health_follow_up", "school_needs", "arrival_date", "network", "other")
REMINDER_DAYS = "placement/reminder_days_before"


@action(Permission.ASSIGNMENT_ANSWER)
def accept_assignment(actor: Actor, *, assignment: int, version: int) -> Done[int]:
    """The municipality has accepted: the household is assigned to it and the file opens.

    Raises Refused: `proposal_expired`, `already_answered`, `card_withdrawn`, `somebody_changed_it_meanwhile`.
    """
    one = _open(assignment)
    _answer(actor, one, version, {"state": "accepted"})
    housed = hold_offered_home(actor, one)
    return _done(one, "assignment_accepted", {"home": housed} if one.home_id else {})


@action(Permission.ASSIGNMENT_ANSWER)
def decline_assignment(
    actor: Actor, *, assignment: int, version: int, reason: str, note: str = ""
) -> Done[int]:
    """The municipality has said no with a coded reason: the household is ready again, the places are free.

    Raises Refused: `decline_without_reason`, `reason_not_known`, and the codes of `accept_assignment`.
    """
    one = _open(assignment)
    if not reason:
        raise Refused("decline_without_reason")
    if reason not in DECLINE_REASONS:
        raise Refused("reason_not_known", {"reason": reason[:40]})
    if reason == "other" and not note.strip():
        raise Refused("other_needs_note")
    _answer(
        actor, one, version, {"state": "declined", "decline_reason": reason, "decline_note": note.strip()}
    )
    return _done(one, "assignment_declined", {"reason": reason})


@action(Permission.ASSIGNMENT_ANSWER)
def ask_about_assignment(actor: Actor, *, assignment: int, question: str, text: str = "") -> Done[int]:
    """IMDi has a question to answer; until then the offer does not run out.

    Raises Refused: `reason_not_known`, `question_open`, `other_needs_note`, `proposal_expired`, …
    """
    one = _open(assignment)
    if question not in QUESTION_CODES:
        raise Refused("reason_not_known", {"reason": question[:40]})
    if question == "other" and not text.strip():
        raise Refused("other_needs_note")
    # The row is locked so that two who ask at once do not both ask.
    Assignment.objects.select_for_update(of=("self",)).get(pk=one.pk)
    if _questions(one).exists():
        raise Refused("question_open")
    asked = Enquiry.objects.create(
        assignment=one,
        question_code=question,
        question=text.strip(),
        asked_by_id=actor.person,
        asked_at=clock.now(),
    )
    told = facts(one) | {"question": question}
    notices = to_imdi("assignment_asked", one, one.answer_due_on)
    return Done(asked.pk, about=("assignment", one.pk), facts=told, notices=notices)


@action(Permission.ENQUIRY_ANSWER)
def answer_enquiry(actor: Actor, *, enquiry: int, text: str) -> Done[int]:
    """The question is answered, and the municipality has at least the days of a reminder left to decide.

    Raises Refused: `answer_empty`, `already_answered`.
    """
    asked = Enquiry.objects.select_related("assignment__municipality").filter(pk=enquiry).first()
    if asked is None:
        raise NotInSight("not_in_sight")
    if not text.strip():
        raise Refused("answer_empty")
    changed = Enquiry.objects.filter(pk=enquiry, answered_at__isnull=True).update(
        answer=text.strip(), answered_by_id=actor.person, answered_at=clock.now()
    )
    if not changed:
        raise Refused("already_answered")
    one, today = asked.assignment, clock.today()
    at_least = today + timedelta(days=Parameters.shipped().lookup(REMINDER_DAYS, today).whole)
    if one.state == "offered" and one.answer_due_on < at_least:
        Assignment.objects.filter(pk=one.pk, state="offered").update(answer_due_on=at_least)
        one.answer_due_on = at_least
    close_notices(one)
    notices = to_municipality("enquiry_answered", one, one.answer_due_on)
    return Done(asked.pk, about=("assignment", one.pk), facts=facts(one), notices=notices)


@action(Permission.DEADLINES_RUN)
def expire_assignments(actor: Actor) -> Done[int]:
    """Offers whose last day has passed without an answer have run out: the households are ready again.

    An offer with an open question waits for IMDi's answer.  In the order in which places are locked.
    """
    late = _offered(answer_due_on__lt=clock.today())
    ended = []
    for one in late:
        if Assignment.objects.filter(pk=one.pk, state="offered", version=one.version).update(
            state="expired", version=one.version + 1
        ):
            ended.append(one)
            close_notices(one)
    notices = [
        n
        for one in ended
        for n in (*to_municipality("card_expired", one), *to_imdi("assignment_expired", one))
    ]
    return Done(
        len(ended), about=("assignment", "*"), facts={"expired": len(ended)}, notices=notices,
        many=[("assignment", one.pk, facts(one)) for one in ended],
    )  # fmt: skip


@action(Permission.DEADLINES_RUN)
def remind_assignments(actor: Actor) -> Done[int]:
    """Each municipality with an offer near its last day has one reminder."""
    today = clock.today()
    until = today + timedelta(days=Parameters.shipped().lookup(REMINDER_DAYS, today).whole)
    near = list(_offered(answer_due_on__gte=today, answer_due_on__lte=until, reminded_at__isnull=True))
    for one in near:
        Assignment.objects.filter(pk=one.pk, reminded_at__isnull=True).update(reminded_at=clock.now())
    notices = [notice for one in near for notice in to_municipality("card_reminder", one, one.answer_due_on)]
    return Done(
        len(near), about=("assignment", "*"), facts={"reminded": len(near)}, notices=notices,
        many=[("assignment", one.pk, facts(one)) for one in near],
    )  # fmt: skip


def _offered(**on: object) -> QuerySet[Assignment]:
    """Offers without an open question."""
    open_question = Enquiry.objects.filter(assignment=OuterRef("pk"), answered_at__isnull=True)
    return (
        Assignment.objects.select_related("municipality")
        .filter(~Exists(open_question), state="offered", **on)
        .order_by("municipality_id", "id")
    )


def _open(assignment: int) -> Assignment:
    """The offer while it can still be answered.  Raises NotInSight, or Refused with what became of it."""
    one = Assignment.objects.select_related("municipality").filter(pk=assignment).first()
    if one is None:
        raise NotInSight("not_in_sight")
    if one.state != "offered":
        raise _ended(one.state)
    if one.answer_due_on < clock.today() and not _questions(one).exists():
        raise Refused("proposal_expired", {"due": one.answer_due_on.isoformat()})
    return one


def _ended(state: str) -> Refused:
    codes = {"withdrawn": "card_withdrawn", "expired": "proposal_expired"}
    return Refused(codes.get(state, "already_answered"), {"state": state})


def _questions(one: Assignment) -> QuerySet[Enquiry]:
    return Enquiry.objects.filter(assignment=one, answered_at__isnull=True)


def _answer(actor: Actor, one: Assignment, version: int, changes: Mapping[str, str]) -> None:
    """Write the answer if nobody has answered since the page was read."""
    changed = Assignment.objects.filter(pk=one.pk, version=version, state="offered").update(
        **changes, answered_by_id=actor.person, answered_at=clock.now(), version=version + 1
    )
    if not changed:
        state = Assignment.objects.values_list("state", flat=True).get(pk=one.pk)
        raise Refused("somebody_changed_it_meanwhile") if state == "offered" else _ended(state)


def _done(one: Assignment, code: str, more: dict[str, object]) -> Done[int]:
    close_notices(one)
    return Done(one.pk, about=("assignment", one.pk), facts=facts(one) | more, notices=to_imdi(code, one))
