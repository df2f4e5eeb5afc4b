"""A household's way, step by step: what is allowed, what is refused, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bosett.followup import steps
from bosett.followup.advance import TRANSITIONS, advance, allowed_steps
from bosett.followup.deadlines import answer_due, reminders_due, wait_since_ready
from bosett.followup.hearing import missing_items, required_items
from bosett.followup.problem import (
    Case,
    Heard,
    Item,
    Person,
    ReasonWithout,
    SettlementDates,
    Stage,
)
from bosett.rules.parameters import Parameters
from bosett.terms.errors import Refused
from bosett.terms.groups import Track

DAY = date(2026, 3, 2)
MOTHER = Person("p1", date(1990, 5, 1))
CHILD = Person("p2", date(2019, 5, 1))


def heard(*without: Item) -> dict[Item, Heard]:
    return {item: Heard(on=DAY) for item in Item if item not in without}


def new() -> Case:
    return Case("h1", Track.ASYLUM, (MOTHER, CHILD))


def after(*taken: steps.AnyStep) -> Case:
    case = new()
    for one in taken:
        case = advance(case, one)
    return case


INTERVIEW = steps.Interviewed(DAY, heard())
READY = steps.MarkedReady(DAY)
PROPOSE = steps.Proposed(DAY, "0301", DAY + timedelta(days=7))
ACCEPT = steps.Accepted(DAY, "0301")
ASSIGN = steps.Assigned(DAY, "0301")
AGREE = steps.DateAgreed(DAY, SettlementDates(DAY + timedelta(days=20)))
SETTLE = steps.Settled(DAY + timedelta(days=20), ("p1", "p2"))
WAY = (INTERVIEW, READY, PROPOSE, ACCEPT, ASSIGN, AGREE, SETTLE)


def refused(case: Case, step: steps.AnyStep) -> str:
    with pytest.raises(Refused) as caught:
        advance(case, step)
    return caught.value.code


def test_a_household_goes_all_the_way_from_reception_to_settled() -> None:
    case = after(*WAY)
    assert case.stage is Stage.SETTLED
    assert case.municipality_id == "0301"
    assert {one.settled_on for one in case.persons} == {DAY + timedelta(days=20)}


@pytest.mark.parametrize("taken", range(len(WAY)))
@pytest.mark.parametrize("tried", range(len(WAY)))
def test_no_step_can_be_taken_before_the_one_that_comes_before_it(taken: int, tried: int) -> None:
    if tried <= taken:
        return
    assert refused(after(*WAY[:taken]), WAY[tried])


def test_settlement_before_assignment_is_refused() -> None:
    assert refused(after(INTERVIEW, READY, PROPOSE, ACCEPT), SETTLE) == "settlement_before_assignment"


def test_settlement_without_an_agreed_date_is_refused() -> None:
    assert refused(after(INTERVIEW, READY, PROPOSE, ACCEPT, ASSIGN), SETTLE) == "no_date_agreed"


def test_a_person_is_settled_once() -> None:
    alone = steps.Settled(DAY + timedelta(days=20), ("p1",))
    assert refused(after(*WAY[:-1], alone), alone) == "settled_twice"
    assert after(*WAY[:-1], alone).stage is Stage.DATE_AGREED


def test_an_expired_proposal_cannot_be_accepted() -> None:
    case = after(INTERVIEW, READY, PROPOSE)
    assert refused(case, steps.Accepted(DAY + timedelta(days=8), "0301")) == "proposal_expired"
    assert advance(case, steps.Accepted(DAY + timedelta(days=7), "0301")).stage is Stage.ACCEPTED
    gone = advance(case, steps.Expired(DAY + timedelta(days=8)))
    assert refused(gone, steps.Accepted(DAY + timedelta(days=8), "0301")) == "no_open_proposal"


def test_a_proposal_does_not_expire_before_its_last_day_is_over() -> None:
    case = after(INTERVIEW, READY, PROPOSE)
    assert refused(case, steps.Expired(DAY + timedelta(days=7))) == "deadline_not_passed"


def test_another_municipality_cannot_accept() -> None:
    assert refused(after(INTERVIEW, READY, PROPOSE), steps.Accepted(DAY, "4601")) == "not_proposed_here"


def test_a_decline_needs_a_reason_and_frees_the_household() -> None:
    case = after(INTERVIEW, READY, PROPOSE)
    assert refused(case, steps.Declined(DAY, "0301", "")) == "decline_without_reason"
    back = advance(advance(case, steps.Declined(DAY, "0301", "no_home")), steps.ReturnedToPool(DAY, ""))
    assert (back.stage, back.proposal) == (Stage.READY, None)


def test_a_question_gives_a_new_deadline_and_does_not_run_out_while_it_is_open() -> None:
    asked = advance(after(INTERVIEW, READY, PROPOSE), steps.Asked(DAY, "0301"))
    later = DAY + timedelta(days=9)
    assert refused(asked, steps.Expired(later)) == "question_open"
    answered = advance(asked, steps.QuestionAnswered(later, later + timedelta(days=7)))
    assert advance(answered, steps.Accepted(later, "0301")).stage is Stage.ACCEPTED


@pytest.mark.parametrize("item", [item for item in Item if item is not Item.INTERVIEW])
def test_no_decision_is_made_without_every_item_of_the_hearing(item: Item) -> None:
    case = after(steps.Interviewed(DAY, heard(item)), READY, PROPOSE, ACCEPT)
    with pytest.raises(Refused) as caught:
        advance(case, ASSIGN)
    assert (caught.value.code, caught.value.facts) == ("not_heard", {"missing": item.value})


def test_a_coded_reason_stands_in_for_an_item() -> None:
    hearing = {**heard(Item.WISHES), Item.WISHES: Heard(without=ReasonWithout.HOUSEHOLD_DECLINED)}
    case = after(steps.Interviewed(DAY, hearing), READY, PROPOSE, ACCEPT)
    assert advance(case, ASSIGN).stage is Stage.ASSIGNED


def test_the_childs_best_interests_are_asked_for_only_when_there_is_a_child() -> None:
    assert Item.CHILD_BEST_INTERESTS in required_items((MOTHER, CHILD), DAY)
    assert Item.CHILD_BEST_INTERESTS not in required_items((MOTHER,), DAY)
    assert Item.CHILD_BEST_INTERESTS not in required_items((MOTHER, CHILD), date(2037, 5, 1))


def test_an_item_dated_after_the_decision_counts_as_missing() -> None:
    case = replace(new(), hearing=heard())
    assert missing_items(case, DAY - timedelta(days=1)) == tuple(Item)
    assert missing_items(case, DAY) == ()


def test_one_person_may_come_later_for_a_coded_reason() -> None:
    later = DAY + timedelta(days=60)
    dates = SettlementDates(DAY + timedelta(days=20), {"p2": (later, "in_hospital")})
    assert (dates.of("p1"), dates.of("p2")) == (DAY + timedelta(days=20), later)
    case = after(*WAY[:5])
    assert refused(case, steps.DateAgreed(DAY, SettlementDates(later, {"p2": (later, "")}))) == (
        "exception_without_reason"
    )
    assert refused(case, steps.DateAgreed(DAY, SettlementDates(later, {"x": (later, "in_hospital")}))) == (
        "exception_for_stranger"
    )


def test_the_agreed_day_is_not_before_the_decision() -> None:
    early = steps.DateAgreed(DAY, SettlementDates(DAY - timedelta(days=1)))
    assert refused(after(*WAY[:5]), early) == "date_before_decision"


def test_a_step_dated_before_the_last_one_is_refused() -> None:
    assert refused(after(INTERVIEW), steps.MarkedReady(DAY - timedelta(days=1))) == "before_last_step"


def test_without_a_permit_a_household_can_only_go_back_or_leave() -> None:
    case = replace(after(INTERVIEW, READY, PROPOSE, ACCEPT), permit_valid=False)
    assert refused(case, ASSIGN) == "no_valid_permit"
    assert advance(case, steps.Left(DAY, "permit_lost")).stage is Stage.LEFT


def test_a_household_that_left_takes_no_more_steps() -> None:
    left = after(INTERVIEW, steps.Left(DAY, "returned"))
    assert allowed_steps(Stage.LEFT) == ()
    assert all(refused(left, one) for one in WAY)


def test_a_secondary_move_is_to_another_municipality() -> None:
    moved = steps.MovedOn(DAY + timedelta(days=90), "4601")
    assert advance(after(*WAY), moved).municipality_id == "4601"
    assert refused(after(*WAY), steps.MovedOn(DAY + timedelta(days=90), "0301")) == "same_municipality"
    assert refused(after(*WAY[:6]), moved) == "not_settled"


def test_every_stage_but_the_last_has_a_way_on() -> None:
    assert {stage for stage in Stage if not allowed_steps(stage)} == {Stage.LEFT}
    assert len(TRANSITIONS) == 14


def test_resettlement_lists_are_answered_within_one_week() -> None:
    # Source: veiviseren.no on resettlement refugees: reply expected within one week.
    due = answer_due(Track.RESETTLEMENT, date(2026, 3, 2), Parameters.shipped())
    assert due.last_day == date(2026, 3, 9)


def test_reminders_name_open_proposals_whose_day_is_near_or_past() -> None:
    case = after(INTERVIEW, READY, PROPOSE)
    rules = Parameters.shipped()
    assert reminders_due([case], DAY + timedelta(days=4), rules) == ()
    assert [one.days_left for one in reminders_due([case], DAY + timedelta(days=5), rules)] == [2]
    assert [one.days_left for one in reminders_due([case], DAY + timedelta(days=8), rules)] == [-1]
    assert reminders_due([advance(case, ACCEPT)], DAY + timedelta(days=8), rules) == ()


def test_a_wait_runs_from_ready_to_settled_or_today() -> None:
    assert wait_since_ready("h", date(2026, 1, 1), None, date(2026, 3, 1)).wait_days == 59
    over = wait_since_ready("h", date(2026, 1, 1), date(2026, 1, 31), date(2026, 3, 1))
    assert (over.wait_days, over.over) == (30, True)
    with pytest.raises(ValueError, match="before it began"):
        wait_since_ready("h", date(2026, 1, 2), date(2026, 1, 1), date(2026, 3, 1))
