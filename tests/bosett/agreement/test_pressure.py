"""Pressure: the mean of what is known, with the reach of what is not."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.agreement.pressure import (
    SECTORS,
    Origin,
    Pressure,
    Sector,
    Signal,
    deducted,
    deduction_share,
    from_step,
    pressure,
)  # fmt: skip
from bosett.distribution import (
    Criterion,
    DistributionCriteria,
    DistributionProblem,
    MunicipalityInput,
    distribute,
)
from bosett.outputs.distribution_words import explain_in_words
from bosett.terms.errors import BadInput

MONTH = date(2026, 3, 1)


def answered(steps: dict[Sector, int], code: str = "3301") -> Pressure:
    return pressure([from_step(code, MONTH, sector, step) for sector, step in steps.items()], [code], [MONTH])


def test_the_index_is_the_mean_of_the_known_sectors_and_says_how_many_they_are() -> None:
    told = answered({Sector.HOUSING: 5, Sector.SCHOOL: 3})
    assert (told.index[0, 0], told.known[0, 0]) == (0.75, 2)


def test_missing_sectors_stretch_the_ends_and_are_not_filled_in() -> None:
    """By hand: housing between 7/8 and 1, school between 3/8 and 5/8, six sectors between 0 and 1; eight in all."""
    told = answered({Sector.HOUSING: 5, Sector.SCHOOL: 3})
    assert told.low[0, 0] == pytest.approx((7 / 8 + 3 / 8) / 8)
    assert told.high[0, 0] == pytest.approx((1 + 5 / 8 + 6) / 8)


def test_where_nothing_is_known_there_is_no_index() -> None:
    told = pressure([], ["3301"], [MONTH])
    assert np.isnan(told.index[0, 0])
    assert (told.low[0, 0], told.high[0, 0], told.known[0, 0]) == (0, 1, 0)


def test_statistics_and_the_own_answer_count_alike_in_their_sector() -> None:
    told = pressure(
        [
            from_step("3301", MONTH, Sector.SCHOOL, 5),
            Signal("3301", MONTH, Sector.SCHOOL, Origin.STATISTIC, 0.5),
        ],
        ["3301"], [MONTH],
    )  # fmt: skip
    at = SECTORS.index(Sector.SCHOOL)
    assert told.sectors[0, 0, at] == 0.75
    # The answer's half step of 1/8 is one of two signals: 1/16.
    assert (told.sector_low[0, 0, at], told.sector_high[0, 0, at]) == (0.75 - 1 / 16, 0.75 + 1 / 16)


@given(st.lists(st.integers(1, 5), min_size=8, max_size=8), st.sets(st.integers(0, 7)))
def test_the_whole_answer_lies_between_the_ends_of_any_part_of_it(
    steps: list[int], left_out: set[int]
) -> None:
    whole = answered(dict(zip(SECTORS, steps, strict=True)))
    part = answered(
        {s: step for at, (s, step) in enumerate(zip(SECTORS, steps, strict=True)) if at not in left_out}
    )
    assert part.low[0, 0] <= whole.low[0, 0] + 1e-12
    assert part.high[0, 0] >= whole.high[0, 0] - 1e-12
    assert part.low[0, 0] <= whole.index[0, 0] <= part.high[0, 0]


def test_nobody_is_spared_for_not_answering() -> None:
    silent = pressure([], ["3301"], [MONTH])
    assert deducted({"3301": Fraction(100)}, silent, MONTH, Fraction(1, 2), Fraction(1, 4)) == {}


@pytest.mark.parametrize(
    ("low", "share"), [(0.5, Fraction(0)), (0.75, Fraction(1, 8)), (1.0, Fraction(1, 4)), (0.2, Fraction(0))]
)
def test_the_share_spared_rises_from_the_threshold_to_the_most(low: float, share: Fraction) -> None:
    assert deduction_share(low, Fraction(1, 2), Fraction(1, 4)) == share


def test_a_deduction_changes_a_division_and_its_explanation_says_so() -> None:
    """Two alike of 50 each; the pressed one (lower end 7/8) is spared 3/16: 40.625 and 50 of 90.625, of 100 persons
    44.83 and 55.17."""
    told = pressure([from_step("a", MONTH, sector, 5) for sector in SECTORS], ["a", "b"], [MONTH])
    half = Fraction(50)
    spared = deducted({"a": half, "b": half}, told, MONTH, Fraction(1, 2), Fraction(1, 4))
    assert spared == {"a": Fraction(75, 8)}
    found = distribute(
        DistributionProblem(
            need=100,
            criteria=DistributionCriteria(criteria=(Criterion("population", Fraction(1)),)),
            municipalities=tuple(
                MunicipalityInput(
                    code, code, "c", {"population": Fraction(1000)},
                    deduct_for=(("pressure", spared[code]),) if code in spared else (),
                )
                for code in "ab"
            ),
        )
    )  # fmt: skip
    assert [one.asked for one in found.shares] == [45, 55]
    told_of = explain_in_words(found, "a", "nb")
    assert any("press på boliger og tjenester" in sentence for sentence in told_of)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: from_step("3301", MONTH, Sector.NAV, 6), "step 6"),
        (lambda: from_step("3301", date(2026, 3, 2), Sector.NAV, 1), "2026-03-02"),
        (lambda: Signal("3301", MONTH, Sector.NAV, Origin.CAPACITY, 1.2), "1.2"),
        (lambda: pressure([from_step("3301", MONTH, Sector.NAV, 1)] * 2, ["3301"], [MONTH]), "pulse twice"),
        (lambda: pressure([from_step("3301", MONTH, Sector.NAV, 1)], ["0301"], [MONTH]), "3301"),
        (lambda: deduction_share(0.5, Fraction(1), Fraction(1, 4)), "threshold 1"),
    ],
)  # fmt: skip
def test_a_signal_that_cannot_be_is_refused_by_name(make, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        make()
