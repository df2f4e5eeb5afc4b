"""How good the forecast is: backtests beside seasonal naive, random walk and AutoETS, and the ledger.

`./run bench forecast` prints the tables, `./run bench forecast --write` puts them into docs/benchmarks.md.
Settings were frozen on origins before 2016; `--settings` prints how others did there.  Ends with 4 when the
geometric mean over series of our CRPS against the best baseline is above 1.0, or one series is above 1.1.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks._report import keep
from bosett import __version__
from bosett.cli.exits import CHECK_FAILED, DONE
from bosett.forecast.backtest import OURS, Backtest, backtest
from bosett.forecast.combine import BASELINES, FIRST_SCORED, Forecasts, Weighting
from bosett.forecast.ledger_scores import score_ledger
from bosett.forecast.outlook import need_outlook
from bosett.forecast.quantiles import Array, crps
from bosett.forecast.series import Entry, MonthlySeries, monthly_series
from bosett.sources.forecast_ledger import read_ledger, shipped_need
from bosett.terms.days import Month

ROOT = Path(__file__).resolve().parents[1]
TABLES = ROOT / "parameters" / "forecast"
FIRST_ORIGIN, HORIZON = 36, 12
MEAN_AT_MOST, EACH_AT_MOST = 1.0, 1.1
BRIEF = 15
"""The series of collective protection have fifteen months: three ahead, from as many origins as there are."""


def series() -> Iterator[tuple[str, MonthlySeries, int, int]]:
    """Name, series, horizon, origins."""
    pending = _read(TABLES / "pending_by_month.csv")
    yield "pending applicants", pending, HORIZON, len(pending.values) - HORIZON - FIRST_ORIGIN + 1
    for name, file in (("granted", "grants"), ("held", "stock")):
        brief = _read(TABLES / f"collective_{file}_by_month.csv")
        yield f"collective protection {name}", brief, 3, BRIEF - 3 - FIRST_SCORED + 1
    with (TABLES / "unemployed_by_month.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for area in sorted({row["area"] for row in rows}):
        own = _series([row for row in rows if row["area"] == area])
        yield f"unemployed, {area}", own, HORIZON, len(own.values) - HORIZON - FIRST_ORIGIN + 1


def _read(path: Path) -> MonthlySeries:
    with path.open(encoding="utf-8", newline="") as file:
        return _series(list(csv.DictReader(file)))


def _series(rows: list[dict[str, str]]) -> MonthlySeries:
    return monthly_series(Entry(Month.parse(row["month"]), float(row["value"])) for row in rows)


def backtests() -> tuple[str, list[float]]:
    """The table, and our CRPS over the best baseline's, by series."""
    head = "| series | origins | model | CRPS | MASE | 80 % | 90 % | 98 % |"
    lines, ratios = [head, "|---|--:|---|--:|--:|--:|--:|--:|"], []
    for name, one, horizon, origins in series():
        started = time.perf_counter()
        told = backtest(one, horizon, origins)
        best, ratio = told.against_best_baseline()
        ratios.append(ratio)
        lines += _lines(name, told)
        lines.append(f"| | | **over {best}** | **{ratio:.3f}** | | | | |")
        sys.stderr.write(f"{name}: {ratio:.3f}, {time.perf_counter() - started:.0f} s\n")
    return "\n".join(lines), ratios


def brief() -> str:
    """The short series asked for one, two and three months ahead: our CRPS over the best baseline's.

    The shorter the horizon, the more origins there are; what is above the limit says so.
    """
    lines = [
        "| short series | months ahead | origins | best baseline | over it | |",
        "|---|--:|--:|---|--:|---|",
    ]
    for name, one, horizon, origins in series():
        if len(one.values) > BRIEF:
            continue
        for ahead in range(1, horizon + 1):
            told = backtest(one, ahead, origins + horizon - ahead)
            best, ratio = told.against_best_baseline()
            verdict = "" if ratio <= EACH_AT_MOST else f"above {EACH_AT_MOST}"
            lines.append(f"| {name} | 1-{ahead} | {len(told.origins)} | {best} | {ratio:.3f} | {verdict} |")
    return "\n".join(lines)


def _lines(name: str, told: Backtest) -> list[str]:
    rows = []
    for place, model in enumerate((OURS, "auto_ets", "random_walk", "seasonal_naive")):
        score = told.models[model].overall
        first = f"| {name} | {len(told.origins)} " if place == 0 else "| | "
        mase = "" if score.mase is None else f"{score.mase:.2f}"
        rows.append(
            f"{first}| {model} | {score.crps:.4g} | {mase} "
            f"| {score.cover80:.2f} | {score.cover90:.2f} | {score.cover98:.2f} |"
        )
    return rows


def ledger() -> str:
    """The ledger's lessons as a table."""
    scores = score_ledger(read_ledger(TABLES / "ledger.csv"))
    named = [("all", scores.overall), *((lead.value, one) for lead, one in scores.by_lead.items())]
    lines = [
        "| made | points | median error | factor (median) | factor (mean) | too high | ranges held |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {name} | {one.points} | {one.median_absolute_error:.0%} | {one.typical_factor:.2f} "
        f"| {one.mean_factor:.2f} | {one.too_high:.0%} | {one.ranges_held} of {one.ranges} |"
        for name, one in named
    ]
    return "\n".join(lines)


def outlook() -> str:
    """The need of 2026-2029 with its width."""
    past = {year: persons for year, persons in shipped_need().items() if year < 2026}
    now = shipped_need()[2026]
    lines = ["| year | P05 | P25 | P50 | P75 | P95 |", "|---|--:|--:|--:|--:|--:|"]
    for one in need_outlook(past, 2026, now):
        told = " | ".join(f"{one.at(level):,}" for level in (0.05, 0.25, 0.5, 0.75, 0.95))
        lines.append(f"| {one.year} | {told} |")
    return "\n".join(lines)


def settings() -> str:
    """Our CRPS over the best baseline's on months before 2016, for other settings than the frozen ones."""
    ratios: dict[tuple[float, float], list[float]] = {}
    for _, one, _, _ in series():
        values = one.array[: sum(one.first.plus(n) < Month(2016, 1) for n in range(len(one.values)))]
        if len(values) < FIRST_SCORED + 2 * HORIZON:
            continue
        made = Forecasts(values, HORIZON)
        origins = range(FIRST_SCORED, len(values) - HORIZON + 1)
        best = min(_mean_crps(values, origins, partial(made.of, name)) for name in BASELINES)
        for sharpness in (2.0, 4.0, 6.0, 8.0, 12.0):
            for memory in (0.90, 0.95, 0.98):
                told = partial(made.combined, weighting=Weighting(sharpness, memory))
                found = _mean_crps(values, origins, told) / best
                ratios.setdefault((sharpness, memory), []).append(found)
    lines = ["| power | memory | geometric mean over series |", "|--:|--:|--:|"]
    lines += [
        f"| {power:g} | {memory:g} | {math.exp(sum(map(math.log, found)) / len(found)):.4f} |"
        for (power, memory), found in ratios.items()
    ]
    return "\n".join(lines)


def _mean_crps(values: Array, origins: range, told: Callable[[int], Array]) -> float:
    return sum(
        float(crps(told(origin), values[origin : origin + HORIZON]).mean()) for origin in origins
    ) / len(origins)


def main() -> int:
    """Score, print, and write when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    parser.add_argument("--settings", action="store_true", help="other settings on the months before 2016")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    if arguments.settings:
        sys.stdout.write(settings() + "\n")
        return DONE
    table, ratios = backtests()
    mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
    verdict = (
        f"Geometric mean over {len(ratios)} series of our CRPS against the best baseline: {mean:.3f} "
        f"(at most {MEAN_AT_MOST}); the worst series {max(ratios):.3f} (at most {EACH_AT_MOST})."
    )
    head = f"version {__version__}; all origins from {FIRST_ORIGIN} months on, horizons 1-{HORIZON}."
    short = (
        "The short series by how far ahead is asked; not part of the limits above, and not kept everywhere:"
    )
    parts = (head, table, verdict, short, brief(), "The ledger of published forecasts:", ledger())
    text = "\n\n".join((*parts, "The outlook from the need of 2026 as it stands:", outlook()))
    sys.stdout.write(text + "\n")
    if arguments.write:
        keep("forecast", text)
    return DONE if mean <= MEAN_AT_MOST and max(ratios) <= EACH_AT_MOST else CHECK_FAILED


if __name__ == "__main__":
    sys.exit(main())
