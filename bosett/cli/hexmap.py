"""`bosett hexmap`: lays out the map with one equal cell per municipality, and says how good it is."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np

from bosett.cli.exits import DONE
from bosett.cli.report import print_json
from bosett.outputs import check_writable, write_table
from bosett.registry.registry import Registry
from bosett.statistics.hexagon_points import beside, project
from bosett.statistics.hexagon_search import lay_out
from bosett.statistics.hexagons import measure, shipped_layout

NAME = "hexmap"
HELP = "Lay out one equal cell per municipality from the points in the registry."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="where to write; without it, measure the map in use"
    )
    parser.add_argument("--steps", type=int, default=1_500_000, help="swaps to try (default %(default)s)")
    parser.add_argument("--seed", type=int, default=2, help="of the random numbers (default %(default)s)")
    parser.add_argument("--json", action="store_true", help="print the measure as an object")


def run(arguments: argparse.Namespace) -> int:
    """Write the layout whole or not at all, and print its quality."""
    places = Registry.shipped().all_municipalities
    points = project({str(one.code): (one.longitude, one.latitude) for one in places})
    county = {str(one.code): one.county_code for one in places}
    pairs = beside(points)
    layout = dict(shipped_layout())
    if arguments.out:
        check_writable(arguments.out)
        layout = lay_out(points, county, pairs, np.random.default_rng(arguments.seed), arguments.steps)
        rows = [(code, col, row) for code, (col, row) in layout.items()]
        write_table(arguments.out, ("municipality_id", "col", "row"), rows)
    found = asdict(measure(layout, county, points, pairs))
    if arguments.json:
        print_json(found)
    else:
        sys.stdout.writelines(f"{name}: {value:g}\n" for name, value in found.items())
    return DONE
