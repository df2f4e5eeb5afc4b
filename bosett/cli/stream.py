"""`bosett stream`: households placed as they come, each batch with the past alone, beside hindsight."""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bosett import __version__
from bosett.cli.exits import DONE
from bosett.cli.progress import Progress
from bosett.cli.report import print_json
from bosett.outputs import fill_table, write_folder_whole
from bosett.placement.fingerprint import fingerprint
from bosett.placement.hindsight import hindsight
from bosett.placement.problem import Problem
from bosett.placement.program import Limits
from bosett.placement.result import Placement
from bosett.placement.stream import stream
from bosett.placement.stream_problem import CapacityChange, Method, StreamResult, StreamSettings
from bosett.sources.placement_instance import batch as read_batch
from bosett.sources.placement_instance import find_table, needed_file, read_problem
from bosett.sources.tables import read_table
from bosett.terms.errors import BadInput

NAME = "stream"
HELP = "Place households in the order of their arrival, never with the future."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("instance", type=Path, metavar="INSTANCE", help="folder with the tables")
    parser.add_argument("--history", type=Path, metavar="FOLDER", help="an earlier year's instance")
    parser.add_argument("--out", type=Path, required=True, help="folder for the answer")
    parser.add_argument("--method", choices=[one.value for one in Method], default=Method.PRICES.value)
    parser.add_argument("--time-limit", type=float, metavar="S", help="seconds for the hindsight answer")
    parser.add_argument("--effort", type=int, metavar="N", help="search the hindsight answer this hard")
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    parser.add_argument("--json", action="store_true", help="print the summary object")


def run(arguments: argparse.Namespace) -> int:
    """Write the decisions and how far they came from hindsight, whole or not at all."""
    started = time.perf_counter()
    if arguments.seed < 0 or (arguments.effort is not None and arguments.effort < 1):
        raise BadInput(
            f"{arguments.seed}, {arguments.effort}", "a seed from 0, an effort from 1", "--seed, --effort"
        )
    problem = read_problem(arguments.instance)
    days = _arrives_by_day(arguments.instance)
    earlier = None if arguments.history is None else read_problem(arguments.history)
    if arguments.history is not None and _arrives_by_day(arguments.history) != days:
        raise BadInput(
            "another kind of arrival", "dates in both years, or numbers in both", str(arguments.history)
        )
    changes = _changes(arguments.instance, days=days)
    batches = len({one.arrival for one in problem.households})
    progress = Progress("stream", batches, sys.stderr)
    settings = StreamSettings(method=Method(arguments.method), seed=arguments.seed)
    found = stream(problem, earlier, changes, settings, progress.step)
    limits = Limits(arguments.time_limit, arguments.effort, 0.0, arguments.time_limit and time.perf_counter)
    best = hindsight(problem, changes, limits, arguments.seed)
    summary = _summary(problem, found, best, arguments.method, arguments.seed)
    write_folder_whole(arguments.out, lambda folder: _fill(folder, found, summary, started, days=days))
    if arguments.json:
        print_json(summary)
    return DONE


def _arrives_by_day(folder: Path) -> bool:
    table = read_table(needed_file(folder, "households"))
    table.need(["arrival"])
    for row in table.rows:
        if not row.raw("arrival").strip():
            raise row.bad("arrival", "a batch number or a date")
    return "-" in table.rows[0].raw("arrival").strip()[1:]


def _changes(folder: Path, *, days: bool) -> list[CapacityChange]:
    path = find_table(folder, "capacity_changes")
    if path is None:
        return []
    table = read_table(path)
    table.need(["batch", "municipality_id", "dimension", "capacity"])
    table.refuse_repeats("batch", "municipality_id", "dimension")
    found = []
    for row in table.rows:
        begin = read_batch(row, "batch", {days})
        if begin is None:
            raise row.bad("batch", "a batch number or a date, as in the households table")
        unlimited = row.raw("capacity").strip().lower() == "unlimited"
        capacity = None if unlimited else row.whole("capacity", 0)
        change = CapacityChange(
            begin, row.identifier("municipality_id"), row.identifier("dimension"), capacity
        )
        found.append(change)
    return found


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _summary(
    problem: Problem, found: StreamResult, best: Placement, method: str, seed: int
) -> dict[str, Any]:
    return {
        "placed_persons": found.placed_persons,
        "persons": sum(one.persons for one in problem.households),
        "placed_households": sum(one.municipality_id is not None for one in found.decisions),
        "households": len(found.decisions),
        "score": found.score,
        "hindsight_persons": best.placed_persons,
        "hindsight_score": best.score,
        "hindsight_score_bound": best.score_bound,
        "share_of_hindsight": {
            "persons": _share(found.placed_persons, best.placed_persons),
            "score": _share(found.score, best.score),
        },
        "method": method,
        "seed": seed,
        "version": __version__,
        "instance_sha256": fingerprint(problem),
    }


def _fill(
    folder: Path, found: StreamResult, summary: Mapping[str, Any], started: float, *, days: bool
) -> None:
    fill_table(
        folder / "placements.csv",
        ["household_id", "municipality_id", "score", "reason", "decided_at"],
        [
            (
                one.household_id,
                one.municipality_id,
                one.score,
                one.reason,
                date.fromordinal(one.decided_at) if days else one.decided_at,
            )
            for one in found.decisions
        ],
    )
    _write(folder / "summary.json", summary)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = round(time.perf_counter() - started, 3)
    _write(folder / "timing.json", {"seconds": seconds, "peak_rss_mb": round(peak_mb, 1)})


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n", "utf-8")
