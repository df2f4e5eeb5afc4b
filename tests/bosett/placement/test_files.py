"""`bosett place` writes what `bosett verify` can check, and a changed file is found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bosett.cli import place, verify
from bosett.cli.exits import BAD_INPUT, CHECK_FAILED, DONE, NO_ANSWER
from bosett.cli.main import build_parser, exit_code
from bosett.placement.problem import Problem
from bosett.terms.errors import BosettError
from tests.bosett.placement.instances import best_by_trying, tiny

REPEATED = ("placements.csv", "prices.csv", "certificate.json", "summary.json")


def write(folder: Path, problem: Problem) -> Path:
    """The problem as the folder of the file contract."""
    folder.mkdir(parents=True, exist_ok=True)
    codes, dims = problem.municipality_ids, problem.dimensions
    lines = ["municipality_id,name," + ",".join(f"capacity_{one}" for one in dims)]
    for one in problem.municipalities:
        cells = ["unlimited" if one.capacities[d] is None else str(one.capacities[d]) for d in dims]
        lines.append(",".join([one.municipality_id, one.name, *cells]))
    (folder / "municipalities.csv").write_text("\n".join(lines) + "\n")
    lines = ["household_id,persons,use_school,tier,link"]
    for row in problem.households:
        lines.append(f"{row.household_id},{row.persons},{row.use('school')},{row.tier},{row.link}")
    (folder / "households.csv").write_text("\n".join(lines) + "\n")
    for name, values in (("scores", problem.scores.values), ("allowed", 1 - problem.rules.bits.astype(int))):
        lines = [",".join(["household_id", *codes])]
        for number, row in enumerate(problem.household_ids):
            lines.append(",".join([row, *(str(cell) for cell in values[number])]))
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n")
    return folder


def command(*words: str | Path) -> int:
    """The exit code as the command line gives it."""
    try:
        read = build_parser((place, verify)).parse_args([str(word) for word in words])
        return int(read.run(read))
    except BosettError as error:
        return exit_code(error)
    except SystemExit as left:
        return int(left.code or 0)


@pytest.mark.parametrize("seed", range(6))
def test_every_answer_passes_the_check_that_shares_no_code_with_the_solver(tmp_path: Path, seed: int) -> None:
    problem = tiny(seed)
    instance, out = write(tmp_path / "in", problem), tmp_path / "out"
    assert command("place", instance, "--out", out) == DONE
    assert command("verify", instance, out) == DONE
    told = json.loads((out / "summary.json").read_text())
    best = best_by_trying(problem)
    assert [one["value"] for one in told["levels"]] == pytest.approx(best, abs=1e-6)


def test_the_same_input_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    instance = write(tmp_path / "in", tiny(3))
    for name in ("a", "b"):
        assert command("place", instance, "--out", tmp_path / name, "--seed", "5") == DONE
    for name in REPEATED:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("certificate.json", '"bound": ', '"bound": 1'),
        ("summary.json", '"placed_persons": ', '"placed_persons": 1'),
        ("summary.json", '"value": ', '"value": 1'),
        ("prices.csv", ",persons,", ",persons,1"),
    ],
)
def test_a_number_changed_by_hand_is_found(tmp_path: Path, file: str, old: str, new: str) -> None:
    instance, out = write(tmp_path / "in", tiny(3)), tmp_path / "out"
    assert command("place", instance, "--out", out) == DONE
    text = (out / file).read_text()
    assert old in text
    (out / file).write_text(text.replace(old, new, 1))
    assert command("verify", instance, out) == CHECK_FAILED


def test_a_household_moved_by_hand_is_found(tmp_path: Path) -> None:
    instance, out = write(tmp_path / "in", tiny(3)), tmp_path / "out"
    assert command("place", instance, "--out", out) == DONE
    lines = (out / "placements.csv").read_text().splitlines()
    moved = [
        line.replace(",1001,", ",1002,") if ",1001," in line else line.replace(",1002,", ",1001,")
        for line in lines
    ]
    assert moved != lines
    (out / "placements.csv").write_text("\n".join(moved) + "\n")
    assert command("verify", instance, out) == CHECK_FAILED


def broken(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("households.csv", "h0,", "h0 ,"),
        ("households.csv", "h1,", "h0,"),
        ("municipalities.csv", "unlimited", ""),
        ("municipalities.csv", "unlimited", "-1"),
        ("scores.csv", "h0,", "h99,"),
        ("scores.csv", ",1002", ",1009"),
        ("allowed.csv", "h0,1", "h0,2"),
    ],
)
def test_a_table_with_a_fault_is_refused_and_nothing_is_written(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    instance = write(tmp_path / "in", tiny(3))
    broken(instance, file, old, new)
    assert command("place", instance, "--out", tmp_path / "out") == BAD_INPUT
    assert not (tmp_path / "out").exists()


def test_locks_that_cannot_be_kept_give_no_answer(tmp_path: Path) -> None:
    instance = write(tmp_path / "in", tiny(3))
    (instance / "locks.csv").write_text("household_id,municipality_id\nh0,1001\nh0,1002\n")
    assert command("place", instance, "--out", tmp_path / "out") == NO_ANSWER
    assert not (tmp_path / "out").exists()


def test_an_objective_that_is_not_offered_is_refused(tmp_path: Path) -> None:
    instance = write(tmp_path / "in", tiny(3))
    assert command("place", instance, "--out", tmp_path / "out", "--objective", "best") == BAD_INPUT
