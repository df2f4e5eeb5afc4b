"""Loaded tables of scores: none is used unless a run asks for one by its number."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any

import numpy as np

from bosett.placement.problem import ScoreTable
from bosett.terms.errors import BadInput, Refused
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.queries.placement_score_report import ScoreReport, report_of
from bosett_server.records.models import PlacementScores

REFERENCE = "household_reference"
HEADS = (REFERENCE, "household_id")
"""The first column as we call it, or as `bosett outcomes` writes it: its identifiers are then our references."""


@dataclass(frozen=True)
class Loaded:
    """Scores by (household's reference, municipality); every number finite."""

    references: tuple[str, ...]
    municipalities: tuple[str, ...]
    rows: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True)
class ScoresRow:
    """One loaded table as a page tells of it; `card` is its model card, `report` None until it was measured."""

    id: int
    name: str
    file_name: str
    sha256: str
    card: Mapping[str, Any]
    report: ScoreReport | None
    counts: Mapping[str, int]
    state: str
    loaded_by: str
    loaded_at: datetime
    decided_at: datetime | None


def read_scores(content: bytes, file: str) -> Loaded:
    """A table of one row a household's reference and one column a municipality.

    Raises BadInput naming row and column for a duplicate, a blank, a missing or an infinite number.
    """
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error) as bad:
        raise BadInput(str(bad), "a table in UTF-8 with comma", file) from None
    if not rows or len(rows[0]) < 2 or rows[0][0] not in HEADS:
        raise BadInput(
            str(rows[0][:1] if rows else ""), f"{REFERENCE} and one column a municipality", file, 1
        )
    codes = tuple(rows[0][1:])
    if len(set(codes)) != len(codes) or any(not (c.isdigit() and len(c) == 4) for c in codes):
        raise BadInput("municipality columns", "each code of four figures once", file, 1)
    found: dict[str, tuple[float, ...]] = {}
    for line, row in enumerate(rows[1:], start=2):
        if not row:
            continue
        if row[0] in found or not row[0] or row[0] != row[0].strip():
            raise BadInput(repr(row[0]), "each reference once, without blanks", file, line, REFERENCE)
        if len(row) != len(rows[0]):
            raise BadInput(f"{len(row)} cells", f"{len(rows[0])} cells", file, line)
        found[row[0]] = tuple(
            _number(cell, file, line, code) for cell, code in zip(row[1:], codes, strict=True)
        )
    if not found:
        raise BadInput("no rows", "at least one household", file)
    return Loaded(tuple(found), codes, found)


def _number(cell: str, file: str, line: int, code: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        raise BadInput(repr(cell), "a number", file, line, code) from None
    if not isfinite(value):
        raise BadInput(repr(cell), "a finite number", file, line, code)
    return value


def replaced_scores(plain: ScoreTable, loaded: Loaded | None, references: Mapping[str, str]) -> ScoreTable:
    """The plain score, or the loaded table's numbers in its place: never a mix of both.

    Raises Refused `scores_lack_households` naming how many households or municipalities it lacks.
    """
    if loaded is None:
        return plain
    column = {code: place for place, code in enumerate(loaded.municipalities)}
    missing = [one for one in plain.household_ids if references[one] not in loaded.rows]
    places = [code for code in plain.municipality_ids if code not in column]
    if missing or places:
        raise Refused("scores_lack_households", {"households": len(missing), "municipalities": len(places)})
    order = [column[code] for code in plain.municipality_ids]
    values = np.array(
        [[loaded.rows[references[one]][place] for place in order] for one in plain.household_ids]
    )
    return ScoreTable(plain.household_ids, plain.municipality_ids, values.reshape(plain.values.shape))


def loaded_scores(number: int) -> Loaded:
    """The numbers of a table that may be used.  Raises NotInSight, Refused `scores_not_active`."""
    row = PlacementScores.objects.filter(pk=number).first()
    if row is None:
        raise NotInSight("not_in_sight")
    if row.state != "active":
        raise Refused("scores_not_active", {"name": row.name})
    return read_scores(bytes(row.content), row.file_name)


def score_tables(actor: Actor, *, state: str = "") -> list[ScoresRow]:
    """Every loaded table, the newest first."""
    rows = PlacementScores.objects.defer("content").select_related("loaded_by").order_by("-id")
    return [_row(one) for one in (rows.filter(state=state) if state else rows)]


def score_table(actor: Actor, number: int) -> ScoresRow:
    """One table.  Raises NotInSight."""
    row = PlacementScores.objects.defer("content").select_related("loaded_by").filter(pk=number).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return _row(row)


def _row(one: PlacementScores) -> ScoresRow:
    return ScoresRow(
        one.pk, one.name, one.file_name, one.sha256, one.card, report_of(one.report) if one.report else None,
        one.counts, one.state, one.loaded_by.get_full_name() or one.loaded_by.username, one.loaded_at, one.decided_at,
    )  # fmt: skip
