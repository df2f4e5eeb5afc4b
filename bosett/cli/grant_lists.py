"""`bosett grant-lists`: a municipality's own list of settled persons against the register."""

from __future__ import annotations

import argparse
from pathlib import Path

from bosett.cli.exits import DONE
from bosett.cli.report import print_json
from bosett.grants.lists import DifferenceKind, compare_lists
from bosett.outputs import check_writable, write_table
from bosett.sources.grant_rows import read_list
from bosett.sources.tables import read_table

NAME = "grant-lists"
HELP = (
    "Compare a municipality's own list of settled persons with the register: missing, doubled, other dates."
)
COLUMNS = ("person_id", "difference", "own", "register", "days")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("own", type=Path, metavar="OWN", help="person_id,settled_date,municipality_id")
    parser.add_argument("register", type=Path, metavar="REGISTER", help="the same columns")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="csv, xlsx or parquet")
    parser.add_argument("--json", action="store_true", help="print a summary object")


def run(arguments: argparse.Namespace) -> int:
    """Write one row a difference."""
    check_writable(arguments.out)
    found = compare_lists(read_list(read_table(arguments.own)), read_list(read_table(arguments.register)))
    rows = [
        [one.person_id, one.kind.value, " ".join(one.own), " ".join(one.register), one.days]
        for one in found.differences
    ]
    write_table(arguments.out, COLUMNS, rows)
    if arguments.json:
        counts = {kind.value: len(found.of_kind(kind)) for kind in DifferenceKind}
        print_json({"alike": found.alike, **counts})
    return DONE
