"""`bosett import KIND FILE`: reads a file of a source and writes its rows and defects, or nothing."""

from __future__ import annotations

import argparse
import sys
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from bosett.cli.days import day
from bosett.cli.exits import BAD_INPUT, DONE
from bosett.cli.report import print_json
from bosett.outputs.tables import Cell, fill_table
from bosett.outputs.whole import write_folder_whole
from bosett.registry import Registry
from bosett.sources.ask import Ask
from bosett.sources.imported import Defect, Difference, Imported, difference
from bosett.sources.importers import KINDS, import_file, importer
from bosett.sources.observation_table import COLUMNS, observation_row, read_observations
from bosett.terms.errors import BadInput
from bosett.terms.observation import Observation

NAME = "import"
HELP = "Read a file of a source: its rows, its defects, and what would change."
DEFECT_COLUMNS = tuple(field.name for field in fields(Defect))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """KIND, FILE, --out, --dry-run, --against, and what a file may not say itself."""
    parser.add_argument("kind", choices=sorted(KINDS), metavar="KIND", help=", ".join(sorted(KINDS)))
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE")
    parser.add_argument("--out", type=Path, help="folder for observations.csv (or rows.csv) and defects.csv")
    parser.add_argument("--dry-run", action="store_true", help="read and tell, write nothing")
    parser.add_argument("--against", type=Path, help="observations.csv of an earlier run, to compare with")
    parser.add_argument("--retrieved", type=day, help="the day the file was fetched, YYYY-MM-DD (needed)")
    parser.add_argument("--year", type=int, help="the year of a table that doesn't name it")
    parser.add_argument("--measure", default="", help="measure of a JSON-stat table that is not known")
    parser.add_argument("--licence", default="", help="the licence as you read it")
    parser.add_argument(
        "--today", type=day, help="the day to judge by: nothing in the file is later (default: --retrieved)"
    )
    parser.add_argument("--template", action="store_true", help="print the template and stop")
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Read the file; exit 2 with every error named and nothing written when it cannot be loaded."""
    if arguments.template:
        return _print_template(arguments.kind)
    if arguments.file is None or (arguments.out is None and not arguments.dry_run):
        raise BadInput("no FILE, or neither --out nor --dry-run", "bosett import KIND FILE --out FOLDER")
    if arguments.retrieved is None:
        raise BadInput(
            "no --retrieved", "the day the file was fetched, YYYY-MM-DD: it stands with every figure"
        )
    today = arguments.today or arguments.retrieved
    ask = Ask(
        Registry.shipped(), today, arguments.retrieved, arguments.year, arguments.measure, arguments.licence
    )
    found = import_file(arguments.kind, arguments.file, ask)
    before = read_observations(arguments.against) if arguments.against else None
    changes = difference(before, found.observations) if before is not None and found.accepted else None
    _tell(found, changes, arguments.json)
    if not found.accepted:
        return BAD_INPUT
    if not arguments.dry_run:
        write_folder_whole(arguments.out, lambda folder: _write(found, folder))
    return DONE


def _print_template(kind: str) -> int:
    chosen = importer(kind)
    if not chosen.template:
        allowed = ", ".join(one for one in sorted(KINDS) if KINDS[one].template)
        raise BadInput(f"{kind}, whose files only the source makes", allowed)
    sys.stdout.write(chosen.template)
    return DONE


def _tell(found: Imported[Any], changes: Difference[Observation] | None, as_json: bool) -> None:
    for defect in found.defects:
        where = f"row {defect.row}, " if defect.row is not None else ""
        column = f"column {defect.column}: " if defect.column else ""
        sys.stderr.write(
            f"{defect.severity}: {defect.file}, {where}{column}{defect.code}: "
            f"found {defect.found}; allowed: {defect.allowed}\n"
        )
    summary: dict[str, Any] = {
        "kind": found.kind,
        "accepted": found.accepted,
        "sha256": found.sha256,
        "source": found.source.title,
        **found.counts,
        "errors": len(found.errors),
        "defects": len(found.defects),
    }
    if changes is not None:
        summary |= {
            "added": len(changes.added),
            "changed": len(changes.changed),
            "removed": len(changes.removed),
            "unchanged": changes.unchanged,
        }
    if as_json:
        print_json(summary)
    else:
        sys.stdout.write("".join(f"{key}: {value}\n" for key, value in summary.items()))


def _write(found: Imported[Any], folder: Path) -> None:
    defects = [tuple(getattr(one, name) for name in DEFECT_COLUMNS) for one in found.defects]
    fill_table(folder / "defects.csv", DEFECT_COLUMNS, defects)
    if importer(found.kind).figures:
        rows = [observation_row(one) for one in sorted(found.observations, key=lambda one: one.key)]
        fill_table(folder / "observations.csv", COLUMNS, rows)
        return
    names = tuple(field.name for field in fields(found.rows[0])) if found.rows else ("none",)
    fill_table(
        folder / "rows.csv", names, [tuple(_cell(getattr(one, n)) for n in names) for one in found.rows]
    )


def _cell(value: Any) -> Cell:
    if isinstance(value, str | int | float | date) or value is None:
        return value
    if isinstance(value, tuple):
        return f"{len(value)} parts"
    names = fields(value) if hasattr(value, "__dataclass_fields__") else ()
    return " ".join(str(getattr(value, one.name)) for one in names) or str(value)
