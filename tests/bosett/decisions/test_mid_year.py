"""A round changed mid-year, what is said beside the number, reminders, and places in one view."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bosett.decisions import Round, record
from bosett.decisions.before_sending import CouncilMatter, Heard, Hearing, not_heard, reminders_due
from bosett.decisions.mid_year import AfterChange, change_round
from bosett.decisions.places_used import places_used
from bosett.decisions.supplement import Shortage, Supplement, check_supplement, count_reasons
from bosett.terms.errors import BadInput
from bosett.terms.groups import Group
from tests.bosett.decisions.answers import (
    DEADLINE,
    FJELLVIK,
    ROUND,
    STRANDA_OY,
    TODAY,
    VALDALEN,
    awaiting,
    number,
    request,
    zero,
)


def round_of(valdalen: int | None, fjellvik: int | None, stranda: int | None = None) -> Round:
    rows = ((VALDALEN, valdalen), (FJELLVIK, fjellvik), (STRANDA_OY, stranda))
    return Round(2026, tuple(request(code, Group.ALL, asked) for code, asked in rows))


BEFORE = round_of(30, 20)
ANSWERS = (record(BEFORE, number(24), TODAY), record(BEFORE, number(20, FJELLVIK), TODAY))


def test_after_a_cut_every_voted_place_is_kept() -> None:
    found = change_round(BEFORE, round_of(15, 20), ANSWERS, AfterChange.KEEP)
    assert (found.counted, found.not_used, found.to_ask) == (44, 0, ())


def test_after_a_cut_the_same_part_of_the_vote_is_counted_on_when_scaled() -> None:
    # 24 of 30 with the request cut to 15: 12 counted on, 12 prepared for nothing; the vedtak stands.
    found = change_round(BEFORE, round_of(15, 20), ANSWERS, AfterChange.SCALE)
    assert [(one.municipality, one.voted, one.counted) for one in found.answers[1:]] == [
        (FJELLVIK, 20, 20),
        (VALDALEN, 24, 12),
    ]
    assert found.not_used == 12


def test_when_asked_again_those_whose_request_changed_are_asked() -> None:
    assert change_round(BEFORE, round_of(15, 20), ANSWERS, AfterChange.ASK_AGAIN).to_ask == (VALDALEN,)


@pytest.mark.parametrize("policy", AfterChange)
def test_a_rise_is_asked_about_whatever_the_policy_and_makes_no_places(policy: AfterChange) -> None:
    found = change_round(BEFORE, round_of(40, 20), ANSWERS, policy)
    valdalen = {one.municipality: one for one in found.answers}[VALDALEN]
    assert (valdalen.counted, valdalen.unanswered, valdalen.ask_again) == (24, 16, True)


def test_one_asked_for_the_first_time_is_asked() -> None:
    found = change_round(BEFORE, round_of(30, 20, 10), ANSWERS, AfterChange.KEEP)
    assert found.to_ask == (STRANDA_OY,)


def test_one_no_longer_asked_keeps_its_vedtak_which_is_not_counted_on_when_scaled() -> None:
    found = change_round(BEFORE, round_of(None, 20), ANSWERS, AfterChange.SCALE)
    valdalen = {one.municipality: one for one in found.answers}[VALDALEN]
    assert (valdalen.voted, valdalen.counted, valdalen.asked_now) == (24, 0, None)


def test_one_without_an_answer_has_no_places_to_count_on() -> None:
    answers = (record(BEFORE, awaiting(), TODAY),)
    found = change_round(BEFORE, round_of(40, 20), answers, AfterChange.SCALE)
    valdalen = {one.municipality: one for one in found.answers}[VALDALEN]
    assert (valdalen.voted, valdalen.unanswered, valdalen.ask_again) == (None, None, True)


def test_rounds_of_two_years_and_a_vedtak_from_outside_are_refused() -> None:
    with pytest.raises(BadInput, match="2026 and 2027"):
        change_round(BEFORE, Round(2027, ()), (), AfterChange.KEEP)
    with pytest.raises(BadInput, match="4298"):
        change_round(Round(2026, ()), Round(2026, ()), ANSWERS, AfterChange.KEEP)


def test_reasons_are_counted_with_the_persons_they_stand_for() -> None:
    said = (
        Supplement(
            VALDALEN, 2026, frozenset({Shortage.HOUSING, Shortage.STAFF}), 5, frozenset({Shortage.HOUSING})
        ),
    )
    answers = (record(ROUND, number(24), TODAY), record(ROUND, zero(FJELLVIK), TODAY))
    table = count_reasons(ROUND, answers, said)
    assert table.reasons == ((Shortage.HOUSING, 1, 6), (Shortage.STAFF, 1, 6))
    assert (table.without_reason, table.could_take_more, table.silent) == (1, 5, 1)


def test_a_reason_for_fewer_stands_beside_fewer_only() -> None:
    said = Supplement(VALDALEN, 2026, frozenset({Shortage.ECONOMY}))
    check_supplement(ROUND, record(ROUND, number(24), TODAY), said)
    with pytest.raises(BadInput, match="not lower"):
        check_supplement(ROUND, record(ROUND, number(30), TODAY), said)
    with pytest.raises(BadInput, match="a supplement of"):
        check_supplement(ROUND, record(ROUND, number(24), TODAY), replace(said, year=2025))


def test_what_more_would_take_needs_a_number_of_more() -> None:
    with pytest.raises(BadInput, match="without how many more"):
        Supplement(VALDALEN, 2026, it_takes=frozenset({Shortage.HOUSING}))
    with pytest.raises(BadInput, match="0 or more"):
        Supplement(VALDALEN, 2026, more_persons=-1)


def test_not_voted_and_not_used_stand_in_one_view_and_what_is_not_known_is_told() -> None:
    answers = (record(ROUND, number(24), TODAY),)
    view = places_used(ROUND, answers, {VALDALEN: 10}, {VALDALEN: 4})
    assert (view.not_voted, view.not_used, view.open_persons, view.use_not_known) == (6, 10, 20, 0)
    unknown = places_used(ROUND, answers, {}, {VALDALEN: 4})
    assert (unknown.not_used, unknown.use_not_known) == (0, 1)
    assert unknown.rows[-1].not_used is None


def test_a_round_names_the_counties_and_ks_that_are_not_heard() -> None:
    assert not_heard(ROUND, ()) == ("42", "ks")
    heard = (
        Hearing(2026, Heard.COUNTY, "42", date(2025, 9, 1), date(2025, 10, 1), {VALDALEN: 25}),
        Hearing(2026, Heard.KS, "ks", date(2025, 9, 1)),
    )
    assert not_heard(ROUND, heard) == ("ks",)


@pytest.mark.parametrize(
    ("answered", "recommended"), [(date(2025, 8, 1), {}), (date(2025, 10, 1), {VALDALEN: -1})]
)
def test_an_answer_before_the_question_or_below_zero_is_refused(
    answered: date, recommended: dict[object, int]
) -> None:
    with pytest.raises(BadInput):
        Hearing(2026, Heard.COUNTY, "42", date(2025, 9, 1), answered, recommended)  # type: ignore[arg-type]


def test_those_without_an_answer_are_reminded_on_the_days_before_the_deadline() -> None:
    week_before = date(2026, 2, 3)
    late = record(ROUND, awaiting(date(2026, 3, 5)), TODAY)
    due = reminders_due(ROUND, (late,), week_before, (21, 7, 1))
    assert [(one.municipality, one.days_left, one.meeting_after_deadline) for one in due] == [
        (FJELLVIK, 7, False),
        (VALDALEN, 7, True),
    ]
    assert reminders_due(ROUND, (), date(2026, 2, 4), (21, 7, 1)) == ()
    answered = (record(ROUND, zero(FJELLVIK), TODAY), record(ROUND, number(24), TODAY))
    assert reminders_due(ROUND, answered, week_before, (21, 7, 1)) == ()
    assert reminders_due(ROUND, (), DEADLINE, (0,)) != ()


def test_an_agenda_closes_before_its_meeting() -> None:
    with pytest.raises(BadInput):
        CouncilMatter(date(2026, 3, 5), date(2026, 3, 6))


def test_a_vedtak_on_the_new_request_counts_in_full_and_nobody_asks_again() -> None:
    # 10 of 15 asked anew: scaled with the former request it would be 5, but the council has answered the new one.
    answers = (record(BEFORE, number(10), TODAY), ANSWERS[1])
    for policy in AfterChange:
        found = change_round(BEFORE, round_of(15, 20), answers, policy, frozenset({VALDALEN}))
        valdalen = {one.municipality: one for one in found.answers}[VALDALEN]
        assert (valdalen.counted, valdalen.ask_again, valdalen.unanswered) == (10, False, 5)


def test_one_that_must_answer_anew_is_reminded_although_its_vedtak_stands() -> None:
    answered = (record(ROUND, zero(FJELLVIK), TODAY), record(ROUND, number(24), TODAY))
    due = reminders_due(ROUND, answered, date(2026, 2, 3), (7,), frozenset({VALDALEN}))
    assert [one.municipality for one in due] == [VALDALEN]


def test_after_two_cuts_the_part_is_of_the_request_that_was_voted_on() -> None:
    # 24 of 30; cut to 20, then to 10: a third of the vote, not half of it.
    found = change_round(
        round_of(20, 20), round_of(10, 20), ANSWERS, AfterChange.SCALE, voted_on={VALDALEN: 30}
    )
    assert {one.municipality: one.counted for one in found.answers if one.voted} == {
        VALDALEN: 8,
        FJELLVIK: 20,
    }


def test_a_rise_after_a_cut_counts_on_the_part_of_what_was_voted_on() -> None:
    # 24 of 30; cut to 10 and raised to 15: half of what was voted on, and the vedtak covers it.
    found = change_round(
        round_of(10, 20), round_of(15, 20), ANSWERS, AfterChange.SCALE, voted_on={VALDALEN: 30}
    )
    valdalen = {one.municipality: one for one in found.answers}[VALDALEN]
    assert (valdalen.counted, valdalen.ask_again) == (12, False)
