"""A table of rates from a file: one row a rate and period, each with its source."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from bosett.grants.rate_table import RateRow
from bosett.rules.value import Certainty
from bosett.sources.tables import Row, read_table
from bosett.terms.errors import BadInput
from bosett.terms.source import Source

COLUMNS = ("rule", "from", "amount_nok")


def read_rate_rows(path: Path, *, source: Source | None = None) -> tuple[RateRow, ...]:
    """Read `rule,from,amount_nok` and, as needed, `to`, the source and how sure each is.

    The source's columns are `source_title,source_section,source_href,published`; more are `certainty,note`.

    Parameters
    ----------
    source
        Where the whole table is from; a row's own source goes before it.

    Raises
    ------
    BadInput
        Names row and column of what cannot be read.  What can be read but must not be loaded is refused
        by `preview_rates`.
    """
    table = read_table(path)
    table.need(COLUMNS)
    if not table.rows:
        raise BadInput("no rates", "at least one row", table.file)
    return tuple(_row(row, source) for row in table.rows)


def _row(row: Row, source: Source | None) -> RateRow:
    amount = row.number("amount_nok")
    title = row.raw("source_title").strip()
    own = Source(
        title,
        row.raw("source_section").strip(),
        row.raw("source_href").strip(),
        row.maybe_day("published"),
    )
    certainty = row.raw("certainty").strip()
    return RateRow(
        rule=row.identifier("rule"),
        start=row.day("from"),
        end=row.maybe_day("to"),
        value=Decimal(amount.numerator) / Decimal(amount.denominator),
        source=own if title else source,
        certainty=Certainty(row.one_of("certainty", list(Certainty))) if certainty else Certainty.SOURCE,
        note=row.raw("note").strip(),
        line=row.line,
        file=row.file,
    )
