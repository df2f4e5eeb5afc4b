"""An answer as the files of `bosett place`, and the problem it answers as the tables of the contract."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bosett import __version__
from bosett.outputs.placement_seal import seal_summary
from bosett.outputs.tables import Cell, fill_table
from bosett.placement.curve import CurvePoint
from bosett.placement.fingerprint import fingerprint
from bosett.placement.problem import PERSONS, Problem
from bosett.placement.result import Placement
from bosett.placement.shares import group_shares
from bosett.placement.verify_homes import HomesOffered

RULES = "rules.csv"
"""Each exclusion with its rule, beside the contract's tables."""
BEFORE = "before.csv"
"""What was proposed before: of answers that count as equal, the one that moves fewest from it is taken."""


def fill_answer(
    folder: Path, answer: Placement, curve: Sequence[CurvePoint], summary: Mapping[str, Any], started: float
) -> None:
    """Write the answer's files into a folder; all but the timing are the same bytes for the same answer."""
    fill_table(
        folder / "placements.csv",
        ["household_id", "municipality_id", "score", "reason"],
        [(one.household_id, one.municipality_id, one.score, one.reason) for one in answer.assignments],
    )
    fill_table(
        folder / "prices.csv",
        ["municipality_id", "dimension", "capacity", "used", "price"],
        [
            (
                one.municipality_id,
                one.dimension,
                "unlimited" if one.capacity is None else one.capacity,
                one.used,
                one.price,
            )
            for one in answer.prices
        ],
    )
    if curve:
        columns = ["floor", "placed_persons", "score", "score_bound", "worst_share", "price"]
        rows = [[getattr(one, name) for name in columns] for one in curve]
        fill_table(folder / "fairness_curve.csv", columns, rows)
    _write_json(folder / "certificate.json", _certificate(answer))
    _write_json(folder / "summary.json", seal_summary(folder, summary))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = time.perf_counter() - started
    _write_json(folder / "timing.json", {"seconds": round(seconds, 3), "peak_rss_mb": round(peak_mb, 1)})


def _certificate(answer: Placement) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "bound": one.bound,
            "prices": {place: dict(prices) for place, prices in one.prices.items()},
            "mu": dict(one.mu),
            "lambda": dict(one.groups),
        }
        for one in answer.certificates
    ]


def summary_of(problem: Problem, answer: Placement) -> dict[str, Any]:
    """What the summary says before it is sealed."""
    where = answer.by_household
    return {
        "levels": [{"name": one.name, "value": one.value, "bound": one.bound} for one in answer.levels],
        "score": answer.score,
        "score_bound": answer.score_bound,
        "gap": answer.gap,
        "placed_persons": answer.placed_persons,
        "persons": sum(one.persons for one in problem.households),
        "placed_households": sum(place is not None for place in where.values()),
        "households": len(where),
        "group_shares": group_shares(problem, answer),
        "solver_bound": answer.solver_bound,
        "proven": answer.proven,
        "objective": answer.objective.value,
        "seed": answer.seed,
        "version": __version__,
        "instance_sha256": fingerprint(problem),
        "fairness_floor": answer.fairness_floor,
        "score_floor": answer.score_floor,
        "best_score": answer.best_score,
    }


def _write_json(path: Path, content: Mapping[str, Any] | list[dict[str, Any]]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n", "utf-8")


def fill_instance(folder: Path, problem: Problem, before: Mapping[str, str | None] | None = None) -> None:
    """Write the problem's tables into a folder: the same bytes for the same problem.

    Parameters
    ----------
    before
        What was proposed before, by household; written beside the tables when there is any.
    """
    for name, columns, rows in _tables(problem):
        fill_table(folder / name, columns, rows)
    if before:
        told: list[list[Cell]] = [[one, place or ""] for one, place in sorted(before.items())]
        fill_table(folder / BEFORE, ["household_id", "municipality_id"], told)


def fill_homes(folder: Path, told: HomesOffered) -> None:
    """Write what a run knows of homes beside its tables: `home_offers.csv` and `home_needs.csv`."""
    offers: list[list[Cell]] = [
        [one.home_id, one.municipality_id, one.bedrooms, int(one.step_free)]
        for one in sorted(told.homes, key=lambda one: one.home_id)
    ]
    fill_table(folder / "home_offers.csv", ["home_id", "municipality_id", "bedrooms", "step_free"], offers)
    needs: list[list[Cell]] = [
        [name, one.bedrooms, int(one.step_free)] for name, one in sorted(told.needs.items())
    ]
    fill_table(folder / "home_needs.csv", ["household_id", "bedrooms", "step_free"], needs)


def fill_given_homes(folder: Path, given: Mapping[str, str]) -> None:
    """Write which household got which home: `homes.csv`."""
    rows: list[list[Cell]] = [[household, home] for household, home in sorted(given.items())]
    fill_table(folder / "homes.csv", ["household_id", "home_id"], rows)


def _tables(problem: Problem) -> Iterator[tuple[str, list[str], list[list[Cell]]]]:
    names = [name for name in problem.dimensions if name != PERSONS]
    places = list(problem.dimensions)
    yield "municipalities.csv", ["municipality_id", "name", *(f"capacity_{d}" for d in places)], [
        [m.municipality_id, m.name, *("unlimited" if m.capacities[d] is None else m.capacities[d] for d in places)]
        for m in problem.municipalities
    ]  # fmt: skip
    columns = [
        "household_id",
        "persons",
        *(f"use_{d}" for d in names),
        "group",
        "link",
        "ready_since",
        "tier",
    ]
    yield "households.csv", columns, [
        [h.household_id, h.persons, *(h.use(d) for d in names), h.group, h.link, h.ready_since, h.tier]
        for h in problem.households
    ]  # fmt: skip
    codes = ["household_id", *problem.municipality_ids]
    pairs = list(zip(problem.household_ids, problem.scores.values.tolist(), strict=True))
    yield "scores.csv", codes, [[one, *row] for one, row in pairs]
    if problem.allowed is not None:
        allowed = zip(problem.household_ids, problem.allowed.tolist(), strict=True)
        yield "allowed.csv", codes, [[one, *row] for one, row in allowed]
        yield RULES, ["household_id", "municipality_id", "rule"], list(_exclusions(problem))
    if problem.locks:
        told = sorted((lock.household_id, lock.municipality_id or "") for lock in problem.locks)
        yield "locks.csv", ["household_id", "municipality_id"], [list(one) for one in told]
    if problem.wishes:
        wished = sorted((one.household_id, one.rank, one.municipality_id) for one in problem.wishes)
        yield "wishes.csv", ["household_id", "rank", "municipality_id"], [list(one) for one in wished]


def _exclusions(problem: Problem) -> Iterator[list[Cell]]:
    for row, home in enumerate(problem.household_ids):
        for column in problem.rules.bits[row].nonzero()[0]:
            for rule in problem.rules.named(int(problem.rules.bits[row, column])):
                yield [home, problem.municipality_ids[column], rule]
