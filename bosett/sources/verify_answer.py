"""The files of an answer, as they claim to be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bosett.placement.given import GivenAnswer, GivenLevel, GivenPlacement, GivenPrice
from bosett.sources.tables import Row, read_table
from bosett.terms.errors import BadInput

TOTALS = ("placed_persons", "persons", "placed_households", "households", "score", "score_bound", "gap")


def read_answer(folder: Path, summary: Mapping[str, Any]) -> GivenAnswer:
    """Placements, levels with their certificates, prices and totals."""
    certificate = _json(folder / "certificate.json")
    listed = certificate.get("levels") if isinstance(certificate, dict) else certificate
    try:
        totals = {name: _number(summary[name]) for name in TOTALS}
        if summary.get("solver_bound") is not None:
            totals["solver_bound"] = _number(summary["solver_bound"])
        return GivenAnswer(
            placements=tuple(_placement(row) for row in _rows(folder, "placements")),
            levels=tuple(_levels(summary, listed or [])),
            prices=tuple(_price(row) for row in _rows(folder, "prices")),
            totals=totals,
            objective=str(summary["objective"]),
            group_shares={
                group: None if share is None else _number(share)
                for group, share in summary.get("group_shares", {}).items()
            },
            fairness_floor=_maybe(summary, "fairness_floor"),
            score_floor=_maybe(summary, "score_floor"),
            best_score=_maybe(summary, "best_score"),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as bad:
        allowed = "summary.json and certificate.json as bosett place writes them"
        raise BadInput(repr(bad), allowed, str(folder)) from None


def read_object(path: Path) -> dict[str, Any]:
    """A JSON object."""
    content = _json(path)
    if not isinstance(content, dict):
        raise BadInput(type(content).__name__, "a JSON object", str(path))
    return content


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as bad:
        raise BadInput(str(bad), "readable JSON", str(path)) from None


def _rows(folder: Path, name: str) -> tuple[Row, ...]:
    return read_table(folder / f"{name}.csv").rows


def _placement(row: Row) -> GivenPlacement:
    score = row.maybe_number("score")
    return GivenPlacement(
        row.identifier("household_id"),
        row.maybe_identifier("municipality_id"),
        None if score is None else float(score),
        row.raw("reason").strip(),
    )


def _price(row: Row) -> GivenPrice:
    return GivenPrice(
        row.identifier("municipality_id"),
        row.identifier("dimension"),
        None if row.raw("capacity") == "unlimited" else row.whole("capacity", 0),
        row.whole("used", 0),
        float(row.number("price", 0)),
    )


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    return float(value)


def _maybe(summary: Mapping[str, Any], name: str) -> float | None:
    return None if summary.get(name) is None else _number(summary[name])


def _levels(summary: Mapping[str, Any], certificate: Iterable[Mapping[str, Any]]) -> Iterable[GivenLevel]:
    by_name = {str(one["name"]): one for one in certificate}
    if [one["name"] for one in summary["levels"]] != list(by_name) or not by_name:
        raise ValueError("the levels of summary and certificate differ")
    for level in summary["levels"]:
        told = by_name[level["name"]]
        yield GivenLevel(
            str(level["name"]),
            _number(level["value"]),
            _number(level["bound"]),
            {
                place: {name: _number(price) for name, price in prices.items()}
                for place, prices in told["prices"].items()
            },
            {name: _number(price) for name, price in told["mu"].items()},
            {name: _number(price) for name, price in told.get("lambda", {}).items()},
            _number(told["bound"]),
        )
