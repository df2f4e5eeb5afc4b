"""`bosett score-ledger`: published forecasts against what came."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bosett import __version__
from bosett.cli.exits import DONE
from bosett.cli.report import print_json
from bosett.forecast.ledger_scores import RANGE_LEVEL, LedgerScores, Lessons, score_ledger
from bosett.sources.forecast_ledger import NEEDED, read_ledger
from bosett.terms.errors import BadInput

NAME = "score-ledger"
HELP = "Score published forecasts: error, typical factor, ranges that held; by lead and maker."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("ledger", type=Path, metavar="LEDGER.csv", help=",".join(NEEDED))
    parser.add_argument(
        "--range-level", type=float, default=RANGE_LEVEL, metavar="P", help="what ranges were meant to hold"
    )
    parser.add_argument("--json", action="store_true", help="print the summary object")


def run(arguments: argparse.Namespace) -> int:
    """Print the scores; nothing is written to files."""
    if not 0 < arguments.range_level < 1:
        raise BadInput(str(arguments.range_level), "a probability above 0 and below 1", "--range-level")
    scores = score_ledger(read_ledger(arguments.ledger), arguments.range_level)
    if arguments.json:
        print_json(summary(scores, arguments.range_level))
    else:
        print("\n".join(_lines(scores)))
    return DONE


def summary(scores: LedgerScores, range_level: float) -> dict[str, Any]:
    """All rows at the top; then by lead and by maker."""
    return {
        **asdict(scores.overall),
        "by_lead": {lead.value: asdict(one) for lead, one in scores.by_lead.items()},
        "by_maker": {maker: asdict(one) for maker, one in scores.by_maker.items()},
        "range_level": range_level,
        "version": __version__,
    }


def _lines(scores: LedgerScores) -> list[str]:
    named: list[tuple[str, Lessons]] = [
        ("all", scores.overall),
        *((lead.value, one) for lead, one in scores.by_lead.items()),
        *scores.by_maker.items(),
    ]
    head = f"{'':14} {'points':>6} {'median |error|':>14} {'factor':>7} {'ranges held':>12}"
    return [head, *(_line(name, one) for name, one in named)]


def _line(name: str, one: Lessons) -> str:
    error = "-" if one.median_absolute_error is None else f"{one.median_absolute_error:.0%}"
    factor = "-" if one.typical_factor is None else f"{one.typical_factor:.2f}"
    return f"{name:14} {one.points:>6} {error:>14} {factor:>7} {f'{one.ranges_held} of {one.ranges}':>12}"
