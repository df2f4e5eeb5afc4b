"""What may happen to a recorded vedtak: approval, a new decision, a new request."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bosett.decisions.anmodning import Anmodning, Round
from bosett.decisions.answer import answer_allowed, record
from bosett.decisions.result import Effect
from bosett.decisions.vedtak import Answer, AnswerKind, Standing, Vedtak
from bosett.terms.errors import Refused
from bosett.terms.figure import Figure

REFUSALS = (
    "another_municipality_or_year",
    "decided_vedtak_stands",
    "older_than_vedtak_in_force",
    "nothing_changed",
    "nothing_to_approve",
    "already_approved",
    "group_or_municipality_differs",
)


def change_allowed(
    round_: Round | None, current: Vedtak, answer: Answer, today: date, *, correction: bool = False
) -> Refused | None:
    """Say why the new answer cannot take the place of the vedtak in force, or None when it can.

    A cut below what is already assigned is allowed: it is stored, shown as over by n, stops new
    assignments and undoes none.  A council that takes a decided matter up again does not un-decide
    it: the vedtak stands until a new one is made.

    Parameters
    ----------
    correction
        True when a mistake in the record is put right; the dates are then not compared.
    """
    if (answer.municipality, answer.year) != (current.municipality, current.year):
        return Refused("another_municipality_or_year")
    refused = answer_allowed(round_, answer, today)
    if refused is not None:
        return refused
    if answer.kind is AnswerKind.AWAITING and current.kind is not AnswerKind.AWAITING and not correction:
        return Refused("decided_vedtak_stands")
    if not correction and _is_older(answer, current):
        return Refused("older_than_vedtak_in_force", {"in_force_since": str(current.decided_on)})
    same = replace(record(round_, answer, today), standing=current.standing) == current
    return Refused("nothing_changed") if same else None


def change(
    round_: Round | None, current: Vedtak, answer: Answer, today: date, *, correction: bool = False
) -> Vedtak:
    """The vedtak that takes the place of `current`, to be approved anew.

    Raises
    ------
    Refused
        If `change_allowed` says so.
    """
    refused = change_allowed(round_, current, answer, today, correction=correction)
    if refused is not None:
        raise refused
    return record(round_, answer, today)


def approve(vedtak: Vedtak) -> Vedtak:
    """The same vedtak, approved: its number was compared with the council's own record.

    Reservations against the rule do not stop it; they stay on the vedtak and are shown.

    Raises
    ------
    Refused
        `nothing_to_approve` while awaiting, `already_approved` the second time.
    """
    if vedtak.kind is AnswerKind.AWAITING:
        raise Refused("nothing_to_approve")
    if vedtak.standing is Standing.APPROVED:
        raise Refused("already_approved")
    return replace(vedtak, standing=Standing.APPROVED)


def effect_of_new_anmodning(vedtak: Vedtak, before: Anmodning, now: Anmodning) -> Effect:
    """What a raised or cut request does to the answer for its group.

    The council's decision stays as it was made: a cut does not lower it and a rise does not raise
    it.  A rise asks the municipality again.  (In 2020 and 2025 many councils had answered a request
    that was cut later; some lowered their number, others kept it.)

    Raises
    ------
    Refused
        `group_or_municipality_differs` if the three are not about the same thing.
    """
    about = {(one.municipality, one.year, one.group) for one in (before, now)}
    if about != {(vedtak.municipality, vedtak.year, now.group)}:
        raise Refused("group_or_municipality_differs")
    return _effect(vedtak.figure(now.group), before.asked, now.asked, decided=_is_decided(vedtak))


def _effect(voted: Figure, before: Figure, now: Figure, *, decided: bool) -> Effect:
    rises = now.value is not None and (before.value is None or now.value > before.value)
    if voted.value is None:
        return Effect(stands=decided, ask_again=rises, unanswered=None, above_request=0)
    asked = now.value or 0
    unanswered = max(0, asked - voted.value)
    return Effect(
        stands=decided,
        ask_again=rises and unanswered > 0,
        unanswered=unanswered,
        above_request=max(0, voted.value - asked),
    )


def _is_decided(vedtak: Vedtak) -> bool:
    return vedtak.kind is not AnswerKind.AWAITING


def _is_older(answer: Answer, current: Vedtak) -> bool:
    return (
        answer.decided_on is not None
        and current.decided_on is not None
        and answer.decided_on < current.decided_on
    )
