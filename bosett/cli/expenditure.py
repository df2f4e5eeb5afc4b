"""`bosett expenditure`: what refugees cost the municipalities, how sure that is, and what the grants cover."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bosett import __version__
from bosett.cli.exits import DONE
from bosett.cli.expenditure_files import Folder, read_folder
from bosett.cli.report import print_json, warn
from bosett.expenditure.bootstrap import Replicates, replicate
from bosett.expenditure.checks import Check, check_register, check_size, check_survey
from bosett.expenditure.coverage import coverage, five_years, one_year
from bosett.expenditure.ratio import ESTIMATORS, Part, estimate_parts
from bosett.expenditure.register import YEARS, YearItem, register_parts
from bosett.outputs import Cell, fill_table, write_folder_whole
from bosett.terms.errors import BadInput

NAME = "expenditure"
HELP = "Estimate the municipalities' expenditure per refugee with its error, and how far the grants cover it."
ESTIMATES = ("area", "per_person_nok", "standard_error", "low95", "high95", "respondents")
REPLICATED = "standard_error_replicates"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="frame, answers, register, grants")
    parser.add_argument("--out", type=Path, required=True, metavar="OUT", help="folder for the answer")
    parser.add_argument("--estimator", choices=sorted(ESTIMATORS), default="ratio")
    parser.add_argument("--replicates", type=int, default=0, metavar="N", help="bootstrap samples as a check")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="of the replicates")
    parser.add_argument("--json", action="store_true", help="print the summary object")


def run(arguments: argparse.Namespace) -> int:
    """Write estimates, residence years, coverage and checks, whole or not at all."""
    for option, value, least in (("--replicates", arguments.replicates, 0), ("--seed", arguments.seed, 0)):
        if value < least or (value == 1 and option == "--replicates"):
            raise BadInput(str(value), "0, or 2 or more" if option == "--replicates" else "0 or more", option)
    read = read_folder(arguments.folder, calibrated=arguments.estimator == "greg")
    parts = estimate_parts(read.survey, arguments.estimator)
    register = register_parts(read.survey, read.register)
    drawn = None
    if arguments.replicates:
        rng = np.random.default_rng(arguments.seed)
        drawn = replicate(read.survey, arguments.estimator, arguments.replicates, rng)
    told = _summary(read, parts, register, drawn, arguments.estimator)
    checks = _checks(read, parts)
    write_folder_whole(arguments.out, _filler(parts, register, drawn, told, checks))
    _tell(checks, has_grants=read.has_grants)
    if arguments.json:
        print_json(told)
    return DONE


def _filler(
    parts: Sequence[Part],
    register: Sequence[YearItem],
    drawn: Replicates | None,
    told: dict[str, Any],
    checks: Sequence[Check],
) -> Callable[[Path], None]:
    years: list[list[Cell]] = []
    for one in register:
        found = one.part.estimate()
        years.append([one.residence_year, one.item, found.per_person_nok, found.standard_error])
    columns = ESTIMATES if drawn is None else (*ESTIMATES, REPLICATED)
    flagged: list[list[Cell]] = [
        [one.municipality_id, one.area, one.value, one.rule, one.why] for one in checks
    ]

    def fill(folder: Path) -> None:
        fill_table(folder / "estimates.csv", columns, [_estimate_row(one, drawn) for one in parts])
        names = ("residence_year", "item", "per_person_nok", "standard_error")
        fill_table(folder / "residence_years.csv", names, years)
        text = json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False)
        (folder / "coverage.json").write_text(text + "\n", "utf-8")
        fill_table(folder / "checks.csv", ("municipality_id", "area", "value", "rule", "why"), flagged)

    return fill


def _estimate_row(part: Part, drawn: Replicates | None) -> list[Cell]:
    one = part.estimate()
    row: list[Cell] = [
        one.area, one.per_person_nok, one.standard_error, one.low95, one.high95, one.respondents
    ]  # fmt: skip
    return row if drawn is None else [*row, drawn.standard_error(one.area)]


def _summary(
    read: Folder,
    parts: Sequence[Part],
    register: Sequence[YearItem],
    drawn: Replicates | None,
    estimator: str,
) -> dict[str, Any]:
    """The keys of the contract first; a grant or coverage that is not known is null, never 0."""
    five = five_years(parts, register).estimate()
    found = coverage(five, read.grants_nok) if read.has_grants else None
    told = {
        "expenditure_5y_nok": five.per_person_nok,
        "expenditure_5y_se": five.standard_error,
        "grant_5y_nok": None if found is None else _plain(float(found.grant_5y_nok)),
        "coverage": None if found is None else found.coverage,
        "coverage_low95": None if found is None else found.coverage_low95,
        "coverage_high95": None if found is None else found.coverage_high95,
        "expenditure_5y_low95": five.low95,
        "expenditure_5y_high95": five.high95,
        "residence_years": [_year(parts, register, year) for year in YEARS],
        "parts": ["survey", "register"] if register else ["survey"],
        "without": _without(register),
        "estimator": estimator,
        "version": __version__,
    }
    if drawn is not None:
        told["replicates"] = len(drawn.values)
        told["survey_year_se_replicates"] = drawn.total_error()
    return told


def _year(parts: Sequence[Part], register: Sequence[YearItem], year: int) -> dict[str, Any]:
    one = one_year(parts, register, year).estimate()
    return {
        "residence_year": year,
        "per_person_nok": one.per_person_nok,
        "standard_error": one.standard_error,
        "low95": one.low95,
        "high95": one.high95,
    }


def _without(register: Sequence[YearItem]) -> list[dict[str, Any]]:
    """Items that lack a residence year others have: the sums are without them, so they are at least that high."""
    years = {one.residence_year for one in register}
    here = {(one.item, one.residence_year) for one in register}
    return [
        {"item": item, "residence_year": year}
        for item in sorted({item for item, _ in here})
        for year in sorted(years)
        if (item, year) not in here
    ]


def _plain(amount: float) -> int | float:
    return int(amount) if amount.is_integer() else amount


def _checks(read: Folder, parts: Sequence[Part]) -> tuple[Check, ...]:
    fewest = min(int(part.responded.sum()) for part in parts)
    drawn = any(row.sampled != (row.eligible_persons >= 0) for row in read.survey.frame)
    small = check_size(fewest) if drawn else ()
    return (*check_survey(read.survey), *check_register(read.register), *small)


def _tell(checks: Sequence[Check], *, has_grants: bool) -> None:
    counts = {rule: sum(one.rule == rule for one in checks) for rule in sorted({one.rule for one in checks})}
    if counts:
        named = ", ".join(f"{count} {rule}" for rule, count in counts.items())
        warn(f"checks.csv names what to look at: {named}")
    for one in checks:
        if one.rule in ("few_respondents", "one_respondent"):
            warn(f"{one.municipality_id + ' ' + one.area + ': ' if one.area else ''}{one.why}")
    if any(one.rule == "register_year_missing" for one in checks):
        warn("a register lacks residence years: the sum is at least, the coverage at most what is told")
    if not has_grants:
        warn("no grants file: coverage is not known")
