"""Modelled answers and the modelled past."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import numpy as np
import pytest

from bosett.scenario.answers import Answer, Calendar, ModelledAnswer, modelled_answers, places
from bosett.scenario.history import ModelledHistory, Outcome, modelled_history
from bosett.scenario.pattern import VotePattern
from bosett.scenario.population import Marginals, Protection, Stage, SyntheticPopulation
from bosett.terms.errors import BadInput
from bosett.terms.figure import State
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode

from .conftest import DEMO_DAY, WEIGHTS

CALENDAR = Calendar(date(2025, 10, 31), date(2026, 2, 10), DEMO_DAY)
CODES = [MunicipalityCode(f"{n:04d}") for n in range(1000, 1332)]
ASKED = {(code, Group.ALL): 5 + 3 * i % 200 for i, code in enumerate(CODES)} | {
    (code, Group.EM_15_17): 5 for code in CODES[::3]
}


@pytest.fixture(scope="module")
def answers() -> tuple[ModelledAnswer, ...]:
    return modelled_answers(ASKED, CALENDAR, VotePattern.shipped(), np.random.default_rng(1))


def test_the_332_answers_have_the_shares_of_earlier_years(answers: tuple[ModelledAnswer, ...]) -> None:
    """By hand: ten rounds 2014-2024 without 2020, 3,422 answers: 1,989 same, 858 fewer, 326 more,

    95 zero, 154 none stored.  Times 332 / 3,422, cumulated and rounded: 193, 276, 308, 317, 332.
    """
    count = Counter(answer.answer for answer in answers)
    assert count == {
        Answer.SAME: 193,
        Answer.FEWER: 83,
        Answer.MORE: 32,
        Answer.ZERO: 9,
        Answer.AWAITING: 15,
    }


def test_one_year_can_be_chosen_and_an_unstored_one_is_refused() -> None:
    shares = VotePattern.shipped((2024,)).shares()
    assert shares["fewer"] == pytest.approx(205 / 356)
    assert sum(shares.values()) == pytest.approx(1)
    for year in (2020, 2025, 2026):
        with pytest.raises(BadInput):
            VotePattern.shipped((year,))


def test_each_number_lies_on_the_side_that_its_kind_says(answers: tuple[ModelledAnswer, ...]) -> None:
    for one in answers:
        asked, whole = ASKED[one.municipality, Group.ALL], one.numbers[Group.ALL]
        if one.answer is Answer.AWAITING:
            assert (whole.state, whole.value) == (State.AWAITING, None)
            continue
        assert whole.value is not None
        assert {
            Answer.SAME: whole.value == asked,
            Answer.FEWER: 0 < whole.value < asked,
            Answer.MORE: whole.value > asked,
            Answer.ZERO: whole.value == 0,
        }[one.answer]


def test_minors_are_answered_only_where_asked_and_never_above_the_whole(
    answers: tuple[ModelledAnswer, ...],
) -> None:
    yes = 0
    for one in answers:
        minors = one.numbers[Group.EM_15_17]
        assert (minors.state is State.NOT_ASKED) == ((one.municipality, Group.EM_15_17) not in ASKED)
        assert one.numbers[Group.EM_UNDER15].state is State.NOT_ASKED
        yes += bool(minors.value)
    assert 30 <= yes <= 80, "about half of the 111 that are asked"


def test_a_council_that_is_awaited_meets_after_today_and_the_others_have_met(
    answers: tuple[ModelledAnswer, ...],
) -> None:
    for one in answers:
        assert (one.council_meeting > DEMO_DAY) == (one.answer is Answer.AWAITING)
        assert one.council_meeting > CALENDAR.sent
    late = sum(CALENDAR.deadline < one.council_meeting <= DEMO_DAY for one in answers)
    assert 0.25 < late / len(answers) < 0.5


def test_every_answer_is_marked_as_modelled_and_some_have_reservations(
    answers: tuple[ModelledAnswer, ...],
) -> None:
    assert all(one.modelled for one in answers)
    reserved = [one for one in answers if one.reservations]
    assert reserved
    assert all(one.numbers[Group.ALL].value for one in reserved)


def test_the_same_generator_state_gives_the_same_answers(answers: tuple[ModelledAnswer, ...]) -> None:
    again = modelled_answers(ASKED, CALENDAR, VotePattern.shipped(), np.random.default_rng(1))
    other = modelled_answers(ASKED, CALENDAR, VotePattern.shipped(), np.random.default_rng(2))
    assert again == answers != other


@pytest.mark.parametrize(
    "asked",
    [
        {(CODES[0], Group.EM_15_17): 5},
        {(CODES[0], Group.ALL): 4, (CODES[0], Group.EM_15_17): 5},
        {(CODES[0], Group.ALL): 0},
    ],
)
def test_a_request_that_contradicts_itself_is_refused(
    asked: dict[tuple[MunicipalityCode, Group], int],
) -> None:
    with pytest.raises(BadInput):
        modelled_answers(asked, CALENDAR, VotePattern.shipped(), np.random.default_rng(1))


def test_a_calendar_out_of_order_is_refused() -> None:
    with pytest.raises(ValueError, match="out of order"):
        Calendar(date(2026, 2, 10), date(2025, 10, 31), DEMO_DAY)


TIGHT = {(2026, code, Group.ALL): 1_500 for code in WEIGHTS} | {
    (2026, code, Group.EM_15_17): 40 for code in WEIGHTS
}


@pytest.fixture(scope="module")
def past(demo: SyntheticPopulation) -> ModelledHistory:
    voted = {(2026, code): date(2026, 2, 1) for code in WEIGHTS}
    rng = np.random.default_rng(3)
    return modelled_history(demo, TIGHT, voted, WEIGHTS, Marginals.shipped(), rng)


def test_no_municipality_is_given_more_persons_than_its_places_by_group(past: ModelledHistory) -> None:
    where = past.municipality_of()
    used: Counter[tuple[MunicipalityCode, Group]] = Counter()
    for one in past.population.households:
        if one.id in where and (one.days.settled or DEMO_DAY).year == 2026:
            used[where[one.id], Group.ALL] += one.persons
            if one.group is not Group.ALL:
                used[where[one.id], one.group] += one.persons
    assert used[MunicipalityCode("0301"), Group.ALL] > 1_400, "the places are tight, so they are used"
    assert all(number <= TIGHT.get((2026, *key), 0) for key, number in used.items())


def test_persons_are_conserved_and_who_finds_no_room_waits_as_ready(
    demo: SyntheticPopulation, past: ModelledHistory
) -> None:
    before = Counter(one.stage for one in demo.households)
    after = Counter(one.stage for one in past.population.households)
    assert past.population.persons == demo.persons
    assert sum(after.values()) == sum(before.values())
    assert after[Stage.READY] > before[Stage.READY]
    for stage in (Stage.LEFT, Stage.IN_RECEPTION, Stage.INTERVIEWED):
        assert after[stage] == before[stage]
    for one in past.population.households:
        if one.stage is Stage.READY:
            assert one.days.proposed is one.days.assigned is one.days.settled is None
            assert one.days.ready is not None


def test_exactly_those_beyond_ready_have_one_live_proposal(past: ModelledHistory) -> None:
    live = Counter(p.household_id for p in past.proposals if p.outcome in (Outcome.OPEN, Outcome.ACCEPTED))
    placed = {
        one.id
        for one in past.population.households
        if one.stage in (Stage.PROPOSED, Stage.ASSIGNED, Stage.SETTLED)
    }
    assert live == dict.fromkeys(placed, 1)
    still_open = {p.household_id for p in past.proposals if p.outcome is Outcome.OPEN}
    assert still_open == {one.id for one in past.population.households if one.stage is Stage.PROPOSED}


def test_linked_households_are_settled_in_one_municipality(past: ModelledHistory) -> None:
    where, links = past.municipality_of(), defaultdict(set)
    for one in past.population.households:
        if one.link:
            links[one.link].add(where.get(one.id))
    assert all(len(found) == 1 for found in links.values())


def test_protected_households_are_placed_nowhere(past: ModelledHistory) -> None:
    proposed = {p.household_id for p in past.proposals if p.outcome in (Outcome.OPEN, Outcome.ACCEPTED)}
    protected = {one.id for one in past.population.households if one.protection is not Protection.NONE}
    assert protected
    assert not protected & proposed


def test_returned_proposals_lie_between_ready_and_the_one_that_counts(past: ModelledHistory) -> None:
    households = {one.id: one for one in past.population.households}
    returned = [p for p in past.proposals if p.outcome in (Outcome.DECLINED, Outcome.EXPIRED)]
    assert len(returned) > 50
    for proposal in returned:
        days = households[proposal.household_id].days
        assert days.ready is not None
        assert proposal.answered is not None
        assert days.ready <= proposal.proposed < proposal.answered <= (days.proposed or DEMO_DAY)
        assert bool(proposal.reason) == (proposal.outcome is Outcome.DECLINED)


def test_a_proposal_before_the_vote_says_so(past: ModelledHistory) -> None:
    year_of = {one.id: (one.days.settled or DEMO_DAY).year for one in past.population.households}
    for proposal in past.proposals:
        if proposal.outcome in (Outcome.OPEN, Outcome.ACCEPTED):
            early = year_of[proposal.household_id] == 2026 and proposal.proposed < date(2026, 2, 1)
            assert proposal.before_vote == early
    assert all(p.modelled for p in past.proposals)


def test_places_hold_voted_numbers_and_nothing_for_the_awaited(answers: tuple[ModelledAnswer, ...]) -> None:
    voted = places(answers)
    for one in answers:
        key = (one.municipality, Group.ALL)
        assert (key in voted) == (one.answer is not Answer.AWAITING)
        assert voted.get(key) == one.numbers[Group.ALL].value
        assert (one.municipality, Group.EM_UNDER15) not in voted
