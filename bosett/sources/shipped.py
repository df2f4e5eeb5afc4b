"""Every figure that comes with this version, from whichever of its tables it stands in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from bosett.grants.paid import TABLE as PAYMENTS
from bosett.grants.paid import Payments
from bosett.registry import Registry
from bosett.registry.tables import read_table_source
from bosett.rules.parameters import SHIPPED
from bosett.sources.anmodning import Asked, shipped_round
from bosett.sources.imported import Imported, settled_result
from bosett.sources.own_tables import import_source, shipped_tables
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett.terms.observation import Observation, breakdown_of

ROUND_YEAR = 2026
SPLIT_IN_2024 = {"1508": "1507"}


@cache
def shipped_figures() -> tuple[Imported[Observation], ...]:
    """Own tables, payments, the request of 2026 and the registry's population, each with its source."""
    return (*shipped_tables(), paid_grants(), requests_of_the_round(), registry_population())


def paid_grants() -> Imported[Observation]:
    """IMDi's payments of 2022 and 2023: data set `grants_paid`, source `payments`.

    The table writes Ålesund, which then held Haram, under 1508; here it stands under 1507, the code of
    the day.
    """
    rows = [
        Observation(
            "grants_paid",
            "grants_paid",
            SPLIT_IN_2024.get(one.municipality_id, one.municipality_id),
            one.year,
            State.SUPPRESSED if one.hidden else State.NUMBER,
            _whole_or_exact(one.paid),
            "nok",
            "payments",
            breakdown=breakdown_of(scheme=one.scheme),
        )
        for one in Payments.shipped().cells
    ]
    return _result(PAYMENTS, rows)


def _whole_or_exact(paid: Decimal | None) -> int | Decimal | None:
    return int(paid) if paid is not None and paid == paid.to_integral_value() else paid


def requests_of_the_round() -> Imported[Observation]:
    """The open round's requests as observations: data set `settlement`, source `anmodning_2026`."""
    asked = shipped_round(ROUND_YEAR)
    rows = [one for row in asked.rows for one in _asked(row, asked.year)]
    return _result(SHIPPED / "anmodning" / f"{ROUND_YEAR}.csv", rows)


def registry_population() -> Imported[Observation]:
    """The registry's population from 2011: data set `population`, source `registry`."""
    figures = Registry.shipped().figures
    rows = [
        _observation("population", "population", code, year, figure, "registry")
        for (code, year), figure in sorted(figures.items())
    ]
    return _result(SHIPPED / "registry" / "population.csv", rows)


def _asked(row: Asked, year: int) -> Iterator[Observation]:
    """All persons always; minors where the request names some (an empty cell is no figure)."""
    for group in Group:
        figure = row.figure(group)
        if group is not Group.ALL and figure.state is not State.NUMBER:
            continue
        told = {} if group is Group.ALL else {"group": group.value}
        place = row.municipality_id
        yield _observation("asked", "settlement", place, year, figure, f"anmodning_{year}", **told)


def _observation(
    measure: str, dataset: str, place: str, year: int, figure: Figure, source: str, **breakdown: str
) -> Observation:
    told = breakdown_of(**breakdown)
    return Observation(
        measure, dataset, place, year, figure.state, figure.value, "persons", source, breakdown=told
    )


def _result(table: Path, rows: list[Observation]) -> Imported[Observation]:
    content = table.read_bytes()
    counts = {"observations": len(rows), "bytes": len(content)}
    source = import_source(read_table_source(table))
    return settled_result("own_table", rows, (), source, hashlib.sha256(content).hexdigest(), counts)
