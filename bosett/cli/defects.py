"""`bosett defects`: every place where the published tables that are stored disagree with themselves."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import fields
from pathlib import Path

from bosett.cli.exits import DONE
from bosett.cli.report import print_json
from bosett.outputs.tables import write_table
from bosett.sources.defect_codes import DEFECT_CODES
from bosett.sources.disagreements import disagreements
from bosett.sources.imported import Defect
from bosett.sources.shipped import shipped_figures

NAME = "defects"
HELP = "Every place where the published tables disagree with themselves."
COLUMNS = tuple(field.name for field in fields(Defect))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--out for a table, --json for a count by code."""
    parser.add_argument("--out", type=Path, help="csv, xlsx or parquet file with every row")
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Print them, by code; with --out write all of them as a table too."""
    found = disagreements(shipped_figures())
    if arguments.out:
        rows = [tuple(getattr(one, name) for name in COLUMNS) for one in found]
        write_table(arguments.out, COLUMNS, rows)
    counts = dict(sorted(Counter(one.code for one in found).items()))
    if arguments.json:
        print_json({"defects": len(found), **counts})
        return DONE
    for code, times in counts.items():
        sys.stdout.write(f"{code} ({times}): {DEFECT_CODES[code].en}\n")
        for one in found:
            if one.code == code:
                where = f"{one.place} {one.year or ''} {one.column}".strip()
                sys.stdout.write(f"  {one.file}: {where}: {one.found}; expected {one.allowed}\n")
    return DONE
