"""`bosett grants`: grant lines of a year from settled persons, each with its rule and source."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bosett import __version__
from bosett.cli.exits import DONE
from bosett.cli.report import print_json, warn
from bosett.grants.problem import Move, SettledPerson
from bosett.grants.result import GrantLine, Grants
from bosett.grants.schemes import SCHEMES
from bosett.grants.solve import grant_lines
from bosett.outputs import Cell, check_writable, write_table
from bosett.rules.parameters import Parameters
from bosett.sources.tables import Row, Table, read_table
from bosett.terms.errors import BadInput
from bosett.terms.groups import Basis

NAME = "grants"
HELP = "Calculate the grants of a year for settled persons, each line with its rule and source."
NEEDED = (
    "person_id",
    "birth_date",
    "settled_date",
    "municipality_id",
    "household_id",
    "single_adult",
    "unaccompanied_minor",
    "basis",
)
COLUMNS = (
    "person_id",
    "year",
    "scheme",
    "municipality_id",
    "grant_year",
    "share",
    "rate_nok",
    "amount_nok",
    "rule",
    "source",
    "status",
    "legal",
    "assumptions",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("persons", type=Path, metavar="PERSONS", help="csv, xlsx or parquet")
    parser.add_argument("--year", type=int, required=True, metavar="Y", help="the calendar year of the grant")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="csv, xlsx or parquet")
    parser.add_argument("--moves", type=Path, metavar="FILE", help="registered moves between municipalities")
    parser.add_argument("--rates", type=Path, metavar="FOLDER", help="instead of the shipped parameters")
    parser.add_argument("--schemes", metavar="A,B", help=f"of {', '.join(SCHEMES)}; default all of them")
    parser.add_argument("--allow-missing", action="store_true", help="empty amounts where a rate is missing")
    parser.add_argument("--json", action="store_true", help="print a summary object")


def run(arguments: argparse.Namespace) -> int:
    """Write the lines, whole or not at all."""
    check_writable(arguments.out)
    rates = Parameters.shipped() if arguments.rates is None else Parameters.load(arguments.rates)
    moves = () if arguments.moves is None else _moves(read_table(arguments.moves))
    result = grant_lines(
        _persons(read_table(arguments.persons)),
        moves,
        arguments.year,
        rates,
        tuple(SCHEMES) if arguments.schemes is None else tuple(arguments.schemes.split(",")),
        allow_missing=arguments.allow_missing,
    )
    write_table(arguments.out, COLUMNS, [_row(line) for line in result.lines])
    if result.missing:
        warn(f"no rate or rule is known for {', '.join(result.missing)} in {arguments.year}")
    if arguments.json:
        print_json(_summary(result))
    return DONE


def _persons(table: Table) -> list[SettledPerson]:
    table.need(NEEDED)
    table.refuse_repeats("person_id")
    return [_person(row) for row in table.rows]


def _person(row: Row) -> SettledPerson:
    try:
        return SettledPerson(
            person_id=row.identifier("person_id"),
            birth_date=row.day("birth_date"),
            settled_date=row.day("settled_date"),
            municipality_id=row.identifier("municipality_id"),
            household_id=row.identifier("household_id"),
            single_adult=_yes(row, "single_adult"),
            unaccompanied_minor=_yes(row, "unaccompanied_minor"),
            basis=Basis(row.one_of("basis", [one.value for one in Basis])),
            registered_date=row.maybe_day("registered_date"),
            reference_basis=_reference(row),
            reference_settled_date=row.maybe_day("reference_settled_date"),
            family_applied_date=row.maybe_day("family_applied_date"),
            mother_settled_date=row.maybe_day("mother_settled_date"),
            left_date=row.maybe_day("left_date"),
        )
    except BadInput as bad:
        raise BadInput(
            bad.found, bad.allowed, bad.file or row.file, bad.row or row.line, bad.column
        ) from None


def _yes(row: Row, column: str) -> bool:
    found = row.maybe_yes(column)
    if found is None:
        raise row.bad(column, "1, 0, true or false")
    return found


def _reference(row: Row) -> Basis | None:
    if row.maybe_identifier("reference_basis") is None:
        return None
    return Basis(row.one_of("reference_basis", [one.value for one in Basis]))


def _moves(table: Table) -> list[Move]:
    table.need(["person_id", "moved_date", "from_municipality_id", "to_municipality_id"])
    table.refuse_repeats("person_id", "moved_date")
    return [
        Move(
            row.day("moved_date"),
            row.identifier("person_id"),
            row.identifier("from_municipality_id"),
            row.identifier("to_municipality_id"),
        )
        for row in table.rows
    ]


def _row(line: GrantLine) -> list[Cell]:
    source = "" if line.source is None else f"{line.source.title} {line.source.href}".strip()
    return [
        line.person_id,
        line.year,
        line.scheme,
        line.municipality_id,
        line.grant_year,
        line.share,
        line.rate_nok,
        line.amount_nok,
        line.rule,
        source,
        line.status.value,
        line.legal,
        "; ".join(line.assumptions),
    ]


def _summary(result: Grants) -> dict[str, Any]:
    by_scheme: dict[str, int] = {}
    for line in result.lines:
        by_scheme[line.scheme] = by_scheme.get(line.scheme, 0) + (line.amount_nok or 0)
    return {
        "year": result.year,
        "lines": len(result.lines),
        "total_nok": result.total_nok,
        "known_nok_by_scheme": by_scheme,
        "missing": list(result.missing),
        "without": [vars(one) for one in result.without],
        "assumptions": sorted({one for line in result.lines for one in line.assumptions}),
        "version": __version__,
    }
