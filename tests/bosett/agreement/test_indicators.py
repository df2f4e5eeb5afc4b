"""Kept, at risk, not kept, or cannot be said: as of a day and with what it rests on."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from bosett.agreement.indicators import COMMITMENTS, findings
from bosett.agreement.problem import Facts, Finding, PlacementAboveVedtak, Verdict

DAY = date(2026, 4, 1)


def finding(code: str, facts: Facts) -> Finding:
    return next(one for one in findings(facts, DAY) if one.commitment == code)


def test_without_facts_nothing_can_be_said_and_what_is_missing_is_named() -> None:
    found = findings(Facts(2026), DAY)
    assert {one.verdict for one in found} == {Verdict.CANNOT_BE_SAID}
    known = {one.name for one in fields(Facts)}
    assert all(one.missing and set(one.missing) <= known for one in found)


@pytest.mark.parametrize(
    ("voted", "awaiting", "verdict"),
    [(13_000, 0, Verdict.KEPT), (12_999, 3, Verdict.AT_RISK), (12_999, 0, Verdict.NOT_KEPT)],
)
def test_places_short_of_the_need_are_a_risk_while_answers_are_awaited(
    voted: int, awaiting: int, verdict: Verdict
) -> None:
    facts = Facts(2026, need_persons=13_000, voted_persons=voted, awaiting_municipalities=awaiting)
    assert finding("enough_places", facts).verdict is verdict


def test_an_unknown_vote_is_not_a_vote_of_nothing() -> None:
    found = finding("enough_places", Facts(2026, need_persons=13_000, awaiting_municipalities=0))
    assert found.missing == ("voted_persons",)


def test_one_person_above_what_a_municipality_allows_breaks_voluntariness() -> None:
    rows = (PlacementAboveVedtak("0301", "all", 11, 10), PlacementAboveVedtak("4601", "all", 5, 10))
    found = finding("voluntariness", Facts(2026, assigned_against_allowed=rows))
    assert found.verdict is Verdict.NOT_KEPT
    assert dict(found.facts) == {"municipalities_above": 1, "persons_above": 1, "rows": 2}


def test_no_assignment_at_all_keeps_voluntariness() -> None:
    assert finding("voluntariness", Facts(2026, assigned_against_allowed=())).verdict is Verdict.KEPT


@pytest.mark.parametrize(
    ("sent", "verdict"),
    [
        # The letters went out on 31 October 2025 for 2026, 62 days ahead; in 2022 in March of the year.
        (date(2025, 10, 31), Verdict.KEPT),
        (date(2025, 11, 20), Verdict.AT_RISK),
        (date(2026, 3, 18), Verdict.NOT_KEPT),
    ],
)
def test_the_time_to_plan_counts_from_the_letter_to_the_new_year(sent: date, verdict: Verdict) -> None:
    assert finding("time_to_plan", Facts(2026, anmodning_sent_on=sent)).verdict is verdict


@pytest.mark.parametrize(
    ("long", "verdict"), [(5, Verdict.KEPT), (10, Verdict.AT_RISK), (11, Verdict.NOT_KEPT)]
)
def test_waiting_over_half_a_year_is_counted_in_shares(long: int, verdict: Verdict) -> None:
    waits = (181,) * long + (180,) * (100 - long)
    assert finding("settled_fast", Facts(2026, ready_wait_days=waits)).verdict is verdict


@pytest.mark.parametrize(
    ("year", "verdict"), [(2025, Verdict.KEPT), (2024, Verdict.AT_RISK), (2023, Verdict.NOT_KEPT)]
)
def test_the_mapping_of_expenditure_grows_old(year: int, verdict: Verdict) -> None:
    assert finding("regular_mapping", Facts(2026, last_mapping_data_year=year)).verdict is verdict


def test_every_commitment_has_a_source_and_says_whether_the_limit_is_ours() -> None:
    assert all(one.source.title and one.source.href for one in COMMITMENTS)
    assert {one.code for one in COMMITMENTS if one.threshold_is_ours} == {
        "time_to_plan",
        "settled_fast",
        "regular_mapping",
    }
