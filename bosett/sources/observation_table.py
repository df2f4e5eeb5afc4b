"""Observations as a flat table, one row each: the form that `bosett import` writes and reads again."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from bosett.sources.indicator_template import decimal_or_whole
from bosett.sources.tables import Row, read_table
from bosett.terms.errors import BadInput
from bosett.terms.figure import State
from bosett.terms.observation import Observation

COLUMNS = (
    "dataset_id", "source_id", "measure_id", "place", "year", "quarter", "month", "breakdown",
    "published", "state", "value", "unit",
)  # fmt: skip


def observation_row(one: Observation) -> tuple[str | int | Decimal | None, ...]:
    """An observation in the order of `COLUMNS`; the breakdown as `dimension=value|dimension=value`."""
    breakdown = "|".join(f"{dimension}={value}" for dimension, value in one.breakdown)
    return (
        one.dataset_id, one.source_id, one.measure_id, one.place, one.year, one.quarter, one.month,
        breakdown, one.published, one.state.value, one.value, one.unit,
    )  # fmt: skip


def read_observations(path: Path) -> tuple[Observation, ...]:
    """The observations of a table written by `observation_row`; the rows in their order.

    Raises
    ------
    BadInput
        Names the row of what is wrong.
    """
    table = read_table(path)
    table.need(COLUMNS)
    return tuple(_observation(row) for row in table.rows)


def _observation(row: Row) -> Observation:
    pairs = [part.partition("=") for part in row.raw("breakdown").split("|") if part]
    state = State(row.one_of("state", [one.value for one in State]))
    try:
        return Observation(
            row.identifier("measure_id"),
            row.identifier("dataset_id"),
            row.identifier("place"),
            row.whole("year"),
            state,
            decimal_or_whole(row.raw("value")) if state is State.NUMBER else None,
            row.identifier("unit"),
            row.identifier("source_id"),
            row.maybe_whole("month"),
            row.maybe_whole("quarter"),
            tuple((dimension, value) for dimension, _, value in pairs),
            row.raw("published"),
        )
    except ValueError as bad:
        raise BadInput(str(bad), "an observation", row.file, row.line) from None
