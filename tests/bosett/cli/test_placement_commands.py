"""`bosett place`, `verify` and `stream` on files: names, faults, order, threads, forged answers, the future."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks._placement_instances import Kind, instance
from benchmarks.placement_brute import tiny
from bosett.cli.main import main
from bosett.outputs.placement_seal import seal_summary
from bosett.placement.problem import BlockTable, Household, Lock, Municipality, Problem, ScoreTable
from tests.bosett.placement.folders import write_instance

FILES = ("placements.csv", "prices.csv", "certificate.json", "summary.json")
WEEK = Kind(40, municipalities=15, dimensions=3, slack=0.05, linked=0.2, batches=6)


def run(*words: str | Path) -> int:
    return main([str(word) for word in words])


def read(path: Path) -> dict[str, bytes]:
    return {name: (path / name).read_bytes() for name in FILES}


def locked_week(seed: int) -> Problem:
    """A week with a lock, on the first household alone that fits somewhere."""
    problem = instance(WEEK, seed)
    for row, home in enumerate(problem.households):
        for column, town in enumerate(problem.municipalities):
            fits = all(home.use(name) <= (held or 0) for name, held in town.capacities.items())
            if not home.link and fits and not problem.rules.bits[row, column]:
                return replace(problem, locks=(Lock(home.household_id, town.municipality_id),))
    raise AssertionError("no household fits anywhere")


@pytest.mark.parametrize("options", [(), ("--objective", "score"), ("--fairness-floor", "0.3"),
                                     ("--objective", "wishes", "--score-floor", "0.8")])  # fmt: skip
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_what_is_written_passes_the_check_for_every_objective(
    tmp_path: Path, seed: int, options: tuple[str, ...]
) -> None:
    folder = write_instance(tmp_path / "in", locked_week(seed))
    assert run("place", folder, "--out", tmp_path / "out", *options) == 0
    assert run("verify", folder, tmp_path / "out") == 0


def test_shuffled_rows_and_columns_give_the_same_bytes(tmp_path: Path) -> None:
    problem = locked_week(3)
    for order in (None, 1, 2):
        folder = write_instance(tmp_path / f"in{order}", problem, order)
        assert run("place", folder, "--out", tmp_path / f"out{order}") == 0
    assert read(tmp_path / "outNone") == read(tmp_path / "out1") == read(tmp_path / "out2")


def test_one_and_two_threads_give_the_same_bytes(tmp_path: Path) -> None:
    folder = write_instance(tmp_path / "in", instance(replace(WEEK, households=120, municipalities=60), 4))
    for threads in ("1", "2"):
        names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS")
        command = [sys.executable, "-m", "bosett.cli", "place", str(folder), "--out", str(tmp_path / threads)]
        command += ["--effort", "5"]
        subprocess.run(command, check=True, env={**os.environ, **dict.fromkeys(names, threads)})
    assert read(tmp_path / "1") == read(tmp_path / "2")


def faulty(folder: Path, file: str, row: int, column: str, cell: str) -> None:
    """Put a cell in place, by the file's row (1 = the header)."""
    lines = [line.split(",") for line in (folder / file).read_text().splitlines()]
    lines[row - 1][lines[0].index(column)] = cell
    (folder / file).write_text("".join(",".join(line) + "\n" for line in lines))


@pytest.mark.parametrize(
    ("file", "row", "column", "cell"),
    [
        ("households.csv", 3, "household_id", "h000001 "),
        ("households.csv", 3, "household_id", "h000000"),
        ("households.csv", 4, "use_school", "-1"),
        ("households.csv", 4, "persons", "-2"),
        ("households.csv", 4, "persons", ""),
        ("municipalities.csv", 2, "municipality_id", "1001"),
        ("municipalities.csv", 2, "capacity_school", ""),
        ("scores.csv", 2, "1003", "NaN"),
        ("scores.csv", 5, "1004", "inf"),
        ("scores.csv", 5, "1004", "-Infinity"),
        ("scores.csv", 6, "household_id", " h000004"),
        ("scores.csv", 6, "household_id", "h000000"),
        ("allowed.csv", 6, "1002", "2"),
        ("allowed.csv", 6, "1002", ""),
    ],
)
def test_a_fault_is_refused_with_its_file_row_and_column_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, row: int, column: str, cell: str
) -> None:
    folder = write_instance(tmp_path / "in", instance(WEEK, 5))
    faulty(folder, file, row, column, cell)
    assert run("place", folder, "--out", tmp_path / "out") == 2
    told = capsys.readouterr().err
    assert file in told
    assert column in told
    assert "row " in told
    assert not (tmp_path / "out").exists()


def test_an_empty_score_of_an_allowed_pair_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_instance(tmp_path / "in", instance(replace(WEEK, blocked=0.0), 5))
    faulty(folder, "scores.csv", 7, "1003", "")
    assert run("place", folder, "--out", tmp_path / "out") == 2
    told = capsys.readouterr().err
    assert "scores.csv, row 7, column 1003: found an empty cell" in told


@pytest.mark.parametrize("gone", ["column", "row"])
def test_a_municipality_or_household_that_has_no_scores_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], gone: str
) -> None:
    folder = write_instance(tmp_path / "in", instance(WEEK, 5))
    lines = (folder / "scores.csv").read_text().splitlines()
    kept = [line.rpartition(",")[0] for line in lines] if gone == "column" else lines[:-1]
    (folder / "scores.csv").write_text("\n".join(kept) + "\n")
    assert run("place", folder, "--out", tmp_path / "out") == 2
    told = capsys.readouterr().err
    assert "scores.csv" in told
    assert ("1014" if gone == "column" else "h000039") in told


@pytest.mark.parametrize(
    ("locks", "rule"),
    [
        ("a,1\na,2\n", "conflicting_locks"),
        ("a,1\nb,1\n", "locks_overfill"),
        ("c,1\n", "lock_not_fitting"),
        ("a,1\nd,2\n", "conflicting_locks"),
    ],
)
def test_locks_that_cannot_be_kept_are_no_answer_with_the_rule(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], locks: str, rule: str
) -> None:
    homes = (Household("a", 2, link="x"), Household("b", 2), Household("c", 9), Household("d", 1, link="x"))
    towns = (Municipality("1", "m", {"persons": 4}), Municipality("2", "m", {"persons": 4}))
    table = ScoreTable(("a", "b", "c", "d"), ("1", "2"), np.ones((4, 2)))
    folder = write_instance(tmp_path / "in", Problem(homes, towns, table))
    (tmp_path / "locks.csv").write_text("household_id,municipality_id\n" + locks)
    assert run("place", folder, "--out", tmp_path / "out", "--locks", tmp_path / "locks.csv") == 3
    assert rule in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_floor_that_no_answer_reaches_is_refused_with_the_highest_that_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Two single persons, one place worth 10 to each and one worth 4 to the second: 4 / 10 is the best worst share.
    homes = (Household("a", 1, group="g"), Household("b", 1, group="h"))
    towns = (Municipality("1", "m", {"persons": 1}), Municipality("2", "m", {"persons": 1}))
    table = ScoreTable(("a", "b"), ("1", "2"), np.array([[10.0, 0.0], [10.0, 4.0]]))
    folder = write_instance(tmp_path / "in", Problem(homes, towns, table))
    assert run("place", folder, "--out", tmp_path / "out", "--fairness-floor", "0.5") == 3
    assert "0.400000" in capsys.readouterr().err
    assert run("place", folder, "--out", tmp_path / "out", "--fairness-floor", "0.4") == 0
    assert run("verify", folder, tmp_path / "out") == 0


def reseal(out: Path) -> None:
    """Checksums made anew by a forger who knows them: only the arithmetic can find the forgery now."""
    summary = json.loads((out / "summary.json").read_text())
    plain = {key: value for key, value in summary.items() if key not in ("seal", "files_sha256")}
    (out / "summary.json").write_text(json.dumps(seal_summary(out, plain)))


def moved(out: Path, rng: np.random.Generator, keep: tuple[str, ...] = ()) -> None:
    lines = (out / "placements.csv").read_text().splitlines()
    placed = [
        n
        for n, line in enumerate(lines[1:], 1)
        if line.split(",")[1] and (not keep or line.split(",")[0] in keep)
    ]
    here = int(rng.choice(placed))
    cells = lines[here].split(",")
    cells[1] = str(rng.choice([f"{1000 + place}" for place in range(15) if f"{1000 + place}" != cells[1]]))
    lines[here] = ",".join(cells)
    (out / "placements.csv").write_text("\n".join(lines) + "\n")


def forge(out: Path, kind: str, rng: np.random.Generator, problem: Problem) -> None:
    """One forgery of the kind, with checksums made anew."""
    certificate = json.loads((out / "certificate.json").read_text())
    summary = json.loads((out / "summary.json").read_text())
    last = certificate[-1]
    if kind in ("moved household", "overfull place"):
        moved(out, rng)
    elif kind == "split link":
        moved(out, rng, tuple(one.household_id for one in problem.households if one.link))
    elif kind == "broken lock":
        moved(out, rng, tuple(one.household_id for one in problem.locks))
    elif kind == "forged price":
        place = str(rng.choice(list(last["prices"])))
        last["prices"][place]["persons"] += float(rng.uniform(0.05, 2.0))
    else:
        factor = 1 + float(rng.choice([-1, 1])) * float(rng.uniform(1e-4, 0.1))
        last["bound"] *= factor
        summary["levels"][-1]["bound"] = summary["score_bound"] = last["bound"]
        summary["gap"] = (last["bound"] - summary["score"]) / abs(last["bound"])
        summary["solver_bound"] = min(summary["solver_bound"], last["bound"])
    (out / "certificate.json").write_text(json.dumps(certificate))
    (out / "summary.json").write_text(json.dumps(summary))
    reseal(out)


KINDS = ("moved household", "forged price", "forged bound", "split link", "broken lock", "overfull place")


def test_a_hundred_of_a_hundred_forged_answers_are_rejected(tmp_path: Path) -> None:
    found = 0
    problem = locked_week(6)
    folder = write_instance(tmp_path / "in", problem)
    assert run("place", folder, "--out", tmp_path / "true") == 0
    for number in range(100):
        out = tmp_path / f"out{number}"
        out.mkdir()
        for name in (*FILES, "timing.json"):
            (out / name).write_bytes((tmp_path / "true" / name).read_bytes())
        forge(out, KINDS[number % len(KINDS)], np.random.default_rng(number), problem)
        found += run("verify", folder, out) == 4
    assert found == 100
    assert run("verify", folder, tmp_path / "true") == 0


def test_a_byte_changed_by_hand_is_found_by_the_checksums(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_instance(tmp_path / "in", locked_week(7))
    assert run("place", folder, "--out", tmp_path / "out") == 0
    text = (tmp_path / "out" / "summary.json").read_text()
    (tmp_path / "out" / "summary.json").write_text(text.replace('"seed": 0', '"seed": 1'))
    assert run("verify", folder, tmp_path / "out") == 4
    assert "file_changed: summary.json" in capsys.readouterr().err


def test_locks_from_another_file_are_checked_as_the_answer_states_them(tmp_path: Path) -> None:
    problem = locked_week(8)
    folder = write_instance(tmp_path / "in", replace(problem, locks=()))
    lock = problem.locks[0]
    (tmp_path / "locks.csv").write_text(
        f"household_id,municipality_id\n{lock.household_id},{lock.municipality_id}\n"
    )
    assert run("place", folder, "--out", tmp_path / "out", "--locks", tmp_path / "locks.csv") == 0
    assert run("verify", folder, tmp_path / "out") == 0
    assert f"{lock.household_id},{lock.municipality_id}," in (tmp_path / "out" / "placements.csv").read_text()


def decisions(out: Path) -> dict[str, str]:
    lines = (out / "placements.csv").read_text().splitlines()[1:]
    return {line.split(",")[0]: line for line in lines}


def without(problem: Problem, gone: set[str]) -> Problem:
    keep = [row for row, name in enumerate(problem.household_ids) if name not in gone]
    ids = tuple(problem.household_ids[row] for row in keep)
    table = ScoreTable(ids, problem.municipality_ids, problem.scores.values[keep])
    rules = BlockTable(problem.rules.rules, ids, problem.municipality_ids, problem.rules.bits[keep])
    return Problem(tuple(problem.households[row] for row in keep), problem.municipalities, table, rules)


@pytest.mark.parametrize("history", [True, False])
def test_removing_the_last_arrivals_changes_no_earlier_decision(tmp_path: Path, history: bool) -> None:
    problem = instance(WEEK, 9)
    links = {one.link for one in problem.households if one.arrival == 5 and one.link}
    gone = {one.household_id for one in problem.households if one.arrival == 5 or one.link in links}
    older = write_instance(tmp_path / "older", instance(WEEK, 10))
    words = ("--history", older) if history else ()
    for name, one in (("all", problem), ("fewer", without(problem, gone))):
        assert (
            run("stream", write_instance(tmp_path / name, one), *words, "--out", tmp_path / f"{name}-out")
            == 0
        )
    all_of_them, fewer = decisions(tmp_path / "all-out"), decisions(tmp_path / "fewer-out")
    assert {name: all_of_them[name] for name in fewer} == fewer
    told = json.loads((tmp_path / "all-out" / "summary.json").read_text())
    assert 0 < told["share_of_hindsight"]["persons"] <= 1 + 1e-9


def test_a_cut_below_what_is_used_stops_new_placements_and_undoes_none(tmp_path: Path) -> None:
    homes = tuple(Household(f"h{row}", 1, arrival=row) for row in range(4))
    towns = (Municipality("1", "m", {"persons": 4}), Municipality("2", "m", {"persons": 4}))
    table = ScoreTable(tuple(f"h{row}" for row in range(4)), ("1", "2"), np.array([[9.0, 1.0]] * 4))
    folder = write_instance(tmp_path / "in", Problem(homes, towns, table))
    (folder / "capacity_changes.csv").write_text("batch,municipality_id,dimension,capacity\n2,1,persons,1\n")
    assert run("stream", folder, "--method", "greedy", "--out", tmp_path / "out") == 0
    rows = [line.split(",") for line in decisions(tmp_path / "out").values()]
    assert [row[1] for row in rows] == ["1", "1", "2", "2"]
    assert [row[4] for row in rows] == ["0", "1", "2", "3"]
    told = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert told["score"] == pytest.approx(20.0)
    assert told["hindsight_score"] >= told["score"]


def test_hindsight_of_a_withdrawal_is_what_could_have_been_done(tmp_path: Path) -> None:
    homes = tuple(Household(f"h{row}", 1, arrival=row) for row in range(4))
    towns = (Municipality("1", "m", {"persons": 4}), Municipality("2", "m", {"persons": 4}))
    table = ScoreTable(tuple(f"h{row}" for row in range(4)), ("1", "2"), np.array([[9.0, 1.0]] * 4))
    folder = write_instance(tmp_path / "in", Problem(homes, towns, table))
    (folder / "capacity_changes.csv").write_text("batch,municipality_id,dimension,capacity\n2,1,persons,0\n")
    assert run("stream", folder, "--method", "greedy", "--out", tmp_path / "out") == 0
    told = json.loads((tmp_path / "out" / "summary.json").read_text())
    # With everything known only the first two can be in the first municipality: 9 + 9 + 1 + 1.
    assert told["hindsight_score"] == pytest.approx(20.0)
    assert told["share_of_hindsight"] == {"persons": 1.0, "score": 1.0}


def test_tiny_instances_of_every_kind_pass_the_check(tmp_path: Path) -> None:
    for seed in range(25):
        folder = write_instance(tmp_path / f"in{seed}", tiny(seed))
        code = run("place", folder, "--out", tmp_path / f"out{seed}")
        assert code in (0, 3)
        assert code == 3 or run("verify", folder, tmp_path / f"out{seed}") == 0
