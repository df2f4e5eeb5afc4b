"""`bosett protect`: tables with their small numbers hidden, and the attack on tables that are published."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from bosett import __version__
from bosett.cli.exits import BAD_INPUT, CHECK_FAILED, DONE
from bosett.cli.protect_tables import (
    read_counts,
    read_published,
    sealed_rows,
    write_protected,
)
from bosett.cli.report import print_json, warn
from bosett.outputs import check_writable, write_table
from bosett.statistics.attack import Interval, attack_tables
from bosett.statistics.problem import PublishedTable, told
from bosett.statistics.protect import ProtectedTables, protect_tables
from bosett.terms.errors import BadInput

NAME = "protect"
HELP = "Hide small numbers in tables of counts so that they cannot be worked out, or attack published tables."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("tables", nargs="+", type=Path, metavar="TABLE", help="csv, xlsx or parquet, long")
    parser.add_argument("--out", type=Path, metavar="FILE|FOLDER", help="a folder for several tables")
    parser.add_argument("--sealed", type=Path, metavar="FILE", help="which cells were small themselves")
    parser.add_argument("--published", nargs="+", type=Path, default=[], metavar="FILE",
                        help="what the public has already, such as an earlier version")  # fmt: skip
    parser.add_argument("--attack", action="store_true", help="list the hidden cells that can be narrowed")
    parser.add_argument("--threshold", default="5", metavar="N", help="smallest number shown (default 5)")
    parser.add_argument("--width", default="5", metavar="N", help="narrowest interval allowed (default 5)")
    parser.add_argument("--json", action="store_true", help="print a summary object")


def run(arguments: argparse.Namespace) -> int:
    """Write the protected tables, whole or not at all; or attack."""
    threshold, width = _number("--threshold", arguments.threshold, 2), _number("--width", arguments.width, 1)
    if arguments.attack:
        return _attack(arguments, width)
    if arguments.out is None:
        sys.stderr.write("bosett protect: needed: --out (or --attack)\n")
        return BAD_INPUT
    _check_places(arguments)
    tables = read_counts(arguments.tables)
    earlier = read_published(arguments.published)
    done = protect_tables(tables, earlier=earlier, threshold=threshold, width=width)
    if arguments.sealed:
        columns, rows = sealed_rows(tables, done)
        write_table(arguments.sealed, columns, rows)
    write_protected(arguments.out, arguments.tables, done)
    opened = sum(len(one.open_before) for one in done.tables)
    if opened:
        warn(f"{opened} small cells can be worked out from what was published earlier; --sealed names them")
    if arguments.json:
        print_json(_summary(done, threshold, width))
    return DONE


def _number(option: str, text: str, least: int) -> int:
    if not re.fullmatch(r"\d{1,6}", text, re.ASCII) or int(text) < least:
        raise BadInput(repr(text), f"a whole number, {least} or more", option)
    return int(text)


def _check_places(arguments: argparse.Namespace) -> None:
    """Refuse what cannot be written before any work is done."""
    out: Path = arguments.out
    names = [path.name for path in arguments.tables]
    for name in names:
        if names.count(name) > 1:
            raise BadInput(f"two tables called {name}", "files of different names", name)
    if len(names) > 1 and out.suffix:
        raise BadInput(repr(str(out)), "a folder, for several tables", "--out")
    others = sorted(one.name for one in out.iterdir() if one.name not in names) if out.is_dir() else []
    if others:
        raise BadInput(f"other files in the folder ({others[0]})", "a new folder or an empty one", str(out))
    for path in arguments.tables if not out.suffix else [out]:
        check_writable(path)
    if arguments.sealed:
        check_writable(arguments.sealed)
        outputs = [out.resolve()] if out.suffix else [(out / name).resolve() for name in names]
        if arguments.sealed.resolve() in outputs or out.resolve() in arguments.sealed.resolve().parents:
            raise BadInput(repr(str(arguments.sealed)), "a place apart from what is published", "--sealed")


def _attack(arguments: argparse.Namespace, width: int) -> int:
    for option in ("out", "sealed"):
        if getattr(arguments, option) is not None:
            raise BadInput(f"--{option} with --attack", "--attack alone; it writes nothing", f"--{option}")
    tables = read_published([*arguments.tables, *arguments.published])
    found = attack_tables(tables, width)
    if arguments.json:
        print_json(_attack_summary(tables, found, width))
    else:
        sys.stdout.writelines(f"{_line(tables, one)}\n" for one in found)
    return CHECK_FAILED if found else DONE


def _line(tables: Sequence[PublishedTable], one: Interval) -> str:
    table = next(table for table in tables if table.name == one.table)
    return f"{one.table}: {told(table.dimensions, one.key)}: {one.low} to {one.high}"


def _attack_summary(
    tables: Sequence[PublishedTable], found: Sequence[Interval], width: int
) -> dict[str, object]:
    dimensions = {table.name: table.dimensions for table in tables}
    return {
        "hidden_cells": sum(len(table.hidden) for table in tables),
        "narrow": [
            {
                "table": one.table,
                "cell": dict(zip(dimensions[one.table], one.key, strict=True)),
                "low": one.low,
                "high": one.high,
            }
            for one in found
        ],
        "width": width,
        "version": __version__,
    }


def _summary(done: ProtectedTables, threshold: int, width: int) -> dict[str, object]:
    """Nothing in it tells which of the hidden cells were small."""
    return {
        "cells": sum(len(one.table.cells) for one in done.tables),
        "hidden_cells": sum(len(one.table.hidden) for one in done.tables),
        "tables": [
            {"table": one.table.name, "cells": len(one.table.cells), "hidden_cells": len(one.table.hidden)}
            for one in done.tables
        ],
        "fewest": done.fewest,
        "threshold": threshold,
        "width": width,
        "version": __version__,
    }
