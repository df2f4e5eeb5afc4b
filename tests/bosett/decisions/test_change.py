"""What may happen to a vedtak: a new decision, approval, a new request."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bosett.decisions import (
    Answer,
    Standing,
    approve,
    change,
    change_allowed,
    effect_of_new_anmodning,
    record,
)
from bosett.decisions.explain import explain_effect
from bosett.decisions.result import Effect
from bosett.terms.errors import Refused
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from tests.bosett.decisions.answers import FJELLVIK, ROUND, TODAY, VALDALEN, awaiting, number, request, zero

TWENTY = record(ROUND, number(20), TODAY)
WAITING = record(ROUND, awaiting(), TODAY)


def code(current: object, answer: Answer, **more: bool) -> str | None:
    refused = change_allowed(ROUND, current, answer, TODAY, **more)  # type: ignore[arg-type]
    return None if refused is None else refused.code


def test_an_awaiting_answer_becomes_a_number_a_zero_or_another_date() -> None:
    assert code(WAITING, number(15)) is None
    assert code(WAITING, zero()) is None
    assert code(WAITING, awaiting(date(2026, 4, 1))) is None


def test_a_council_may_raise_and_cut_its_number_also_below_what_is_assigned() -> None:
    assert change(ROUND, TWENTY, number(30), TODAY).total == Figure.of(30)
    assert change(ROUND, TWENTY, number(1), TODAY).total == Figure.of(1)
    assert change(ROUND, TWENTY, zero(), TODAY).total == Figure.of(0)


def test_a_decided_vedtak_stands_until_a_new_one_is_made() -> None:
    assert code(TWENTY, awaiting()) == "decided_vedtak_stands"
    assert code(TWENTY, awaiting(), correction=True) is None


def test_an_older_decision_does_not_take_the_place_of_a_newer_one() -> None:
    older = number(30, decided_on=date(2026, 1, 19))
    assert code(TWENTY, older) == "older_than_vedtak_in_force"
    assert code(TWENTY, older, correction=True) is None


def test_the_same_answer_twice_is_refused() -> None:
    assert code(TWENTY, number(20)) == "nothing_changed"
    assert code(approve(TWENTY), number(20)) == "nothing_changed"


def test_a_change_is_checked_like_a_first_answer() -> None:
    assert code(TWENTY, number(-1)) == "number_negative"
    assert code(TWENTY, number(20, FJELLVIK)) == "another_municipality_or_year"
    with pytest.raises(Refused, match="number_negative"):
        change(ROUND, TWENTY, number(-1), TODAY)


def test_a_changed_vedtak_must_be_approved_anew() -> None:
    assert change(ROUND, approve(TWENTY), number(21), TODAY).standing is Standing.RECORDED


def test_a_vedtak_is_approved_once_and_awaiting_never() -> None:
    approved = approve(TWENTY)
    assert approved.standing is Standing.APPROVED
    assert replace(approved, standing=Standing.RECORDED) == TWENTY
    with pytest.raises(Refused, match="already_approved"):
        approve(approved)
    with pytest.raises(Refused, match="nothing_to_approve"):
        approve(WAITING)


BEFORE = request(VALDALEN, Group.ALL, 30)


def test_a_raised_request_asks_again_for_what_no_vedtak_covers() -> None:
    assert effect_of_new_anmodning(TWENTY, BEFORE, request(VALDALEN, Group.ALL, 50)) == Effect(
        True, True, 30, 0
    )


def test_a_raised_request_that_the_vedtak_already_covers_asks_nothing() -> None:
    fifty = record(ROUND, number(50), TODAY)
    assert effect_of_new_anmodning(fifty, BEFORE, request(VALDALEN, Group.ALL, 40)) == Effect(
        True, False, 0, 10
    )


def test_a_cut_request_leaves_the_vedtak_standing_above_it() -> None:
    # As in 2025: Skien was asked for 80, later 65, and had voted 80.
    eighty = record(ROUND, number(80), TODAY)
    effect = effect_of_new_anmodning(
        eighty, request(VALDALEN, Group.ALL, 80), request(VALDALEN, Group.ALL, 65)
    )
    assert effect == Effect(stands=True, ask_again=False, unanswered=0, above_request=15)
    assert [one.key for one in explain_effect(effect)] == [
        "decisions.effect.stands",
        "decisions.effect.above_request",
    ]


def test_a_municipality_that_is_no_longer_asked_keeps_its_vedtak() -> None:
    assert effect_of_new_anmodning(TWENTY, BEFORE, request(VALDALEN, Group.ALL, None)) == Effect(
        True, False, 0, 20
    )


def test_an_awaiting_answer_covers_an_unknown_part_and_not_zero() -> None:
    effect = effect_of_new_anmodning(WAITING, BEFORE, request(VALDALEN, Group.ALL, 50))
    assert effect == Effect(stands=False, ask_again=True, unanswered=None, above_request=0)


def test_the_effect_for_minors_is_that_of_their_own_request() -> None:
    five = record(ROUND, number(20, em_15_17=5), TODAY)
    now = request(VALDALEN, Group.EM_15_17, 8)
    assert effect_of_new_anmodning(five, request(VALDALEN, Group.EM_15_17, 5), now) == Effect(
        True, True, 3, 0
    )
    assert effect_of_new_anmodning(five, request(VALDALEN, Group.EM_15_17, 5), now).unanswered == 3


def test_an_effect_on_another_municipality_is_refused() -> None:
    with pytest.raises(Refused, match="differs"):
        effect_of_new_anmodning(TWENTY, BEFORE, request(FJELLVIK, Group.ALL, 50))


def test_a_round_that_first_asks_for_minors_now_leaves_the_old_answer_unanswered() -> None:
    before = replace(request(VALDALEN, Group.EM_UNDER15, None))
    effect = effect_of_new_anmodning(TWENTY, before, request(VALDALEN, Group.EM_UNDER15, 2))
    assert before.asked.state is State.NOT_ASKED
    assert effect == Effect(stands=True, ask_again=True, unanswered=None, above_request=0)
