"""What everybody may see: small numbers hidden, and nothing that tells them."""

from __future__ import annotations

import itertools
import random

import pytest

from bosett.sources.shipped import shipped_figures
from bosett.statistics.hiding import hidden_cells
from bosett.statistics.public import cell_of, is_counted, is_shown_shape, shown
from bosett.terms.figure import State
from bosett.terms.observation import COUNTRY, Observation, breakdown_of


def settled(place, value, source="a", year=2024, **breakdown):
    state = State.SUPPRESSED if value is None else State.NUMBER
    return Observation(
        "settled",
        "settlement",
        place,
        year,
        state,
        value,
        "persons",
        source,
        breakdown=breakdown_of(**breakdown),
    )


def seen(rows):
    hidden = hidden_cells(rows)
    return {(one.place, one.breakdown): shown(one, hidden).value for one in rows}


def test_one_to_four_are_hidden_and_zero_and_five_are_shown():
    found = seen([settled("3301", 0), settled("3303", 1), settled("3305", 4), settled("3310", 5)])
    assert [found[place, ()] for place in ("3301", "3303", "3305", "3310")] == [0, None, None, 5]


def test_what_one_source_hides_no_other_uncovers():
    rows = [settled("3301", None, "a"), settled("3301", 12, "b")]
    hidden = hidden_cells(rows)
    assert [shown(one, hidden).value for one in rows] == [None, None]


def test_an_older_code_of_the_same_area_uncovers_nothing():
    """Halden was 3001 in 2022 and is 3101 today."""
    rows = [settled("3001", None, "a", year=2022), settled("3101", 12, "b", year=2022)]
    hidden = hidden_cells(rows)
    assert [shown(one, hidden).value for one in rows] == [None, None]


def test_what_was_asked_and_voted_is_a_public_decision_and_is_shown():
    row = Observation("voted", "settlement", "3301", 2024, State.NUMBER, 3, "persons", "a")
    assert not is_counted("voted")
    assert shown(row, hidden_cells([row])).value == 3


def test_a_part_is_hidden_when_the_rest_of_its_total_is_small():
    found = seen(
        [
            settled("3301", 20),
            settled("3301", 17, protection="collective"),
            settled("3303", 20),
            settled("3303", 15, protection="collective"),
        ]
    )
    assert found["3301", (("protection", "collective"),)] is None
    assert found["3303", (("protection", "collective"),)] == 15


def test_ukrainians_are_hidden_where_the_others_are():
    found = seen(
        [settled("3301", 20), settled("3301", 12, origin="ukrainian"), settled("3301", None, origin="other")]
    )
    assert found["3301", (("origin", "ukrainian"),)] is None


def test_below_a_stated_total_a_hidden_number_has_company():
    """40 + 3 + 12 + 5 = 60: with 3 alone hidden the total tells it; 8 for two leaves 1 to 7."""
    rows = [
        settled(COUNTRY, 60),
        settled("3301", 40),
        settled("3303", 3),
        settled("3305", 12),
        settled("3310", 5),
    ]
    found = seen(rows)
    assert {place for (place, _), value in found.items() if value is None} == {"3303", "3310"}
    assert found[COUNTRY, ()] == 60


def test_no_hidden_number_below_a_total_is_narrower_than_five_by_trying_every_answer():
    """As long as a number above zero is still shown: when all are hidden there is nothing more to hide."""
    draw, tried = random.Random(3), 0  # noqa: S311
    for _ in range(80):
        counts = {f"33{place:02d}": draw.choice([0, 1, 2, 3, 4, 6, 8, 11, 30]) for place in range(1, 7)}
        total = sum(counts.values())
        found = seen([settled(COUNTRY, total), *(settled(place, count) for place, count in counts.items())])
        unseen = [place for place in counts if found[place, ()] is None]
        left = total - sum(found[place, ()] or 0 for place in counts)
        if unseen and any(found[place, ()] for place in counts):
            fits = [c for c in itertools.product(range(1, left + 1), repeat=len(unseen)) if sum(c) == left]
            for place in range(len(unseen)):
                values = {c[place] for c in fits}
                assert max(values) - min(values) >= 5
            tried += 1
    assert tried > 20


@pytest.fixture(scope="module")
def stored():
    rows = [one for table in shipped_figures() for one in table.observations if is_shown_shape(one)]
    return rows, hidden_cells(rows)


def test_no_shown_count_of_the_shipped_tables_is_small(stored):
    rows, hidden = stored
    values = [shown(one, hidden).value for one in rows if is_counted(one.measure_id)]
    assert not [value for value in values if value is not None and 0 < value < 5]


def test_no_stated_national_sum_tells_a_hidden_municipality(stored):
    """Per year and source: what is left of the stated sum, shared by the hidden, leaves each at least five."""
    rows, hidden = stored
    plain = [one for one in rows if one.measure_id == "settled" and not one.breakdown]
    stated = {one.year: int(one.value) for one in plain if one.place == COUNTRY}
    narrow = []
    for year, total in stated.items():
        for source in {one.source_id for one in plain if one.year == year and len(one.place) == 4}:
            here = [
                one for one in plain if one.year == year and one.source_id == source and len(one.place) == 4
            ]
            unseen = sum(cell_of(one) in hidden for one in here)
            left = total - sum(shown(one, hidden).value or 0 for one in here)
            if unseen and unseen <= left < unseen + 5:
                narrow.append((year, source, left, unseen))
    assert narrow == []


def test_the_four_years_of_the_agreement_settled_more_than_a_hundred_thousand(stored):
    """31,258 + 33,420 + 25,618 + 12,596 as the government and IMDi state them."""
    rows, hidden = stored
    told = {
        one.year: shown(one, hidden).value
        for one in rows
        if one.measure_id == "settled" and not one.breakdown and one.place == COUNTRY
    }
    assert [told[year] for year in (2022, 2023, 2024, 2025)] == [31258, 33420, 25618, 12596]
    assert sum(told[year] for year in (2022, 2023, 2024, 2025)) == 102_892
