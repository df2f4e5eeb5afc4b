"""The municipality's answer: saved as it is typed, sent, approved by another, reopened with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from bosett.expenditure.questionnaire import lines
from bosett.expenditure.typed import Typed, read_line
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.actions.step import Done, action
from bosett_server.queries.expenditure_sheet import response_row, sheet, typed_of
from bosett_server.records.models import ExpenditureAnswer, ExpenditureResponse, Notice

LONGEST_TYPED, LONGEST_REASON = 60, 1000


@action(Permission.EXPENDITURE_ANSWER)
def save_expenditure_answer(
    actor: Actor, *, round_id: int, municipality: str, typed: Sequence[Typed], via: str = "page"
) -> Done[int]:
    """What is typed is kept as it is typed, right or wrong; lines that are not given stand as before.

    Raises Refused: `expenditure_area_unknown`, `expenditure_text_too_long`, `expenditure_answer_sent`,
    `expenditure_answer_approved`, `expenditure_round_not_open`.
    """
    row = _own(actor, round_id, municipality)
    _check_open(row)
    asked = {line.area: line for line in lines(row.round.kind)}
    stored = {one.area: one for one in ExpenditureAnswer.objects.select_for_update().filter(response=row)}
    changed = 0
    for one in typed:
        if one.area not in asked:
            raise Refused("expenditure_area_unknown", {"area": one.area[:40]})
        _check_length(one)
        before = stored.get(one.area)
        if before is None and one == Typed(one.area):
            continue
        if before is not None and typed_of(before) == one:
            continue
        value, _ = read_line(asked[one.area], one)
        answer = before or ExpenditureAnswer(response=row, area=one.area)
        answer.amount_typed, answer.share_typed, answer.whole_typed = one.amount, one.share, one.whole
        answer.explanation, answer.value, answer.via = one.explanation, value, via
        answer.saved_by_id, answer.saved_at = actor.user_id, clock.now()
        answer.save()
        changed += 1
    return Done(changed, about=("municipality", municipality), facts={"round": round_id, "lines": changed})


@action(Permission.EXPENDITURE_ANSWER)
def send_expenditure_answer(actor: Actor, *, round_id: int, municipality: str) -> Done[int]:
    """The answer waits for another person of the municipality to approve it, and the committee sees it.

    Raises Refused: `expenditure_flag_stops` or `expenditure_explanation_missing` (name the first line and how
    many), `expenditure_answer_sent`, `expenditure_answer_approved`, `expenditure_round_not_open`.
    """
    row = _own(actor, round_id, municipality)
    _check_open(row)
    told = sheet(actor, round_id, municipality)
    if left := told.unexplained:
        first = next((one for one in left if one.stops), left[0])
        code = "expenditure_flag_stops" if first.stops else "expenditure_explanation_missing"
        raise Refused(code, {"area": first.area or "*", "many": len(left)})
    row.state, row.sent_at, row.sent_by_id = "sent", clock.now(), actor.user_id
    row.approved_at = row.approved_by_id = None
    row.save(update_fields=["state", "sent_at", "sent_by", "approved_at", "approved_by"])
    notice = Notice(
        code="expenditure_to_approve", to_role=Role.MUNICIPALITY_DECIDER.value, municipality_id=municipality,
        facts={"year": row.round.year}, url=_url(row), due_on=row.round.answer_due_on,
    )  # fmt: skip
    return Done(row.pk, about=("municipality", municipality), facts={"round": round_id}, notices=[notice])


@action(Permission.EXPENDITURE_APPROVE)
def approve_expenditure_answer(actor: Actor, *, round_id: int, municipality: str) -> Done[int]:
    """The answer counts: somebody else than who sent it stands for it.

    Raises Refused: `expenditure_nothing_to_approve`, `expenditure_approved_by_sender`, `expenditure_round_not_open`.
    """
    row = _own(actor, round_id, municipality)
    if row.round.state != "open":
        raise Refused("expenditure_round_not_open")
    if row.state != "sent":
        raise Refused("expenditure_nothing_to_approve")
    if row.sent_by_id == actor.user_id:
        raise Refused("expenditure_approved_by_sender")
    row.state, row.approved_at, row.approved_by_id = "approved", clock.now(), actor.user_id
    row.save(update_fields=["state", "approved_at", "approved_by"])
    notice = Notice(
        code="expenditure_approved", to_role=Role.IMDI_LEAD.value, facts={"year": row.round.year},
        url=f"/expenditure/{round_id}/",
    )  # fmt: skip
    return Done(row.pk, about=("municipality", municipality), facts={"round": round_id}, notices=[notice])


@action(Permission.EXPENDITURE_REOPEN)
def reopen_expenditure_answer(actor: Actor, *, round_id: int, municipality: str, reason: str) -> Done[int]:
    """A sent or approved answer may be changed again; the reason stands in the log.

    Raises Refused: `expenditure_reason_missing`, `expenditure_not_sent`, `expenditure_round_not_open`.
    """
    if actor.role is not Role.IMDI_LEAD and municipality not in actor.municipalities:
        raise NotInSight("not_in_sight")
    row = _locked(round_id, municipality)
    if row.round.state != "open":
        raise Refused("expenditure_round_not_open")
    if not reason.strip():
        raise Refused("expenditure_reason_missing")
    if row.state == "open":
        raise Refused("expenditure_not_sent")
    row.state, row.reopened_reason = "open", reason.strip()[:400]
    row.reopened_at, row.reopened_by_id = clock.now(), actor.user_id
    row.save(update_fields=["state", "reopened_reason", "reopened_at", "reopened_by"])
    notices = [
        Notice(code="expenditure_reopened", to_role=role.value, municipality_id=municipality,
               facts={"year": row.round.year}, url=_url(row), due_on=row.round.answer_due_on)
        for role in (Role.MUNICIPALITY_COORDINATOR, Role.MUNICIPALITY_DECIDER)
    ]  # fmt: skip
    return Done(row.pk, about=("municipality", municipality), facts={"round": round_id}, notices=notices)


def _own(actor: Actor, round_id: int, municipality: str) -> ExpenditureResponse:
    if municipality not in actor.municipalities:
        raise NotInSight("not_in_sight")
    return _locked(round_id, municipality)


def _locked(round_id: int, municipality: str) -> ExpenditureResponse:
    row = response_row(round_id, municipality)
    return ExpenditureResponse.objects.select_for_update(of=("self",)).select_related("round").get(pk=row.pk)


def _check_open(row: ExpenditureResponse) -> None:
    if row.round.state != "open":
        raise Refused("expenditure_round_not_open")
    if row.state != "open":
        raise Refused(f"expenditure_answer_{row.state}")


def _check_length(one: Typed) -> None:
    longest = max(len(one.amount), len(one.share), len(one.whole))
    if longest > LONGEST_TYPED or len(one.explanation) > LONGEST_REASON:
        raise Refused("expenditure_text_too_long", {"area": one.area, "most": LONGEST_REASON})


def _url(row: ExpenditureResponse) -> str:
    return f"/expenditure/{row.round_id}/answers/{row.municipality_id}/"
