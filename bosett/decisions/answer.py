"""Whether an answer may be recorded, and the vedtak it becomes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from bosett.decisions.anmodning import Round
from bosett.decisions.vedtak import MINORS, Answer, AnswerKind, Vedtak
from bosett.terms.errors import Refused
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group

REFUSALS = (
    "no_round_for_year",
    "municipality_not_in_round",
    "round_not_sent",
    "municipality_not_asked",
    "number_missing",
    "number_is_zero",
    "number_not_whole",
    "number_negative",
    "zero_with_a_number",
    "number_while_awaiting",
    "awaiting_without_meeting_date",
    "meeting_date_passed",
    "decision_date_missing",
    "decision_date_in_future",
    "minors_above_total",
    "minors_not_asked",
    "reservation_without_number",
    "up_to_is_not_the_number",
)

Check = Callable[[Round, Answer, date], Refused | None]


def answer_allowed(round_: Round | None, answer: Answer, today: date) -> Refused | None:
    """Say why the answer cannot be recorded, or None when it can.

    An answer after the deadline is allowed (over a third come late in real rounds), and so is one
    above the request.  The refusal's code is one of `REFUSALS`.
    """
    if round_ is None or round_.year != answer.year:
        return Refused("no_round_for_year", {"year": answer.year})
    for check in _CHECKS:
        refused = check(round_, answer, today)
        if refused is not None:
            return refused
    return None


def record(round_: Round | None, answer: Answer, today: date) -> Vedtak:
    """The vedtak that the answer becomes.

    Raises
    ------
    Refused
        If `answer_allowed` says so.
    """
    refused = answer_allowed(round_, answer, today)
    if refused is not None:
        raise refused
    if round_ is None:
        raise Refused("no_round_for_year", {"year": answer.year})
    under15, from15 = (_minor_figure(round_, answer, group) for group in MINORS)
    return Vedtak(
        municipality=answer.municipality,
        year=answer.year,
        kind=answer.kind,
        total=_total(answer),
        em_under15=under15,
        em_15_17=from15,
        reservations=answer.reservations,
        decided_on=answer.decided_on,
        meeting_on=answer.meeting_on,
    )


def is_late(round_: Round, vedtak: Vedtak) -> bool:
    """Whether the council decided after the round's deadline; an awaiting one has not decided."""
    request = round_.request(vedtak.municipality)
    return request is not None and vedtak.decided_on is not None and vedtak.decided_on > request.deadline


def _total(answer: Answer) -> Figure:
    if answer.kind is AnswerKind.AWAITING:
        return Figure.missing(State.AWAITING)
    return Figure.of(0 if answer.kind is AnswerKind.ZERO else int(answer.numbers[Group.ALL]))


def _minor_figure(round_: Round, answer: Answer, group: Group) -> Figure:
    """Not asked, awaiting, a number, or unknown when the council did not say."""
    if round_.asked(answer.municipality, group) is None:
        return Figure.missing(State.NOT_ASKED)
    if answer.kind is AnswerKind.AWAITING:
        return Figure.missing(State.AWAITING)
    if answer.kind is AnswerKind.ZERO:
        return Figure.of(0)
    written = answer.numbers.get(group)
    return Figure.missing(State.UNKNOWN) if written is None else Figure.of(int(written))


def _check_asked(round_: Round, answer: Answer, today: date) -> Refused | None:
    request = round_.request(answer.municipality)
    facts: dict[str, str | int] = {"municipality": answer.municipality, "year": answer.year}
    if request is None:
        return Refused("municipality_not_in_round", facts)
    if request.asked.value is None:
        return Refused("municipality_not_asked", facts)
    return Refused("round_not_sent", facts) if today < request.sent_on else None


def _check_numbers(_: Round, answer: Answer, __: date) -> Refused | None:
    for group, number in sorted(answer.numbers.items()):
        facts: dict[str, str | int] = {"group": group.value, "found": str(number)}
        if not _is_whole(number):
            return Refused("number_not_whole", facts)
        if number < 0:
            return Refused("number_negative", facts)
    return None


def _is_whole(number: int | Decimal | Fraction) -> bool:
    """Whether it is a whole number; `Decimal` also lets in NaN and infinity, which are not."""
    if isinstance(number, Decimal) and not number.is_finite():
        return False
    return number == int(number)


def _check_kind(_: Round, answer: Answer, __: date) -> Refused | None:
    total = answer.numbers.get(Group.ALL)
    if answer.kind is AnswerKind.AWAITING:
        return Refused("number_while_awaiting") if answer.numbers or answer.reservations else None
    if answer.kind is AnswerKind.ZERO:
        if any(answer.numbers.values()):
            return Refused("zero_with_a_number")
        return Refused("reservation_without_number") if answer.reservations else None
    if total is None:
        return Refused("number_missing")
    return Refused("number_is_zero") if total == 0 else None


def _check_dates(_: Round, answer: Answer, today: date) -> Refused | None:
    if answer.kind is AnswerKind.AWAITING:
        if answer.meeting_on is None:
            return Refused("awaiting_without_meeting_date")
        return Refused("meeting_date_passed") if answer.meeting_on < today else None
    if answer.decided_on is None:
        return Refused("decision_date_missing")
    return Refused("decision_date_in_future") if answer.decided_on > today else None


def _check_minors(round_: Round, answer: Answer, _: date) -> Refused | None:
    minors = {group: answer.numbers.get(group) for group in MINORS}
    for group, number in minors.items():
        if number and round_.asked(answer.municipality, group) is None:
            return Refused("minors_not_asked", {"group": group.value})
    total = answer.numbers.get(Group.ALL)
    written = sum(int(number) for number in minors.values() if number is not None)
    if total is not None and written > total:
        return Refused("minors_above_total", {"minors": written, "total": int(total)})
    return None


def _check_reservations(_: Round, answer: Answer, __: date) -> Refused | None:
    for one in answer.reservations:
        if one.persons is not None and one.persons != answer.numbers.get(Group.ALL):
            return Refused("up_to_is_not_the_number", {"up_to": one.persons})
    return None


_CHECKS: tuple[Check, ...] = (
    _check_asked,
    _check_numbers,
    _check_kind,
    _check_dates,
    _check_minors,
    _check_reservations,
)
