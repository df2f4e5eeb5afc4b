"""`bosett need`: the need from its parts, by month, the family to come, four years ahead, the revision rule."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bosett import __version__
from bosett.cli.exits import DONE
from bosett.cli.report import print_json
from bosett.forecast import Combination, NeedInputs, revision_due, revision_rule, settlement_need
from bosett.forecast.family import FamilyRecord, exposure, family_forecast
from bosett.forecast.lags import need_by_month
from bosett.forecast.outlook import need_outlook
from bosett.forecast.quantiles import COLUMNS
from bosett.outputs import Cell, check_writable, write_table
from bosett.rules import Parameters
from bosett.sources.forecast_ledger import shipped_need
from bosett.sources.monthly_series import months_of
from bosett.sources.need_rows import read_cohorts, read_lags, read_parts, read_years
from bosett.sources.tables import read_table
from bosett.terms.days import Month
from bosett.terms.errors import BadInput
from bosett.terms.municipality import MunicipalityCode

NAME = "need"
HELP = "The settlement need: parts, months, arriving family, years ahead, and when it is divided anew."
Run = Callable[[argparse.Namespace], dict[str, Any]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked and its arguments."""
    asked = parser.add_subparsers(title="what is asked", dest="asked", required=True, metavar="WHAT")
    parts = _asked(asked, "parts", "sum the parts with their interval", _parts)
    parts.add_argument("parts", type=Path, metavar="PARTS.csv", help="part,low,point,high: four parts")
    parts.add_argument("--year", type=int, required=True)
    parts.add_argument("--independent", action="store_true", help="parts miss each on their own")
    months = _asked(asked, "months", "permits by month as settlements by month", _months, out=True)
    months.add_argument("permits", type=Path, metavar="PERMITS.csv", help="month,value")
    months.add_argument("lags", type=Path, metavar="LAGS.csv", help="months,persons: settled so long after")
    months.add_argument("--until", required=True, metavar="YYYY-MM", help="the last month wanted")
    family = _asked(asked, "family", "family to come, by municipality", _family, out=True)
    family.add_argument(
        "cohorts", type=Path, metavar="COHORTS.csv", help="municipality_id,year,settled,family"
    )
    family.add_argument(
        "--year", type=int, required=True, help="the year wanted; years before it are learnt from"
    )
    family.add_argument(
        "--weights", required=True, metavar="W0,W1,...", help="weight of those settled 0, 1, ... years before"
    )
    years = _asked(asked, "years", "the years ahead, as wide as those behind", _years, out=True)
    years.add_argument(
        "past", type=Path, nargs="?", metavar="PAST.csv", help="year,persons; Norway's if not given"
    )
    years.add_argument("--year", type=int, required=True)
    years.add_argument("--point", type=int, required=True, metavar="PERSONS", help="its need as it stands")
    years.add_argument("--years", type=int, default=4, metavar="N", help="1 to 10; 4 if not given")
    revision = _asked(asked, "revision", "whether a changed need calls for a new division", _revision)
    for name in ("first", "now"):
        revision.add_argument(f"--{name}", type=int, required=True, metavar="PERSONS")
        revision.add_argument(f"--{name}-minors", type=int, metavar="PERSONS")
    revision.add_argument("--on", required=True, metavar="YYYY-MM-DD", help="by the mandate of the day")


def run(arguments: argparse.Namespace) -> int:
    """Answer what is asked; a table is written whole or not at all."""
    answer: Run = arguments.answer
    told = answer(arguments)
    if arguments.json or "out" not in arguments:
        print_json(told | {"version": __version__})
    return DONE


def _asked(asked: Any, name: str, words: str, answer: Run, *, out: bool = False) -> argparse.ArgumentParser:
    own: argparse.ArgumentParser = asked.add_parser(name, help=words, description=words)
    own.add_argument("--json", action="store_true", help="print the summary object")
    if out:
        own.add_argument("--out", type=Path, required=True, metavar="FILE", help="csv, xlsx or parquet")
    own.set_defaults(answer=answer)
    return own


def _parts(arguments: argparse.Namespace) -> dict[str, Any]:
    together = Combination.INDEPENDENT if arguments.independent else Combination.TOGETHER
    given = read_parts(read_table(arguments.parts))
    inputs = NeedInputs(
        arguments.year, date(arguments.year, 1, 1), given["ready_in_reception"], given["expected_grants"],
        given["quota"], given["leaves"], combination=together,
    )  # fmt: skip
    told = settlement_need(inputs).persons
    return {
        "year": arguments.year,
        "low": told.low,
        "point": told.point,
        "high": told.high,
        "combined": together.value,
    }


def _months(arguments: argparse.Namespace) -> dict[str, Any]:
    check_writable(arguments.out)
    permits = months_of(read_table(arguments.permits))
    lags = read_lags(read_table(arguments.lags))
    told = need_by_month(permits, lags, _month(arguments.until))
    rows: list[list[Cell]] = [
        [str(month), round(float(persons), 6)] for month, persons in told.months.items()
    ]
    write_table(arguments.out, ["month", "persons"], rows)
    return {
        "permits": sum(permits.values()), "settled": float(sum(told.months.values())), "later": float(told.later),
        "mean_lag_months": float(lags.mean_months), "within_six_months": float(lags.within(6)),
    }  # fmt: skip


def _family(arguments: argparse.Namespace) -> dict[str, Any]:
    check_writable(arguments.out)
    weights = _weights(arguments.weights)
    cohorts = read_cohorts(read_table(arguments.cohorts))
    past = [
        FamilyRecord(code, exposure(one.settled, year, weights), came)
        for code, one in cohorts.items()
        for year, came in one.family.items()
        if year < arguments.year and _reaches(one.settled, year, weights)
    ]
    coming = {code: _exposed(code, one.settled, arguments.year, weights) for code, one in cohorts.items()}
    told = family_forecast(past, coming)
    rows: list[list[Cell]] = [
        [
            one.municipality,
            round(coming[one.municipality], 6),
            round(one.mean, 6),
            one.low,
            one.median,
            one.high,
        ]
        for one in told
    ]
    write_table(arguments.out, ["municipality_id", "exposed", "mean", "p10", "p50", "p90"], rows)
    return {"year": arguments.year, "municipalities": len(told), "learnt_from": len(past),
            "mean": round(sum(one.mean for one in told), 3)}  # fmt: skip


def _years(arguments: argparse.Namespace) -> dict[str, Any]:
    check_writable(arguments.out)
    known: Mapping[int, int] = (
        shipped_need() if arguments.past is None else read_years(read_table(arguments.past))
    )
    past = {year: persons for year, persons in known.items() if year < arguments.year}
    told = need_outlook(past, arguments.year, arguments.point, arguments.years)
    write_table(arguments.out, ["year", *COLUMNS], [[one.year, *one.quantiles] for one in told])
    return {"from": arguments.year, "point": arguments.point, "years": len(told), "learnt_from": sorted(past)}


def _revision(arguments: argparse.Namespace) -> dict[str, Any]:
    try:
        day = date.fromisoformat(arguments.on)
    except ValueError:
        raise BadInput(repr(arguments.on), "a day, YYYY-MM-DD", "--on") from None
    rule = revision_rule(Parameters.shipped(), day)
    told = revision_due(
        arguments.first,
        arguments.now,
        rule,
        first_minors=arguments.first_minors,
        now_minors=arguments.now_minors,
    )
    return {"due": told.due, "reasons": [one.value for one in told.reasons], "mandate": told.mandate}


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError:
        raise BadInput(repr(text), "a month, YYYY-MM", "--until") from None


def _weights(text: str) -> tuple[float, ...]:
    try:
        told = tuple(float(one) for one in text.split(","))
    except ValueError:
        raise BadInput(repr(text), "numbers with commas between", "--weights") from None
    if min(told) < 0 or not sum(told) > 0:
        raise BadInput(repr(text), "0 or more each, one above 0", "--weights")
    return told


def _exposed(
    code: MunicipalityCode, settled: Mapping[int, int], year: int, weights: tuple[float, ...]
) -> float:
    try:
        return exposure(settled, year, weights)
    except BadInput as bad:
        raise BadInput(f"{bad.found} in {code}", bad.allowed, "--weights") from None


def _reaches(settled: Mapping[int, int], year: int, weights: tuple[float, ...]) -> bool:
    """Whether every year that has a weight is known."""
    return all(year - back in settled for back, weight in enumerate(weights) if weight)
