"""Asked against voted: each state counted for itself, missing never zero."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.decisions import Answer, AnswerKind, AnswerState, Gap, Round, gap, national_gap, over_by, record
from bosett.decisions.explain import explain_gap
from bosett.terms.errors import BadInput
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode
from tests.bosett.decisions.answers import FJELLVIK, ROUND, TODAY, VALDALEN, awaiting, number, request, zero

# Telemark 2023 (asked, voted), IMDi's register: Skien, Porsgrunn, Notodden, Midt-Telemark, Kragero,
# Fyresdal, Kviteseid, Nissedal, Siljan.
TELEMARK_2023 = {
    "4003": (195, 155),
    "4001": (120, 120),
    "4005": (120, 120),
    "4020": (120, 110),
    "4014": (100, 90),
    "4032": (40, 30),
    "4028": (35, 30),
    "4030": (35, 30),
    "4010": (30, 15),
}


def round_of(asked: dict[str, int | None]) -> Round:
    return Round(
        2026, tuple(request(MunicipalityCode(code), Group.ALL, persons) for code, persons in asked.items())
    )


def test_the_gap_of_telemark_2023_by_hand() -> None:
    round_ = round_of({code: asked for code, (asked, _) in TELEMARK_2023.items()})
    answers = [
        record(round_, number(voted, MunicipalityCode(code)), TODAY)
        for code, (_, voted) in TELEMARK_2023.items()
    ]
    table = gap(round_, answers)
    # By hand: 795 asked, 700 voted, 95 short in seven municipalities, two answered the same.
    assert list(table.counties) == ["40"]
    assert (table.country.asked, table.country.voted, table.country.short, table.country.above) == (
        795,
        700,
        95,
        0,
    )
    assert table.country.states == {AnswerState.SAME: 2, AnswerState.FEWER: 7}


def test_awaiting_and_no_answer_are_open_and_never_a_vote_of_zero() -> None:
    found = national_gap(ROUND, [record(ROUND, awaiting(), TODAY)])
    assert (found.asked, found.asked_open, found.voted, found.short) == (50, 50, 0, 0)
    assert found.states == {AnswerState.AWAITING: 1, AnswerState.NO_ANSWER: 1, AnswerState.NOT_ASKED: 1}


def test_a_no_is_a_shortfall_of_the_whole_request() -> None:
    found = national_gap(ROUND, [record(ROUND, zero(), TODAY)])
    assert (found.asked_answered, found.voted, found.short, found.asked_open) == (30, 0, 30, 20)
    assert found.states[AnswerState.ZERO] == 1


def test_more_in_one_place_does_not_hide_fewer_in_another() -> None:
    answers = [record(ROUND, number(40), TODAY), record(ROUND, number(10, FJELLVIK), TODAY)]
    found = national_gap(ROUND, answers)
    assert (found.voted, found.asked_answered, found.short, found.above) == (50, 50, 10, 10)


def test_the_gap_for_minors_counts_only_those_asked_for_minors() -> None:
    found = national_gap(ROUND, [record(ROUND, number(20, em_15_17=2), TODAY)], Group.EM_15_17)
    assert (found.asked, found.voted, found.short) == (5, 2, 3)
    assert found.municipalities == 1


def test_minors_that_the_council_did_not_mention_are_unknown() -> None:
    found = national_gap(ROUND, [record(ROUND, number(20), TODAY)], Group.EM_15_17)
    assert (found.asked_open, found.short) == (5, 0)
    assert found.states == {AnswerState.UNKNOWN: 1}


def test_two_vedtak_of_one_municipality_or_one_from_outside_are_refused() -> None:
    twenty = record(ROUND, number(20), TODAY)
    with pytest.raises(BadInput, match="two vedtak"):
        gap(ROUND, [twenty, twenty])
    with pytest.raises(BadInput, match="of the round"):
        gap(round_of({"4298": 5}), [twenty])


codes = st.sampled_from([f"{county}{place:02d}" for county in (3, 11, 42) for place in range(1, 5)])
kinds = st.sampled_from([None, *AnswerKind])


@given(
    st.dictionaries(
        codes.map(lambda one: one.zfill(4)),
        st.tuples(st.none() | st.integers(0, 90), kinds, st.integers(1, 90)),
    )
)
def test_counties_and_states_always_sum_to_the_country(
    rows: dict[str, tuple[int | None, AnswerKind | None, int]],
) -> None:
    round_ = round_of({code: asked for code, (asked, _, _) in rows.items()})
    answers = []
    for code, (asked, kind, voted) in rows.items():
        if asked is None or kind is None:
            continue
        numbers = {Group.ALL: voted} if kind is AnswerKind.NUMBER else {}
        dates = (None, date(2026, 3, 1)) if kind is AnswerKind.AWAITING else (TODAY, None)
        answer = Answer(MunicipalityCode(code), 2026, kind, numbers, (), *dates)
        answers.append(record(round_, answer, TODAY))
    table = gap(round_, answers)
    assert table.country.municipalities == len(rows)
    assert table.country.asked == sum(asked or 0 for asked, _, _ in rows.values())
    assert sum(county.voted for county in table.counties.values()) == table.country.voted


def test_a_gap_that_does_not_add_up_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="add up"):
        Gap(10, 5, 0, 0, 0, {})


def test_the_explanation_names_the_open_part_and_every_state() -> None:
    told = explain_gap(national_gap(ROUND, [record(ROUND, number(20), TODAY)]))
    assert told[0].fact("open") == 20
    assert {one.key for one in told[1:]} == {
        "decisions.gap.fewer",
        "decisions.gap.no_answer",
        "decisions.gap.not_asked",
    }


@pytest.mark.parametrize(("limit", "assigned", "over"), [(10, 7, 0), (10, 10, 0), (10, 13, 3), (0, 2, 2)])
def test_over_by_is_what_lies_beyond_the_limit(limit: int, assigned: int, over: int) -> None:
    assert over_by(limit, assigned) == over


def test_the_round_of_the_tests_is_what_it_says() -> None:
    assert ROUND.asked(VALDALEN) == 30
