"""`bosett forecast`, `backtest`, `score-ledger` and `simulate`: files, exit codes, bad input by name."""

from __future__ import annotations

import csv
import json
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from bosett.cli import main

LEDGER = Path(__file__).resolve().parents[3] / "parameters" / "forecast" / "ledger.csv"


@pytest.fixture(autouse=True)
def _library_may_warn() -> Iterator[None]:
    """The kept library's own imports warn; that is not our promise."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def written(folder: Path, lines: list[str]) -> Path:
    path = folder / "s.csv"
    path.write_text("\n".join(["month,value", *lines]) + "\n", "utf-8")
    return path


def months(count: int) -> list[str]:
    return [f"{2015 + n // 12}-{n % 12 + 1:02},{100 + (n * 37) % 50}" for n in range(count)]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_forecast_has_a_row_a_month_with_ordered_quantiles_and_repeats_byte_for_byte(
    tmp_path: Path,
) -> None:
    series = written(tmp_path, months(40))
    for name in ("a.csv", "b.csv"):
        assert main(["forecast", str(series), "--horizon", "3", "--out", str(tmp_path / name)]) == 0
    rows = rows_of(tmp_path / "a.csv")
    names = ["p01", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "p99"]
    assert list(rows[0]) == ["month", "mean", *names]
    assert [row["month"] for row in rows] == ["2018-05", "2018-06", "2018-07"]
    assert all([float(row[n]) for n in names] == sorted(float(row[n]) for n in names) for row in rows)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_groups_split_the_mean_and_sum(tmp_path: Path) -> None:
    out = tmp_path / "f.csv"
    series = written(tmp_path, months(40))
    told = ["--group", "collective=0.7", "--group", "asylum=0.2", "--group", "quota=0.1"]
    assert main(["forecast", str(series), "--horizon", "2", "--out", str(out), *told]) == 0
    for row in rows_of(out):
        parts = [float(row[f"mean_{name}"]) for name in ("collective", "asylum", "quota")]
        assert sum(parts) == pytest.approx(float(row["mean"]))


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([*months(6), *months(12)[7:]], "column month: found no row for 2015-07"),
        ([*months(12), "2015-12,5"], "found the month 2015-12 twice"),
        ([line.partition(",")[0] + ",0" for line in months(12)], "a series of zeros only"),
        (months(3), "a series of 3 months"),
        ([*months(12), "2016-01,"], "row 14, column value"),
        ([*months(12), "2016-01,-3"], "row 14, column value"),
        ([*months(12), "january,3"], "row 14, column month"),
    ],
)
def test_a_series_that_cannot_be_is_bad_input_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lines: list[str], told: str
) -> None:
    out = tmp_path / "f.csv"
    assert main(["forecast", str(written(tmp_path, lines)), "--horizon", "3", "--out", str(out)]) == 2
    assert told in capsys.readouterr().err
    assert not out.exists()


def test_other_countries_join_the_models_and_each_is_named_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    series, out = written(tmp_path, months(40)), tmp_path / "f.csv"
    other = tmp_path / "se.csv"
    other.write_text("\n".join(["month,value", *months(41)]) + "\n", "utf-8")
    asked = ["forecast", str(series), "--horizon", "2", "--out", str(out), "--json"]
    assert main([*asked, "--with", f"Sweden={other}"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["with"] == ["Sweden"]
    assert told["weights"]["joint"] > 0
    for wrong in (["--with", "Sweden"], ["--with", f"a={other}", "--with", f"a={other}"]):
        out.unlink(missing_ok=True)
        assert main([*asked, *wrong]) == 2
        assert "--with" in capsys.readouterr().err
        assert not out.exists()


@pytest.mark.parametrize(
    ("more", "blamed"),
    [
        (["--horizon", "0"], "--horizon: found a horizon of 0 months"),
        (["--horizon", "2", "--shift", "2019-01=1.5"], "--shift-reason: found a shift without a reason"),
        (["--horizon", "2", "--shift", "2019-01=0", "--shift-reason", "x"], "--shift: found a shift by 0"),
    ],
)
def test_an_option_that_cannot_be_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], blamed: str
) -> None:
    out = tmp_path / "f.csv"
    assert main(["forecast", str(written(tmp_path, months(40))), "--out", str(out), *more]) == 2
    assert blamed in capsys.readouterr().err
    assert not out.exists()


def test_group_shares_that_do_not_sum_are_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    series, out = written(tmp_path, months(40)), tmp_path / "f.csv"
    arguments = ["forecast", str(series), "--horizon", "2", "--out", str(out), "--group", "a=0.5"]
    assert main([*arguments, "--group", "b=0.4"]) == 2
    assert "group shares that sum to 0.9 (a 0.5 + b 0.4)" in capsys.readouterr().err


def test_a_backtest_tells_each_model_over_all_and_by_horizon(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    series = written(tmp_path, months(48))
    assert main(["backtest", str(series), "--horizon", "3", "--origins", "4", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    for name in ("bosett", "seasonal_naive", "random_walk", "auto_ets"):
        assert {"crps", "mase", "cover80", "cover90", "cover98", "by_horizon"} == set(told[name])
        steps = told[name]["by_horizon"]
        assert [step["horizon"] for step in steps] == [1, 2, 3]
        assert sum(step["crps"] for step in steps) / 3 == pytest.approx(told[name]["crps"])
    assert (told["first_scored_month"], told["last_scored_month"]) == ("2018-07", "2018-12")


def test_the_ledger_is_scored_by_lead(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score-ledger", str(LEDGER), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["ranges_held"], told["ranges"]) == (11, 16)
    assert told["by_lead"]["year_before"]["points"] == 9
    assert told["by_lead"]["same_year"]["points"] == 18


def test_a_ledger_row_upside_down_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "l.csv"
    path.write_text("made,target,series,low,point,high,actual\n2016-01,2016,a,9,5,10,7\n", "utf-8")
    assert main(["score-ledger", str(path)]) == 2
    assert "row 2, column high: found 9 > 5 > 10" in capsys.readouterr().err


@pytest.fixture
def example(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["simulate", "--example"]) == 0
    path = tmp_path / "scenario.yaml"
    path.write_text(capsys.readouterr().out.replace("weeks: 260", "weeks: 30", 1), "utf-8")
    return path


def test_the_example_runs_and_the_same_seed_gives_the_same_bytes_for_any_number_of_workers(
    tmp_path: Path, example: Path
) -> None:
    for workers in ("1", "2", "8"):
        out = tmp_path / workers
        arguments = ["simulate", str(example), "--draws", "1300", "--seed", "4", "--out", str(out)]
        assert main([*arguments, "--workers", workers]) == 0
    for name in ("quantiles.csv", "costs.csv", "summary.json"):
        assert len({(tmp_path / workers / name).read_bytes() for workers in ("1", "2", "8")}) == 1
    summary = json.loads((tmp_path / "1" / "summary.json").read_text("utf-8"))
    assert summary["in_minus_settled_left_waiting_in_reception"] == {"lowest": 0, "highest": 0}
    means = summary["means"]
    rest = means["in"] - means["settled"] - means["left"] - means["waiting"] - means["in_reception"]
    assert rest == pytest.approx(0, abs=1e-4)
    header = "week,quantity,group,p01,p05,p25,p50,p75,p95,p99,mean,sd"
    assert (tmp_path / "1" / "quantiles.csv").read_text("utf-8").startswith(header + "\n")
    costs = rows_of(tmp_path / "1" / "costs.csv")
    assert list(costs[0]) == ["policy", "item", "mean_nok", "p05", "p50", "p95", "p99"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("to: 2026-08-31", "to: 2025-08-31", "contract 3 of ordinary: from 2025-09-01 to 2025-08-31"),
        ("locked_until: 2026-06-01", "locked_until: 2020-06-01", "contract 2 of ordinary: locked until"),
        ("place: care_centre", "place: hotel", "place 'hotel' of group em_under15"),
        ("weeks: 30", "weeks: many", "weeks of the scenario: 'many'"),
        ("start: 2026-01-05", "start: 2026-01-06", "a Monday"),
        ("spread: 0.4", "sprad: 0.4", "the key 'sprad' in em_under15"),
        ("buffer: 0.15 ", "most_places: {care_centre: 2} ", "policy today: at most 2 places of care_centre"),
    ],
)
def test_a_scenario_that_cannot_be_is_bad_input_and_nothing_is_written(
    tmp_path: Path, example: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, told: str
) -> None:
    text = example.read_text("utf-8")
    assert old in text
    example.write_text(text.replace(old, new), "utf-8")
    out = tmp_path / "out"
    arguments = ["simulate", str(example), "--draws", "10", "--out", str(out), "--workers", "1"]
    assert main(arguments) == 2
    refused = capsys.readouterr().err
    assert told in refused
    assert str(example) in refused
    assert not out.exists()


@pytest.mark.parametrize(("option", "found"), [("--draws", "0"), ("--seed", "-1"), ("--workers", "0")])
def test_an_option_of_a_simulation_that_cannot_be_is_named(
    tmp_path: Path, example: Path, capsys: pytest.CaptureFixture[str], option: str, found: str
) -> None:
    told = {"--draws": "10", "--seed": "1", "--workers": "1", "--out": str(tmp_path / "out")} | {
        option: found
    }
    assert main(["simulate", str(example), *(part for pair in told.items() for part in pair)]) == 2
    assert f"{option}: found {found}" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_municipal_answers_are_followed_by_municipality(tmp_path: Path, example: Path) -> None:
    towns = tmp_path / "votes.csv"
    lines = [f"{1100 + n},2026,{n},{n + 20},{n + 40},{n + 50},{n + 60}" for n in range(30)]
    towns.write_text("\n".join(["municipality_id,year,p05,p25,p50,p75,p95", *lines]) + "\n", "utf-8")
    out = tmp_path / "out"
    arguments = ["simulate", str(example), "--draws", "20", "--out", str(out), "--workers", "1"]
    assert main([*arguments, "--municipalities", str(towns)]) == 0
    rows = rows_of(out / "municipal.csv")
    assert len(rows) == 30 * 30
    last = [row for row in rows if row["week"] == "29"]
    summary = json.loads((out / "summary.json").read_text("utf-8"))
    assert sum(float(row["mean"]) for row in last) == pytest.approx(summary["means"]["settled"], abs=1e-3)
