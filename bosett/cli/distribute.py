"""`bosett distribute`: a need divided between municipalities in whole persons."""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import replace
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

from bosett import __version__
from bosett.cli.distribute_insight import distribution_insight
from bosett.cli.exits import BAD_INPUT, DONE
from bosett.cli.municipality_rows import read_group_exclusions, read_municipalities
from bosett.cli.read_criteria import read_criteria
from bosett.cli.report import print_json
from bosett.distribution import (
    Bound,
    Distribution,
    DistributionProblem,
    GroupNeed,
    MunicipalityShare,
    distribute,
)
from bosett.distribution.counties import distribute_through_counties
from bosett.outputs import Cell, check_writable, write_table
from bosett.outputs.distribution_words import explain_in_words
from bosett.terms.errors import BadInput

NAME = "distribute"
HELP = "Divide a national need between municipalities in whole persons, with the reason for each."

_GROUP = re.compile(r"[a-z][a-z0-9_]*")
_OWN = (
    "municipality_id",
    "name",
    "asked",
    "exact_share",
    "after_deduction",
    "bounded_share",
    "bound",
    "reason",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--example", action="store_true", help="print a commented criteria file and stop")
    parser.add_argument("--need", metavar="N", help="persons to divide, a whole number")
    parser.add_argument("--municipalities", type=Path, metavar="FILE", help="csv, xlsx or parquet")
    parser.add_argument("--criteria", type=Path, metavar="FILE.yaml", help="see --example")
    parser.add_argument("--out", type=Path, metavar="FILE", help="csv, xlsx or parquet")
    parser.add_argument(
        "--need-group",
        action="append",
        default=[],
        metavar="GROUP=N",
        help="also divide a group inside the need, such as em_under15=80; may be repeated",
    )
    parser.add_argument(
        "--through-counties",
        action="store_true",
        help="add the column through_county: the need to each county first, by the same criteria",
    )
    parser.add_argument(
        "--explain", type=Path, metavar="FILE", help="also write each municipality's reasons in nb, nn and en"
    )
    parser.add_argument("--json", action="store_true", help="print a summary object")


def run(arguments: argparse.Namespace) -> int:
    """Write the division, whole or not at all."""
    if arguments.example:
        sys.stdout.write(files("bosett.cli").joinpath("criteria.example.yaml").read_text("utf-8"))
        return DONE
    missing = [
        f"--{name}" for name in ("need", "municipalities", "criteria", "out") if _is_missing(arguments, name)
    ]
    if missing:
        sys.stderr.write(f"bosett distribute: needed: {', '.join(missing)} (or --example)\n")
        return BAD_INPUT
    check_writable(arguments.out)
    if arguments.explain is not None:
        check_writable(arguments.explain)
    problem = _problem(arguments)
    result = distribute(problem)
    counties = distribute_through_counties(problem) if arguments.through_counties else None
    columns, rows = _columns(result), [_row(share) for share in result.shares]
    if counties is not None:
        columns = [*columns, "through_county"]
        rows = [[*row, step.through] for row, step in zip(rows, counties.steps, strict=True)]
    write_table(arguments.out, columns, rows)
    if arguments.explain is not None:
        write_table(arguments.explain, ["municipality_id", "language", "explanation"], _explained(result))
    if arguments.json:
        print_json({**_summary(result), **distribution_insight(problem, result, counties)})
    return DONE


def _explained(result: Distribution) -> list[list[Cell]]:
    return [
        [share.identifier, language, " ".join(explain_in_words(result, share.identifier, language))]
        for share in result.shares
        for language in ("nb", "nn", "en")
    ]


def _is_missing(arguments: argparse.Namespace, name: str) -> bool:
    return getattr(arguments, name) is None


def _problem(arguments: argparse.Namespace) -> DistributionProblem:
    need = _persons("--need", arguments.need)
    groups = tuple(_group(text) for text in arguments.need_group)
    without = read_group_exclusions(arguments.municipalities, [group.group for group in groups])
    groups = tuple(replace(group, excluded=without[group.group]) for group in groups)
    criteria = read_criteria(arguments.criteria)
    municipalities = read_municipalities(arguments.municipalities, criteria, str(arguments.criteria))
    return DistributionProblem(need, municipalities, criteria, groups)


def _persons(option: str, text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise BadInput(repr(text), "a whole number of persons, 0 or more", option)
    return int(text)


def _group(text: str) -> GroupNeed:
    name, equals, persons = text.partition("=")
    if not equals or not _GROUP.fullmatch(name) or name in _OWN or name.startswith("from_"):
        raise BadInput(repr(text), "a group and a number, such as em_under15=80", "--need-group")
    return GroupNeed(name, _persons("--need-group", persons))


def _columns(result: Distribution) -> list[str]:
    criteria = [f"from_{column}" for column, _ in result.shares[0].contributions]
    groups = [group for group, _ in result.groups]
    return ["municipality_id", "name", "asked", "exact_share", *criteria, *groups, *_OWN[-4:]]


def _row(share: MunicipalityShare) -> list[Cell]:
    criteria: list[Fraction] = [persons for _, persons in share.contributions]
    groups = [persons for _, persons in share.groups]
    steps: list[Cell] = [share.after_deduction, share.bounded_share, share.bound.value, share.reason]
    return [share.identifier, share.name, share.asked, share.exact_share, *criteria, *groups, *steps]


def _summary(result: Distribution) -> dict[str, Any]:
    bounds = [share.bound for share in result.shares]
    return {
        "need": result.need,
        "asked": sum(share.asked for share in result.shares),
        "municipalities": len(result.shares),
        "asked_municipalities": sum(share.asked > 0 for share in result.shares),
        "bounds": {bound.value: bounds.count(bound) for bound in Bound},
        "groups": dict(result.groups),
        "method": result.method.value,
        "round": result.rounding.value,
        "assumptions": list(result.assumptions),
        "version": __version__,
    }
