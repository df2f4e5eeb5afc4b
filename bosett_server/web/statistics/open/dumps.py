"""Every data set of published figures as files with their digests, and the catalogue of them all."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from bosett.outputs.tables import Cell, fill_table
from bosett.statistics.catalogue import Catalogue, DataSet, Dump
from bosett.statistics.measures import MEASURES
from bosett.terms.label import Label
from bosett_server.queries.figures import FigureRow, Version
from bosett_server.queries.statistics_public import PublicFigures
from bosett_server.words.data_sets import ABOUT, KEYWORDS, TITLE, title_of

KINDS = ("parquet", "csv")
COLUMNS = (
    "data_set", "source", "measure", "place", "municipality_2024", "year", "quarter", "month", "breakdown", "state",
    "value", "unit", "published",
)  # fmt: skip
PUBLISHER = "Bosett"
CC_BY = "CC BY 4.0"
_made: OrderedDict[tuple[Version, str, str], bytes] = OrderedDict()
_told: OrderedDict[tuple[Version, str], Catalogue] = OrderedDict()
MOST_KEPT, FEW = 60, 4


@dataclass(frozen=True)
class Held:
    """One data set and its rows, protected."""

    ident: str
    rows: Sequence[FigureRow]


def data_sets(figures: PublicFigures) -> list[Held]:
    """Every data set of which something stands, in order of name."""
    return [Held(name, figures.by_data_set[name]) for name in sorted(figures.by_data_set)]


def content(figures: PublicFigures, held: Held, kind: str) -> bytes:
    """The data set's file; the same figures give the same bytes."""
    key = (figures.version, held.ident, kind)
    if key not in _made:
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"table.{kind}"
            fill_table(path, COLUMNS, [_cells(row) for row in held.rows])
            _made[key] = path.read_bytes()
        while len(_made) > MOST_KEPT:
            _made.popitem(last=False)
    return _made[key]


def _cells(row: FigureRow) -> tuple[Cell, ...]:
    one = row.observation
    value = None if one.value is None else float(one.value)
    told = " ".join(f"{dimension}={code}" for dimension, code in one.breakdown)
    return (
        one.dataset_id, one.source_id, one.measure_id, one.place, row.municipality or None, one.year, one.quarter,
        one.month, told, one.state.value, value, one.unit, one.published or None,
    )  # fmt: skip


def catalogue(figures: PublicFigures, home: str) -> Catalogue:
    """The catalogue of all data sets; `home` is the service's public address."""
    if (figures.version, home) not in _told:
        found = tuple(_data_set(figures, held, home) for held in data_sets(figures))
        newest = max(one.modified for one in found)
        _told[figures.version, home] = Catalogue(home, TITLE, ABOUT, PUBLISHER, newest, found)
        while len(_told) > FEW:
            _told.popitem(last=False)
    return _told[figures.version, home]


def dump(figures: PublicFigures, held: Held, kind: str, home: str) -> Dump:
    """A file's address, size and digest."""
    made = content(figures, held, kind)
    return Dump(kind, f"{home}/data/{held.ident}.{kind}", len(made), hashlib.sha256(made).hexdigest())


def _data_set(figures: PublicFigures, held: Held, home: str) -> DataSet:
    sources = {figures.source(row) for row in held.rows}
    years = [row.observation.year for row in held.rows]
    licences = sorted({one.licence for one in sources})
    newest = max(one.applied_at for one in sources)
    return DataSet(
        held.ident, title_of(held.ident), _description(held), tuple(sorted({one.publisher for one in sources})),
        licences == [CC_BY], "; ".join(licences), min(years), max(years), timezone.localdate(newest),
        KEYWORDS, tuple(dump(figures, held, kind, home) for kind in KINDS),
    )  # fmt: skip


def _description(held: Held) -> Label:
    """What its measures mean."""
    measures = [MEASURES[one] for one in dict.fromkeys(row.observation.measure_id for row in held.rows)]
    texts = {
        code: " ".join(
            f"{one.name.in_language(code)}: {one.definition.in_language(code)}" for one in measures
        )
        for code in ("en", "nb", "nn")
    }
    return Label(**texts)


__all__ = ["KINDS", "Held", "catalogue", "content", "data_sets", "dump"]
