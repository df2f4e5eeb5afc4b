"""A published table as rows of a file: one row per place and measure, each with its state and marks."""

from __future__ import annotations

from bosett.outputs.tables import Cell
from bosett_server.queries.statistics import Published
from bosett_server.words.statistics import DEFINITIONS, MEASURES

COLUMNS = (
    "year", "table", "code", "name", "county_id", "measure", "persons", "state", "modelled", "synthetic",
    "municipalities_without_answer", "as_of", "smallest_shown", "source",
)  # fmt: skip


def file_rows(table: Published) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """Columns and rows; a hidden or missing number is an empty cell with its state beside it."""
    rows: list[tuple[Cell, ...]] = []
    for place in table.rows:
        for measure in table.measures:
            figure = place.figures[measure]
            counted = measure in ("agreed", "settled")
            rows.append((
                table.year, table.kind, place.code, place.name, place.county, measure, figure.value,
                figure.state.value, measure in table.modelled, counted and table.synthetic,
                place.unanswered if measure == "voted" else None, table.as_of, table.threshold,
                table.sources[measure],
            ))  # fmt: skip
    return COLUMNS, rows


def about(table: Published) -> dict[str, object]:
    """What stands round the rows of a json file."""
    return {
        "table": table.name,
        "year": table.year,
        "as_of": table.as_of.isoformat(),
        "smallest_shown": table.threshold,
        "synthetic": table.synthetic,
        "modelled": sorted(table.modelled),
        "measures": {
            one: {
                "name": str(MEASURES[one]),
                "definition": str(DEFINITIONS[one]),
                "source": table.sources[one],
            }
            for one in table.measures
        },
    }
