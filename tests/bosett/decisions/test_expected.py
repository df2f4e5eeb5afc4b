"""Expected answers: learned from the past only, from what was really answered, and the same every time."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from bosett.decisions.expected import LEVELS, SumOutlook, expected_votes, request_for, weighted_quantiles
from bosett.decisions.vote_history import PastAnswer
from bosett.decisions.vote_scores import pinball, score_years
from bosett.terms.errors import BadInput, NoAnswer

CODES = ("0301", "1101", "3101", "4203", "4601", "5001")


def years(share: float, first: int = 2010, last: int = 2014) -> list[PastAnswer]:
    """Every council votes this share of its request in every year."""
    return [
        PastAnswer(code, year, 20 * (place + 1), None, round(20 * (place + 1) * share))
        for year in range(first, last + 1)
        for place, code in enumerate(CODES)
    ]


def test_councils_that_always_voted_half_are_expected_to_vote_half() -> None:
    expected = expected_votes(years(0.5), {"0301": 40, "9999": 10}, 2015)
    assert expected.of("0301").quantiles == (20, 20, 20, 20, 20)
    assert expected.of("9999").quantiles == (5, 5, 5, 5, 5)
    assert expected.outlook().quantile(0.5) == pytest.approx(25, abs=0.5)


def test_the_asked_year_and_later_years_are_not_looked_at() -> None:
    before = years(0.5)
    told = expected_votes(before, {"0301": 40}, 2015).votes
    later = [*before, *years(0.1, 2015, 2018)]
    assert expected_votes(later, {"0301": 40}, 2015).votes == told


def test_the_order_of_rows_and_requests_does_not_matter() -> None:
    history = [*years(0.5, 2010, 2012), *years(1.0, 2013, 2014)]
    first = expected_votes(history, {"0301": 40, "4601": 60}, 2015)
    again = expected_votes(history[::-1], {"4601": 60, "0301": 40}, 2015)
    assert first.votes == again.votes


def test_an_own_history_of_voting_more_raises_the_expected_answer() -> None:
    history = [
        PastAnswer(code, year, 20, None, 20 if code == "0301" else 10)
        for year in range(2005, 2015)
        for code in CODES
    ]
    expected = expected_votes(history, {"0301": 20, "4601": 20}, 2015)
    assert expected.of("0301").quantiles[2] > expected.of("4601").quantiles[2]


def test_whoever_is_asked_for_nobody_is_expected_to_vote_nobody() -> None:
    assert expected_votes(years(0.5), {"0301": 0}, 2015).of("0301").quantiles == (0, 0, 0, 0, 0)


def test_a_request_that_was_cut_after_the_answers_is_measured_against_the_original() -> None:
    # IMDi 2020: 5,120 were asked for when councils voted 4,838; the request was cut to 3,602.
    known = PastAnswer("0301", 2020, 3602, 5120, 4838)
    assert known.share == Fraction(4838, 5120)


def test_a_cut_request_whose_original_is_not_stored_gives_no_share() -> None:
    # 2025: 18,900 was cut to 12,640 in the summer; what each council had answered is not stored.
    assert PastAnswer("0301", 2025, 640, None, 850).share is None
    assert PastAnswer("0301", 2024, 640, None, 850).share == Fraction(85, 64)


def test_a_request_that_was_raised_before_the_answers_is_measured_as_raised() -> None:
    # March 2022: 5,500 raised to 35,000, and councils voted on the raised number.
    assert PastAnswer("0301", 2022, 2000, 200, 2000).share == 1


def test_a_history_without_a_single_answer_is_no_answer() -> None:
    with pytest.raises(NoAnswer, match="no year before 2015"):
        expected_votes([PastAnswer("0301", 2014, 20)], {"0301": 20}, 2015)


def test_a_year_twice_is_refused() -> None:
    with pytest.raises(BadInput, match="twice"):
        expected_votes([*years(0.5), PastAnswer("0301", 2014, 1, None, 1)], {"0301": 20}, 2015)


def test_negative_persons_are_refused() -> None:
    with pytest.raises(BadInput, match="0 or more"):
        PastAnswer("0301", 2014, -1)


def test_weighted_quantiles_by_hand() -> None:
    # Values 1, 2, 3 with weights 1, 1, 2: the half is reached at 2, three quarters at 3.
    found = weighted_quantiles(np.array([3.0, 1.0, 2.0]), np.array([[2.0, 1.0, 1.0]]), (0.25, 0.5, 0.75))
    assert found.tolist() == [[1, 2, 3]]


def test_the_pinball_loss_by_hand() -> None:
    # Vote 10, quantiles all 8: two above, so 2 x level; vote 8 against 10: 2 x (1 - level).
    loss = pinball(np.array([[8.0] * 5, [10.0] * 5]), np.array([10.0, 8.0]))
    assert loss[0].tolist() == pytest.approx([2 * level for level in LEVELS])
    assert loss[1].tolist() == pytest.approx([2 * (1 - level) for level in LEVELS])


def test_the_sum_of_two_even_courses_lies_between_them() -> None:
    outlook = SumOutlook((2013, 2014), (0.5, 0.5), (100.0, 200.0), (1.0, 1.0))
    assert outlook.mean == 150
    assert outlook.quantile(0.25) == pytest.approx(100, abs=0.2)
    assert outlook.quantile(0.75) == pytest.approx(200, abs=0.2)
    assert outlook.probability_at_least(150) == pytest.approx(0.5)
    assert outlook.probability_at_least(90) == pytest.approx(1)


def test_a_county_is_summed_by_its_codes() -> None:
    expected = expected_votes(years(1.0), {"4601": 30, "0301": 40}, 2015)
    assert expected.outlook("46").mean == pytest.approx(30)
    with pytest.raises(KeyError):
        expected.outlook("99")


def test_a_need_is_made_sure_by_asking_for_more_than_the_need() -> None:
    # Everybody votes half, and the spread of the sum is the smallest there is: twice the need, and a little.
    expected = expected_votes(years(0.5), {"4601": 300, "0301": 700}, 2015)
    assert request_for(expected, 1000, 0.9) == pytest.approx(2000, abs=6)
    with pytest.raises(BadInput):
        request_for(expected, 1000, 1)
    with pytest.raises(NoAnswer, match="whatever is asked for"):
        request_for(expected_votes(years(0.0), {"4601": 300}, 2015), 100, 0.9)


def test_scores_are_of_years_with_votes_and_name_every_rule() -> None:
    scores, national = score_years(years(0.5, 2010, 2016), (2015, 2016, 2030))
    assert {one.year for one in scores} == {2015, 2016}
    by_rule = {(one.rule, one.year): one for one in scores}
    # Everybody voted half of 20, 40, ... 120; "what is asked" misses by 10..60, mean 35, at half the loss.
    assert by_rule["votes what is asked", 2016].loss_persons == pytest.approx(17.5)
    assert by_rule["bosett", 2016].loss_persons == pytest.approx(0)
    assert by_rule["same share as last year", 2016].national_error == pytest.approx(0)
    assert [one.voted for one in national] == [210, 210]
