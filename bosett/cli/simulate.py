"""`bosett simulate`: the chain in weeks, many draws, places and costs under policies."""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from bosett import __version__
from bosett.cli.blame import blaming
from bosett.cli.exits import BAD_INPUT, DONE
from bosett.cli.progress import Progress
from bosett.cli.report import print_json
from bosett.cli.scenario_file import read_scenario
from bosett.cli.simulated_towns import municipal_rows, read_towns
from bosett.cli.simulation_tables import cost_rows, quantile_rows, summary
from bosett.outputs import fill_table, write_folder_whole
from bosett.scenario.weeks.bands import COLUMNS
from bosett.scenario.weeks.chunk import Key
from bosett.scenario.weeks.sweep import Mapper, Sweep, simulate
from bosett.scenario.weeks.thinning import Thinning
from bosett.scenario.weeks.workers import all_bands, cluster, cores, pool
from bosett.terms.errors import BadInput

NAME = "simulate"
HELP = "Simulate the chain in weeks under policies, with costs of empty and of short places."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("scenario", type=Path, nargs="?", metavar="SCENARIO.yaml", help="see --example")
    parser.add_argument("--example", action="store_true", help="print a commented scenario and stop")
    parser.add_argument("--draws", type=int, metavar="D", help="how many")
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    parser.add_argument("--out", type=Path, metavar="OUT", help="folder for the answer")
    parser.add_argument("--thinning", choices=[one.value for one in Thinning], default=Thinning.AUTO.value)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--workers", type=int, metavar="W", help="processes; as many as cores if not given")
    where.add_argument("--cluster", metavar="ADDRESS", help="a Dask scheduler, such as tcp://host:8786")
    parser.add_argument(
        "--municipalities",
        type=Path,
        metavar="FILE",
        help="the out file of `bosett votes`: answers are drawn and settlements followed by municipality",
    )
    parser.add_argument("--json", action="store_true", help="print the summary object")


def run(arguments: argparse.Namespace) -> int:
    """Write quantiles, costs and summary, whole or not at all."""
    if arguments.example:
        sys.stdout.write(files("bosett.cli").joinpath("scenario.example.yaml").read_text("utf-8"))
        return DONE
    missing = [name for name in ("scenario", "draws", "out") if getattr(arguments, name) is None]
    if missing:
        sys.stderr.write(f"bosett simulate: needed: {', '.join(missing)} (or --example)\n")
        return BAD_INPUT
    started = time.perf_counter()
    plan = read_scenario(arguments.scenario)
    towns = None if arguments.municipalities is None else read_towns(arguments.municipalities)
    workers = cores() if arguments.workers is None else arguments.workers
    mapper = pool(workers) if arguments.cluster is None else cluster(arguments.cluster)
    thinning = Thinning(arguments.thinning)
    for name, found, least in (("--draws", arguments.draws, 1), ("--seed", arguments.seed, 0)):
        if found < least:
            raise BadInput(str(found), f"{least} or more", name)
    with blaming(str(arguments.scenario)):
        sweep = simulate(plan, arguments.draws, arguments.seed, thinning, _telling(mapper), towns)
    bands = all_bands(sweep, min(workers, cores()))
    told = summary(sweep, bands, arguments.seed, thinning, __version__)
    write_folder_whole(arguments.out, lambda folder: _fill(folder, sweep, bands, told, started))
    if arguments.json:
        print_json(told)
    return DONE


def _telling(mapper: Mapper) -> Mapper:
    """The same mapper, with progress on standard error."""

    def told(run_task: Any, tasks: Sequence[Any]) -> Iterator[Any]:
        progress = Progress("simulate", len(tasks), sys.stderr)
        for chunk in mapper(run_task, tasks):
            progress.step()
            yield chunk

    return told


def _fill(
    folder: Path, sweep: Sweep, bands: dict[Key, NDArray[Any]], told: dict[str, Any], started: float
) -> None:
    columns = ["week", "quantity", "group", *COLUMNS, "mean", "sd"]
    fill_table(folder / "quantiles.csv", columns, quantile_rows(bands))
    items = ["policy", "item", "mean_nok", "p05", "p50", "p95", "p99"]
    fill_table(folder / "costs.csv", items, cost_rows(sweep))
    municipal = sweep.municipal()
    if municipal is not None and sweep.towns is not None:
        header = ["municipality_id", "week", "settled_so_far_p05", "p50", "p95", "mean"]
        fill_table(folder / "municipal.csv", header, municipal_rows(municipal, sweep.towns))
    _write_json(folder / "summary.json", told)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    children_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    _write_json(
        folder / "timing.json",
        {
            "seconds": round(time.perf_counter() - started, 3),
            "peak_rss_mb": round(peak_mb, 1),
            "largest_worker_rss_mb": round(children_mb, 1),
        },
    )


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n", "utf-8")
