"""The rounds of 2014-2025 replayed from the register: who was asked, what was voted, the gaps.

The expected figures are the official totals, and counts that were made from IMDi's own file by hand
in a spreadsheet, apart from this program.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from bosett.decisions import Anmodning, AnswerKind, AnswerState, Round, Vedtak, gap
from bosett.decisions.mid_year import AfterChange, change_round
from bosett.decisions.places_used import places_used
from bosett.decisions.round_history import past_rounds, versions_of
from bosett.registry import Registry
from bosett.sources.own_tables import FIGURES, read_own_table
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode

# year: asked persons, asked municipalities, voted persons, and the votes: same, fewer, more, zero or none.
REGISTER = {
    2014: (10_973, 428, 8_084, 128, 201, 13, 86),
    2015: (11_185, 428, 11_714, 98, 114, 166, 50),
    2016: (18_517, 427, 16_523, 194, 198, 19, 16),
    2017: (12_714, 401, 12_148, 294, 38, 48, 21),
    2018: (5_350, 224, 5_263, 202, 16, 4, 2),
    2019: (5_350, 235, 5_259, 222, 10, 0, 3),
    2020: (3_602, 211, 4_838, 45, 2, 152, 12),
    2021: (5_025, 211, 4_973, 203, 6, 0, 2),
    2022: (35_000, 356, 35_355, 285, 16, 55, 0),
    2023: (38_000, 355, 32_732, 138, 205, 2, 10),
}
SETTLED = {2014: 7_784, 2015: 11_342, 2019: 4_782}
NONE_SAID = Figure.missing(State.NOT_ASKED)
NOT_STORED = Figure.missing(State.NOT_STORED)


@cache
def register() -> dict[tuple[str, int, str], int | None]:
    """(code as published, year, measure) -> persons."""
    tables = (
        read_own_table(FIGURES / "settlement" / f"{name}.csv", Registry.shipped())
        for name in ("imdi_bulk", "imdi_pages")
    )
    return {
        (one.place, one.year, one.measure_id): None if one.value is None else int(one.value)
        for table in tables
        for one in table.observations
        if not one.breakdown
    }


def replay(year: int, measure: str = "asked") -> tuple[Round, list[Vedtak]]:
    """The round as it is stored, and every vote with a number."""
    day = date(year, 1, 15)
    codes = sorted({code for code, y, _ in register() if y == year and len(code) == 4})
    requests, answers = [], []
    for code in codes:
        asked = register().get((code, year, measure))
        original = register().get((code, year, "asked_original"))
        first = NOT_STORED if original is None else Figure.of(original)
        municipality = MunicipalityCode(code)
        if asked:
            requests.append(Anmodning(year, municipality, Group.ALL, Figure.of(asked), first, day, day))
        voted = register().get((code, year, "voted"))
        if asked and voted is not None:
            kind = AnswerKind.NUMBER if voted else AnswerKind.ZERO
            minors = Figure.of(0) if voted == 0 else NONE_SAID
            answers.append(Vedtak(municipality, year, kind, Figure.of(voted), minors, minors, decided_on=day))
    return Round(year, tuple(requests)), answers


@pytest.mark.parametrize("year", sorted(REGISTER))
def test_the_round_replayed_equals_the_stored_history(year: int) -> None:
    asked, municipalities, voted, same, fewer, more, none = REGISTER[year]
    round_, answers = replay(year)
    found = gap(round_, answers).country
    states = found.states
    assert (found.asked, found.municipalities) == (asked, municipalities)
    assert states.get(AnswerState.SAME, 0) == same
    assert states.get(AnswerState.FEWER, 0) == fewer
    assert states.get(AnswerState.MORE, 0) == more
    assert states.get(AnswerState.ZERO, 0) + states.get(AnswerState.NO_ANSWER, 0) == none
    everywhere = sum(
        persons or 0 for (_, y, measure), persons in register().items() if (y, measure) == (year, "voted")
    )
    assert voted in (found.voted, everywhere)


def test_in_2024_28_340_were_voted_of_37_000_and_205_councils_voted_fewer() -> None:
    # Counted by another program from the page as it is stored; an earlier count says 138, 208 and 8.
    found = gap(*replay(2024)).country
    assert (found.asked, found.voted, found.municipalities) == (37_000, 28_340, 356)
    counts = (found.states[state] for state in (AnswerState.SAME, AnswerState.FEWER, AnswerState.MORE))
    assert tuple(counts) == (135, 205, 12)


def test_in_2025_15_631_stood_in_the_table_against_12_640_after_the_cut() -> None:
    found = gap(*replay(2025)).country
    assert (found.asked, found.voted, found.municipalities) == (12_640, 15_631, 331)
    # Counted by another program: nobody voted fewer than the request that was cut after the answers.
    assert found.states == {AnswerState.SAME: 100, AnswerState.MORE: 229, AnswerState.NO_ANSWER: 2}


@pytest.mark.parametrize(("year", "settled"), sorted(SETTLED.items()))
def test_voted_but_unused_places_follow_from_settled(year: int, settled: int) -> None:
    round_, answers = replay(year)
    known = {
        MunicipalityCode(code): persons
        for (code, y, measure), persons in register().items()
        if (y, measure) == (year, "settled") and persons is not None
    }
    assert sum(known.values()) == settled
    view = places_used(round_, answers, known, dict.fromkeys(known, 0))
    by_hand = sum(
        max(0, (one.total.value or 0) - known[one.municipality])
        for one in answers
        if one.municipality in known
    )
    assert view.not_used == by_hand
    assert view.not_used > 0


def test_in_2020_the_cut_left_1_236_more_places_voted_than_asked_for() -> None:
    """The answers were given to 5,120; the request was cut to 3,602 (both sums are IMDi's)."""
    before, answers = replay(2020, "asked_original")
    now, _ = replay(2020)
    assert sum(one.asked.value or 0 for one in before.requests) == 5_120
    kept = change_round(before, now, answers, AfterChange.KEEP)
    assert (kept.asked_before, kept.asked_now, kept.counted) == (5_120, 3_602, 4_838)
    assert kept.counted - kept.asked_now == 1_236
    scaled = change_round(before, now, answers, AfterChange.SCALE)
    assert scaled.counted + scaled.not_used == 4_838
    assert 3_300 < scaled.counted < 3_602
    # 164 of the 211 requests were changed, counted by another program.
    assert len(change_round(before, now, answers, AfterChange.ASK_AGAIN).to_ask) == 164


def test_in_2022_the_rise_from_5_500_to_35_000_asked_144_for_the_first_time() -> None:
    before, _ = replay(2022, "asked_original")
    now, _ = replay(2022)
    assert (len(before.requests), len(now.requests)) == (212, 356)
    change = change_round(before, now, [], AfterChange.KEEP)
    assert (change.asked_before, change.asked_now) == (5_500, 35_000)
    assert sum(one.asked_before is None for one in change.answers) == 144


def test_the_stored_versions_of_each_year_agree_with_the_register() -> None:
    for year, (asked, municipalities, *_) in REGISTER.items():
        if year >= 2016:
            stored = [one for one in versions_of(year) if one.municipal_figures][-1]
            assert (stored.persons, stored.municipalities) == (asked, municipalities)


def test_seven_of_the_ten_years_2016_to_2025_changed_their_number_within_the_year() -> None:
    # 2017's changes were to the need before the letters, so the letters of 2017 have one version here.
    changed = {one.year for one in past_rounds() if one.version == 2 and one.year < 2026}
    assert changed == {2016, 2018, 2020, 2022, 2023, 2025}


def test_what_is_not_stored_for_each_municipality_says_so() -> None:
    assert [one.municipal_figures for one in versions_of(2025)] == [False, True]
    assert versions_of(2015) == ()
