"""What a line says in three languages, and when it is paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bosett.grants.assumptions import LABELS
from bosett.grants.claim import Claim
from bosett.grants.instalments import instalments
from bosett.grants.names import REASONS, SCHEME_NAMES
from bosett.grants.problem import Move
from bosett.grants.solve import ALL, grant_lines
from bosett.grants.wording import assumption, reason, scheme_name, told
from bosett.rules.parameters import Parameters

from .people import people
from .test_grants import person

RATES = Parameters.shipped()


def test_a_divided_grant_is_told_with_rate_part_rule_source_and_how_sure_it_is() -> None:
    (line, _) = grant_lines([person()], [Move(date(2024, 3, 15), "a", "3301", "0301")], 2024, RATES).lines
    said = told(line, "nb")
    assert said[:4] == (
        "Integreringstilskudd for 2024.",
        "2024 er tilskuddsår 1.",
        "Integreringstilskudd, år 1, enslig voksen: 241\u00a0100 kroner (fra en annenhånds eller uklar kilde).",
        "Kommunens del er 1/3: 80\u00a0367 kroner.",
    )
    assert any(one.startswith("Regel: Forskrift om integreringstilskudd 2018") for one in said)
    assert any("Samarbeidsdesken" in one for one in said)


def test_a_missing_rate_is_told_as_not_known_and_no_amount_is_said() -> None:
    (line,) = grant_lines([person(settled=date(2025, 2, 1))], [], 2025, RATES, allow_missing=True).lines
    said = "Integreringstilskot, år 1, einsleg vaksen: ingen verdi er kjend for 2025, så beløpet kan ikkje seiast."
    assert said in told(line, "nn")


def test_places_are_told_with_how_many_times_the_rate() -> None:
    claim = Claim("c", "host_place", 2016, "3301", place_type="ordinary", places=150)
    (line,) = grant_lines([], [], 2016, RATES, ["host_place"], claims=[claim]).lines
    assert "150 times 9,335 kroner." in told(line, "en")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_line_scheme_reason_and_assumption_has_words_in_three_languages(language: str) -> None:
    persons, moves = people(400, 21)
    for year in (2016, 2023, 2024, 2025):
        found = grant_lines(persons, moves, year, RATES, ALL, allow_missing=True)
        for line in found.lines:
            assert all(one.strip() and "{" not in one for one in told(line, language))
        assert all(reason(one.code, language) for one in found.without)
    assert all(assumption(one, language) for one in LABELS)
    assert all(scheme_name(one, language) for one in (*ALL, *SCHEME_NAMES))
    assert len(REASONS) > 20


def line_of(settled: date, year: int):  # type: ignore[no-untyped-def]
    (line,) = grant_lines([person(settled=settled)], [], year, RATES, ["integration"]).lines
    return line


@pytest.mark.parametrize(
    ("settled", "paid"),
    [
        (date(2024, 3, 31), (2024, 1)),
        (date(2024, 4, 1), (2024, 2)),
        (date(2024, 6, 30), (2024, 2)),
        (date(2024, 7, 1), (2024, 3)),
        (date(2024, 11, 30), (2024, 4)),
        (date(2024, 12, 1), (2025, 1)),
    ],
)
def test_the_first_year_is_paid_whole_and_late_settlement_as_arrears(
    settled: date, paid: tuple[int, int]
) -> None:
    (one,) = instalments(line_of(settled, 2024), settled)
    assert (one.year_paid, one.number, one.amount_nok) == (*paid, 241_100)
    assert one.is_arrears(2024) is (paid[0] == 2025)


def test_a_later_year_is_paid_in_four_instalments_that_sum_to_it() -> None:
    line = replace(line_of(date(2022, 5, 1), 2023), amount_nok=249_501)
    parts = instalments(line, date(2022, 5, 1))
    assert [one.amount_nok for one in parts] == [62_375, 62_375, 62_375, 62_376]
    assert sum(one.amount_nok for one in parts) == 249_501


def test_a_line_without_an_amount_is_not_paid() -> None:
    (line,) = grant_lines([person(settled=date(2025, 2, 1))], [], 2025, RATES, allow_missing=True).lines
    assert instalments(line, date(2025, 2, 1)) == ()
