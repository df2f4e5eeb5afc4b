"""Kept, at risk, not kept, or cannot be said: as of a day, with what it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bosett.agreement import INDICATORS, Case, Fact, FactBook, Finding, Verdict, held, read_commitments
from bosett.registry import Agreements
from bosett.rules.parameters import Parameters
from bosett.terms.errors import BadInput
from bosett.terms.partial_day import PartialDay
from bosett.terms.source import Source

HERE = Source(title="a source")
DAY = date(2026, 12, 31)
HEADER = "agreement,commitment,term,parties,through,indicators\n"


def fact(what: str, value: int | str, on: str = "2026-01-10", year: int = 2026) -> Fact:
    return Fact(what, year, Decimal(value) if isinstance(value, str) else value, PartialDay(on), HERE)


def found(indicator: str, *facts: Fact, year: int = 2026, as_of: date = DAY) -> Finding:
    return INDICATORS[indicator](Case(FactBook(facts), Parameters.shipped(), year, as_of))


@pytest.mark.parametrize("indicator", INDICATORS)
def test_without_facts_nothing_can_be_said_and_what_is_missing_is_named(indicator: str) -> None:
    told = found(indicator)
    assert told.verdict is Verdict.CANNOT_BE_SAID
    assert told.missing


@pytest.mark.parametrize(
    ("voted", "open_answers", "verdict"),
    [(13_000, 0, Verdict.KEPT), (12_999, 3, Verdict.AT_RISK), (12_999, 0, Verdict.NOT_KEPT)],
)
def test_places_short_of_the_need_are_a_risk_while_answers_are_awaited(
    voted: int, open_answers: int, verdict: Verdict
) -> None:
    told = found(
        "enough_places", fact("need", 13_000), fact("voted", voted), fact("open_answers", open_answers)
    )
    assert told.verdict is verdict
    assert dict(told.figures)["short"] == 13_000 - voted


def test_an_unknown_vote_is_not_a_vote_of_nothing() -> None:
    assert found("enough_places", fact("need", 13_000)).missing == ("voted",)


def test_where_no_need_is_stored_the_request_is_what_the_state_said() -> None:
    told = found("enough_places", fact("request", 100), fact("voted", 90))
    assert dict(told.figures) == {"need": 100, "voted": 90, "short": 10}


def test_nothing_is_known_before_its_last_possible_day() -> None:
    book = (fact("need", 10, "2026-03"), fact("voted", 10, "2026-02-01"))
    assert found("enough_places", *book, as_of=date(2026, 3, 30)).missing == ("need",)
    assert found("enough_places", *book, as_of=date(2026, 3, 31)).verdict is Verdict.KEPT


@pytest.mark.parametrize(
    ("sent", "verdict"),
    [
        # 31 October is 62 days before the new year; all of November lies between 61 and 32 days.
        ("2025-10-31", Verdict.KEPT),
        ("2025-11", Verdict.AT_RISK),
        ("2026-03-18", Verdict.NOT_KEPT),
        ("2025-10", Verdict.KEPT),
    ],
)
def test_the_time_to_plan_counts_from_the_first_request_to_the_new_year(sent: str, verdict: Verdict) -> None:
    assert found("time_to_plan", fact("request", 100, sent)).verdict is verdict


def test_a_request_of_an_unknown_day_leaves_the_time_to_plan_unsaid() -> None:
    undated = replace(fact("request", 100, "2026-06"), day_known=False)
    assert found("time_to_plan", undated).missing == ("request_day",)


@pytest.mark.parametrize(
    ("after", "verdict"),
    [(110, Verdict.KEPT), (89, Verdict.AT_RISK), (125, Verdict.AT_RISK), (126, Verdict.NOT_KEPT)],
)
def test_a_change_in_the_year_is_weighed_by_its_share_up_or_down(after: int, verdict: Verdict) -> None:
    told = found("mid_year_changes", fact("request", 100, "2025-11-01"), fact("request", after, "2026-05-01"))
    assert told.verdict is verdict
    assert dict(told.figures)["persons_changed"] == after - 100


def test_a_number_that_stays_has_no_change() -> None:
    told = found("mid_year_changes", fact("request", 100, "2025-11-01"))
    assert (told.verdict, dict(told.figures)) == (Verdict.KEPT, {"changes": 0, "persons_changed": 0})


def test_unused_places_say_what_the_state_paid_which_was_50_000_kroner_in_2022_and_nothing_since() -> None:
    def of(year: int) -> dict[str, object]:
        book = (fact("voted", 100, f"{year}-12-31", year), fact("settled", 80, f"{year}-12-31", year))
        return dict(found("unused_places", *book, year=year, as_of=date(year, 12, 31)).figures)

    assert of(2022)["state_paid_nok_per_place"] == 50_000
    assert of(2023)["state_paid_nok_per_place"] == 0
    assert of(2022)["unused"] == 20


def test_more_settled_than_voted_for_is_no_unused_place() -> None:
    told = found("unused_places", fact("voted", 100), fact("settled", 120))
    assert (told.verdict, dict(told.figures)["unused"]) == (Verdict.KEPT, 0)


def test_one_person_above_what_a_municipality_allows_breaks_voluntariness() -> None:
    assert found("no_placement_above", fact("persons_above_allowed", 1)).verdict is Verdict.NOT_KEPT
    assert found("no_placement_above", fact("persons_above_allowed", 0)).verdict is Verdict.KEPT


def test_published_sums_above_a_vote_are_shown_and_decide_nothing() -> None:
    told = found("no_placement_above", fact("persons_settled_above_vote", 311))
    assert told.verdict is Verdict.CANNOT_BE_SAID
    assert dict(told.figures) == {"persons_settled_above_vote": 311}


@pytest.mark.parametrize(
    ("long", "verdict"), [(5, Verdict.KEPT), (10, Verdict.AT_RISK), (11, Verdict.NOT_KEPT)]
)
def test_waiting_over_half_a_year_is_counted_in_shares(long: int, verdict: Verdict) -> None:
    told = found("long_waits", fact("households_ready", 100), fact("households_ready_over_180_days", long))
    assert told.verdict is verdict


def test_the_target_of_90_per_cent_holds_in_2018_and_2019_and_no_later_one_is_known() -> None:
    def of(year: int, percent: int) -> Finding:
        book = (fact("within_six_months_percent", percent, str(year), year),)
        return found("within_six_months", *book, year=year, as_of=date(year, 12, 31))

    assert of(2018, 83).verdict is Verdict.NOT_KEPT
    assert of(2019, 94).verdict is Verdict.KEPT
    assert of(2021, 94).missing == ("agreement/six_months_target",)


def test_a_mean_within_the_limit_proves_nothing_and_one_above_it_does() -> None:
    def of(months: str) -> Finding:
        return found(
            "mean_wait", fact("mean_months", months, "2017", 2017), year=2017, as_of=date(2017, 12, 31)
        )

    assert of("5.0").missing == ("longest_wait",)
    assert of("6.1").verdict is Verdict.NOT_KEPT


def test_an_old_mapping_is_not_said_to_be_the_last_where_the_sources_end() -> None:
    told = found("regular_mapping", fact("mapped", 1, "2024", 2023))
    assert (dict(told.figures)["years_since"], told.missing) == (3, ("mapped_2025",))
    assert found("regular_mapping", fact("mapped", 1, "2026", 2025)).verdict is Verdict.KEPT


@pytest.mark.parametrize(
    ("informed", "verdict"), [(19, Verdict.KEPT), (16, Verdict.AT_RISK), (15, Verdict.NOT_KEPT)]
)
def test_openings_are_told_of_before_in_enough_of_all_cases(informed: int, verdict: Verdict) -> None:
    told = found("informed_before_opening", fact("openings", 20), fact("openings_informed", informed))
    assert told.verdict is verdict


def test_a_year_without_an_opening_breaks_no_promise() -> None:
    told = found("informed_before_opening", fact("openings", 0), fact("openings_informed", 0))
    assert told.verdict is Verdict.KEPT


def test_a_commitment_is_as_bad_as_the_worst_that_can_be_said_of_it() -> None:
    book = FactBook((fact("request", 100, "2025-10-31"), fact("request", 200, "2026-05-01")))
    frames = next(one for one in held(book, DAY) if one.commitment.code == "predictable_frames")
    assert [one.verdict for one in frames.findings] == [
        Verdict.KEPT, Verdict.NOT_KEPT, Verdict.CANNOT_BE_SAID,
    ]  # fmt: skip
    assert frames.verdict is Verdict.NOT_KEPT


def test_a_later_day_looks_at_an_earlier_year_with_that_years_limits() -> None:
    book = FactBook((fact("within_six_months_percent", 83, "2018", 2018),))
    fast = next(one for one in held(book, DAY, 2018) if one.commitment.code == "settled_fast")
    assert fast.commitment.agreement == "2018-21"
    assert fast.findings[0].verdict is Verdict.NOT_KEPT


def test_a_day_before_the_agreement_of_the_year_is_refused_by_name() -> None:
    with pytest.raises(BadInput, match=r"2025-06-01 for the year 2027.*2026-01-01.*2026-29"):
        held(FactBook(()), date(2025, 6, 1), 2027)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("2026-29,new,not_there,KS,,coverage", "row 2, column term: found 'new' rests on 'not_there'"),
        ("2030-33,new,forum,KS,,coverage", "agreement '2030-33'"),
        ("2026-29,new,forum,KD,,coverage", "column parties: found new: KD"),
        ("2026-29,new,forum,KS,NAV,coverage", "column through: found new: NAV"),
        ("2026-29,new,forum,KS,,", "column indicators: found new: nothing"),
        ("2026-29,new,forum,KS,,guess", "column indicators: found new: guess"),
        ("2026-29,new,forum,KS,,coverage\n2026-29,new,forum,KS,,coverage", "new twice in 2026-29"),
    ],
)
def test_a_commitment_without_a_source_a_party_or_a_measure_is_refused_by_name(
    tmp_path: Path, row: str, told: str
) -> None:
    file = tmp_path / "commitments.csv"
    file.write_text(HEADER + row + "\n")
    with pytest.raises(BadInput) as refused:
        read_commitments(file, Agreements.shipped())
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_a_partial_day_is_as_wide_as_what_is_told(text: str, first: date, last: date) -> None:
    assert (PartialDay(text).earliest, PartialDay(text).latest) == (first, last)


@pytest.mark.parametrize("text", ["", "24", "2024-13", "2023-02-29", "2024-2-1"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        PartialDay(text)
