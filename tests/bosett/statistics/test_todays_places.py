"""Figures on today's borders: a merger is a sum, a split is unknown, a gap stays a gap."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bosett.registry import Registry
from bosett.statistics.todays_places import add_up, by_county, on_todays_borders, predecessors, successors
from bosett.terms.figure import State
from bosett.terms.observation import Observation

# Moss: 0104 and 0136 Rygge became 3002 in 2020, 3103 in 2024.  Ålesund: 1504, 1523, 1529, 1534 and 1546 became
# 1507 in 2020, and that was divided into 1508 Ålesund and 1580 Haram in 2024 (Statistics Norway, KLASS 131).


def asked(place, year, value, state=State.NUMBER, measure="asked"):
    return Observation(
        measure, "settlement", place, year, state, value if state is State.NUMBER else None, "persons", "a"
    )


def test_merged_municipalities_are_added_when_each_has_a_number():
    rows = [
        asked("0104", 2015, 30),
        asked("0136", 2015, 20),
        asked("3002", 2022, 225),
        asked("3103", 2024, 255),
    ]
    moss = on_todays_borders(rows)["3103"]
    assert {year: one.value for year, one in moss.items()} == {2015: 50, 2022: 225, 2024: 255}
    assert [part.place for part in moss[2015].parts] == ["0104", "0136"]


def test_a_merger_of_which_a_part_has_no_number_is_not_a_number():
    gap = on_todays_borders([asked("0104", 2015, 30)])["3103"][2015]
    assert (gap.state, gap.value, gap.missing) == (State.UNKNOWN, None, ("0136",))
    hidden = on_todays_borders([asked("0104", 2015, 30), asked("0136", 2015, None, State.SUPPRESSED)])[
        "3103"
    ][2015]
    assert (hidden.state, hidden.value) == (State.SUPPRESSED, None)


def test_not_asked_adds_nothing_to_a_merger():
    rows = [asked("0104", 2015, 30), asked("0136", 2015, None, State.NOT_ASKED)]
    assert on_todays_borders(rows)["3103"][2015].value == 30


def test_what_was_published_before_a_split_belongs_to_neither_part():
    found = on_todays_borders([asked("1507", 2022, 410), asked("1508", 2025, 135), asked("1580", 2025, 40)])
    for code, now in (("1508", 135), ("1580", 40)):
        assert (found[code][2022].state, found[code][2022].split) == (State.UNKNOWN, True)
        assert found[code][2025].value == now


def test_a_source_that_writes_todays_codes_does_not_undo_a_split():
    """One source writes all of 2023 under 1508 and 0 under 1580; neither is the municipality's own number."""
    found = on_todays_borders(
        [asked("1508", 2023, 294, measure="settled"), asked("1580", 2023, 0, measure="settled")]
    )
    assert {found[code][2023].state for code in ("1508", "1580")} == {State.UNKNOWN}


def test_a_divided_municipality_still_counts_in_its_county():
    assert by_county([asked("1507", 2022, 410), asked("1515", 2022, 20)])["15"][2022].value == 430


def test_a_sum_says_how_many_have_no_number():
    told = add_up(
        [
            asked("3301", 2024, 7),
            asked("3303", 2024, None, State.SUPPRESSED),
            asked("3305", 2024, None, State.NOT_ASKED),
        ]
    )
    assert (told.value, told.places, told.without, told.complete) == (7, 3, {State.SUPPRESSED: 1}, False)


def test_codes_lead_forwards_and_back():
    assert successors("1507", 2022) == ("1508", "1580")
    assert predecessors(2015)["3103"] == ("0104", "0136")
    assert successors("9999", 2015) == ()


BEFORE_INDRE_OSTFOLD = {"0122": 5, "0123": 6, "0124": 7, "0125": 8, "0138": 9}
"""Trøgstad, Spydeberg, Askim, Eidsberg and Hobøl became 3014 in 2020, 3118 in 2024."""


@pytest.mark.parametrize("state", [State.SUPPRESSED, State.UNKNOWN, State.AWAITING, State.NOT_STORED])
def test_a_sum_has_no_number_where_a_part_has_none_and_says_why(state):
    rows = [asked(code, 2019, value) for code, value in BEFORE_INDRE_OSTFOLD.items() if code != "0138"]
    assert on_todays_borders([*rows, asked("0138", 2019, None, state)])["3118"][2019].state is state


def test_a_hidden_part_hides_the_sum_also_where_another_is_unknown():
    rows = [asked(code, 2019, value) for code, value in BEFORE_INDRE_OSTFOLD.items() if code > "0123"]
    rows += [asked("0122", 2019, None, State.UNKNOWN), asked("0123", 2019, None, State.SUPPRESSED)]
    assert on_todays_borders(rows)["3118"][2019].state is State.SUPPRESSED


def test_merged_in_2020_and_split_in_2024_is_unknown_until_2024():
    """Ålesund, Ørskog, Skodje, Haram and Sandøy became 1507 in 2020; that was divided into 1508 and 1580 in 2024."""
    parts = {"1504": 40, "1523": 1, "1529": 2, "1534": 9, "1546": 0}
    rows = [asked(code, 2019, value) for code, value in parts.items()]
    rows += [
        asked("1507", 2020, 60),
        asked("1507", 2023, 80),
        asked("1508", 2024, 70),
        asked("1580", 2024, 12),
    ]
    found = on_todays_borders(rows)
    for code, now in (("1508", 70), ("1580", 12)):
        told = {year: one.value for year, one in found[code].items()}
        assert told == {2019: None, 2020: None, 2023: None, 2024: now}
        assert {found[code][year].state for year in (2019, 2020, 2023)} == {State.UNKNOWN}


@settings(max_examples=20, deadline=None)
@given(st.integers(2011, 2024), st.data())
def test_no_person_is_lost_or_made_by_a_reform(year, data):
    codes = [str(unit.code) for unit in Registry.shipped().history.units(date(year, 1, 1))]
    counts = data.draw(st.lists(st.integers(0, 50), min_size=len(codes), max_size=len(codes)))
    given_ = dict(zip(codes, counts, strict=True))
    found = on_todays_borders([asked(code, year, count) for code, count in given_.items()])
    whole = [one[year] for one in found.values() if one[year].value is not None]
    kept = {part.place for one in whole for part in one.parts}
    assert sum(one.value for one in whole) == sum(given_[code] for code in kept)
    divided = {code for code in codes if len(successors(code, year)) > 1}
    assert set(codes) - kept >= divided
