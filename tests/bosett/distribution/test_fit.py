"""A formula fitted to requests: found where there is one, and never claimed to be known."""

from __future__ import annotations

import numpy as np
import pytest

from bosett.distribution.fit import fit_formula
from bosett.terms.errors import BadInput


def candidates(size: int, seed: int) -> dict[str, dict[str, float]]:
    rng = np.random.default_rng(seed)
    return {
        name: {f"{code:04}": float(rng.lognormal(3, 1)) for code in range(size)}
        for name in ("jobs", "population")
    }


def requests(given: dict[str, dict[str, float]], weights: dict[str, float], need: int) -> dict[str, int]:
    sums = {name: sum(values.values()) for name, values in given.items()}
    codes = given["population"]
    return {
        code: round(need * sum(w * given[k][code] / sums[k] for k, w in weights.items())) for code in codes
    }


def test_a_formula_that_made_the_requests_is_found_again() -> None:
    given = candidates(300, 1)
    found = fit_formula(
        requests(given, {"population": 0.7, "jobs": 0.3}, 50_000), given, np.random.default_rng(2), draws=50
    )
    weights = {one.column: one.weight for one in found.weights}
    assert weights["population"] == pytest.approx(0.7, abs=0.01)
    assert found.explained > 0.999
    for one in found.weights:
        assert one.low <= one.weight <= one.high


def test_a_criterion_that_played_no_part_gets_no_weight() -> None:
    given = candidates(300, 3)
    found = fit_formula(
        requests(given, {"population": 1.0}, 50_000), given, np.random.default_rng(2), draws=20
    )
    assert {one.column: one.weight for one in found.weights}["jobs"] == pytest.approx(0, abs=0.01)


def test_the_one_that_the_formula_does_not_explain_stands_first() -> None:
    given = candidates(200, 5)
    asked = requests(given, {"population": 1.0}, 20_000)
    asked["0007"] += 400
    found = fit_formula(asked, given, np.random.default_rng(2), draws=20)
    assert found.residuals[0].identifier == "0007"
    assert found.residuals[0].far
    assert found.unexplained_persons > 0


def test_the_weights_do_not_depend_on_the_draws() -> None:
    given = candidates(100, 7)
    asked = requests(given, {"population": 0.5, "jobs": 0.5}, 9000)
    first, second = (fit_formula(asked, given, np.random.default_rng(seed), draws=20) for seed in (1, 2))
    assert [one.weight for one in first.weights] == [one.weight for one in second.weights]


def test_a_candidate_that_says_the_same_as_another_is_not_counted_twice() -> None:
    given = candidates(100, 9)
    given["twice"] = {code: 2 * value for code, value in given["population"].items()}
    found = fit_formula(requests(given, {"population": 1.0}, 9000), given, np.random.default_rng(1), draws=20)
    weights = {one.column: one.weight for one in found.weights}
    assert weights["population"] + weights["twice"] == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("missing", "no value for 0003"),
        ("zero", "0 everywhere"),
        ("negative", "below 0"),
        ("none", "0 candidates"),
    ],
)
def test_candidates_that_cannot_be_used_are_refused(wrong: str, told: str) -> None:
    given = candidates(10, 11)
    asked = requests(given, {"population": 1.0}, 900)
    if wrong == "missing":
        del given["jobs"]["0003"]
    if wrong == "zero":
        given["jobs"] = dict.fromkeys(given["jobs"], 0.0)
    if wrong == "negative":
        given["jobs"]["0003"] = -1.0
    with pytest.raises(BadInput, match=told):
        fit_formula(asked, {} if wrong == "none" else given, np.random.default_rng(1), draws=5)
