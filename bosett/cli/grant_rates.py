"""`bosett grant-rates`: look at an official table of rates, and make a folder of values with it."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from bosett.cli.exits import DONE
from bosett.cli.report import print_json, warn
from bosett.grants.rate_table import ROOT, RateChange, preview_rates, series_text, with_rates
from bosett.outputs import write_folder_whole
from bosett.rules.parameters import Parameters
from bosett.sources.rate_rows import read_rate_rows
from bosett.terms.source import Source

NAME = "grant-rates"
HELP = "Show what an official table of grant rates would change, and with --out make the values anew with it."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "table", type=Path, metavar="TABLE", help="csv, xlsx or parquet: rule,from,amount_nok"
    )
    parser.add_argument("--rates", type=Path, metavar="FOLDER", help="instead of the shipped parameters")
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="write the values here; without it: a preview"
    )
    parser.add_argument("--source-title", default="", metavar="TEXT", help="where the whole table is from")
    parser.add_argument("--source-href", default="", metavar="ADDRESS", help="its public address")
    parser.add_argument(
        "--published", type=date.fromisoformat, metavar="DAY", help="the day it was published"
    )
    parser.add_argument("--json", action="store_true", help="print the changes as an object")


def run(arguments: argparse.Namespace) -> int:
    """Preview, or write a folder for `--rates`, whole or not at all."""
    parameters = Parameters.shipped() if arguments.rates is None else Parameters.load(arguments.rates)
    source = (
        Source(arguments.source_title, "", arguments.source_href, arguments.published)
        if arguments.source_title
        else None
    )
    preview = preview_rates(parameters, read_rate_rows(arguments.table, source=source))
    if arguments.out is not None:
        made = with_rates(parameters, preview)
        write_folder_whole(arguments.out, lambda folder: _fill(folder, made))
    if arguments.json:
        print_json({"changes": [_told(one) for one in preview.changes], "written": arguments.out is not None})
    else:
        for one in preview.changes:
            warn(
                f"{one.kind.value}: {one.rule} {one.year}: {_old(one)} -> {one.new_nok} ({one.source.title})"
            )
    return DONE


def _fill(folder: Path, parameters: Parameters) -> None:
    for path in parameters.paths():
        if path.startswith(ROOT):
            file = folder / f"{path}.yaml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(series_text(parameters.get(path)), encoding="utf-8")


def _old(change: RateChange) -> str:
    return "not known" if change.old_nok is None else str(change.old_nok)


def _told(change: RateChange) -> dict[str, Any]:
    return {
        "rule": change.rule,
        "year": change.year,
        "old_nok": change.old_nok,
        "new_nok": change.new_nok,
        "kind": change.kind.value,
        "source": change.source.title,
        "certainty": change.certainty.value,
    }
