"""Signals beside the own answers: statistics as last measured, weeks without room, places that are spared."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from bosett.agreement.pressure import (
    SECTORS,
    Origin,
    Sector,
    Standing,
    from_step,
    less_room,
    pressure,
    spared,
)
from bosett.agreement.pressure_signals import from_weeks, read_readings, shipped_readings
from bosett.terms.errors import BadInput

MONTHS = tuple(date(2026, month, 1) for month in (1, 2, 3))
HEALTH = SECTORS.index(Sector.HEALTH)


def reading(measure: str):
    return next(one for one in shipped_readings() if one.measure == measure)


@pytest.mark.parametrize(("value", "told"), [(0, 0.0), (5, 0.25), (20, 1.0), (30, 1.0)])
def test_a_statistic_is_read_on_a_straight_line_between_its_two_ends(value: int, told: float) -> None:
    assert reading("patients_without_gp_share").pressure(Fraction(value)) == told


def test_a_statistic_holds_from_its_year_on_and_says_nothing_of_earlier_months() -> None:
    one = Standing("3301", date(2026, 2, 1), Sector.HEALTH, Origin.STATISTIC, 0.5, 0.25)
    told = pressure([], ["3301"], MONTHS, [one])
    assert told.known[0].tolist() == [0, 1, 1]
    assert (told.sector_low[0, 2, HEALTH], told.sector_high[0, 2, HEALTH]) == (0.25, 0.75)


def test_answer_and_statistic_make_a_mean_and_so_do_their_reaches() -> None:
    """By hand: an answer of 5 (1, half step 1/8) and a statistic of 0.5 (1/4): mean 0.75, reach 3/16."""
    one = Standing("3301", date(2025, 1, 1), Sector.HEALTH, Origin.STATISTIC, 0.5, 0.25)
    told = pressure([from_step("3301", MONTHS[2], Sector.HEALTH, 5)], ["3301"], MONTHS, [one])
    assert told.sectors[0, 2, HEALTH] == 0.75
    assert (told.sector_low[0, 2, HEALTH], told.sector_high[0, 2, HEALTH]) == (0.5625, 0.9375)


def test_a_figure_that_is_too_old_is_not_used() -> None:
    gp = reading("patients_without_gp_share")
    assert gp.standing("3301", Fraction(10), 2023, MONTHS[0]) is None
    assert gp.standing("3301", Fraction(10), 2024, MONTHS[0]) == Standing(
        "3301", date(2024, 1, 1), Sector.HEALTH, Origin.STATISTIC, 0.5, 0.25
    )


@pytest.mark.parametrize(
    ("planned", "to_come", "told"), [(0, 8, 1.0), (6, 8, 0.25), (8, 8, 0.0), (9, 8, 0.0)]
)
def test_those_to_come_whom_no_week_has_room_for_press_on_housing(planned, to_come, told) -> None:
    signal = from_weeks("3301", MONTHS[0], planned, to_come)
    assert signal is not None
    assert (signal.value, signal.sector) == (told, Sector.HOUSING)
    assert from_weeks("3301", MONTHS[0], planned, 0) is None


def test_only_certain_pressure_above_the_threshold_spares() -> None:
    """All sectors at 5: lower end 7/8; threshold 1/2: (7/8 - 1/2) / (1/2) = 3/4.  One sector alone spares nobody."""
    answers = [from_step("a", MONTHS[0], sector, 5) for sector in SECTORS]
    told = pressure([*answers, from_step("b", MONTHS[0], Sector.NAV, 5)], ["a", "b", "c"], MONTHS)
    assert spared(told, MONTHS[0], Fraction(1, 2)) == {"a": Fraction(3, 4)}


@pytest.mark.parametrize(
    ("persons", "part", "most", "left"), [(10, "3/4", "1/2", 7), (10, "1", "1", 0), (10, "0", "1", 10)]
)  # fmt: skip
def test_spared_places_are_whole_persons_and_never_more_than_the_share(persons, part, most, left) -> None:
    """10 places, 3/4 of a half spared: 10 x 5/8 = 6.25, so 7 are left."""
    assert less_room(persons, Fraction(part), Fraction(most)) == left


@pytest.mark.parametrize(
    ("row", "told"),
    [("m,nowhere,0,1,2,a,b,c", "nowhere"), ("m,nav,x,1,2,a,b,c", "x"), ("m,nav,1,1,2,a,b,c", "both ends")],
)
def test_a_reading_that_cannot_be_is_refused_by_name(tmp_path, row: str, told: str) -> None:
    file = tmp_path / "readings.csv"
    file.write_text(f"measure,sector,none_at,full_at,oldest_years,en,nb,nn\n{row}\n", encoding="utf-8")
    with pytest.raises(BadInput, match=told):
        read_readings(file)


def test_places_below_none_or_shares_above_one_are_refused() -> None:
    with pytest.raises(BadInput):
        less_room(-1, Fraction(0), Fraction(0))
    with pytest.raises(BadInput):
        from_weeks("3301", MONTHS[0], -1, 1)
