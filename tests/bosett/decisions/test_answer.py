"""Which answers are recorded, which are refused, and what a recorded one promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.decisions import (
    Answer,
    AnswerKind,
    Reservation,
    ReservationCode,
    Round,
    Vedtak,
    answer_allowed,
    record,
)
from bosett.decisions.answer import REFUSALS, is_late
from bosett.decisions.explain import explain_vedtak
from bosett.terms.errors import BadInput, Refused
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode
from tests.bosett.decisions.answers import (
    DEADLINE,
    FJELLVIK,
    ROUND,
    SENT,
    STRANDA_OY,
    TODAY,
    VALDALEN,
    awaiting,
    number,
    request,
    zero,
)


def code(answer: Answer, round_: Round | None = ROUND, today: date = TODAY) -> str | None:
    refused = answer_allowed(round_, answer, today)
    return None if refused is None else refused.code


def test_a_number_with_its_minors_is_recorded_as_the_council_wrote_it() -> None:
    vedtak = record(ROUND, number(25, em_15_17=3), TODAY)
    assert vedtak.total == Figure.of(25)
    assert vedtak.em_15_17 == Figure.of(3)
    assert vedtak.em_under15 == Figure.missing(State.NOT_ASKED)


def test_a_vedtak_in_a_year_without_a_round_is_refused() -> None:
    assert code(number(25), None) == "no_round_for_year"
    assert code(replace(number(25), year=2027)) == "no_round_for_year"


def test_a_vedtak_of_a_municipality_that_was_not_asked_is_refused() -> None:
    assert code(number(25, STRANDA_OY)) == "municipality_not_asked"
    assert code(number(25, MunicipalityCode("9999"))) == "municipality_not_in_round"


def test_a_vedtak_before_the_letter_is_sent_is_refused() -> None:
    assert code(number(25), today=date(2025, 10, 30)) == "round_not_sent"


def test_a_negative_number_is_refused() -> None:
    assert code(number(-1)) == "number_negative"
    assert code(number(10, em_15_17=-1)) == "number_negative"


@pytest.mark.parametrize("written", ["10.5", "NaN", "Infinity", "-Infinity", "0.1"])
def test_a_number_that_is_not_whole_is_refused(written: str) -> None:
    assert code(replace(number(1), numbers={Group.ALL: Decimal(written)})) == "number_not_whole"


def test_a_whole_decimal_is_a_whole_number() -> None:
    assert record(ROUND, replace(number(1), numbers={Group.ALL: Decimal("25.0")}), TODAY).total == Figure.of(
        25
    )


def test_zero_is_an_answer_of_its_own_and_not_a_number_of_nothing() -> None:
    assert record(ROUND, zero(), TODAY).total == Figure.of(0)
    assert code(number(0)) == "number_is_zero"
    assert code(replace(zero(), numbers={Group.ALL: 5})) == "zero_with_a_number"
    assert code(replace(number(1), numbers={})) == "number_missing"


def test_awaiting_needs_the_date_of_the_council_meeting() -> None:
    assert code(awaiting(None)) == "awaiting_without_meeting_date"
    assert code(awaiting(date(2026, 1, 31))) == "meeting_date_passed"
    assert code(replace(awaiting(), numbers={Group.ALL: 5})) == "number_while_awaiting"


def test_awaiting_is_kept_apart_from_zero_and_from_not_asked() -> None:
    vedtak = record(ROUND, awaiting(TODAY), TODAY)
    assert vedtak.total == Figure.missing(State.AWAITING)
    assert vedtak.em_15_17 == Figure.missing(State.AWAITING)
    assert vedtak.em_under15 == Figure.missing(State.NOT_ASKED)


def test_a_decision_without_a_date_or_in_the_future_is_refused() -> None:
    assert code(number(5, decided_on=None)) == "decision_date_missing"
    assert code(number(5, decided_on=date(2026, 2, 2))) == "decision_date_in_future"


def test_more_minors_than_persons_in_all_are_refused() -> None:
    assert code(number(4, em_15_17=5)) == "minors_above_total"


def test_minors_answered_by_a_municipality_not_asked_for_minors_are_refused() -> None:
    assert code(number(10, FJELLVIK, em_15_17=2)) == "minors_not_asked"
    assert code(number(10, em_under15=2)) == "minors_not_asked"


def test_a_council_that_does_not_mention_the_minors_leaves_them_unknown_and_not_zero() -> None:
    assert record(ROUND, number(10), TODAY).em_15_17 == Figure.missing(State.UNKNOWN)


def test_a_no_is_a_no_to_the_minors_too() -> None:
    assert record(ROUND, zero(), TODAY).em_15_17 == Figure.of(0)


def test_a_vedtak_above_the_request_is_allowed() -> None:
    assert code(number(45)) is None


def test_an_answer_after_the_deadline_is_allowed_and_known_as_late() -> None:
    after = date(2026, 3, 20)
    late = record(ROUND, number(25, decided_on=after), after)
    assert is_late(ROUND, late)
    assert not is_late(ROUND, record(ROUND, number(25, decided_on=DEADLINE), after))
    assert not is_late(ROUND, record(ROUND, awaiting(after), TODAY))


def test_what_is_refused_cannot_be_recorded() -> None:
    with pytest.raises(Refused, match="number_negative"):
        record(ROUND, number(-1), TODAY)
    with pytest.raises(Refused, match="no_round_for_year"):
        record(None, number(1), TODAY)


# IMDi's rule for the answer: how many and not who; only the choice on minors is the council's.
@pytest.mark.parametrize(
    ("reservation", "allowed"),
    [
        (ReservationCode.NO_UNACCOMPANIED_MINORS, True),
        (ReservationCode.FAMILY_REUNION_ON_TOP, True),
        (ReservationCode.FAMILY_REUNION_INCLUDED, False),
        (ReservationCode.FAMILIES_WITH_CHILDREN_ONLY, False),
        (ReservationCode.ONLY_COLLECTIVE_PROTECTION, False),
        (ReservationCode.NO_COMPLEX_NEEDS, False),
        (ReservationCode.OTHER, False),
    ],
)
def test_each_reservation_knows_whether_the_rule_allows_it(
    reservation: ReservationCode, allowed: bool
) -> None:
    assert Reservation(reservation).allowed is allowed


def test_a_reservation_against_the_rule_is_kept_and_the_number_counts() -> None:
    only_families = Reservation(ReservationCode.FAMILIES_WITH_CHILDREN_ONLY)
    on_top = Reservation(ReservationCode.FAMILY_REUNION_ON_TOP)
    vedtak = record(ROUND, number(10, reservations=(only_families, on_top)), TODAY)
    assert vedtak.total == Figure.of(10)
    assert vedtak.reservations_against_the_rule == (only_families,)
    assert [one.key for one in explain_vedtak(vedtak)][-2:] == [
        "decisions.reservation.against_the_rule",
        "decisions.reservation.allowed",
    ]


def test_up_to_carries_the_number_of_the_vedtak() -> None:
    assert code(number(31, reservations=(Reservation(ReservationCode.UP_TO, 31),))) is None
    assert (
        code(number(30, reservations=(Reservation(ReservationCode.UP_TO, 31),))) == "up_to_is_not_the_number"
    )
    with pytest.raises(BadInput):
        Reservation(ReservationCode.UP_TO)
    with pytest.raises(BadInput):
        Reservation(ReservationCode.NO_COMPLEX_NEEDS, 3)
    with pytest.raises(BadInput):
        Reservation(ReservationCode.UP_TO, -1)


def test_a_no_carries_no_reservation() -> None:
    unmet = replace(zero(), reservations=(Reservation(ReservationCode.COSTS_COVERED),))
    assert code(unmet) == "reservation_without_number"


numbers = st.none() | st.integers(-5, 60) | st.decimals(-5, 60, places=1)


@given(
    st.sampled_from(AnswerKind),
    numbers,
    numbers,
    numbers,
    st.sampled_from([VALDALEN, FJELLVIK, STRANDA_OY]),
    st.none() | st.dates(SENT, date(2026, 12, 31)),
    st.none() | st.dates(SENT, date(2026, 12, 31)),
)
def test_every_answer_is_either_refused_with_a_known_code_or_recorded(
    kind: AnswerKind,
    total: int | Decimal | None,
    under15: int | Decimal | None,
    from15: int | Decimal | None,
    who: MunicipalityCode,
    decided: date | None,
    meeting: date | None,
) -> None:
    written = {Group.ALL: total, Group.EM_UNDER15: under15, Group.EM_15_17: from15}
    answer = Answer(
        who,
        2026,
        kind,
        {group: one for group, one in written.items() if one is not None},
        (),
        decided,
        meeting,
    )
    refused = answer_allowed(ROUND, answer, TODAY)
    if refused is not None:
        assert refused.code in REFUSALS
        return
    vedtak = record(ROUND, answer, TODAY)
    minors = sum(vedtak.figure(group).value or 0 for group in (Group.EM_UNDER15, Group.EM_15_17))
    assert vedtak.total.state is State.AWAITING or minors <= (vedtak.total.value or 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"total": Figure.of(5)},
        {"meeting_on": None},
        {"kind": AnswerKind.NUMBER},
    ],
)
def test_a_contradictory_vedtak_cannot_be_made(wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        replace(record(ROUND, awaiting(), TODAY), **wrong)  # type: ignore[arg-type]


def test_a_number_that_is_zero_or_has_too_many_minors_cannot_be_made_a_vedtak() -> None:
    good = record(ROUND, number(5), TODAY)
    for wrong in ({"total": Figure.of(0)}, {"em_15_17": Figure.of(6)}, {"decided_on": None}):
        with pytest.raises(BadInput):
            replace(good, **wrong)  # type: ignore[arg-type]
    assert isinstance(good, Vedtak)


def test_a_request_of_zero_is_a_number_and_something_else_than_not_asked() -> None:
    round_ = Round(2026, (request(VALDALEN, Group.ALL, 0),))
    assert round_.asked(VALDALEN) == 0
    assert ROUND.asked(STRANDA_OY) is None
    assert answer_allowed(round_, zero(), TODAY) is None


def test_a_round_refuses_two_requests_for_one_thing_and_more_minors_than_persons() -> None:
    one = request(VALDALEN, Group.ALL, 3)
    with pytest.raises(BadInput, match="twice"):
        Round(2026, (one, one))
    with pytest.raises(BadInput, match="minors"):
        Round(2026, (one, request(VALDALEN, Group.EM_15_17, 4)))
    with pytest.raises(BadInput, match="another year"):
        Round(2027, (one,))


def test_a_request_refuses_states_that_a_request_cannot_have() -> None:
    good = request(VALDALEN, Group.ALL, 3)
    for wrong in (
        {"asked": Figure.missing(State.AWAITING)},
        {"original": Figure.missing(State.SUPPRESSED)},
        {"deadline": date(2025, 10, 30)},
    ):
        with pytest.raises(BadInput):
            replace(good, **wrong)  # type: ignore[arg-type]
