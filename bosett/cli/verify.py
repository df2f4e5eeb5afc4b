"""`bosett verify`: is a placement right?  From the files alone, with no solver and none of its code."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bosett.cli.exits import CHECK_FAILED, DONE
from bosett.cli.report import print_json, warn
from bosett.outputs.placement_seal import changed_files
from bosett.placement.given import Breach
from bosett.placement.verify import verify
from bosett.placement.verify_homes import verify_homes
from bosett.sources.verify_answer import read_answer, read_object
from bosett.sources.verify_homes import read_given_homes, read_homes
from bosett.sources.verify_instance import read_instance

NAME = "verify"
HELP = "Check a placement: every rule kept, every value and bound recomputed."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("instance", type=Path, metavar="INSTANCE", help="folder with the tables")
    parser.add_argument("answer", type=Path, metavar="OUT", help="folder that bosett place wrote")
    parser.add_argument("--locks", type=Path, metavar="FILE", help="the locks that the run was given")
    parser.add_argument("--json", action="store_true", help="print the breaches as an object")


def run(arguments: argparse.Namespace) -> int:
    """0 when nothing is wrong, 4 with each breach named otherwise."""
    summary = read_object(arguments.answer / "summary.json")
    stated = None if arguments.locks is not None else summary.get("locks")
    if stated is not None:
        warn(f"checked with the {len(stated)} locks that the answer says it was given (--locks)")
    instance = read_instance(arguments.instance, arguments.locks, stated)
    changed = [Breach("file_changed", name) for name in changed_files(arguments.answer, summary)]
    answer = read_answer(arguments.answer, summary)
    breaches = (*changed, *verify(instance, answer))
    homes = read_homes(arguments.instance)
    if homes is not None:
        where = {one.household_id: one.municipality_id for one in answer.placements}
        given = read_given_homes(arguments.answer)
        breaches = (*breaches, *verify_homes(where, homes.needs, homes.homes, given))
    for one in breaches:
        sys.stderr.write(f"bosett verify: {one}\n")
    if arguments.json:
        print_json({"ok": not breaches, "breaches": [vars(one) for one in breaches]})
    return CHECK_FAILED if breaches else DONE
