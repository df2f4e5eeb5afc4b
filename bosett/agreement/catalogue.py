"""The commitments of each agreement: what they rest on, whose they are, and what measures them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bosett.agreement.indicators import INDICATORS
from bosett.agreement.problem import Commitment
from bosett.registry.agreements import Agreement, Agreements
from bosett.registry.tables import read_rows
from bosett.rules.parameters import SHIPPED
from bosett.terms.errors import BadInput

FILE = SHIPPED / "agreement" / "commitments.csv"
COLUMNS = ("agreement", "commitment", "term", "parties", "through", "indicators")
BODIES = ("IMDi", "UDI", "Bufetat", "municipalities")


@cache
def shipped_commitments() -> tuple[Commitment, ...]:
    """Every commitment that comes with this version, by agreement in the table's order."""
    return read_commitments(FILE, Agreements.shipped())


def read_commitments(file: Path, agreements: Agreements) -> tuple[Commitment, ...]:
    """Read the table.

    Raises
    ------
    BadInput
        Names the line of a commitment whose agreement or term is not stored (it would have no source), of a
        party that did not sign, of an unknown body or indicator, of one without an indicator, and of one that
        stands twice.
    """
    stored = {one.code: one for one in agreements.agreements}
    found: list[Commitment] = []
    for line, row in enumerate(read_rows(file, COLUMNS), start=2):
        if row["agreement"] not in stored:
            raise BadInput(f"agreement {row['agreement']!r}", ", ".join(stored), str(file), line)
        one = _commitment(row, stored[row["agreement"]], file, line)
        if any((one.agreement, one.code) == (other.agreement, other.code) for other in found):
            raise BadInput(f"{one.code} twice in {one.agreement}", "each commitment once", str(file), line)
        found.append(one)
    return tuple(found)


def _commitment(row: dict[str, str], agreement: Agreement, file: Path, line: int) -> Commitment:
    terms = {term.code: term for term in agreement.terms}
    if row["term"] not in terms:
        allowed = f"a term of {agreement.code} with its source: {', '.join(terms)}"
        raise BadInput(f"{row['commitment']!r} rests on {row['term']!r}", allowed, str(file), line, "term")
    term = terms[row["term"]]
    return Commitment(
        agreement=agreement.code,
        code=row["commitment"],
        parties=_listed(row, "parties", agreement.parties, file, line),
        through=_listed(row, "through", BODIES, file, line, may_be_empty=True),
        text=term.text,
        source=term.source,
        certainty=term.certainty,
        indicators=_listed(row, "indicators", tuple(INDICATORS), file, line),
    )


def _listed(
    row: dict[str, str],
    column: str,
    allowed: tuple[str, ...],
    file: Path,
    line: int,
    *,
    may_be_empty: bool = False,
) -> tuple[str, ...]:
    found = tuple(row[column].split(";")) if row[column] else ()
    unknown = [one for one in found if one not in allowed]
    if unknown or not (found or may_be_empty):
        raise BadInput(
            f"{row['commitment']}: {', '.join(unknown) or 'nothing'}",
            ", ".join(allowed),
            str(file),
            line,
            column,
        )
    return found
