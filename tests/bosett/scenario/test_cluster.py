"""A Dask cluster of two workers gives the bytes of one process.  Its own process, since it needs sockets."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

SCRIPT = """
import filecmp, sys
from pathlib import Path
from distributed import LocalCluster
from bosett.cli import main

if __name__ == "__main__":
    folder, scenario = Path(sys.argv[1]), sys.argv[2]
    told = ["simulate", scenario, "--draws", "2300", "--seed", "3", "--out"]
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as workers:
        assert main([*told, str(folder / "cluster"), "--cluster", workers.scheduler_address]) == 0
    assert main([*told, str(folder / "one"), "--workers", "1"]) == 0
    names = ["quantiles.csv", "costs.csv", "summary.json"]
    same, other, faults = filecmp.cmpfiles(folder / "cluster", folder / "one", names, shallow=False)
    assert (sorted(same), other, faults) == (sorted(names), [], []), (same, other, faults)
"""


@pytest.mark.slow
def test_two_dask_workers_give_the_same_bytes_as_one_process(tmp_path: Path) -> None:
    example = (ROOT / "bosett" / "cli" / "scenario.example.yaml").read_text("utf-8")
    scenario = tmp_path / "s.yaml"
    scenario.write_text(example.replace("weeks: 260", "weeks: 30", 1), "utf-8")
    script = tmp_path / "cluster.py"
    script.write_text(SCRIPT, "utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path), str(scenario)],
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
