"""`bosett votes`: what the councils may answer, from their own and the country's earlier answers."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bosett import __version__
from bosett.cli.exits import DONE
from bosett.cli.municipality_rows import codes_of_today
from bosett.cli.report import print_json, warn
from bosett.decisions.expected import LEVELS, QUANTILE_NAMES, ExpectedVotes, expected_votes
from bosett.decisions.vote_history import PastAnswer
from bosett.decisions.vote_panel import MEASURES, add_parts
from bosett.outputs import Cell, check_writable, write_table
from bosett.sources import Row, Table, read_table
from bosett.terms.errors import BadInput

NAME = "votes"
HELP = "Expected answers: quantiles of each council's coming vote, and of the national sum."

PANEL = ("municipality_id", "year", *MEASURES)
ASKED = ("municipality_id", "year", "asked")
FIRST_YEAR, LAST_YEAR = 1900, 2200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--panel", type=Path, required=True, metavar="FILE", help=f"{','.join(PANEL)}")
    parser.add_argument("--asked", type=Path, required=True, metavar="FILE", help=f"{','.join(ASKED)}")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="csv, xlsx or parquet")
    parser.add_argument("--json", action="store_true", help="print the national sum's quantiles")


def run(arguments: argparse.Namespace) -> int:
    """Write the quantiles, whole or not at all; each year is fitted on the years before it only."""
    check_writable(arguments.out)
    history = _panel(read_table(arguments.panel))
    asked = _asked(read_table(arguments.asked))
    answers = {year: expected_votes(history, _requests(asked[year]), year) for year in sorted(asked)}
    rows: list[list[Cell]] = [
        [asked[year][vote.municipality][0], year, *vote.quantiles]
        for year, expected in answers.items()
        for vote in expected.votes
    ]
    write_table(arguments.out, ["municipality_id", "year", *QUANTILE_NAMES], rows)
    if arguments.json:
        print_json(_summary(answers))
    return DONE


def _panel(table: Table) -> tuple[PastAnswer, ...]:
    """The earlier years; rows of municipalities that were merged since are added up."""
    table.need(PANEL)
    parts: dict[tuple[str, int], list[dict[str, int | None]]] = {}
    for row, code, year in _coded(table, merged=True):
        figures = {column: row.maybe_whole(column, 0) for column in MEASURES}
        parts.setdefault((code, year), []).append(figures)
    return tuple(add_parts(code, year, found) for (code, year), found in parts.items())


def _asked(table: Table) -> dict[int, dict[str, tuple[str, int]]]:
    """Year -> code of 2024 -> the identifier as written and the persons asked for."""
    table.need(ASKED)
    if not table.rows:
        raise BadInput("no municipalities", "at least one row", table.file)
    found: dict[int, dict[str, tuple[str, int]]] = {}
    for row, code, year in _coded(table, merged=False):
        found.setdefault(year, {})[code] = (row.identifier("municipality_id"), row.whole("asked", 0))
    return found


def _requests(asked: dict[str, tuple[str, int]]) -> dict[str, int]:
    return {code: persons for code, (_, persons) in asked.items()}


def _coded(table: Table, *, merged: bool) -> list[tuple[Row, str, int]]:
    """Each row with its code of 2024 and year; the same twice, or a split code, is refused.

    Parameters
    ----------
    merged
        Whether two codes of the day that became one municipality may both have a row.
    """
    seen: dict[tuple[str, int], tuple[int, str]] = {}
    unknown: set[str] = set()
    found = []
    for row in table.rows:
        year = row.whole("year", FIRST_YEAR)
        if year > LAST_YEAR:
            raise row.bad("year", f"a year up to {LAST_YEAR}")
        written = row.identifier("municipality_id")
        code = _code_today(row, written, unknown)
        keys = {(written, year), (code, year)} if not merged or written == code else {(written, year)}
        for key in sorted(keys & set(seen)):
            raise row.bad("municipality_id", f"each municipality and year once (first in row {seen[key][0]})")
        for key in {(written, year), (code, year)}:
            seen.setdefault(key, (row.line, written))
        found.append((row, code, year))
    if unknown:
        warn(f"{len(unknown)} identifiers are no Norwegian municipality codes, such as {min(unknown)}")
    return found


def _code_today(row: Row, written: str, unknown: set[str]) -> str:
    """The code of 2024; an identifier that never was a code is kept as it is."""
    today = codes_of_today(written)
    if len(today) > 1:
        raise row.bad("municipality_id", f"a code of 2024: {written} was split into {' and '.join(today)}")
    if not today:
        unknown.add(written)
    return today[0] if today else written


def _summary(answers: dict[int, ExpectedVotes]) -> dict[str, Any]:
    years = {str(year): _national(expected) for year, expected in answers.items()}
    alone = next(iter(years.values())) if len(years) == 1 else {}
    return {**alone, "years": years, "version": __version__}


def _national(expected: ExpectedVotes) -> dict[str, Any]:
    outlook = expected.outlook()
    sums = {name: outlook.quantile(level) for name, level in zip(QUANTILE_NAMES, LEVELS, strict=True)}
    told = zip(outlook.years, outlook.weights, strict=True)
    return {
        **sums,
        "mean": round(outlook.mean, 1),
        "asked": sum(vote.asked for vote in expected.votes),
        "municipalities": len(expected.votes),
        "year_weights": {str(year): round(weight, 4) for year, weight in told},
    }
