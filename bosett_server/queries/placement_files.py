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

from bosett.outputs.placement_answer import (
    BEFORE,
    RULES,
    fill_answer,
    fill_given_homes,
    fill_homes,
    fill_instance,
    summary_of,
)
from bosett.outputs.placement_seal import changed_files
from bosett.placement.given import Breach, GivenAnswer
from bosett.placement.homes import share_homes
from bosett.placement.problem import BlockTable, Exclusion, Objective, Problem
from bosett.placement.result import Assignment, Level, LevelCertificate, Placement, Price, Unplaced
from bosett.placement.verify import verify
from bosett.placement.verify_homes import HomesOffered, verify_homes
from bosett.sources.placement_instance import read_problem
from bosett.sources.verify_answer import read_answer, read_object
from bosett.sources.verify_homes import read_given_homes, read_homes
from bosett.sources.verify_instance import read_instance

ANSWER = ("placements.csv", "prices.csv", "certificate.json", "summary.json", "homes.csv")
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


def pack_instance(
    problem: Problem, before: Mapping[str, str | None] | None = None, homes: HomesOffered | None = None
) -> bytes:
    """The problem as the contract's tables; each exclusion with its rule and what was proposed `before` beside."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        fill_instance(folder, problem, before)
        if homes is not None:
            fill_homes(folder, homes)
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


def read_packed_before(packed: bytes) -> dict[str, str | None]:
    """What was proposed before the run, by household; empty for the first run."""
    told = unpack(packed).get(BEFORE)
    if told is None:
        return {}
    rows = csv.DictReader(io.StringIO(told.decode("utf-8")))
    return {row["household_id"]: row["municipality_id"] or None for row in rows}


def read_packed_homes(packed: bytes) -> HomesOffered | None:
    """Homes that the run knew of; None where it was not asked to place in homes."""
    with _folder(packed) as folder:
        return read_homes(folder)


def homes_given(answer: Placement, homes: HomesOffered | None) -> dict[str, str]:
    """Household -> home, by the answer; the same every time."""
    return {} if homes is None else share_homes(answer.by_household, homes.needs, homes.homes)


def pack_answer(answer: Placement, homes: HomesOffered | None = None) -> bytes:
    """What `bosett place` writes, but for the timing; and who gets which home, where homes were asked for."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        fill_answer(folder, answer, (), summary_of(answer.problem, answer), 0.0)
        if homes is not None:
            fill_given_homes(folder, homes_given(answer, homes))
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
        told, homes = read_answer(found, summary), read_homes(given)
        breaches = (*changed, *verify(read_instance(given, None, None), told))
        if homes is None:
            return breaches
        where = {one.household_id: one.municipality_id for one in told.placements}
        return (*breaches, *verify_homes(where, homes.needs, homes.homes, read_given_homes(found)))


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
