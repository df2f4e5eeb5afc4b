"""`bosett grants`: grant lines of a year from settled persons, each with its rule and source."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bosett import __version__
from bosett.cli.days import day
from bosett.cli.exits import DONE
from bosett.cli.report import print_json, warn
from bosett.grants.bulk import bulk_grants
from bosett.grants.claim import NEEDS, Claim
from bosett.grants.known import KnownOn
from bosett.grants.problem import Move, SettledPerson
from bosett.grants.result import GrantLine, Grants
from bosett.grants.schemes import FROM_SETTLEMENT
from bosett.grants.solve import ALL, grant_lines
from bosett.grants.wording import told
from bosett.outputs import Cell, check_writable, write_table
from bosett.rules.parameters import Parameters
from bosett.sources.grant_rows import read_claims, read_moves, read_persons, unknown_codes
from bosett.sources.tables import read_table
from bosett.terms.errors import BadInput

NAME = "grants"
HELP = "Calculate the grants of a year for settled persons, each line with its rule and source."
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
    "units",
    "claim_id",
)
CLAIMS_EXAMPLE = """\
claim_id,scheme,year,municipality_id,person_id,grant_year,cost_nok,persons,place_type,places,from_date,to_date,asked,voted,settled,applied_date,extended_to,by_agreement,arose_before_settlement,conditions_met
c1,special_1,2024,3301,a,1,,,,,,,,,,2024-09-01,,1,1,
c2,special_2,2024,3301,b,2,1900000,,,,,,,,,2024-03-01,,1,1,
c3,norwegian_base,2024,3301,,,,42,,,,,,,,,,,,
c4,host_place,2016,3301,,,,,ordinary,150,,,,,,,,,,
c5,host_place,2016,3301,,,,,unaccompanied_minor,20,2016-01-01,2016-06-30,,,,,,,,
c6,amot,2018,3301,,,,1,,,2018-05-29,,,,,,,,,
c7,extra_above_request,2023,3301,,,,,,,,,50,,136,,,,,
c8,unused_places,2022,3301,,,,,,,,,100,90,60,2023-02-01,,,,1
"""


class _Example(argparse.Action):
    """Prints an example of the claims file and ends."""

    def __call__(self, parser: argparse.ArgumentParser, *_rest: object, **_more: object) -> None:
        sys.stdout.write(CLAIMS_EXAMPLE)
        parser.exit(0)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("persons", type=Path, metavar="PERSONS", help="csv, xlsx or parquet")
    parser.add_argument(
        "--year", type=_year, required=True, metavar="Y", help="the calendar year of the grant"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="csv, xlsx or parquet")
    parser.add_argument("--moves", type=Path, metavar="FILE", help="registered moves between municipalities")
    parser.add_argument("--claims", type=Path, metavar="FILE", help="documented claims and counts")
    parser.add_argument(
        "--claims-example", action=_Example, nargs=0, help="print an example of the claims file, and end"
    )
    parser.add_argument("--rates", type=Path, metavar="FOLDER", help="instead of the shipped parameters")
    parser.add_argument(
        "--known-on", type=day, metavar="DAY", help="rates as they were known on that day (YYYY-MM-DD)"
    )
    default = f"{', '.join(FROM_SETTLEMENT)}, and those that are claimed"
    parser.add_argument("--schemes", metavar="A,B", help=f"of {', '.join(ALL)}; default {default}")
    parser.add_argument("--allow-missing", action="store_true", help="empty amounts where a rate is missing")
    parser.add_argument(
        "--explain", choices=("nb", "nn", "en"), help="one more column: why, in that language"
    )
    parser.add_argument("--json", action="store_true", help="print a summary object")


def _year(text: str) -> int:
    if not (text.isdigit() and 1900 <= int(text) <= 9998):
        raise argparse.ArgumentTypeError(f"a calendar year, such as 2024, not {text!r}")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Write the lines, whole or not at all."""
    check_writable(arguments.out)
    parameters = Parameters.shipped() if arguments.rates is None else Parameters.load(arguments.rates)
    rates = parameters if arguments.known_on is None else KnownOn(parameters, arguments.known_on)
    persons = read_persons(read_table(arguments.persons))
    moves = () if arguments.moves is None else read_moves(read_table(arguments.moves), persons)
    claims = (
        () if arguments.claims is None else read_claims(read_table(arguments.claims), arguments.year, persons)
    )
    _tell_unknown_codes(persons, moves, claims)
    # The summary names everybody without a grant; for the lines alone columns are faster and give the same.
    calculate = grant_lines if arguments.json else bulk_grants
    result = calculate(
        persons,
        moves,
        arguments.year,
        rates,
        _schemes(arguments),
        claims=claims,
        allow_missing=arguments.allow_missing,
    )
    columns: tuple[str, ...] = COLUMNS
    rows = [_row(line) for line in result.lines]
    if arguments.explain:
        columns = (*COLUMNS, "explanation")
        said = [" ".join(told(line, arguments.explain, parameters)) for line in result.lines]
        rows = [[*row, one] for row, one in zip(rows, said, strict=True)]
    write_table(arguments.out, columns, rows)
    if result.missing:
        warn(f"no rate or rule is known for {', '.join(result.missing)} in {arguments.year}")
    if arguments.json:
        print_json(_summary(result))
    return DONE


def _schemes(arguments: argparse.Namespace) -> tuple[str, ...]:
    if arguments.schemes is None:
        return (*FROM_SETTLEMENT, *NEEDS)
    given = [one.strip() for one in arguments.schemes.split(",")]
    twice = [one for one in given if given.count(one) > 1]
    if twice:
        raise BadInput(f"--schemes with {twice[0]} twice", "each scheme once")
    return tuple(given)


def _tell_unknown_codes(
    persons: Iterable[SettledPerson], moves: Iterable[Move], claims: Iterable[Claim]
) -> None:
    named = {one.municipality_id for one in persons} | {one.municipality_id for one in claims}
    unknown = unknown_codes(named | {one.to_municipality_id for one in moves})
    if unknown:
        warn(f"{len(unknown)} identifiers are no Norwegian municipality codes, such as {unknown[0]}")


def _row(line: GrantLine) -> list[Cell]:
    source = "" if line.source is None else f"{line.source.title} {line.source.href}".strip()
    return [
        line.person_id,
        line.year,
        line.scheme,
        line.municipality_id,
        line.grant_year or None,
        line.share,
        line.rate_nok,
        line.amount_nok,
        line.rule,
        source,
        line.status.value,
        line.legal,
        "; ".join(line.assumptions),
        line.units,
        line.claim_id,
    ]


def _summary(result: Grants) -> dict[str, Any]:
    return {
        "year": result.year,
        "lines": len(result.lines),
        "total_nok": result.total_nok,
        "known_nok_by_scheme": _by_scheme(result.lines),
        "missing": list(result.missing),
        "without": [vars(one) for one in result.without],
        "assumptions": sorted({one for line in result.lines for one in line.assumptions}),
        "version": __version__,
    }


def _by_scheme(lines: Sequence[GrantLine]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        found[line.scheme] = found.get(line.scheme, 0) + (line.amount_nok or 0)
    return found
