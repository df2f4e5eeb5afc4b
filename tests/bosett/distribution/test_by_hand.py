"""Numbers set by hand, transformations, caps on a criterion, groups some are not asked for; 10,000 needs."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from bosett.distribution import (
    Bound,
    Criterion,
    Direction,
    DistributionCriteria,
    DistributionProblem,
    GroupNeed,
    MunicipalityInput,
    Rounding,
    Transform,
    distribute,
)
from bosett.distribution.explain import explain_share
from bosett.terms.errors import BadInput, NoAnswer
from tests.bosett.distribution.municipalities import asked, by_population, divide, place

NEEDS, SETS = 10_000, 250


def one(transform: Transform = Transform.AS_IS, at_most: Fraction | None = None) -> DistributionCriteria:
    return DistributionCriteria(criteria=(Criterion("x", Fraction(1), transform=transform, at_most=at_most),))


@pytest.mark.parametrize("rounding", Rounding)
def test_a_number_set_by_hand_stands_and_the_others_are_solved_around_it(rounding: Rounding) -> None:
    # 100 by 6, 3, 1 with A at 40: the 60 left are shared 3 to 1.
    rows = (place("A", population=6), place("B", population=3), place("C", population=1))
    rows = (replace(rows[0], fixed=40, reason="Two centres are closing"), *rows[1:])
    found = divide(100, *rows, criteria=by_population(rounding))
    assert asked(found) == {"A": 40, "B": 45, "C": 15}
    assert (found.of("A").bound, found.of("A").reason) == (Bound.BY_HAND, "Two centres are closing")
    assert found.of("A").exact_share == 60


def test_a_number_set_by_hand_may_lie_below_the_common_floor_and_be_zero() -> None:
    rows = (place("A", population=5), place("B", population=5))
    rows = (replace(rows[0], fixed=0, reason="No school place this year"), rows[1])
    assert asked(divide(100, *rows, criteria=by_population(floor=10))) == {"A": 0, "B": 100}


def test_a_number_set_by_hand_is_told_in_the_explanation() -> None:
    rows = (replace(place("A", population=5), fixed=3, reason="So agreed"), place("B", population=5))
    keys = [sentence.key for sentence in explain_share(divide(10, *rows), "A")]
    assert "distribution.bound.by_hand" in keys


@pytest.mark.parametrize("wrong", [{"fixed": 3}, {"reason": "why"}, {"fixed": -1, "reason": "why"}])
def test_a_number_by_hand_needs_a_reason_and_a_reason_a_number(wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        replace(place("A", population=5), **wrong)  # type: ignore[arg-type]


def test_numbers_by_hand_above_the_need_say_by_how_many() -> None:
    rows = (replace(place("A", population=5), fixed=130, reason="why"), place("B", population=5))
    with pytest.raises(NoAnswer, match="30 more than the need"):
        divide(100, *rows)


def test_a_square_root_tempers_the_largest() -> None:
    # Roots of 900 and 100 are 30 and 10.
    assert asked(divide(100, place("A", x=900), place("B", x=100), criteria=one(Transform.SQUARE_ROOT))) == {
        "A": 75,
        "B": 25,
    }


def test_ranks_count_how_many_have_less_and_equals_share_the_middle() -> None:
    # 5, 7, 7, 900: 0, then 1 and 2 shared as 1.5 each, then 3.
    rows = (place("A", x=5), place("B", x=7), place("C", x=7), place("D", x=900))
    found = divide(60, *rows, criteria=one(Transform.RANK))
    assert asked(found) == {"A": 0, "B": 15, "C": 15, "D": 30}


def test_a_cap_on_a_criterion_holds_the_largest_and_gives_the_rest_to_the_others() -> None:
    # Parts 0.8, 0.15, 0.05; at most a half: the other half is shared 3 to 1.
    rows = (place("A", x=80), place("B", x=15), place("C", x=5))
    found = divide(80, *rows, criteria=one(at_most=Fraction(1, 2)))
    assert asked(found) == {"A": 40, "B": 30, "C": 10}


def test_a_cap_that_leaves_persons_over_is_no_answer_and_names_the_criterion() -> None:
    with pytest.raises(NoAnswer, match="at_most"):
        divide(80, place("A", x=80), place("B", x=0), criteria=one(at_most=Fraction(1, 2)))


def test_a_group_that_some_are_not_asked_for_is_divided_between_the_others() -> None:
    rows = (place("A", population=5), place("B", population=3), place("C", population=2))
    groups = (GroupNeed("em", 10, frozenset({"A"})),)
    found = distribute(DistributionProblem(100, rows, by_population(), groups))
    assert [share.group("em") for share in found.shares] == [0, 6, 4]


def test_deductions_are_summed_and_each_is_told_by_its_cause() -> None:
    # 100 by halves; 10 + 20 off the first leaves 20 and 50, rescaled by 100/70.
    causes = (("centre", Fraction(20)), ("moves", Fraction(0)))
    rows = (replace(place("A", population=5, deduct=10), deduct_for=causes), place("B", population=5))
    found = divide(100, *rows)
    assert found.of("A").after_deduction == Fraction(200, 7)
    assert found.of("A").deductions == (("deduct", Fraction(10)), ("centre", Fraction(20)))
    told = [one for one in explain_share(found, "A") if one.key == "distribution.deduction"]
    assert [one.fact("cause") for one in told] == ["deduct", "centre"]
    with pytest.raises(BadInput, match="negative deduction"):
        replace(rows[0], deduct_for=(("centre", Fraction(-1)),))


def random_set(rng: np.random.Generator) -> tuple[MunicipalityInput, ...]:
    size = int(rng.integers(2, 9))
    return tuple(
        place(
            f"{number:04}",
            minimum=int(rng.integers(0, 4)) if rng.random() < 0.3 else None,
            maximum=int(rng.integers(4, 60)) if rng.random() < 0.3 else None,
            population=int(rng.integers(0, 5000)),
            rate=round(float(rng.random()), 3),
        )
        for number in range(size)
    )


def test_ten_thousand_random_needs_and_sets_keep_every_promise() -> None:
    """Sums exact, floors and caps kept, groups nested, order of no matter, or no answer with why."""
    rng = np.random.default_rng(20261123)
    answered = refused = 0
    for _ in range(SETS):
        rows = random_set(rng)
        criteria = DistributionCriteria(
            criteria=(
                Criterion("population", Fraction(7, 10)),
                Criterion("rate", Fraction(3, 10), Direction.LESS, times="population"),
            ),
            floor=int(rng.integers(0, 4)),
            rounding=Rounding.SAINTE_LAGUE if rng.random() < 0.5 else Rounding.LARGEST_REMAINDER,
        )
        before: dict[str, int] = {}
        for need in np.sort(rng.integers(0, 400, NEEDS // SETS)):
            groups = (GroupNeed("under15", int(need) // 9), GroupNeed("from15", int(need) // 5))
            problem = DistributionProblem(int(need), rows, criteria, groups)
            try:
                found = distribute(problem)
            except NoAnswer:
                refused += 1
                continue
            answered += 1
            assert sum(share.asked for share in found.shares) == need
            for share, row in zip(found.shares, rows, strict=True):
                assert (row.minimum or 0) <= share.asked <= (need if row.maximum is None else row.maximum)
                assert share.asked == 0 or share.exact_share == 0 or share.asked >= (criteria.floor or 0)
                assert share.group("under15") + share.group("from15") <= share.asked
            assert sum(share.group("from15") for share in found.shares) == groups[1].persons
            again = distribute(replace(problem, municipalities=rows[::-1]))
            assert asked(again) == asked(found)
            if criteria.rounding is Rounding.SAINTE_LAGUE:
                assert all(persons >= before.get(code, 0) for code, persons in asked(found).items())
                before = asked(found)
    assert answered + refused == NEEDS
    assert answered > NEEDS / 2
