"""The household's way in, and what it says: comment, correction, a wish for a new assessment; and the answers."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from bosett.rules.parameters import Parameters
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.codes import code_hash
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.actions.step import Done, action
from bosett_server.records.models import Household, HouseholdRequest, Interview, Notice, OneTimeCode

SUBJECTS = ("name", "birth", "family", "health", "language", "ties", "other")
CORRECTION_ANSWERS = ("corrected", "not_changed")
REASSESSMENT_ANSWERS = ("upheld", "changed")
FOR_ROLES = (Role.HOUSEHOLD.value, Role.REPRESENTATIVE.value)
INBOX = "/household-requests/"


@action(Permission.CODE_PRINT)
def print_code(actor: Actor, *, household: UUID, code: str, for_role: str = "household") -> Done[int]:
    """The code opens the household's page once; an earlier unused one for the same reader does not any more.

    The caller has made `code` and shows it once; only its keyed hash is stored.
    Raises Refused: `code_never_for_protected`, `code_not_for_this_role`, `representative_is_for_minors`.
    """
    row = Household.objects.select_for_update().filter(pk=household, merged_into__isnull=True).first()
    if row is None:
        raise NotInSight("not_in_sight")
    if row.protection != "none":
        raise Refused("code_never_for_protected")
    if for_role not in FOR_ROLES:
        raise Refused("code_not_for_this_role")
    if for_role == Role.REPRESENTATIVE and row.group == "all":
        raise Refused("representative_is_for_minors")
    now = clock.now()
    days = int(Parameters.shipped().lookup("access/household_code_days", clock.today()).value)
    OneTimeCode.objects.filter(
        household=row, for_role=for_role, used_at__isnull=True, revoked_at__isnull=True
    ).update(revoked_at=now)
    made = OneTimeCode.objects.create(
        household=row, code_hash=code_hash(code), for_role=for_role, printed_by_id=actor.person, printed_at=now,
        expires_at=now + timedelta(days=days),
    )  # fmt: skip
    return Done(made.pk, about=("household", row.pk), facts={"code": made.pk, "for": for_role})


@action(Permission.OWN_COMMENT)
def comment(actor: Actor, *, text: str) -> Done[int]:
    """The household's comment stands on its interview, within the dated chance.

    Raises Refused: `comment_empty`, `nothing_to_comment`, `comment_time_over`.
    """
    if not text.strip():
        raise Refused("comment_empty")
    row = (
        Interview.objects.select_for_update()
        .filter(household_id=actor.household_id)
        .order_by("-held_on", "-id")
        .first()
    )
    if row is None or row.comment_due_on is None:
        raise Refused("nothing_to_comment")
    if clock.today() > row.comment_due_on:
        raise Refused("comment_time_over", {"day": row.comment_due_on.isoformat()})
    row.comment, row.comment_at = text.strip()[:4000], clock.now()
    row.save(update_fields=["comment", "comment_at"])
    household = _own(actor)
    notice = _notice("household_commented", household, f"/households/{household.pk}/")
    return Done(row.pk, about=("household", household.pk), facts={"interview": row.pk}, notices=[notice])


@action(Permission.OWN_COMMENT)
def ask_correction(actor: Actor, *, subject: str, text: str) -> Done[int]:
    """The household has said what is wrong in its file; its centre is told, or IMDi when it has none.

    Raises Refused: `comment_empty`, `no_such_subject`.
    """
    if subject not in SUBJECTS:
        raise Refused("no_such_subject")
    return _ask(actor, "correction", subject, text)


@action(Permission.OWN_COMMENT)
def ask_reassessment(actor: Actor, *, text: str) -> Done[int]:
    """The household has asked IMDi to look again at the municipality.

    Raises Refused: `comment_empty`, `reassessment_asked_already`.
    """
    if HouseholdRequest.objects.filter(
        household_id=actor.household_id, kind="reassessment", answered_at__isnull=True
    ).exists():
        raise Refused("reassessment_asked_already")
    return _ask(actor, "reassessment", "municipality", text)


@action(Permission.CORRECTION_ANSWER)
def answer_correction(actor: Actor, *, request: int, answer_code: str, answer: str) -> Done[int]:
    """The household can read on its page what was done with its correction.

    Raises Refused: `no_such_answer`, `answer_needs_words`, `answered_already`.
    """
    return _answer(actor, "correction", request, answer_code, answer, CORRECTION_ANSWERS)


@action(Permission.REASSESS_ANSWER)
def answer_reassessment(actor: Actor, *, request: int, answer_code: str, answer: str) -> Done[int]:
    """The household can read on its page what IMDi came to and why.  Raises as `answer_correction`."""
    return _answer(actor, "reassessment", request, answer_code, answer, REASSESSMENT_ANSWERS)


def _ask(actor: Actor, kind: str, subject: str, text: str) -> Done[int]:
    if not text.strip():
        raise Refused("comment_empty")
    household = _own(actor)
    days = Parameters.shipped().lookup(f"placement/request_days_{kind}", clock.today()).whole
    due = clock.today() + timedelta(days=days)
    row = HouseholdRequest.objects.create(
        household=household, kind=kind, subject=subject, text=text.strip()[:1000], asked_as=actor.role.value,
        asked_at=clock.now(), answer_due_on=due,
    )  # fmt: skip
    notice = _notice(f"household_asked_{kind}", household, INBOX, to_imdi=kind == "reassessment")
    notice.due_on = due
    return Done(
        row.pk, about=("household", household.pk), facts={"request": row.pk, "kind": kind}, notices=[notice]
    )


def _answer(
    actor: Actor, kind: str, request: int, answer_code: str, answer: str, codes: tuple[str, ...]
) -> Done[int]:
    if answer_code not in codes:
        raise Refused("no_such_answer")
    if not answer.strip():
        raise Refused("answer_needs_words")
    row = HouseholdRequest.objects.select_for_update().filter(pk=request, kind=kind).first()
    if row is None:
        raise NotInSight("not_in_sight")
    if row.answered_at is not None:
        raise Refused("answered_already")
    row.answer_code, row.answer = answer_code, answer.strip()[:1000]
    row.answered_by_id, row.answered_at = actor.user_id, clock.now()
    row.save(update_fields=["answer_code", "answer", "answered_by", "answered_at"])
    return Done(
        row.pk, about=("household", row.household_id), facts={"request": row.pk, "answer": answer_code}
    )


def _own(actor: Actor) -> Household:
    row = Household.objects.filter(pk=actor.household_id).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return row


def _notice(code: str, household: Household, url: str, *, to_imdi: bool = False) -> Notice:
    """To the centre the household lives in, else to IMDi; by reference, never by name."""
    facts = {"reference": household.reference}
    if household.centre_id is not None and not to_imdi:
        return Notice(
            code=code, to_role=Role.CENTRE.value, centre_id=household.centre_id, facts=facts, url=url
        )
    return Notice(code=code, to_role=Role.IMDI_CASEWORKER.value, facts=facts, url=url)
