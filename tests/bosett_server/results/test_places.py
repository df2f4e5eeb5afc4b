"""Numbers and curves of municipalities give no small number away together, and nobody waits for them twice."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from bosett.statistics.attack import attack_tables
from bosett.statistics.problem import PublishedTable
from bosett_server.queries import followup_places, followup_register, followup_retention
from bosett_server.queries.followup_places import FEWEST_ALIKE, YEAR_DAYS, told_years, worked_out
from bosett_server.queries.followup_register import Register, Way

TODAY = date(2026, 3, 16)
KIND = ("asylum", "several")


def way(place: str, settled: int, moved: int | None) -> Way:
    """Somebody settled so many days ago who perhaps moved on so many days after that."""
    day = TODAY - timedelta(days=settled)
    left = None if moved is None else day + timedelta(days=moved)
    return Way("asylum", "all", KIND, None, None, None, day, None, left, place, False)


def country(seed: int, places: int = 24, counties: int = 4) -> Register:
    """A made-up country of small and large municipalities in counties and KOSTRA groups."""
    draw = random.Random(seed)  # noqa: S311 - made-up people, no secret
    names, ways = {}, []
    for at in range(places):
        code = f"{11 + at % counties}{at:02}"
        names[code] = f"Sted {at:02}"
        for _ in range(draw.choice((3, 12, 40, 120))):
            moved = draw.randrange(1, 1800) if draw.random() < 0.3 else None
            ways.append(way(code, draw.randrange(1830, 2400), moved))
    kostra = {code: f"EKG0{at % 3 + 1}" for at, code in enumerate(names)}
    return Register(TODAY, tuple(ways), kostra, names)


@pytest.fixture
def published(db, settings, monkeypatch):
    """Every table as it went out, by name."""
    settings.BOSETT_TODAY = TODAY
    tables: dict[str, PublishedTable] = {}
    protect = followup_places._protect

    def kept(wanted, *rest):
        done = protect(wanted, *rest)
        tables.update({table.name: table for table in done})
        return done

    monkeypatch.setattr(followup_places, "_protect", kept)
    return tables


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_small_can_be_worked_out_from_a_years_municipalities_counties_and_groups(published, seed):
    """The attacker has every cell that is not hidden, which is more than the curves show."""
    worked_out(country(seed))
    assert not attack_tables([published["retention"]])
    for year in range(1, 6):
        tables = [published[f"year {year} by {upper}"] for upper in ("county", "kostra")]
        assert not attack_tables(tables), year
        assert not [
            one for table in tables for one in table.cells.values() if one is not None and 0 < one < 5
        ]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_the_told_years_leave_of_a_shown_number_is_nobody_or_more_than_five(published, seed):
    found = country(seed)
    told = worked_out(found)
    checked = 0
    for row in told.rows:
        shown = max((point.day for point in told.own[row.code].shown.points), default=0)
        if row.moved is None:
            assert shown == 0, row.code
            continue
        days = [
            (one.moved_on - one.settled_on).days
            for one in found.ways
            if one.place == row.code and one.moved_on
        ]
        rest = sum(shown < one <= YEAR_DAYS[5] for one in days)
        assert rest == 0 or rest > 5 or shown == 0, (row.code, rest)
        checked += shown > 0
    assert checked


def test_a_curve_is_told_up_to_the_first_hidden_year_and_at_one_further_year_at_most(published):
    told, beyond = worked_out(country(1)), 0
    for code, curve in told.own.items():
        hidden = [one for one in range(1, 6) if published[f"year {one} by county"].cells["*", code] is None]
        if hidden:
            further = [point.day for point in curve.shown.points if point.day >= YEAR_DAYS[hidden[0]]]
            assert len(further) <= 1, code
            assert YEAR_DAYS[hidden[0]] not in further, code
            beyond += len(further)
    assert beyond


LIMITS = (5, 5)


@pytest.mark.parametrize(
    ("moved", "shown", "lasted", "years"),
    [
        pytest.param((9, 8, 7, 6, 9), (9, 8, 7, 6, 9), (50,) * 5, (0, 1, 2, 3, 4, 5), id="nothing hidden"),
        pytest.param((2, 8, 0, 0, 0), (None, 8, 0, 0, 0), (50,) * 5, (0, 5), id="the first hidden: all five"),
        pytest.param((2, 8, 0, 0, 0), (None, 8, 0, 0, 0), (50, 40, 9, 4, 0), (0, 3), id="followed for three years"),
        pytest.param((9, 2, 4, 9, 9), (9, None, None, 9, 9), (50, 40, 30, 4, 0), (0, 1, 3), id="two hidden hold six"),
        pytest.param((9, 2, 9, 9, 9), (9, None, 9, 9, 9), (50, 40, 30, 4, 0), (0, 1), id="one hidden: no sum tells it"),
        pytest.param((9, 2, 2, 9, 9), (9, None, None, 9, 9), (50, 40, 30, 4, 0), (0, 1), id="two hidden hold four"),
        pytest.param((9, 2, 4, 1, 1), (9, None, None, None, None), (50, 40, 30, 4, 0), (0, 1), id="the rest is two"),
        pytest.param((2, 0, 0, 0, 0), (None, 0, 0, 0, 0), (50,) * 5, (0,), id="two in all"),
    ],
)  # fmt: skip
def test_the_longest_span_that_tells_of_nobody_in_particular_is_told(moved, shown, lasted, years):
    """Worked by hand: smallest number 5, narrowest interval 5; the number of all who moved on is shown."""
    assert told_years(moved, shown, lasted, LIMITS) == years


def test_a_kostra_group_holds_the_municipality_itself_so_that_no_two_differ_by_one(published):
    """By hand: four municipalities of 10, 30, 50 and 70 persons, 5 of each moved in the first year."""
    names = {f"110{at}": f"Sted {at}" for at in range(4)}
    ways = [
        way(code, 2000, 100 if number < 5 else None)
        for code, persons in zip(names, (10, 30, 50, 70), strict=True)
        for number in range(persons)
    ]
    found = Register(TODAY, tuple(ways), dict.fromkeys(names, "EKG01"), names)
    told = worked_out(found)
    assert FEWEST_ALIKE == 4
    assert told.group_sizes["EKG01"] == 4
    assert told.alike["EKG01"].persons == 160
    assert round(told.alike["EKG01"].within[YEAR_DAYS[1]][0], 6) == round(20 / 160, 6)
    assert round(told.own["1100"].within[YEAR_DAYS[1]][0], 6) == 0.5


def test_while_a_thread_keeps_it_nobody_waits_and_a_change_is_taken_in_later(db, settings, monkeypatch):
    settings.BOSETT_TODAY = TODAY
    first, second, made = country(1, places=6), country(2, places=6), []
    clock = [1000.0]

    class Time:
        monotonic = staticmethod(lambda: clock[0])

    for module in (followup_register, followup_retention):
        monkeypatch.setattr(module, "time", Time)
    monkeypatch.setattr(followup_register, "_kept", {})
    monkeypatch.setattr(followup_register, "_vouched", {})
    monkeypatch.setattr(followup_retention, "_kept", {})
    work = followup_retention.worked_out
    monkeypatch.setattr(followup_retention, "worked_out", lambda found: made.append(found) or work(found))
    stands = [first]

    def look():
        followup_register._kept["register"] = ("version", stands[0])
        return stands[0]

    monkeypatch.setattr(followup_register, "look", look)
    monkeypatch.setattr(followup_retention, "look", look)
    followup_retention.warm()
    before = followup_retention.places()
    stands[0] = second
    assert followup_retention.places() is before
    followup_retention.warm()
    assert followup_retention.places() is before, "few hours have gone"
    clock[0] += followup_retention.ANEW_SECONDS + 1
    followup_retention.warm()
    assert followup_retention.places() is not before
    assert made == [first, second]
    stands[0] = first
    clock[0] += followup_register.VOUCHED_SECONDS + 1
    followup_retention.places()
    assert made == [first, second, first], "the thread is gone: readers look for themselves"
