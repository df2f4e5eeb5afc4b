"""The published requests and votes since 1995, one row a municipality and year, on the borders of 2024."""

from __future__ import annotations

from functools import cache

from bosett.decisions.vote_history import PastAnswer
from bosett.decisions.vote_panel import vote_panel
from bosett.registry import Registry
from bosett.sources.own_tables import FIGURES, read_own_table

TABLES = ("collected_2024", "imdi_bulk", "imdi_pages")


@cache
def shipped_panel() -> tuple[PastAnswer, ...]:
    """Every stored request, vote and settlement of this version's own tables, read once."""
    registry = Registry.shipped()
    tables = (read_own_table(FIGURES / "settlement" / f"{name}.csv", registry) for name in TABLES)
    return vote_panel([one for table in tables for one in table.observations], registry)
