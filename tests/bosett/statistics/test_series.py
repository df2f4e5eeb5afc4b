"""A series across reforms is right or says why it is not; the cases are Norway's own."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bosett.registry import Registry
from bosett.statistics.series import NamedSplit, Point, Ratio, Series, against, per_inhabitants, series_today
from bosett.terms.errors import BadInput, NoRuleInForce
from bosett.terms.figure import Figure, State
from bosett.terms.municipality import MunicipalityCode

HISTORY = Registry.shipped().history
ALESUND, HARAM, INDRE_OSTFOLD = map(MunicipalityCode, ("1508", "1580", "3118"))
BEFORE_ALESUND = {"1504": 40, "1523": 1, "1529": 2, "1534": 9, "1546": 0}
"""Ålesund, Ørskog, Skodje, Haram and Sandøy became 1507 in 2020; that was split in 2024."""
BEFORE_INDRE_OSTFOLD = {"0122": 5, "0123": 6, "0124": 7, "0125": 8, "0138": 9}
"""Trøgstad, Spydeberg, Askim, Eidsberg and Hobøl became 3014 in 2020, 3118 in 2024."""
AS_BEFORE = NamedSplit(
    "Haram as it was before 2020",
    "an assumption of this test",
    {
        **{code: {ALESUND: Fraction(1), HARAM: Fraction(0)} for code in ("1504", "1523", "1529", "1546")},
        "1534": {ALESUND: Fraction(0), HARAM: Fraction(1)},
        "1507": {ALESUND: Fraction(5, 6), HARAM: Fraction(1, 6)},
    },
)


def of(year: int, figures: dict[str, int]) -> dict[tuple[str, int], Figure]:
    return {(code, year): Figure.of(count) for code, count in figures.items()}


def values(series: Series, code: MunicipalityCode) -> dict[int, int | str]:
    """Year -> the number, or the word for why there is none."""
    return {
        year: point.figure.state.value if point.figure.value is None else point.figure.value
        for year, point in series[code].items()
    }


def test_merged_in_2020_and_split_in_2024_is_unknown_until_2024() -> None:
    observed = of(2019, BEFORE_ALESUND) | of(2020, {"1507": 60}) | of(2023, {"1507": 80})
    series = series_today(HISTORY, observed | of(2024, {"1508": 70, "1580": 12}))
    gap = {2021: "not_stored", 2022: "not_stored"}
    before = {2019: "unknown", 2020: "unknown", **gap, 2023: "unknown"}
    assert values(series, ALESUND) == {**before, 2024: 70}
    assert values(series, HARAM) == {**before, 2024: 12}


def test_a_named_rule_divides_the_split_and_its_name_stands_at_each_number() -> None:
    observed = of(2019, BEFORE_ALESUND) | of(2020, {"1507": 60}) | of(2024, {"1508": 70, "1580": 12})
    series = series_today(HISTORY, observed, AS_BEFORE)
    assert [series[HARAM][year].figure.value for year in (2019, 2020, 2024)] == [9, 10, 12]
    assert [series[ALESUND][year].figure.value for year in (2019, 2020, 2024)] == [43, 50, 70]
    assert [series[HARAM][year].rule for year in (2019, 2020, 2024)] == [AS_BEFORE.name, AS_BEFORE.name, ""]


def test_a_merged_municipality_is_the_sum_of_its_parts_and_names_them() -> None:
    series = series_today(HISTORY, of(2019, BEFORE_INDRE_OSTFOLD) | of(2020, {"3014": 50}))
    assert series[INDRE_OSTFOLD] == {
        2019: Point(Figure.of(35), tuple(sorted(BEFORE_INDRE_OSTFOLD))),
        2020: Point(Figure.of(50), ("3014",)),
    }


@pytest.mark.parametrize("state", [State.SUPPRESSED, State.UNKNOWN, State.AWAITING])
def test_a_sum_has_no_number_where_a_part_has_none(state: State) -> None:
    observed = of(2019, BEFORE_INDRE_OSTFOLD) | {("0138", 2019): Figure.missing(state)}
    assert values(series_today(HISTORY, observed), INDRE_OSTFOLD) == {2019: state.value}


def test_a_hidden_part_hides_the_sum_also_where_another_is_unknown() -> None:
    observed = of(2019, BEFORE_INDRE_OSTFOLD)
    observed |= {
        ("0138", 2019): Figure.missing(State.SUPPRESSED),
        ("0122", 2019): Figure.missing(State.UNKNOWN),
    }
    assert values(series_today(HISTORY, observed), INDRE_OSTFOLD) == {2019: "suppressed"}


def test_a_part_that_was_not_asked_adds_nothing_and_a_part_not_stored_is_no_zero() -> None:
    asked = of(2019, BEFORE_INDRE_OSTFOLD) | {("0138", 2019): Figure.missing(State.NOT_ASKED)}
    assert values(series_today(HISTORY, asked), INDRE_OSTFOLD) == {2019: 26}
    del asked["0138", 2019]
    assert values(series_today(HISTORY, asked), INDRE_OSTFOLD) == {2019: "not_stored"}


def test_a_source_on_todays_borders_is_taken_as_it_is() -> None:
    series = series_today(HISTORY, of(2021, {"1508": 55, "1580": 6}))
    assert (series[ALESUND][2021].figure.value, series[HARAM][2021].figure.value) == (55, 6)


def test_an_old_and_a_new_code_for_the_same_place_are_refused() -> None:
    with pytest.raises(BadInput, match="an old code or a new one"):
        series_today(HISTORY, of(2021, {"1508": 55, "1507": 60}))


def test_a_code_that_was_none_and_a_year_before_the_codes_are_refused() -> None:
    with pytest.raises(BadInput, match="'9999'"):
        series_today(HISTORY, of(2021, {"9999": 1}))
    with pytest.raises(NoRuleInForce):
        series_today(HISTORY, of(2009, {"0301": 1}))


def test_shares_that_do_not_fit_the_split_are_refused() -> None:
    wrong = NamedSplit("half", "nobody", {"1507": {ALESUND: Fraction(1, 2)}})
    with pytest.raises(BadInput, match="shares for 1507"):
        series_today(HISTORY, of(2021, {"1507": 60}), wrong)


def test_nothing_observed_is_an_empty_series_for_every_municipality() -> None:
    assert set(series_today(HISTORY, {})) == {unit.code for unit in HISTORY.today}
    assert not any(series_today(HISTORY, {}).values())


def test_per_inhabitant_and_against_need_have_no_number_where_either_has_none() -> None:
    settled = series_today(HISTORY, of(2023, {"1507": 80}) | of(2024, {"1508": 70, "1580": 12}))
    asked = series_today(HISTORY, of(2024, {"1508": 140}) | {("1580", 2024): Figure.missing(State.NOT_ASKED)})
    shares = against(settled, asked)
    assert shares[ALESUND] == {2023: Ratio(State.UNKNOWN), 2024: Ratio(State.NUMBER, Fraction(1, 2))}
    assert shares[HARAM][2024] == Ratio(State.NOT_ASKED)
    rates = per_inhabitants(settled, lambda code, _: Figure.of(7000 if code == ALESUND else 0))
    assert rates[ALESUND][2024] == Ratio(State.NUMBER, Fraction(10))
    assert rates[HARAM][2024] == Ratio(State.UNKNOWN)


@settings(max_examples=20, deadline=None)
@given(st.integers(2011, 2024), st.data())
def test_no_person_is_lost_or_made_by_a_reform(year: int, data: st.DataObject) -> None:
    codes = [str(unit.code) for unit in HISTORY.units(date(year, 1, 1))]
    counts = data.draw(st.lists(st.integers(0, 50), min_size=len(codes), max_size=len(codes)))
    given_ = dict(zip(codes, counts, strict=True))
    series = series_today(HISTORY, of(year, given_))
    for code, points in series.items():
        figure = points[year].figure
        if figure.value is not None:
            assert figure.value == sum(given_[part] for part in points[year].parts), code
    kept = {
        part
        for points in series.values()
        if points[year].figure.value is not None
        for part in points[year].parts
    }
    numbers = sum(points[year].figure.value or 0 for points in series.values())
    assert numbers == sum(given_[part] for part in kept)
