"""`bosett outcomes` tells what was learned, and gives no score when it sees a gain where none can be."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from bosett.cli.exits import BAD_INPUT, DONE
from bosett.cli.main import main
from bosett.placement.outcomes.cases import COLUMNS, FEATURES
from bosett.placement.outcomes.synthetic import world


def register(path: Path, *, effect: float, seed: int = 1) -> Path:
    """A made-up register as a file."""
    made = world(np.random.default_rng(seed), 1500, 10, effect=effect)
    lines = [",".join(COLUMNS)]
    for one in made.cases:
        cells = [one.adult.household_id]
        cells += ["" if (cell := getattr(one.adult, name)) is None else f"{cell:g}" for name in FEATURES]
        lines.append(",".join([*cells, one.municipality_id, str(one.year), str(int(one.outcome)), one.group]))
    path.write_text("\n".join(lines) + "\n")
    return path


def test_scores_come_with_a_card_and_one_row_a_household(tmp_path: Path) -> None:
    past = register(tmp_path / "past.csv", effect=0.0)
    adults = tmp_path / "adults.csv"
    adults.write_text(f"household_id,{','.join(FEATURES)}\na,12,3,0,2\na,,1,0,2\nb,8,,1,1\n")
    out = tmp_path / "out"
    code = main(["outcomes", str(past), "--adults", str(adults), "--later", str(past), "--out", str(out)])
    summary = json.loads((out / "summary.json").read_text())
    assert code == DONE
    assert abs(summary["null_world"]["worst"]) <= 0.02
    assert abs(summary["gain"]["share"]) <= 0.02
    assert summary["drift"]["verdict"] == "same"
    names = [line.split(",")[0] for line in (out / "scores.csv").read_text().splitlines()]
    assert names == ["household_id", "a", "b"]
    assert "Model card" in (out / "card.md").read_text()
    assert summary["scores_sha256"] == sha256((out / "scores.csv").read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        (",group", ",religion", "religion"),
        (",1,", ",x,", "x"),
        ("h000000,", "h000000 ,", "h000000 "),
    ],
)
def test_what_is_barred_or_wrong_is_refused_by_name_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, named: str
) -> None:
    past = register(tmp_path / "past.csv", effect=0.0)
    past.write_text(past.read_text().replace(old, new, 1))
    assert main(["outcomes", str(past), "--out", str(tmp_path / "out")]) == BAD_INPUT
    assert named in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_too_few_to_tell_a_place_from_chance_are_refused(tmp_path: Path) -> None:
    past = register(tmp_path / "past.csv", effect=0.0)
    past.write_text("\n".join(past.read_text().splitlines()[:50]) + "\n")
    assert main(["outcomes", str(past), "--out", str(tmp_path / "out")]) == BAD_INPUT
