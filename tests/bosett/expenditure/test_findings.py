"""What a closed round tells: each number with its interval, small groups with the model's error, nothing invented."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import sqrt

import pytest

from bosett.expenditure.domains import groups
from bosett.expenditure.findings import RoundInput, _certain_silent, findings
from bosett.expenditure.problem import Answer, FrameRow, RegisterItem, Survey
from bosett.expenditure.small_area import SmallArea, fay_herriot

SPENT = {
    "a": 1000, "b": 2600, "c": 4500, "d": 2100, "e": 5200, "f": 900, "g": 2000, "h": 4100, "i": 1500, "j": 3300,
    "k": 2500, "l": 700,
}  # fmt: skip
PERSONS = {
    "a": 10, "b": 20, "c": 40, "d": 20, "e": 50, "f": 10, "g": 20, "h": 40, "i": 15, "j": 30, "k": 25, "l": 10,
}  # fmt: skip
GROUP = dict(zip("abcdefghijkl", "111222333344", strict=True))


def survey() -> Survey:
    """Twelve of twenty-four answer one area: 30 400 kr for 290 persons."""
    frame = tuple(
        FrameRow(one, "s", Fraction(PERSONS[one]), True, certainty=False, base_weight=Fraction(2))
        for one in SPENT
    ) + tuple(
        FrameRow(f"z{n}", "s", Fraction(25), False, certainty=False, base_weight=Fraction(1))
        for n in range(12)
    )
    return Survey(frame, tuple(Answer(one, "school", amount) for one, amount in SPENT.items()))


def told(kind: str = "ordinary", rates: dict[int, int] | None = None) -> RoundInput:
    return RoundInput(kind, survey(), (), rates or {}, {"centrality": GROUP})


def test_a_groups_own_estimate_is_the_ratio_of_its_answers_with_a_domains_error() -> None:
    # Group 1: (1000 + 2600 + 4500) / (10 + 20 + 40) = 8100/70 a person.
    one = groups(survey(), GROUP)[0]
    r = 8100 / 70
    assert one.direct_nok == pytest.approx(r)
    # Terms 2 (y - R x) / 140 for a, b, c and nought for the nine others; they sum to 0, so the mean is 0.
    squares = sum(((SPENT[n] - r * PERSONS[n]) / 70) ** 2 for n in "abc")
    assert one.direct_error == pytest.approx(sqrt((1 - 12 / 24) * 12 / 11 * squares))


def test_a_group_with_two_answers_has_no_figure_since_each_could_tell_the_other() -> None:
    last = groups(survey(), GROUP)[-1]
    assert (last.respondents, last.direct_nok, last.modelled) == (2, None, None)


def test_the_models_estimate_is_the_one_of_fay_and_herriot_on_the_groups_own() -> None:
    found = groups(survey(), GROUP)
    direct = [
        SmallArea(one.name, one.direct_nok, one.direct_error, (1.0,))
        for one in found
        if one.direct_nok is not None and one.direct_error is not None
    ]
    assert [one.modelled for one in found[:3]] == list(fay_herriot(direct))


def test_every_estimate_has_an_interval_round_it() -> None:
    found = findings(told(rates=dict.fromkeys(range(1, 6), 100)))
    for one in [*found["areas"], *found["years"], found["whole"], found["survey_year"]]:
        assert one["low95"] < one["nok"] < one["high95"]
    assert found["whole"]["nok"] == pytest.approx(5 * found["survey_year"]["nok"])
    assert found["coverage"]["low95"] < found["coverage"]["share"] < found["coverage"]["high95"]


def test_without_rates_the_coverage_is_not_known() -> None:
    assert findings(told())["coverage"] is None
    assert findings(told(rates={1: 100, 2: 100}))["coverage"] is None


def test_few_answers_are_told() -> None:
    assert (findings(told())["respondents"], findings(told())["few_respondents"]) == (12, True)


def test_a_host_round_covers_one_year() -> None:
    # 30 400 kr for 290 persons among the answers; a grant of 100 covers 100 x 290 / 30 400.
    found = findings(told("host", {1: 100}))
    assert found["years"] == []
    assert found["coverage"]["share"] == pytest.approx(100 * 290 / 30400)


def test_a_round_of_training_tells_price_class_and_cost_per_participant() -> None:
    few = survey()
    more = [Answer(one, "teaching_hours", 2) for one in SPENT] + [
        Answer(one, "participant_hours", 30) for one in SPENT
    ]
    training = tuple(Answer(one.municipality_id, "training", one.amount_nok) for one in few.answers)
    people = tuple(Answer(one, "participants", 4) for one in SPENT)
    found = findings(replace(told("norwegian"), survey=Survey(few.frame, (*training, *more, *people))))
    by_name = {one["area"]: one["nok"] for one in found["quotients"]}
    assert by_name["training/teaching_hours"] == pytest.approx(30400 / 24)
    assert by_name["participant_hours/teaching_hours"] == pytest.approx(15)
    assert by_name["training/participants"] == pytest.approx(30400 / 48)
    assert [one["area"] for one in found["areas"]] == ["training"]


def test_registers_go_into_the_years_and_a_lacking_one_is_named() -> None:
    items = [RegisterItem(year, "social_assistance", 1000 * year, 10) for year in range(1, 6)]
    items.append(RegisterItem(1, "introduction_benefit", 500, 10))
    found = findings(replace(told(), register=items))
    # Year 1: the survey's year and 1000/10 + 500/10.
    assert found["years"][0]["nok"] == pytest.approx(found["survey_year"]["nok"] + 150)
    assert sum(one["rule"] == "register_year_missing" for one in found["checks"]) == 4


def test_a_group_that_was_counted_in_full_has_its_own_figure_without_sampling_error() -> None:
    few = survey()
    frame = tuple(
        replace(row, stratum="certain", certainty=True, base_weight=Fraction(1))
        if GROUP.get(row.municipality_id) == "1"
        else row
        for row in few.frame
    )
    one = groups(Survey(frame, few.answers), GROUP)[0]
    assert one.modelled is not None
    assert one.modelled.interval == pytest.approx((8100 / 70, 8100 / 70))


def test_the_silence_of_one_that_was_asked_for_sure_is_told_with_its_share_of_the_persons() -> None:
    # 290 persons answer, 12 x 25 stand outside, and a giant of 410 says nothing: 410 of 1,000.
    giant = FrameRow("giant", "s", Fraction(410), True, certainty=True, base_weight=Fraction(1))
    small = replace(giant, municipality_id="second", eligible_persons=Fraction(0))
    with_giant = Survey((*survey().frame, giant, small), (*survey().answers, Answer("second", "school", 0)))
    found = _certain_silent(with_giant)
    assert found == {"many": 1, "share": pytest.approx(0.41)}
    assert findings(told())["certain_silent"] == {"many": 0, "share": 0.0}
