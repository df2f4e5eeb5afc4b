"""`bosett backtest`: how the forecast would have done before, beside three baselines."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bosett import __version__
from bosett.cli.blame import blaming
from bosett.cli.exits import DONE
from bosett.cli.forecast import add_countries, countries
from bosett.cli.progress import Progress
from bosett.cli.report import print_json
from bosett.forecast.backtest import Backtest, ModelScore, backtest
from bosett.forecast.predict import alongside
from bosett.sources.monthly_series import series_of
from bosett.sources.tables import read_table

NAME = "backtest"
HELP = "Score the forecast at earlier origins, beside seasonal naive, random walk and AutoETS."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("series", type=Path, metavar="SERIES.csv", help="month,value")
    parser.add_argument("--horizon", type=int, required=True, metavar="H", help="months ahead")
    parser.add_argument(
        "--origins", type=int, required=True, metavar="K", help="the last K with H after them"
    )
    add_countries(parser)
    parser.add_argument("--json", action="store_true", help="print the summary object")


def run(arguments: argparse.Namespace) -> int:
    """Print the scores; nothing is written to files."""
    series = series_of(read_table(arguments.series))
    others = alongside(series, countries(arguments.others), arguments.horizon)
    progress = Progress("backtest", max(1, arguments.origins), sys.stderr)
    with blaming("--origins, --horizon"):
        told = backtest(series, arguments.horizon, arguments.origins, progress.step, others=others)
    if arguments.json:
        print_json(summary(told, str(series.first.plus(told.origins[0])), str(series.last)))
    else:
        print("\n".join(_lines(told)))
    return DONE


def summary(told: Backtest, first: str, last: str) -> dict[str, Any]:
    """Each model's means over origins and horizons, and by horizon."""
    best, ratio = told.against_best_baseline()
    return {
        **{name: _model(score) for name, score in told.models.items()},
        "origins": len(told.origins),
        "horizon": told.horizon,
        "first_scored_month": first,
        "last_scored_month": last,
        "best_baseline": best,
        "crps_over_best_baseline": ratio,
        "version": __version__,
    }


def _model(score: ModelScore) -> dict[str, Any]:
    by_horizon = [{"horizon": step, **asdict(one)} for step, one in enumerate(score.by_horizon, start=1)]
    return {**asdict(score.overall), "by_horizon": by_horizon}


def _lines(told: Backtest) -> list[str]:
    head = f"{'':16} {'crps':>10} {'mase':>7} {'cover80':>8} {'cover90':>8} {'cover98':>8}"
    return [head, *(_line(name, score) for name, score in told.models.items())]


def _line(name: str, score: ModelScore) -> str:
    one = score.overall
    mase = "-" if one.mase is None else f"{one.mase:.3f}"
    return (
        f"{name:16} {one.crps:>10.4g} {mase:>7} {one.cover80:>8.2f} {one.cover90:>8.2f} {one.cover98:>8.2f}"
    )
