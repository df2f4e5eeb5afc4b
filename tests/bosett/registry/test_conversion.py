"""Promises of figures carried to today's municipalities: nobody is lost, nobody is guessed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.registry import Registry
from bosett.terms.errors import BadInput
from bosett.terms.figure import Figure, State

REGISTRY = Registry.shipped()
DAY = date(2019, 6, 1)
CODES = [unit.code for unit in REGISTRY.units(DAY)]
SPLIT = [code for code in CODES if len(REGISTRY.successors(code, DAY)) > 1]
HALVES = {
    code: {target: Fraction(1, len(targets)) for target in targets}
    for code in SPLIT
    if (targets := REGISTRY.successors(code, DAY))
}


def everybody(persons: int) -> dict[str, Figure]:
    return dict.fromkeys(CODES, Figure.of(persons))


def test_merged_municipalities_are_added() -> None:
    """Kristiansand of 2020 is Kristiansand, Søgne and Songdalen of 2019."""
    parts = {"1001": Figure.of(100), "1018": Figure.of(20), "1017": Figure.of(3)}
    assert REGISTRY.figures_today({**everybody(0), **parts}, DAY)["4204"] == Figure.of(123)


def test_what_touches_a_split_is_unknown_without_a_rule() -> None:
    found = REGISTRY.figures_today(everybody(10), DAY)
    assert {code for code, figure in found.items() if figure.value is None} == {
        "1508", "1580", "1806", "1875", "5055", "5056", "5059",
    }  # fmt: skip


def test_a_sum_with_a_missing_part_is_missing() -> None:
    figures = everybody(10)
    del figures["1017"]
    assert REGISTRY.figures_today(figures, DAY)["4204"] == Figure.missing(State.UNKNOWN)


def test_parts_that_all_lack_a_number_for_one_reason_keep_the_reason() -> None:
    suppressed = dict.fromkeys(("1001", "1017", "1018"), Figure.missing(State.SUPPRESSED))
    found = REGISTRY.figures_today({**everybody(10), **suppressed}, DAY)
    assert found["4204"] == Figure.missing(State.SUPPRESSED)


@given(st.integers(0, 2**32), st.sampled_from([1, 2, 10, 500, 100_000]))
def test_with_a_rule_for_every_split_nobody_is_lost(seed: int, most: int) -> None:
    """Small numbers most of all: they are where shares do not go up in whole persons."""
    persons = np.random.default_rng(seed).integers(0, most, len(CODES), endpoint=True).tolist()
    figures = {code: Figure.of(value) for code, value in zip(CODES, persons, strict=True)}
    found = REGISTRY.figures_today(figures, DAY, HALVES)
    assert sum(figure.value or 0 for figure in found.values()) == sum(persons)
    assert all(figure.state is State.NUMBER for figure in found.values())


def test_a_rule_gives_whole_persons_by_largest_remainder() -> None:
    rule = {**HALVES, "1850": {"1806": Fraction(2, 3), "1875": Fraction(1, 3)}}
    found = REGISTRY.figures_today({**everybody(0), "1850": Figure.of(5)}, DAY, rule)
    assert (found["1806"], found["1875"]) == (Figure.of(3), Figure.of(2))


@pytest.mark.parametrize(
    "shares",
    [
        {"1806": Fraction(1)},
        {"1806": Fraction(1, 2), "1875": Fraction(1, 3)},
        {"1806": Fraction(3, 2), "1875": Fraction(-1, 2)},
    ],
)
def test_shares_that_do_not_fit_the_split_are_refused(shares: dict[str, Fraction]) -> None:
    with pytest.raises(BadInput, match="1850"):
        REGISTRY.figures_today(everybody(1), DAY, {"1850": shares})


def test_a_code_of_another_day_is_refused() -> None:
    with pytest.raises(BadInput, match="4204"):
        REGISTRY.figures_today({"4204": Figure.of(1)}, DAY)


def test_a_file_may_use_codes_of_today_or_of_the_rows_day() -> None:
    assert REGISTRY.accept("3101", date(2019, 6, 1)) == "3101"
    assert REGISTRY.accept("0101", date(2019, 6, 1)) == "3101"
    with pytest.raises(BadInput, match="0101"):
        REGISTRY.accept("0101", date(2022, 6, 1))
    with pytest.raises(BadInput, match="split"):
        REGISTRY.accept("1507", date(2022, 6, 1))


def test_no_code_of_today_meant_another_place_on_an_earlier_day() -> None:
    """Otherwise a file's code could mean two things."""
    today = {one.code for one in REGISTRY.municipalities(date(2024, 1, 1))}
    for year in range(2011, 2024):
        for unit in REGISTRY.units(date(year, 1, 1)):
            if unit.code in today:
                assert REGISTRY.successors(unit.code, date(year, 1, 1)) == (unit.code,)
