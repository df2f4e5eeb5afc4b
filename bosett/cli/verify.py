"""`bosett verify`: is a placement right?  From the files alone, with no solver and none of its code."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from bosett.cli.exits import CHECK_FAILED, DONE
from bosett.cli.report import print_json
from bosett.placement.given import (
    GivenAnswer,
    GivenHousehold,
    GivenInstance,
    GivenLevel,
    GivenPlacement,
    GivenPrice,
)
from bosett.placement.verify import verify
from bosett.sources.tables import Row, Table, read_table
from bosett.terms.errors import BadInput

NAME = "verify"
HELP = "Check a placement: every rule kept, every value and bound recomputed."
TOTALS = ("placed_persons", "persons", "placed_households", "households", "score", "score_bound", "gap")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("instance", type=Path, metavar="INSTANCE", help="folder with the tables")
    parser.add_argument("answer", type=Path, metavar="OUT", help="folder that bosett place wrote")
    parser.add_argument("--locks", type=Path, metavar="FILE", help="the locks that the run was given")
    parser.add_argument("--json", action="store_true", help="print the breaches as an object")


def run(arguments: argparse.Namespace) -> int:
    """0 when nothing is wrong, 4 with each breach named otherwise."""
    instance = _instance(arguments.instance, arguments.locks)
    breaches = verify(instance, _answer(arguments.answer))
    for one in breaches:
        sys.stderr.write(f"bosett verify: {one}\n")
    if arguments.json:
        print_json({"ok": not breaches, "breaches": [vars(one) for one in breaches]})
    return CHECK_FAILED if breaches else DONE


def _table(folder: Path, name: str, *, needed: bool = True) -> Table | None:
    for end in (".csv", ".parquet", ".xlsx"):
        if (folder / f"{name}{end}").is_file():
            return read_table(folder / f"{name}{end}")
    if needed:
        raise BadInput(f"no {name} table", f"{name}.csv, .parquet or .xlsx", str(folder))
    return None


def _rows(folder: Path, name: str) -> tuple[Row, ...]:
    table = _table(folder, name, needed=False)
    return () if table is None else table.rows


def _instance(folder: Path, locks: Path | None) -> GivenInstance:
    places = _rows_needed(folder, "municipalities")
    dimensions = [name.removeprefix("capacity_") for name in places[0].places if name.startswith("capacity_")]
    capacity = {
        row.identifier("municipality_id"): {name: _capacity(row, name) for name in dimensions}
        for row in places
    }
    lock_rows = _rows(folder, "locks") if locks is None else read_table(locks).rows
    return GivenInstance(
        capacity=capacity,
        households={
            row.identifier("household_id"): _household(row, dimensions)
            for row in _rows_needed(folder, "households")
        },
        score=_scores(_rows_needed(folder, "scores"), capacity),
        forbidden=frozenset(_forbidden(_rows(folder, "allowed"), capacity)),
        locks={row.identifier("household_id"): row.maybe_identifier("municipality_id") for row in lock_rows},
    )


def _rows_needed(folder: Path, name: str) -> tuple[Row, ...]:
    table = _table(folder, name)
    if table is None or not table.rows:
        raise BadInput("no rows", "at least one row", f"{folder}/{name}")
    return table.rows


def _capacity(row: Row, name: str) -> int | None:
    text = row.raw(f"capacity_{name}").strip().lower()
    return None if text == "unlimited" else row.whole(f"capacity_{name}", 0)


def _household(row: Row, dimensions: Iterable[str]) -> GivenHousehold:
    use = {"persons": row.whole("persons", 1)}
    use |= {name: row.whole(f"use_{name}", 0) for name in dimensions if name != "persons"}
    return GivenHousehold(
        use,
        row.maybe_whole("tier", 1) or 1,
        row.maybe_identifier("link") or "",
        row.maybe_identifier("group") or "",
    )


def _scores(rows: Iterable[Row], codes: Iterable[str]) -> dict[tuple[str, str], Fraction]:
    listed = list(codes)
    found = {}
    for row in rows:
        for code in listed:
            number = row.maybe_number(code)
            if number is not None:
                found[row.identifier("household_id"), code] = number
    return found


def _forbidden(rows: Iterable[Row], codes: Iterable[str]) -> Iterable[tuple[str, str]]:
    listed = list(codes)
    for row in rows:
        yield from ((row.identifier("household_id"), code) for code in listed if row.whole(code, 0) == 0)


def _answer(folder: Path) -> GivenAnswer:
    summary, certificate = _json(folder / "summary.json", dict), _json(folder / "certificate.json", list)
    placements = tuple(
        GivenPlacement(
            row.identifier("household_id"),
            row.maybe_identifier("municipality_id"),
            row.maybe_number("score"),
            row.raw("reason").strip(),
        )
        for row in _rows_needed(folder, "placements")
    )
    prices = tuple(
        GivenPrice(
            row.identifier("municipality_id"),
            row.identifier("dimension"),
            None if row.raw("capacity") == "unlimited" else row.whole("capacity", 0),
            row.whole("used", 0),
            row.number("price", 0),
        )
        for row in _rows_needed(folder, "prices")
    )
    try:
        levels = tuple(_levels(summary, certificate))
        totals = {name: Fraction(str(summary[name])) for name in TOTALS}
    except (KeyError, TypeError, ValueError, AttributeError) as bad:
        raise BadInput(
            repr(bad), "summary.json and certificate.json as bosett place writes them", str(folder)
        ) from None
    return GivenAnswer(placements, levels, prices, totals)


def _json(path: Path, kind: type) -> Any:
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as bad:
        raise BadInput(str(bad), "readable JSON", str(path)) from None
    if not isinstance(content, kind):
        raise BadInput(type(content).__name__, f"a JSON {kind.__name__}", str(path))
    return content


def _levels(summary: Mapping[str, Any], certificate: Iterable[Mapping[str, Any]]) -> Iterable[GivenLevel]:
    by_name = {one["name"]: one for one in certificate}
    if [one["name"] for one in summary["levels"]] != list(by_name):
        raise ValueError("the levels of summary and certificate differ")
    for level in summary["levels"]:
        told = by_name[level["name"]]
        yield GivenLevel(
            level["name"],
            Fraction(str(level["value"])),
            Fraction(str(level["bound"])),
            {
                place: {name: Fraction(str(price)) for name, price in prices.items()}
                for place, prices in told["prices"].items()
            },
            {name: Fraction(str(price)) for name, price in told["mu"].items()},
            Fraction(str(told["bound"])),
        )
