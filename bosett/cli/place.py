"""`bosett place`: households to municipalities, exactly, with a certificate anybody can check."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from bosett.cli.exits import DONE
from bosett.cli.report import print_json
from bosett.outputs import write_folder_whole
from bosett.outputs.placement_answer import fill_answer, summary_of
from bosett.placement.curve import CurvePoint, fairness_curve
from bosett.placement.problem import Objective
from bosett.placement.program import Limits
from bosett.placement.solve import solve
from bosett.sources.placement_instance import read_problem
from bosett.terms.errors import BadInput

NAME = "place"
HELP = "Place households in municipalities: most persons first, then the highest score."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("instance", type=Path, metavar="INSTANCE", help="folder with the tables")
    parser.add_argument("--out", type=Path, required=True, help="folder for the answer")
    parser.add_argument("--objective", choices=[one.value for one in Objective], default="placed-first")
    parser.add_argument("--time-limit", type=float, metavar="S", help="seconds; the run may not repeat")
    parser.add_argument("--effort", type=int, metavar="N", help="search this hard; repeats")
    parser.add_argument("--gap", type=float, default=0.0, metavar="G", help="stop at this gap, a fraction")
    parser.add_argument("--locks", type=Path, metavar="FILE", help="instead of the folder's own locks")
    parser.add_argument("--fairness-floor", type=float, metavar="X", help="share of its best for every group")
    parser.add_argument("--score-floor", type=float, metavar="X", help="with wishes: share of the best score")
    parser.add_argument("--fairness-curve", type=int, metavar="N", help="also write what N floors would cost")
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    parser.add_argument("--json", action="store_true", help="print the summary object")


def run(arguments: argparse.Namespace) -> int:
    """Write the answer, whole or not at all."""
    started = time.perf_counter()
    limits = _limits(arguments)
    problem = read_problem(arguments.instance, arguments.locks)
    sys.stderr.write(
        f"place: {len(problem.households)} households, {len(problem.municipalities)} municipalities\n"
    )
    objective = Objective(arguments.objective)
    if arguments.score_floor is not None and objective is not Objective.WISHES:
        raise BadInput(
            str(arguments.score_floor), "a score floor only with --objective wishes", "--score-floor"
        )
    floors = arguments.fairness_floor, arguments.score_floor
    answer = solve(problem, objective, limits, arguments.seed, *floors)
    summary = summary_of(problem, answer)
    if arguments.locks is not None:
        summary["locks"] = [[one.household_id, one.municipality_id] for one in problem.locks]
    curve: tuple[CurvePoint, ...] = ()
    if arguments.fairness_curve is not None:
        curve = fairness_curve(problem, arguments.fairness_curve, objective, limits, arguments.seed)
    write_folder_whole(arguments.out, lambda folder: fill_answer(folder, answer, curve, summary, started))
    if arguments.json:
        print_json(summary)
    return DONE


def _limits(arguments: argparse.Namespace) -> Limits:
    _at_least("--time-limit", arguments.time_limit, above=0)
    _at_least("--effort", arguments.effort, above=0)
    _at_least("--seed", arguments.seed, above=-1)
    for option, floor in (
        ("--fairness-floor", arguments.fairness_floor),
        ("--score-floor", arguments.score_floor),
    ):
        if floor is not None and not 0 <= floor <= 1:
            raise BadInput(str(floor), "a fraction from 0 to 1", option)
    if not 0 <= arguments.gap < 1:
        raise BadInput(str(arguments.gap), "a fraction from 0 up to 1", "--gap")
    clock = None if arguments.time_limit is None else time.perf_counter
    return Limits(arguments.time_limit, arguments.effort, arguments.gap, clock)


def _at_least(option: str, number: float | None, above: int) -> None:
    if number is not None and not number > above:
        raise BadInput(str(number), f"a number above {above}", option)
