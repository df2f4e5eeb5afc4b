"""A run's instance and answer as the files of the command line, packed into bytes and read back.

What the service stores is what `bosett place` reads and writes, so that anybody who is given the files
can compute the run again and check it without the service.
"""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bosett.cli.place import fill_answer, summary_of
from bosett.cli.placement_instance import read_problem
from bosett.cli.placement_seal import changed_files
from bosett.cli.verify_answer import read_answer, read_object
from bosett.cli.verify_instance import read_instance
from bosett.outputs.tables import Cell, fill_table
from bosett.placement.given import Breach, GivenAnswer
from bosett.placement.problem import PERSONS, BlockTable, Exclusion, Objective, Problem
from bosett.placement.result import Assignment, Level, LevelCertificate, Placement, Price, Unplaced
from bosett.placement.verify import verify

RULES = "rules.csv"
ANSWER = ("placements.csv", "prices.csv", "certificate.json", "summary.json")
_DAY = (1980, 1, 1, 0, 0, 0)
"""Inside every packed file, so that the same content gives the same bytes."""


def pack(files: Mapping[str, bytes]) -> bytes:
    """The files as one zip; the same files give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _DAY), files[name], zipfile.ZIP_DEFLATED)
    return made.getvalue()


def unpack(packed: bytes) -> dict[str, bytes]:
    """The files of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def content_sha256(packed: bytes) -> str:
    """SHA-256 over names and contents, whatever packed them."""
    digest = hashlib.sha256()
    for name, content in sorted(unpack(packed).items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def pack_instance(problem: Problem) -> bytes:
    """The problem as the contract's tables, and each exclusion with its rule in a table beside them."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        for name, columns, rows in _tables(problem):
            fill_table(folder / name, columns, rows)
        return pack(_contents(folder))


def read_packed_instance(packed: bytes) -> Problem:
    """The problem that was packed: the same fingerprint, and every exclusion with its own rule."""
    with _folder(packed) as folder:
        problem = read_problem(folder)
    rules = unpack(packed).get(RULES)
    if rules is None:
        return problem
    rows = csv.DictReader(io.StringIO(rules.decode("utf-8")))
    told = (Exclusion(row["household_id"], row["municipality_id"], row["rule"]) for row in rows)
    table = BlockTable.of(told, problem.household_ids, problem.municipality_ids)
    return replace(problem, blocked=table)


def pack_answer(answer: Placement) -> bytes:
    """What `bosett place` writes, but for the timing."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        fill_answer(folder, answer, (), summary_of(answer.problem, answer), 0.0)
        return pack({name: content for name, content in _contents(folder).items() if name in ANSWER})


def read_packed_answer(packed: bytes, problem: Problem) -> Placement:
    """The answer that was packed; it checks itself against the problem."""
    with _folder(packed) as folder:
        summary = read_object(folder / "summary.json")
        given = read_answer(folder, summary)
    reasons = [Unplaced(one.reason) if one.reason else None for one in given.placements]
    return Placement(
        problem=problem,
        objective=Objective(given.objective),
        seed=int(summary["seed"]),
        assignments=tuple(
            Assignment(one.household_id, one.municipality_id, one.score, reason)
            for one, reason in zip(given.placements, reasons, strict=True)
        ),
        levels=tuple(Level(one.name, one.value, one.bound) for one in given.levels),
        certificates=_certificates(given),
        prices=tuple(
            Price(one.municipality_id, one.dimension, one.capacity, one.used, one.price)
            for one in given.prices
        ),
        solver_bound=given.totals["solver_bound"],
        proven=bool(summary["proven"]),
        fairness_floor=given.fairness_floor,
        score_floor=given.score_floor,
        best_score=given.best_score,
    )


def check(instance: bytes, answer: bytes) -> tuple[Breach, ...]:
    """What `bosett verify` finds wrong with these files: no solver and no code of the solver."""
    with _folder(instance) as given, _folder(answer) as found:
        summary = read_object(found / "summary.json")
        changed = [Breach("file_changed", name) for name in changed_files(found, summary)]
        return (*changed, *verify(read_instance(given, None, None), read_answer(found, summary)))


def _certificates(given: GivenAnswer) -> tuple[LevelCertificate, ...]:
    return tuple(
        LevelCertificate(one.name, one.certified, one.prices, one.mu, one.groups) for one in given.levels
    )


@contextmanager
def _folder(packed: bytes) -> Iterator[Path]:
    """The files on disk while they are read."""
    with TemporaryDirectory() as made:
        for name, content in unpack(packed).items():
            (Path(made) / Path(name).name).write_bytes(content)
        yield Path(made)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


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
