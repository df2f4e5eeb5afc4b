"""How fast the simulation is, how near to persons, and what the contract portfolio of 2022-23 would cost.

`./run bench simulate` prints the tables, `--write` puts them into docs/benchmarks.md; `--draws-of-persons N`
sets the number of person-level runs (400).  Ends with 4 when a limit is not kept.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks._person_level import PersonLevel
from benchmarks._report import keep
from bosett import __version__
from bosett.cli.exits import CHECK_FAILED, DONE
from bosett.cli.scenario_file import read_scenario
from bosett.scenario.portfolio import (
    Demand,
    Prices,
    Rule,
    cost_by_draw,
    implied_short_price,
    newsvendor_share,
    tail_mean,
    worth_of_options,
)
from bosett.scenario.weeks.municipal import Towns
from bosett.scenario.weeks.plan import (
    Delay,
    FlowGroup,
    KnownContract,
    PlaceKind,
    Policy,
    SettlementPlan,
    SimulationPlan,
)
from bosett.scenario.weeks.sweep import Mapper, simulate
from bosett.scenario.weeks.thinning import Thinning
from bosett.scenario.weeks.workers import all_bands, cores, pool, threads

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "bosett" / "cli" / "scenario.example.yaml"
GRANTS = ROOT / "parameters" / "forecast" / "collective_grants_by_month.csv"
LIMITS = {"persons": 2.5, "expected": 1.0, "municipal": 20.0, "redraw": 0.5, "memory_mb": 700.0}
MEAN_WITHIN, SPREAD_WITHIN = 0.01, 0.10
PERSON_WEEKS, STEADY_FROM = 130, 52


def best_of(times: int, run: Callable[[], None]) -> tuple[float, float]:
    """The shortest of some runs and the least processor time, in seconds, workers included."""
    wall, processor = [], []
    for _ in range(times):
        started, used = time.perf_counter(), _processor_seconds()
        run()
        wall.append(time.perf_counter() - started)
        processor.append(_processor_seconds() - used)
    return min(wall), min(processor)


def _processor_seconds() -> float:
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(one) for one in whose]
    return sum(one.ru_utime + one.ru_stime for one in used)


def speed() -> tuple[str, bool]:
    """10,000 draws of the example with quantiles; a redraw; municipal detail; memory of the command."""
    plan, workers = read_scenario(EXAMPLE), cores()
    processes = pool(workers)

    def sweep(draws: int, thinning: Thinning, mapper: Mapper = processes) -> None:
        all_bands(simulate(plan, draws, 1, thinning, mapper), workers)

    told = {
        "persons": best_of(3, lambda: sweep(10_000, Thinning.AUTO)),
        "expected": best_of(3, lambda: sweep(10_000, Thinning.EXPECTED)),
        "redraw": best_of(5, lambda: sweep(2000, Thinning.AUTO, threads(workers))),
        "municipal": best_of(1, _municipal),
        "memory_mb": (_memory(), None),
    }
    names = {
        "persons": "10,000 draws x 5 years x 4 groups with quantiles, whole-person thinning, s",
        "expected": "the same without thinning, s",
        "redraw": "redraw of 2,000 draws in a server's process, s",
        "municipal": "1,000 draws x 2 years with 357 municipalities by week, s",
        "memory_mb": "largest process of the command at 10,000 draws, MB",
    }
    rows = [
        f"| {names[key]} | {value:.2f} | {'' if used is None else f'{used:.2f}'} | {LIMITS[key]:g} |"
        for key, (value, used) in told.items()
    ]
    kept = all(value <= LIMITS[key] for key, (value, _) in told.items())
    head = ["| what | measured | processor seconds | limit |", "|---|--:|--:|--:|"]
    return "\n".join([*head, *rows]), kept


def _municipal() -> None:
    rng = np.random.default_rng(1)
    middle = np.round(np.exp(rng.normal(3, 0.8, (2, 357))))
    spread = np.stack([np.floor(middle * share) for share in (0.5, 0.8, 1.0, 1.0, 1.2)], axis=2)
    towns = Towns(tuple(f"{1000 + n}" for n in range(357)), spread, 0.2)
    plan = replace(read_scenario(EXAMPLE), weeks=104)
    simulate(plan, 1000, 1, Thinning.AUTO, pool(cores()), towns).municipal()


def _memory() -> float:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bosett.cli", "simulate", str(EXAMPLE), "--draws", "10000"]
        subprocess.run([*command, "--out", f"{folder}/out"], check=True, cwd=ROOT, stderr=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def person_plan() -> SimulationPlan:
    """The example's chain at a size that persons can be followed in."""
    plan = read_scenario(EXAMPLE)
    groups = tuple(
        replace(group, arrivals_per_week=(max(group.arrivals_per_week[0] / 4, 3.0),), spread=0.0)
        if group.name in ("collective", "asylum")
        else replace(group, spread=0.0)
        for group in plan.groups
    )
    settlement = replace(plan.settlement, places_per_week=(95.0,), quota_per_week=5.0)
    return replace(plan, weeks=PERSON_WEEKS, groups=groups, settlement=settlement)


def persons(runs: int) -> tuple[str, bool]:
    """Residents by group: mean and spread over draws, against so many person-level runs."""
    plan = person_plan()
    started = time.perf_counter()
    seen = {group.name: np.zeros((runs, PERSON_WEEKS)) for group in plan.groups}
    for number in range(runs):
        one = PersonLevel(plan, np.random.default_rng([7, number]))
        one.run()
        for name, residents in one.residents.items():
            seen[name][number] = residents
    slow = (time.perf_counter() - started) / runs
    draws = 10_000
    started = time.perf_counter()
    sweep = simulate(plan, draws, 3)
    fast = (time.perf_counter() - started) / draws
    lines = [
        "| group | mean, persons | mean, fast | | spread, persons | spread, fast | |",
        "|---|" + "--:|" * 6,
    ]
    kept = True
    for name, residents in seen.items():
        theirs, ours = residents[:, STEADY_FROM:], sweep.row(("in_reception", name))[STEADY_FROM:].T
        means = theirs.mean(), ours.mean()
        spreads = theirs.std(axis=0, ddof=1).mean(), ours.std(axis=0, ddof=1).mean()
        off, wide = means[1] / means[0] - 1, spreads[1] / spreads[0] - 1
        kept &= abs(off) <= MEAN_WITHIN and abs(wide) <= SPREAD_WITHIN
        lines.append(
            f"| {name} | {means[0]:.1f} | {means[1]:.1f} | {off:+.2%} "
            f"| {spreads[0]:.2f} | {spreads[1]:.2f} | {wide:+.1%} |"
        )
    ratio = (
        f"One draw takes {slow * 1e3:.0f} ms person by person and {fast * 1e3:.3f} ms here, in one process: "
    )
    return "\n".join([*lines, "", f"{ratio}{slow / fast:,.0f} times less."]), kept


def pattern_of_2022() -> SimulationPlan:
    """Residents in emergency places on the pattern of collective grants, March 2022 to May 2023.

    Half live privately (as in 2022); the level may be off as forecasts of the same year have been: a
    factor of 1.5 either way in the typical case is a spread of 0.6 of the logarithm.
    """
    with GRANTS.open(encoding="utf-8", newline="") as file:
        months = [float(row["value"]) for row in csv.DictReader(file)]
    weekly = tuple(np.repeat(np.array(months) * 12 / 52, 5)[:65].tolist())
    group = FlowGroup(
        "collective", (1.0,), Delay(3, 2), Delay(4, 3), Delay(8, 4), "emergency",
        refused_share=0.02, private_share=0.5, spread=0.6, persistence=0.98, arrivals_by_week=weekly,
    )  # fmt: skip
    kind = PlaceKind("emergency", (KnownContract(1000),), 5, 16, 0, 650, 556, 781)
    plan = SettlementPlan((250.0, 650.0), ("collective",))
    return SimulationPlan(65, (group,), plan, (kind,), (Policy("today", buffer=0.15),))


def portfolio() -> str:
    """Today's rule and ours on draws that neither was chosen on, for two prices of a missing place."""
    plan = pattern_of_2022()
    known, tried = (_demand(plan, draws, seed) for draws, seed in ((250, 1), (2000, 2)))
    lines = [
        "| missing place | rule | empty, NOK m | short and standby, NOK m | all, NOK m | P95 | mean of dearest 5 % |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    words = []
    for short in (781.0, round(implied_short_price(650, 556, 0.85))):
        prices = Prices(650, 556, 55, 700, short)
        best, worth = worth_of_options(known, tried, prices, tail_weight=0.5)
        for name, rule in (("today: 15 % more than residents", Rule(0, 1.15, 0)), (_told(best), best)):
            lines.append(f"| {short:g} | {name} | {_millions(cost_by_draw(tried, rule, prices))} |")
        words += [
            f"- at {short:g}: `{one.option}` is worth {one.mean_nok / 1e6:,.0f} million in the mean and "
            f"{one.tail_nok / 1e6:,.0f} million in the tail"
            for one in worth
        ]
    share = newsvendor_share(650, 556, 781)
    vendor = (
        f"With prices alone (650 held, 556 empty, 781 bought) the best number of places is the {share:.1%} "
        "quantile of residents: a buffer is a price on shortage, not a saving. Holding up to the 85 % quantile "
        f"means that a missing place and day is priced at {implied_short_price(650, 556, 0.85):,.0f} kroner."
    )
    return "\n".join([*lines, "", vendor, "", "What each part of our rule is worth:", "", *words])


def _demand(plan: SimulationPlan, draws: int, seed: int) -> Demand:
    residents = simulate(plan, draws, seed).row(("in_reception", "collective"))
    return Demand(residents[::4].astype(float), 28, 1, 4)


def _told(rule: Rule) -> str:
    return f"ours: {rule.standing:,.0f} stand, {rule.share:.0%} of residents seen, {rule.standby:,.0f} on standby"


def _millions(costs: dict[str, np.ndarray]) -> str:
    total = costs["total"]
    rest = costs["short"] + costs["standby_fee"] + costs["standby_call"]
    numbers = (
        costs["empty"].mean(), rest.mean(), total.mean(), np.quantile(total, 0.95), tail_mean(total, 0.95)
    )  # fmt: skip
    return " | ".join(f"{number / 1e6:,.0f}" for number in numbers)


def main() -> int:
    """Measure, print, and write when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    parser.add_argument("--draws-of-persons", type=int, default=400)
    arguments = parser.parse_args()
    load = os.getloadavg()[0]
    fast, in_time = speed()
    close, agrees = persons(arguments.draws_of_persons)
    head = (
        f"version {__version__}; {cores()} cores, load of the machine before {load:.1f}; best of three runs. "
        f"Every limit kept: {'yes' if in_time else 'no'}."
    )
    against = f"Residents by group against {arguments.draws_of_persons} person-level runs (simpy):"
    parts = (head, fast, against, close, "Contract portfolio on the pattern of 2022-23:", portfolio())
    text = "\n\n".join(parts)
    sys.stdout.write(text + "\n")
    if arguments.write:
        keep("simulate", text)
    return DONE if in_time and agrees else CHECK_FAILED


if __name__ == "__main__":
    sys.exit(main())
