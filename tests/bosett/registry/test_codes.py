"""Promises of the history of codes, on a small invented country and on the real table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bosett.registry import Registry, Unit
from bosett.registry.codes import CodeHistory
from bosett.registry.municipality import CodeChange
from bosett.terms.errors import BadInput, NoRuleInForce
from bosett.terms.municipality import municipality_code

REGISTRY = Registry.shipped()


def unit(code: str) -> Unit:
    return Unit(municipality_code(code), f"Place {code}")


def change(old: str, new: str, day: date) -> CodeChange:
    return CodeChange(unit(old), unit(new), day)


FIRST, SECOND = date(2018, 1, 1), date(2020, 1, 1)
# 0001 and 0002 merge into 0005; 0003 is split on 0005 and 0006; 0006 takes over the code 0004 later.
SMALL = CodeHistory(
    today=(unit("0004"), unit("0005")),
    changes=(
        change("0001", "0005", FIRST),
        change("0002", "0005", FIRST),
        change("0003", "0005", FIRST),
        change("0003", "0006", FIRST),
        change("0004", "0005", FIRST),
        change("0006", "0004", SECOND),
    ),
)


def test_the_units_of_a_day_are_those_before_every_later_change() -> None:
    assert [one.code for one in SMALL.units(FIRST - timedelta(1))] == ["0001", "0002", "0003", "0004"]
    assert [one.code for one in SMALL.units(FIRST)] == ["0005", "0006"]
    assert [one.code for one in SMALL.units(SECOND)] == ["0004", "0005"]


def test_a_split_unit_has_several_successors() -> None:
    assert SMALL.successors("0003", date(2017, 6, 1)) == ("0004", "0005")


def test_a_code_used_again_means_what_it_meant_on_the_day() -> None:
    assert SMALL.successors("0004", date(2017, 6, 1)) == ("0005",)
    assert SMALL.successors("0004", date(2021, 6, 1)) == ("0004",)


def test_a_code_not_valid_on_the_day_is_bad_input() -> None:
    with pytest.raises(BadInput, match="valid on 2019-06-01"):
        SMALL.successors("0004", date(2019, 6, 1))


def test_a_day_before_the_table_is_refused() -> None:
    with pytest.raises(NoRuleInForce, match="2010-12-31"):
        REGISTRY.units(date(2010, 12, 31))


def test_every_code_ever_valid_has_a_successor_among_todays() -> None:
    today = {one.code for one in REGISTRY.municipalities(date(2024, 1, 1))}
    days = [date(year, 1, 1) for year in range(2011, 2025)]
    for day in days:
        for one in REGISTRY.units(day):
            assert set(REGISTRY.successors(one.code, day)) <= today, (one, day)


def test_a_code_of_today_leads_to_itself() -> None:
    for one in REGISTRY.municipalities(date(2024, 1, 1)):
        assert REGISTRY.translate(one.code, date(2024, 1, 1)) == one.code


def test_exactly_ten_codes_since_2011_cannot_be_translated() -> None:
    split = {
        one.code
        for year in range(2011, 2025)
        for one in REGISTRY.units(date(year, 1, 1))
        if len(REGISTRY.successors(one.code, date(year, 1, 1))) > 1
    }
    assert len(split) == 10
