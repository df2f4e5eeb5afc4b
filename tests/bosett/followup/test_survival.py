"""Survival curves equal a textbook, and tell of nobody in particular."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bosett.followup.survival import Curve, Ending, Point, Spell, curve, protected
from bosett.terms.errors import BadInput

BEGAN = date(2020, 1, 1)
LATER = date(2030, 1, 1)
# Freireich et al. 1963, weeks in remission with 6-MP; + = not seen to end.  Kleinbaum and Klein, Survival Analysis,
# table 1.1 and section 2.2, with the Kaplan-Meier estimates below.
HAPPENED = (6, 6, 6, 7, 10, 13, 16, 22, 23)
OPEN = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
TEXTBOOK = {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}
AT_RISK = {6: 21, 7: 17, 10: 15, 13: 12, 16: 11, 22: 7, 23: 6}


def spell(days: int, ending: Ending) -> Spell:
    return Spell(BEGAN, BEGAN + timedelta(days=days), ending)


def remission() -> list[Spell]:
    return [
        *(spell(days, Ending.HAPPENED) for days in HAPPENED),
        *(spell(days, Ending.LEFT) for days in OPEN),
    ]


def test_the_estimate_equals_the_textbook() -> None:
    found = curve(remission(), LATER, list(TEXTBOOK))
    assert {one.day: round(one.share, 4) for one in found.points} == TEXTBOOK
    assert {one.day: one.at_risk for one in found.points} == AT_RISK


def test_the_interval_equals_greenwoods_on_the_log_minus_log_scale() -> None:
    """By hand at 6 weeks: S = 18/21; variance of log S = 3 / (21 * 18); theta = 1.96 sqrt(v) / log S."""
    from math import exp, log, sqrt

    share = 18 / 21
    theta = 1.959964 * sqrt(3 / (21 * 18)) / log(share)
    (point,) = curve(remission(), LATER, [6]).points
    assert point.low is not None
    assert point.high is not None
    assert point.low == pytest.approx(share ** exp(-theta), abs=1e-6)
    assert point.high == pytest.approx(share ** exp(theta), abs=1e-6)


def test_whoever_is_still_there_counts_as_long_as_they_were_seen() -> None:
    """Two of four have moved on day 10; one came nine days ago: at risk on day 10 are three."""
    early = [Spell(BEGAN, BEGAN + timedelta(days=10), Ending.HAPPENED)] * 2 + [Spell(BEGAN)]
    recent = Spell(BEGAN + timedelta(days=11))
    (point,) = curve([*early, recent], BEGAN + timedelta(days=20), [10]).points
    assert (point.at_risk, point.share) == (3, pytest.approx(1 / 3))


def test_what_happens_after_the_day_is_not_seen() -> None:
    spells = [Spell(BEGAN, BEGAN + timedelta(days=10), Ending.HAPPENED), Spell(BEGAN)]
    (point,) = curve(spells, BEGAN + timedelta(days=9), [9]).points
    assert (point.share, point.happened) == (1.0, 0)


def test_a_day_nobody_was_followed_to_has_no_point() -> None:
    assert curve([Spell(BEGAN)], BEGAN + timedelta(days=5), [5, 6]).points[-1].day == 5


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.sampled_from([Ending.HAPPENED, Ending.LEFT])),
        min_size=1,
        max_size=25,
    )
)
@settings(max_examples=150, deadline=None)
def test_the_estimate_equals_the_product_by_definition(told: list[tuple[int, Ending]]) -> None:
    spells = [spell(days, ending) for days, ending in told]
    for point in curve(spells, LATER, range(31)).points:
        share = 1.0
        for day in range(point.day + 1):
            followed = sum(1 for days, _ in told if days >= day)
            ended = sum(1 for days, ending in told if days == day and ending is Ending.HAPPENED)
            share *= 1 - ended / followed if followed else 1
        assert point.share == pytest.approx(share, abs=1e-12)


def test_few_persons_have_no_curve_and_few_moves_no_point() -> None:
    points = tuple(Point(day, 0.5, None, None, at_risk, happened) for day, at_risk, happened in (
        (365, 40, 3), (730, 30, 9), (1095, 20, 9), (1460, 4, 20),
    ))  # fmt: skip
    assert protected(Curve(4, points), 5).points == ()
    # Three moved in the first year: not told; nine in two years: told; nobody in the third: told; four left: not told.
    assert [one.day for one in protected(Curve(40, points), 5).points] == [730, 1095]


@pytest.mark.parametrize(("smallest", "moves"), list(product((3, 5), range(1, 12))))
def test_the_difference_of_two_points_that_are_shown_is_nobody_or_enough(smallest: int, moves: int) -> None:
    spells = [spell(100 * (at + 1), Ending.HAPPENED) for at in range(moves)] + [
        spell(3000, Ending.LEFT) for _ in range(20)
    ]
    shown = protected(curve(spells, LATER, range(0, 2600, 50)), smallest).points
    counts = [0, *(one.happened for one in shown)]
    assert all(b - a == 0 or b - a >= smallest for a, b in pairwise(counts))


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Spell(BEGAN, BEGAN - timedelta(days=1), Ending.LEFT), "before"),
        (lambda: Spell(BEGAN, BEGAN), "open"),
        (lambda: Spell(BEGAN, None, Ending.HAPPENED), "happened"),
        (lambda: curve([Spell(BEGAN)], BEGAN - timedelta(days=1), [1]), "2020-01-01"),
        (lambda: curve([Spell(BEGAN)], BEGAN, [-1]), "-1"),
    ],
)
def test_a_spell_that_cannot_be_is_refused_by_name(make, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        make()
