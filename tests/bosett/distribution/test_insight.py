"""What the criteria do: disguise, pulls, points, years; by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bosett.distribution import Criterion, Direction, DistributionCriteria
from bosett.distribution.insight import population_in_disguise, pulls, weight_effects, year_changes
from bosett.terms.errors import BadInput
from tests.bosett.distribution.municipalities import by_population, divide, place

POPULATION = {"A": Fraction(100), "B": Fraction(200), "C": Fraction(300)}


def weights(**given: str) -> DistributionCriteria:
    return DistributionCriteria(criteria=tuple(Criterion(name, Fraction(w)) for name, w in given.items()))


def test_a_criterion_in_proportion_to_population_is_population_in_disguise() -> None:
    rows = (
        place("A", population=100, schools=1, jobs=5),
        place("B", population=200, schools=2, jobs=1),
        place("C", population=300, schools=3, jobs=3),
    )
    found = divide(90, *rows, criteria=weights(population="1/3", schools="1/3", jobs="1/3"))
    told = {one.column: one.explained for one in population_in_disguise(found, POPULATION)}
    assert told["population"] == pytest.approx(1)
    assert told["schools"] == pytest.approx(1)
    # Correlation of (1,2,3) and (5,1,3) by hand: -2 / sqrt(2 x 8) = -0.5, squared 0.25.
    assert told["jobs"] == pytest.approx(0.25)


def test_a_criterion_that_is_the_same_for_all_explains_nothing() -> None:
    rows = [place(code, population=float(size), even=1) for code, size in POPULATION.items()]
    found = divide(90, *rows, criteria=weights(even="1"))
    assert population_in_disguise(found, POPULATION)[0].explained is None


def test_a_population_that_is_not_known_is_refused() -> None:
    rows = [place(code, population=float(size)) for code, size in POPULATION.items()]
    with pytest.raises(BadInput, match="population of C"):
        population_in_disguise(divide(9, *rows), {"A": Fraction(1), "B": Fraction(2)})


def test_criteria_that_pull_against_each_other_are_told() -> None:
    rows = (
        place("A", jobs=100, homes=300),
        place("B", jobs=400, homes=400),
        place("C", jobs=900, homes=300),
    )
    found = divide(90, *rows, criteria=weights(jobs="1/2", homes="1/2"))
    # Per inhabitant jobs rise 1, 2, 3 and homes fall 3, 2, 1.
    (pull,) = pulls(found, POPULATION)
    assert pull.correlation == pytest.approx(-1)


def test_one_more_point_of_a_weight_moves_persons_and_sums_to_nobody() -> None:
    rows = (place("A", x=3, y=1), place("B", x=1, y=3))
    found = divide(100, *rows, criteria=weights(x="1/2", y="1/2"))
    # x alone gives 75 and 25; at 51 % it is 38.25 + 12.25 = 50.5 against 50.
    effects = {
        effect.column: effect for effect in weight_effects(found, {"x": Fraction(1, 2), "y": Fraction(1, 2)})
    }
    assert dict(effects["x"].changes) == {"A": Fraction(1, 2), "B": Fraction(-1, 2)}
    assert effects["y"].moved_persons == Fraction(1, 2)
    again = divide(100, *rows, criteria=weights(x="51/100", y="49/100"))
    assert again.of("A").exact_share == found.of("A").exact_share + Fraction(1, 2)


def test_a_weight_of_everything_has_nothing_to_take_from() -> None:
    assert weight_effects(divide(9, place("A", population=1)), {"population": Fraction(1)}) == ()


def test_why_more_than_last_year_is_told_in_parts_that_sum() -> None:
    rows = (place("A", x=1, y=3), place("B", x=3, y=1))
    before = divide(100, *rows, criteria=weights(x="1/2", y="1/2"))
    now = divide(200, *rows, criteria=weights(x="1/4", y="3/4"))
    first = year_changes(before, now)[0]
    # A: 50 before; 200 x (1/16 + 9/16) = 125 now: 50 for the need, x 12.5 - 25, y 112.5 - 75.
    assert (first.identifier, first.before, first.now, first.need) == ("A", 50, 125, 50)
    assert dict(first.criteria) == {"x": Fraction(-25, 2), "y": Fraction(75, 2)}
    assert first.rules == 0


def test_what_a_floor_did_is_told_as_rules() -> None:
    rows = (place("A", population=1), place("B", population=99))
    changes = year_changes(divide(100, *rows), divide(100, *rows, criteria=by_population(floor=10)))
    assert {one.identifier: one.rules for one in changes} == {"A": 9, "B": -9}


def test_less_of_a_rate_is_told_like_any_other() -> None:
    criteria = DistributionCriteria(
        criteria=(Criterion("rate", Fraction(1), Direction.LESS, times="population"),)
    )
    rows = [
        place(code, population=float(size), rate=1 if code == "A" else 0) for code, size in POPULATION.items()
    ]
    told = population_in_disguise(divide(90, *rows, criteria=criteria), POPULATION)
    assert told[0].explained == pytest.approx(27 / 28)
    # Persons 0, 36, 54 against 100, 200, 300: deviations -30, 6, 24; 54 / sqrt(2 x 1512) squared.
