"""Published figures of requests and votes as rows for the expected answers, on the borders of 2024."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bosett.decisions.vote_history import PastAnswer
from bosett.registry import Registry
from bosett.registry.codes import FIRST_DAY
from bosett.terms.errors import BadInput
from bosett.terms.observation import Observation

MEASURES = ("asked", "asked_original", "voted", "settled")
Row = dict[str, int | None]


def vote_panel(figures: Iterable[Observation], registry: Registry) -> tuple[PastAnswer, ...]:
    """One row a municipality of 2024 and year that any figure is stored for, in order.

    Merged municipalities are added up; a vote is unknown as soon as one of the parts that were asked
    has none.  A figure of a municipality that was split, or whose code is not known, is left out:
    nothing says where its persons belong.  Suppressed, awaiting and not stored are unknown.
    """
    parts: dict[tuple[str, int], dict[str, Row]] = {}
    for one in figures:
        if one.measure_id not in MEASURES or one.breakdown or one.month is not None or len(one.place) != 4:
            continue
        code = _code_today(one.place, one.year, registry)
        if code is not None:
            row = parts.setdefault((code, one.year), {}).setdefault(one.place, dict.fromkeys(MEASURES))
            if one.value is not None:
                row[one.measure_id] = int(one.value)
    return tuple(add_parts(code, year, found.values()) for (code, year), found in sorted(parts.items()))


def _code_today(code: str, year: int, registry: Registry) -> str | None:
    try:
        return registry.accept(code, max(date(year, 1, 1), FIRST_DAY))
    except BadInput:
        return None


def add_parts(code: str, year: int, parts: Iterable[Row]) -> PastAnswer:
    """The row of a municipality from those of its parts, each with every one of `MEASURES`."""
    rows = list(parts)
    asked = [row for row in rows if row["asked"] is not None]
    with_votes = asked or rows
    return PastAnswer(
        municipality=code,
        year=year,
        asked=_sum_known(rows, "asked"),
        asked_original=_sum_all(with_votes, "asked_original"),
        voted=_sum_all(with_votes, "voted"),
        settled=_sum_all(rows, "settled"),
    )


def _sum_known(rows: list[Row], measure: str) -> int | None:
    known = [value for row in rows if (value := row[measure]) is not None]
    return sum(known) if known else None


def _sum_all(rows: list[Row], measure: str) -> int | None:
    known = _sum_known(rows, measure)
    return known if all(row[measure] is not None for row in rows) else None
