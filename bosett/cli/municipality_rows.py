"""The municipalities file of `bosett distribute`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

from bosett.cli.report import warn
from bosett.distribution import DistributionCriteria, MunicipalityInput
from bosett.distribution.methods import needed_columns
from bosett.registry import Registry
from bosett.registry.registry import BORDERS_FROM
from bosett.sources import Row, Table, read_table
from bosett.terms.errors import BadInput

DEDUCT_FOR = "deduct_"
NEEDED = ("municipality_id", "name", "county")


def read_municipalities(
    path: Path, criteria: DistributionCriteria, criteria_file: str
) -> tuple[MunicipalityInput, ...]:
    """Read the municipalities with the indicators that the criteria use.

    Raises
    ------
    BadInput
        Names file, row and column of a missing column, an empty cell where a number is needed, a
        blank around an identifier, a repeated identifier, a negative number, a split code.
    """
    try:
        columns = needed_columns(criteria)
    except BadInput as bad:
        raise BadInput(bad.found, bad.allowed, criteria_file, bad.row, bad.column) from None
    table = read_table(path)
    table.need((*NEEDED, *columns))
    if not table.rows:
        raise BadInput("no municipalities", "at least one row", table.file)
    _refuse_wrong_codes(table)
    _refuse_missing(table, columns)
    return tuple(_municipality(row, columns) for row in table.rows)


def read_group_exclusions(path: Path, groups: Sequence[str]) -> dict[str, frozenset[str]]:
    """Group -> the identifiers with 1 in the column `no_<group>`, where the table has one."""
    table = read_table(path)
    return {
        group: frozenset(
            row.identifier("municipality_id") for row in table.rows if row.maybe_yes(f"no_{group}")
        )
        for group in groups
    }


def _municipality(row: Row, columns: tuple[str, ...]) -> MunicipalityInput:
    excluded = row.maybe_yes("excluded") or False
    minimum, maximum = row.maybe_whole("minimum", 0), row.maybe_whole("maximum", 0)
    if maximum is not None and (minimum or 0) > maximum:
        raise row.bad("minimum", f"at most the maximum of {maximum}")
    fixed, reason = row.maybe_whole("fixed", 0), row.raw("reason").strip()
    if (fixed is None) != (not reason):
        raise row.bad(
            "reason" if fixed is not None else "fixed", "a number set by hand and a reason, or neither"
        )
    if fixed is not None and excluded:
        raise row.bad("fixed", "no number set by hand for one that is excluded")
    return MunicipalityInput(
        identifier=row.identifier("municipality_id"),
        name=row.raw("name").strip(),
        county=row.raw("county").strip(),
        indicators=_indicators(row, columns, excluded=excluded),
        minimum=minimum,
        maximum=maximum,
        excluded=excluded,
        deduct=row.maybe_number("deduct", 0) or Fraction(0),
        deduct_for=tuple(
            (name.removeprefix(DEDUCT_FOR), row.maybe_number(name, 0) or Fraction(0))
            for name in row.places
            if name.startswith(DEDUCT_FOR) and name not in columns
        ),
        fixed=fixed,
        reason=reason,
    )


def _refuse_missing(table: Table, columns: tuple[str, ...]) -> None:
    """Name every municipality that lacks an indicator, at the first of them: missing is never 0."""
    for column in columns:
        lacking = [row for row in table.rows if not row.raw(column).strip() and not row.maybe_yes("excluded")]
        if lacking:
            named = ", ".join(f"{row.identifier('municipality_id')} (row {row.line})" for row in lacking)
            found = f"an empty cell for {len(lacking)} of {len(table.rows)} municipalities: {named}"
            allowed = "a number of 0 or more for each that takes part; a missing one is never taken for 0"
            raise BadInput(found, allowed, table.file, lacking[0].line, column)


def _indicators(row: Row, columns: tuple[str, ...], *, excluded: bool) -> dict[str, Fraction]:
    """Every needed indicator; those of an excluded municipality may be empty."""
    if not excluded:
        return {column: row.number(column, 0) for column in columns}
    known = {column: row.maybe_number(column, 0) for column in columns}
    return {column: value for column, value in known.items() if value is not None}


def _refuse_wrong_codes(table: Table) -> None:
    """Refuse a code twice, also as an old and a new code of one municipality, and a split code."""
    seen: dict[str, int] = {}
    unknown = []
    for row in table.rows:
        code = row.identifier("municipality_id")
        today = codes_of_today(code)
        if len(today) > 1:
            raise row.bad("municipality_id", f"a code of 2024: {code} was split into {' and '.join(today)}")
        unknown += [] if today else [code]
        key = today[0] if today else code
        if key in seen:
            raise row.bad("municipality_id", f"each municipality once (first in row {seen[key]})")
        seen[key] = row.line
    if unknown:
        warn(f"{len(unknown)} identifiers are no Norwegian municipality codes, such as {unknown[0]}")


@cache
def codes_of_today(code: str) -> tuple[str, ...]:
    """The codes of 2024 that a code stands for or once stood for; none when it is no code of Norway."""
    registry = Registry.shipped()
    if code in {unit.code for unit in registry.units(BORDERS_FROM)}:
        return (code,)
    ended = [change.day for change in registry.history.changes if change.old.code == code]
    return registry.successors(code, ended[-1] - timedelta(days=1)) if ended else ()
