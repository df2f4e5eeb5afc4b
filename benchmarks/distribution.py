"""How long a division with its full explanation takes, and what formula the real requests look like.

`./run bench distribution` prints both, `./run bench distribution --write` puts them into
docs/benchmarks.md.  Ends with 4 when a division takes more than a second.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from fractions import Fraction

import numpy as np

from benchmarks._report import keep
from bosett import __version__
from bosett.cli.exits import CHECK_FAILED, DONE
from bosett.distribution import (
    Criterion,
    Direction,
    Distribution,
    DistributionCriteria,
    DistributionProblem,
    GroupNeed,
    MunicipalityInput,
    distribute,
)
from bosett.distribution.column_names import COLUMN_NAMES
from bosett.distribution.counties import distribute_through_counties
from bosett.distribution.insight import population_in_disguise, pulls, weight_effects
from bosett.outputs.distribution_words import explain_in_words
from bosett.registry import Registry
from bosett.sources.fitted_requests import FITTED_YEARS, fitted_requests

NEED, RUNS, LIMIT_SECONDS = 13_000, 7, 1.0


def municipalities() -> tuple[MunicipalityInput, ...]:
    """The real municipalities and their real population, with made-up rates beside it."""
    registry, rng = Registry.shipped(), np.random.default_rng(1)
    rows = []
    for unit in registry.all_municipalities:
        size = registry.population(unit.code, 2026).value or 0
        rates = {name: Fraction(int(rng.integers(10, 60)), 1000) for name in ("unemployment", "results")}
        indicators = {"population": Fraction(size), **rates, "places": Fraction(int(size * rng.random()))}
        rows.append(MunicipalityInput(str(unit.code), unit.name, unit.county_code, indicators))
    return tuple(rows)


def explained(problem: DistributionProblem) -> Distribution:
    """Divide, and make everything that the workshop shows."""
    found = distribute(problem)
    population = {one.identifier: one.indicators["population"] for one in problem.municipalities}
    population_in_disguise(found, population)
    pulls(found, population)
    weight_effects(found, {one.column: one.weight for one in problem.criteria.criteria})
    for share in found.shares:
        explain_in_words(found, share.identifier, "nb")
    return found


def timed() -> list[tuple[str, float, float]]:
    """(what, median seconds, slowest seconds)."""
    criteria = DistributionCriteria(
        criteria=(
            Criterion("population", Fraction(5, 10)),
            Criterion("unemployment", Fraction(2, 10), Direction.LESS, times="population"),
            Criterion("results", Fraction(1, 10), times="population"),
            Criterion("places", Fraction(2, 10)),
        ),
        floor=5,
    )
    groups = (GroupNeed("em_under15", 80), GroupNeed("em_15_17", 571))
    problem = DistributionProblem(NEED, municipalities(), criteria, groups)
    return [
        ("division alone", *_seconds(lambda: distribute(problem))),
        ("division with the full explanation", *_seconds(lambda: explained(problem))),
        ("directly and through counties", *_seconds(lambda: distribute_through_counties(problem))),
    ]


def _seconds(work: Callable[[], object]) -> tuple[float, float]:
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return sorted(taken)[RUNS // 2], max(taken)


def table() -> tuple[str, bool]:
    """Both tables as Markdown, and whether the times are within the limit."""
    times = timed()
    rows = [
        f"version {__version__}; 357 municipalities, need {NEED}, four criteria, two groups, {RUNS} runs, "
        f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores."
    ]
    rows += ["", "| what | median s | slowest s |", "|---|--:|--:|"]
    rows += [f"| {what} | {middle:.2f} | {slowest:.2f} |" for what, middle, slowest in times]
    rows += ["", "Fitted, never known: what would reproduce the published requests best.", ""]
    rows += [
        "| year | municipalities | weights (90 % interval) | explained | persons elsewhere | far from the fit |",
        "|---|--:|---|--:|--:|--:|",
    ]
    for year in FITTED_YEARS:
        fit = fitted_requests(year)
        told = "; ".join(
            f"{COLUMN_NAMES[w.column].en.lower()} {w.weight:.0%} ({w.low:.0%}-{w.high:.0%})"
            for w in fit.weights
        )
        far = sum(one.far for one in fit.residuals)
        count = len(fit.residuals)
        moved = f"{fit.unexplained_persons:.0f}"
        rows.append(f"| {year} | {count} | {told} | {fit.explained:.1%} | {moved} | {far} |")
    return "\n".join(rows), all(middle <= LIMIT_SECONDS for _, middle, _ in times)


def main() -> int:
    """Measure, print, and write when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    arguments = parser.parse_args()
    text, kept = table()
    sys.stdout.write(text + "\n")
    if arguments.write:
        keep("distribution", text)
    return DONE if kept else CHECK_FAILED


if __name__ == "__main__":
    sys.exit(main())
