"""`bosett commitments`: what the parties of the agreement promised, and whether it is kept as of a day."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from bosett.agreement import (
    FactBook,
    Finding,
    Held,
    Verdict,
    YearBalance,
    balance,
    changes_of_year,
    held,
    read_commitments,
)
from bosett.cli.commitment_years import year_lines, years_held
from bosett.cli.days import day
from bosett.cli.exits import DONE
from bosett.cli.report import print_json
from bosett.outputs.tables import Cell, write_table
from bosett.registry.agreements import Agreements
from bosett.sources.commitment_facts import FIRST_YEAR, read_facts, shipped_facts
from bosett.terms.errors import BadInput

NAME = "commitments"
HELP = "What the parties promised, and whether it is kept as of a day."
COLUMNS = (
    "as_of", "agreement", "commitment", "parties", "through", "state", "indicator", "verdict", "figures",
    "missing", "limits", "limits_ours", "evidence", "source",
)  # fmt: skip
CHANGE_COLUMNS = ("year", "what", "before", "after", "persons", "percent", "on", "source")
BALANCE_COLUMNS = (
    "year",
    "need",
    "asked",
    "voted",
    "settled",
    "settled_percent_of_voted",
    "settled_percent_of_need",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--as-of, --year, --facts; --out for the table, --changes and --balance for the years before."""
    parser.add_argument("--as-of", type=day, required=True, metavar="DATE", help="YYYY-MM-DD")
    parser.add_argument("--year", type=int, help="the year looked at; the day's own when left out")
    parser.add_argument(
        "--every-year", action="store_true", help=f"each 31 December since {FIRST_YEAR}, and the day itself"
    )
    parser.add_argument("--agreement", help="the agreement you mean; a day or year outside it is refused")
    parser.add_argument(
        "--commitments",
        type=Path,
        help="csv with commitments of your own, as parameters/agreement/commitments.csv",
    )
    parser.add_argument(
        "--facts", type=Path, help="csv with facts of your own, as parameters/agreement/facts.csv"
    )
    parser.add_argument(
        "--out", type=Path, help="csv, xlsx or parquet file: one row a commitment and indicator"
    )
    parser.add_argument("--changes", type=Path, help="table of every mid-year change known by the day")
    parser.add_argument("--balance", type=Path, help="table of need, asked, voted and settled by year")
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Print each commitment with its state; write the tables that are asked for."""
    book = shipped_facts()
    if arguments.facts:
        book = book.with_facts(read_facts(_there(arguments.facts)))
    shipped = Agreements.shipped()
    if arguments.agreement:
        shipped.holding(arguments.agreement, arguments.year or arguments.as_of.year)
    own = read_commitments(_there(arguments.commitments), shipped) if arguments.commitments else None
    years = years_held(book, FIRST_YEAR, arguments.as_of) if arguments.every_year else ()
    found = held(book, arguments.as_of, arguments.year, commitments=own)
    _write(arguments, book, [year.held for year in years] or [found])
    if arguments.json and years:
        print_json({"years": [_as_json(one.held, one.as_of) for one in years]})
    elif arguments.json:
        print_json(_as_json(found, arguments.as_of))
    else:
        lines = year_lines(book, years) if years else _lines(found, arguments.as_of)
        sys.stdout.write("".join(f"{line}\n" for line in lines))
    return DONE


def _write(arguments: argparse.Namespace, book: FactBook, tables: list[tuple[Held, ...]]) -> None:
    """The tables that are asked for."""
    if arguments.out:
        rows = [_row(one, told) for table in tables for one in table for told in one.findings]
        write_table(arguments.out, COLUMNS, rows)
    if arguments.changes:
        write_table(arguments.changes, CHANGE_COLUMNS, changes(book, arguments.as_of))
    if arguments.balance:
        numbers = balance(book, FIRST_YEAR, arguments.as_of.year, arguments.as_of)
        write_table(arguments.balance, BALANCE_COLUMNS, [_balance(one) for one in numbers])


def _there(file: Path) -> Path:
    if not file.is_file():
        raise BadInput("no such file", "a csv file", str(file))
    return file


def changes(book: FactBook, as_of: date) -> list[tuple[Cell, ...]]:
    """Each change of a year's request, or of its need where one request is stored; rows of `CHANGE_COLUMNS`."""
    return [
        (
            year, one.after.what, one.before.value, one.after.value, one.persons, round(100 * float(one.share), 1),
            str(one.after.on), one.after.source.title,
        )
        for year in range(FIRST_YEAR, as_of.year + 1)
        for one in changes_of_year(book, year, as_of)
    ]  # fmt: skip


def _balance(one: YearBalance) -> tuple[Cell, ...]:
    facts = (one.need, one.asked, one.voted, one.settled)
    numbers = tuple(None if fact is None else fact.value for fact in facts)
    return (one.year, *numbers, one.settled_of_voted, one.settled_of_need)


def _row(one: Held, told: Finding) -> tuple[Cell, ...]:
    commitment = one.commitment
    return (
        told.as_of, commitment.agreement, commitment.code, ";".join(commitment.parties),
        ";".join(commitment.through), one.verdict.value, told.indicator, told.verdict.value, _figures(told),
        ";".join(told.missing), _limits(told), ";".join(_ours(told)), _evidence(told), commitment.source.title,
    )  # fmt: skip


def _figures(told: Finding) -> str:
    return "; ".join(f"{code} {value}" for code, value in told.figures)


def _limits(told: Finding) -> str:
    return "; ".join(f"{path} {value.value}" for path, value in told.limits)


def _ours(told: Finding) -> list[str]:
    return [path for path, value in told.limits if value.certainty == "assumed"]


def _evidence(told: Finding) -> str:
    return "; ".join(
        f"{one.what} {one.year} = {one.value} ({one.on}, {one.source.title})" for one in told.evidence
    )


def _lines(found: tuple[Held, ...], as_of: date) -> list[str]:
    lines = [f"Agreement {found[0].commitment.agreement} as of {as_of}"]
    for one in found:
        lines.append(f"{one.verdict.value:15} {one.commitment.code} ({', '.join(one.commitment.parties)})")
        for told in one.findings:
            missing = f"; missing: {', '.join(told.missing)}" if told.missing else ""
            ours = " [limits are ours]" if _ours(told) and not told.missing else ""
            lines.append(
                f"    {told.indicator}: {told.verdict.value}: {_figures(told) or '-'}{missing}{ours}"
            )
    counts = Counter(one.verdict for one in found)
    lines.append(", ".join(f"{verdict.value} {counts[verdict]}" for verdict in Verdict))
    return lines


def _as_json(found: tuple[Held, ...], as_of: date) -> dict[str, object]:
    return {
        "as_of": as_of.isoformat(),
        "agreement": found[0].commitment.agreement,
        "commitments": [
            {
                "commitment": one.commitment.code,
                "state": one.verdict.value,
                "indicators": {
                    told.indicator: {
                        "verdict": told.verdict.value,
                        "figures": {code: float(value) for code, value in told.figures},
                        "missing": list(told.missing),
                    }
                    for told in one.findings
                },
            }
            for one in found
        ],
    }
