"""`bosett grant-payments`: IMDi's payments of 2022 and 2023 against our rates."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bosett.cli.exits import CHECK_FAILED, DONE
from bosett.cli.report import print_json, warn
from bosett.grants.paid import PAID_SCHEMES, Payments
from bosett.grants.reconcile import VERDICTS, PaymentsReconciliation, reconcile_payments
from bosett.outputs import Cell, check_writable, write_table
from bosett.rules.parameters import Parameters
from bosett.sources.settled_counts import published_settled
from bosett.sources.tables import read_table

NAME = "grant-payments"
HELP = (
    "Compare IMDi's payments of 2022 and 2023 with what our rates give, by scheme: explained, not, and why."
)
COLUMNS = ("year", "scheme", "name", "verdict", "why", "municipalities", "paid_nok", "explained")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="csv, xlsx or parquet")
    parser.add_argument("--rates", type=Path, metavar="FOLDER", help="instead of the shipped parameters")
    parser.add_argument(
        "--settled",
        type=Path,
        metavar="FILE",
        help="municipality_id,year,settled, to test small sums of year 1 with; default: the published",
    )
    parser.add_argument("--language", choices=("nb", "nn", "en"), default="en", help="of names and reasons")
    parser.add_argument("--json", action="store_true", help="print a summary object")


def run(arguments: argparse.Namespace) -> int:
    """Write the table; 4 when a municipality's parts do not add up to its published total."""
    check_writable(arguments.out)
    rates = Parameters.shipped() if arguments.rates is None else Parameters.load(arguments.rates)
    settled = published_settled() if arguments.settled is None else _settled(arguments.settled)
    payments = Payments.shipped()
    found = reconcile_payments(payments, rates, settled)
    write_table(arguments.out, COLUMNS, _rows(found, arguments.language))
    told = f"{found.sums_hold} of {found.sums_checked} municipality-years without a hidden cell add up to their total"
    warn(f"{told} (source: {payments.source.title})")
    if arguments.json:
        print_json(_summary(found))
    return DONE if found.sums_hold == found.sums_checked else CHECK_FAILED


def _settled(path: Path) -> dict[tuple[str, int], int]:
    table = read_table(path)
    table.need(("municipality_id", "year", "settled"))
    table.refuse_repeats("municipality_id", "year")
    found = {}
    for row in table.rows:
        count = row.maybe_whole("settled", 0)
        if count is not None:
            found[row.identifier("municipality_id"), row.whole("year")] = count
    return found


def _rows(found: PaymentsReconciliation, language: str) -> list[list[Cell]]:
    return [
        [
            row.year,
            row.scheme,
            PAID_SCHEMES[row.scheme].in_language(language),
            one.verdict.value,
            VERDICTS[one.verdict].in_language(language),
            one.municipalities,
            one.paid_nok,
            int(one.is_explained),
        ]
        for row in found.rows
        for one in row.reasons
    ]


def _summary(found: PaymentsReconciliation) -> dict[str, Any]:
    return {
        "sums_checked": found.sums_checked,
        "sums_hold": found.sums_hold,
        "rows": [
            {
                "year": row.year,
                "scheme": row.scheme,
                "municipalities": row.paid.municipalities,
                "paid_nok": str(row.paid.paid_nok),
                "explained_nok": str(row.explained.paid_nok),
                "not_explained_nok": str(row.not_explained.paid_nok),
                "hidden": row.hidden,
                "by_verdict": {verdict.value: str(one.paid_nok) for verdict, one in row.by_verdict},
            }
            for row in found.rows
        ],
    }
