"""The calculation by columns gives the same lines as one person at a time."""

from __future__ import annotations

import pickle
from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bosett.grants.bulk import bulk_grants, bulk_lines
from bosett.grants.claim import NEEDS, Claim
from bosett.grants.known import KnownOn
from bosett.grants.person_table import PersonTable
from bosett.grants.problem import Move
from bosett.grants.schemes import SCHEMES
from bosett.grants.solve import grant_lines
from bosett.rules.parameters import SHIPPED, Parameters
from bosett.terms.errors import BadInput, NoRuleInForce

from .people import people

RATES = Parameters.shipped()
ALL = tuple(SCHEMES)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), year=st.integers(2014, 2027), count=st.integers(0, 40))
def test_the_lines_by_columns_are_the_lines_one_person_at_a_time(seed: int, year: int, count: int) -> None:
    persons, moves = people(count, seed)
    one_by_one = grant_lines(persons, moves, year, RATES, ALL, allow_missing=True).lines
    assert tuple(bulk_lines(PersonTable.of(persons, moves), [year], RATES, ALL).lines()) == one_by_one


def test_with_claims_too_the_result_by_columns_is_that_of_one_at_a_time() -> None:
    persons, moves = people(100, 9)
    claims = [
        Claim(f"c{row}", "special_2", 2024, "3301", one.person_id, cost_nok=10)
        for row, one in enumerate(persons)
    ]
    claims.append(Claim("host", "host_place", 2024, "3301", place_type="ordinary", places=3))
    asked = (persons, moves, 2024, RATES, (*ALL, *NEEDS))
    one_by_one = grant_lines(*asked, claims=claims, allow_missing=True)
    by_columns = bulk_grants(*asked, claims=claims, allow_missing=True)
    assert by_columns.lines == one_by_one.lines
    assert set(by_columns.without) == {one for one in one_by_one.without if one.claim_id}
    with pytest.raises(NoRuleInForce) as wanted:
        grant_lines(*asked, claims=claims)
    with pytest.raises(NoRuleInForce) as found:
        bulk_grants(*asked, claims=claims)
    assert str(found.value) == str(wanted.value)


def test_a_line_calculated_again_is_the_same_bytes() -> None:
    persons, moves = people(200, 8)
    stored = [
        pickle.dumps(line) for line in grant_lines(persons, moves, 2023, RATES, ALL, allow_missing=True).lines
    ]
    again = grant_lines(
        persons[::-1], moves[::-1], 2023, Parameters.load(SHIPPED), ALL, allow_missing=True
    ).lines
    assert [pickle.dumps(line) for line in again] == stored


def test_several_years_at_once_are_the_years_one_after_the_other() -> None:
    persons, moves = people(300, 1)
    table = bulk_lines(PersonTable.of(persons, moves), range(2020, 2025), RATES, ALL)
    apart = [
        line
        for year in range(2020, 2025)
        for line in grant_lines(persons, moves, year, RATES, ALL, allow_missing=True).lines
    ]
    assert list(table.lines()) == apart
    assert table.of_person("p000007") == tuple(line for line in apart if line.person_id == "p000007")


def test_the_rates_of_an_earlier_day_give_the_lines_of_that_day() -> None:
    persons, moves = people(2000, 2)
    believed = KnownOn(RATES, date(2023, 6, 1))
    by_columns = tuple(bulk_lines(PersonTable.of(persons, moves), [2023], believed, ALL).lines())
    assert by_columns == grant_lines(persons, moves, 2023, believed, ALL, allow_missing=True).lines
    assert {line.rate_nok for line in by_columns if line.rule.endswith("year_17_to_20")} == {705_000}


def test_the_parts_of_each_persons_grant_sum_to_the_whole_to_the_krone() -> None:
    persons, moves = people(2000, 3)
    parts: dict[tuple[str, str], list[int]] = defaultdict(list)
    whole = {}
    for line in bulk_lines(PersonTable.of(persons, moves), [2023], RATES, ALL).lines():
        if line.amount_nok is not None and line.scheme == "integration":
            parts[line.person_id, line.scheme].append(line.amount_nok)
            whole[line.person_id, line.scheme] = line.rate_nok
    assert any(len(amounts) > 1 for amounts in parts.values())
    assert {key: sum(amounts) for key, amounts in parts.items()} == whole


def test_the_sums_are_those_of_the_lines_and_a_missing_rate_is_no_zero() -> None:
    persons, moves = people(300, 4)
    table = bulk_lines(PersonTable.of(persons, moves), [2022, 2023], RATES, ALL)
    lines = list(table.lines())
    for one in table.sums():
        own = [
            line
            for line in lines
            if (line.municipality_id, line.year, line.scheme) == (one.municipality_id, one.year, one.scheme)
        ]
        known = [line.amount_nok for line in own if line.amount_nok is not None]
        assert (one.lines, one.missing) == (len(own), len(own) - len(known))
        assert one.amount_nok == (sum(known) if known else None)
    assert sum(one.lines for one in table.sums()) == len(lines)


def test_a_stranger_moving_and_a_scheme_on_a_claim_are_refused() -> None:
    persons, _ = people(3, 5)
    with pytest.raises(BadInput, match="a person of the persons table"):
        PersonTable.of(persons, [Move(date(2024, 1, 1), "nobody", "0301", "3301")])
    with pytest.raises(BadInput, match="each person once"):
        PersonTable.of([*persons, persons[0]])
    with pytest.raises(BadInput, match="special_1"):
        bulk_lines(PersonTable.of(persons), [2024], RATES, ["special_1"])
