"""`bosett grant-frame`: five years of grants for a municipality or the country, with an interval."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from bosett.cli.exits import DONE
from bosett.cli.report import print_json, warn
from bosett.grants.frame_problem import LABELS
from bosett.grants.frame_result import Frame, Spread
from bosett.grants.frames import FrameProblem, FrameScenario, Range, alternatives, frame
from bosett.outputs import Cell, check_writable, write_table
from bosett.outputs.grant_frame import write_frame
from bosett.rules.parameters import Parameters
from bosett.rules.strict_yaml import read_yaml
from bosett.sources.grant_rows import read_moves, read_persons
from bosett.sources.tables import read_table
from bosett.terms.errors import BadInput

NAME = "grant-frame"
HELP = "Five years of grants from those settled and those voted for, with an interval; as a workbook with formulas."
COLUMNS = ("year", "origin", "scheme", "persons", "likely_nok", "low_nok", "high_nok", "assumed", "missing")


class _Example(argparse.Action):
    """Prints a scenario with our own values, commented, and ends."""

    def __call__(self, parser: argparse.ArgumentParser, *_rest: object, **_more: object) -> None:
        sys.stdout.write(scenario_text(FrameScenario()))
        parser.exit(0)


def scenario_text(scenario: FrameScenario) -> str:
    """A scenario as `read_scenario` reads it, each field with what it is."""
    told = [
        "# Assumptions of a five-year frame: none of them is read in a source. Ranges: lowest, likely, highest."
    ]
    for name, label in LABELS.items():
        told += [f"# {label.en}", f"{name}: {_written(getattr(scenario, name))}"]
    return "\n".join(told) + "\n"


def _written(value: object) -> str:
    if isinstance(value, Range):
        return f"[{value.low}, {value.likely}, {value.high}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {one}" for key, one in value.items()) + "}"
    if isinstance(value, bool):
        return str(value).lower()
    return "null" if value is None else str(value)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("persons", type=Path, metavar="PERSONS", help="as for `bosett grants`")
    parser.add_argument("--first-year", type=int, required=True, metavar="Y", help="the first budget year")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="xlsx with formulas, or csv of values"
    )
    parser.add_argument("--years", type=int, default=5, metavar="N", help="default 5")
    parser.add_argument("--municipality", default="", metavar="ID", help="without it: the country")
    parser.add_argument("--moves", type=Path, metavar="FILE", help="registered moves between municipalities")
    parser.add_argument("--votes", type=Path, metavar="FILE", help="year,voted[,asked]")
    parser.add_argument(
        "--scenario", type=Path, metavar="FILE.yaml", help="assumptions to use instead of ours"
    )
    parser.add_argument("--scenario-example", action=_Example, nargs=0, help="print our assumptions, and end")
    parser.add_argument("--alternatives", metavar="N,N", help="other answers for the first year, for --json")
    parser.add_argument("--rates", type=Path, metavar="FOLDER", help="instead of the shipped parameters")
    parser.add_argument("--language", choices=("nb", "nn", "en"), default="nb", help="of the workbook")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the draws behind the interval")
    parser.add_argument("--draws", type=int, default=2000, metavar="N", help="default 2000")
    parser.add_argument("--json", action="store_true", help="print a summary object")


def run(arguments: argparse.Namespace) -> int:
    """Write the frame, whole or not at all."""
    check_writable(arguments.out)
    rates = Parameters.shipped() if arguments.rates is None else Parameters.load(arguments.rates)
    scenario = FrameScenario() if arguments.scenario is None else read_scenario(arguments.scenario)
    problem = _problem(arguments)
    rng = np.random.default_rng(arguments.seed)
    made = frame(problem, rates, rng, scenario, draws=arguments.draws)
    if arguments.out.suffix.lower() == ".xlsx":
        write_frame(arguments.out, made, arguments.language)
    else:
        write_table(arguments.out, COLUMNS, _rows(made))
    if made.missing:
        warn(f"no rate is known or assumed for {', '.join(made.missing)}")
    if arguments.json:
        print_json(_summary(made) | _alternatives(arguments, problem, rates, scenario))
    return DONE


def _problem(arguments: argparse.Namespace) -> FrameProblem:
    voted: dict[int, int] = {}
    asked: dict[int, int] = {}
    if arguments.votes is not None:
        table = read_table(arguments.votes)
        table.need(("year", "voted"))
        table.refuse_repeats("year")
        for row in table.rows:
            voted[row.whole("year")] = row.whole("voted", 0)
            number = row.maybe_whole("asked", 0)
            if number is not None:
                asked[row.whole("year")] = number
    persons = read_persons(read_table(arguments.persons))
    return FrameProblem(
        arguments.municipality,
        arguments.first_year,
        arguments.years,
        persons,
        () if arguments.moves is None else read_moves(read_table(arguments.moves), persons),
        voted,
        asked,
    )


def read_scenario(path: Path) -> FrameScenario:
    """A scenario from YAML: any of `FrameScenario`'s fields; a range is a list of three numbers.

    Raises
    ------
    BadInput
        For an unknown field, a range that is none, or a value that cannot be.
    """
    told = read_yaml(path)
    if not isinstance(told, dict):
        raise BadInput("no mapping", "fields of a scenario", str(path))
    known = {one.name: getattr(FrameScenario(), one.name) for one in fields(FrameScenario)}
    for name in told:
        if name not in known:
            raise BadInput(repr(name), ", ".join(known), str(path))
    try:
        return replace(FrameScenario(), **{name: _read(value, known[name]) for name, value in told.items()})
    except (TypeError, ValueError):
        raise BadInput("a value of another kind", "numbers, and lists of three numbers", str(path)) from None
    except BadInput as bad:
        raise BadInput(bad.found, bad.allowed, str(path), bad.row, bad.column) from None


def _read(value: Any, default: Any) -> Any:
    if isinstance(default, Range):
        low, likely, high = (float(one) for one in value)
        return Range(low, likely, high)
    if isinstance(default, Mapping):
        return {key: float(one) if isinstance(one, Decimal) else one for key, one in value.items()}
    return float(value) if isinstance(value, Decimal) else value


def _rows(made: Frame) -> list[list[Cell]]:
    lines: list[list[Cell]] = [
        [
            one.year,
            one.origin.value,
            one.scheme,
            one.persons,
            *_cells(one.nok),
            one.assumed,
            "; ".join(one.missing),
        ]
        for one in made.lines
    ]
    assumed = bool(made.assumptions)
    return lines + [
        [one.year, "all", "total", None, *_cells(one.nok), assumed, "; ".join(one.missing)]
        for one in made.years
    ]


def _cells(nok: Spread | None) -> list[Cell]:
    return [None, None, None] if nok is None else [int(nok.likely), int(nok.low), int(nok.high)]


def _summary(made: Frame) -> dict[str, Any]:
    return {
        "years": [
            {"year": one.year, "nok": _told(one.nok), "missing": list(one.missing)} for one in made.years
        ],
        "residents": [
            {
                "year": one.year,
                "counted_on": one.counted_on.isoformat(),
                "persons": _told(one.persons),
                "nok": _told(one.nok),
            }
            for one in made.residents
        ],
        "unused_places": [
            {
                "year": one.year,
                "places": _told(one.places),
                "cost_nok": _told(one.cost_nok),
                "compensated_nok": _told(one.compensated_nok),
                "carried_by": one.carried_by,
            }
            for one in made.unused
        ],
        "assumptions": [{"code": one.code, "value": one.value} for one in made.assumptions],
        "missing": list(made.missing),
        "total_nok": made.total_nok,
    }


def _told(spread: Spread | None) -> dict[str, float] | None:
    return None if spread is None else {"likely": spread.likely, "low": spread.low, "high": spread.high}


def _alternatives(
    arguments: argparse.Namespace, problem: FrameProblem, rates: Parameters, scenario: FrameScenario
) -> dict[str, Any]:
    if not arguments.alternatives:
        return {}
    numbers = [_number(one) for one in arguments.alternatives.split(",")]
    rng = np.random.default_rng(arguments.seed)
    found = alternatives(problem, numbers, rates, rng, scenario, draws=arguments.draws)
    told = [
        {"number": one.number, "total_nok": one.frame.total_nok, "difference_nok": one.difference_nok}
        for one in found
    ]
    return {"alternatives": told}


def _number(text: str) -> int:
    if not text.strip().isdigit():
        raise BadInput(repr(text), "whole numbers with commas between", column="--alternatives")
    return int(text)
