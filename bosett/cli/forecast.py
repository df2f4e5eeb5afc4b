"""`bosett forecast`: a monthly series and what may follow, with quantiles to P99."""

from __future__ import annotations

import argparse
from fractions import Fraction
from pathlib import Path
from typing import Any

from bosett import __version__
from bosett.cli.blame import blaming
from bosett.cli.exits import DONE
from bosett.cli.report import print_json
from bosett.forecast.group_split import check_shares, split_value
from bosett.forecast.predict import Forecast, Shift, forecast
from bosett.forecast.quantiles import COLUMNS
from bosett.forecast.series import MonthlySeries
from bosett.outputs import Cell, check_writable, write_table
from bosett.sources.monthly_series import series_of
from bosett.sources.tables import read_table
from bosett.terms.days import Month
from bosett.terms.errors import BadInput

NAME = "forecast"
HELP = "Forecast a monthly series by models combined by their past score."
_TAKEN = ("month", "mean", *COLUMNS)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("series", type=Path, metavar="SERIES.csv", help="month,value")
    parser.add_argument("--horizon", type=int, required=True, metavar="H", help="months ahead")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="csv, xlsx or parquet")
    parser.add_argument("--shift", metavar="YYYY-MM=FACTOR", help="an expert's factor from a month on")
    parser.add_argument("--shift-reason", default="", metavar="TEXT", help="why; kept with the summary")
    parser.add_argument(
        "--group",
        action="append",
        default=[],
        metavar="NAME=SHARE",
        help="split the mean between groups whose shares sum to 1; may be repeated",
    )
    add_countries(parser)
    parser.add_argument("--json", action="store_true", help="print the summary object")


def add_countries(parser: argparse.ArgumentParser) -> None:
    """Declare further countries, as the backtest takes them too."""
    parser.add_argument(
        "--with", action="append", default=[], dest="others", metavar="NAME=FILE",
        help="another country's month,value: the model of several countries takes part; may be repeated",
    )  # fmt: skip


def countries(texts: list[str]) -> dict[str, dict[Month, float]]:
    """The further countries' months by name."""
    found: dict[str, dict[Month, float]] = {}
    for text in texts:
        name, equals, file = text.partition("=")
        if not name or not equals or not file or name in found:
            raise BadInput(repr(text), "each country once, as NAME=FILE", "--with")
        told = series_of(read_table(Path(file)))
        found[name] = {told.first.plus(place): value for place, value in enumerate(told.values)}
    return found


def run(arguments: argparse.Namespace) -> int:
    """Write one row a month, whole or not at all."""
    check_writable(arguments.out)
    shares = _shares(arguments.group)
    series = series_of(read_table(arguments.series))
    others = countries(arguments.others)
    shift = _shift(arguments.shift, arguments.shift_reason)
    with blaming("--horizon"):
        told = forecast(series, arguments.horizon, shift, others)
    columns = ["month", "mean", *COLUMNS, *(f"mean_{name}" for name in shares)]
    rows: list[list[Cell]] = [
        [str(one.month), one.mean, *one.quantiles, *split_value(one.mean, shares).values()]
        for one in told.months
    ]
    write_table(arguments.out, columns, rows)
    if arguments.json:
        print_json(_summary(series, told) | {"with": sorted(others)})
    return DONE


def _shares(texts: list[str]) -> dict[str, Fraction]:
    shares: dict[str, Fraction] = {}
    for text in texts:
        name, equals, share = text.partition("=")
        if not name or not equals or name in shares or name in _TAKEN:
            raise BadInput(repr(text), "each group once, as NAME=SHARE", "--group")
        try:
            shares[name] = Fraction(share)
        except (ValueError, ZeroDivisionError):
            raise BadInput(repr(text), "a share such as 0.25 or 1/4", "--group") from None
    if shares:
        check_shares(shares, "--group")
    return shares


def _shift(text: str | None, reason: str) -> Shift | None:
    if text is None:
        return None
    month, equals, factor = text.partition("=")
    try:
        first, by = Month.parse(month), float(factor)
    except ValueError:
        raise BadInput(repr(text), "a month and a factor, such as 2026-05=0.6", "--shift") from None
    if not equals:
        raise BadInput(repr(text), "a month and a factor, such as 2026-05=0.6", "--shift")
    with blaming("--shift-reason" if by > 0 else "--shift"):
        return Shift(first, by, reason)


def _summary(series: MonthlySeries, told: Forecast) -> dict[str, Any]:
    shift = told.shift
    return {
        "first_month": str(series.first),
        "last_month": str(series.last),
        "months": len(series.values),
        "horizon": len(told.months),
        "weights": dict(told.weights),
        "shift": None
        if shift is None
        else {"from": str(shift.first), "factor": shift.factor, "reason": shift.reason},
        "version": __version__,
    }
