"""`bosett need`: parts, months, family, years and the revision rule on files; bad input by name."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from bosett.cli import main

PARTS = [
    "ready_in_reception,1800,2000,2300",
    "expected_grants,8000,11000,15000",
    "quota,500,500,500",
    "leaves,300,500,800",
]


def file(folder: Path, name: str, lines: list[str]) -> str:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_the_parts_sum_and_their_ends_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # By hand: 1 800 + 8 000 + 500 - 800 = 9 500; 2 000 + 11 000 + 500 - 500 = 13 000; 2 300 + 15 000 + 500 - 300.
    given = file(tmp_path, "p.csv", ["part,low,point,high", *PARTS])
    assert main(["need", "parts", given, "--year", "2026"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["low"], told["point"], told["high"]) == (9_500, 13_000, 17_500)


def test_a_part_that_is_left_out_is_named_and_never_taken_for_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = file(tmp_path, "p.csv", ["part,low,point,high", *PARTS[:3]])
    assert main(["need", "parts", given, "--year", "2026"]) == 2
    assert "no row for leaves" in capsys.readouterr().err


def test_permits_are_spread_over_the_months_and_nobody_is_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # By hand: a quarter at once, half after one month, a quarter after two.
    permits = file(tmp_path, "m.csv", ["month,value", "2026-01,100", "2026-02,40"])
    lags = file(tmp_path, "l.csv", ["months,persons", "0,10", "1,20", "2,10"])
    out = tmp_path / "o.csv"
    command = ["need", "months", permits, lags, "--until", "2026-02", "--out", str(out), "--json"]
    assert main(command) == 0
    assert [(row["month"], float(row["persons"])) for row in rows_of(out)] == [
        ("2026-01", 25),
        ("2026-02", 60),
    ]
    told = json.loads(capsys.readouterr().out)
    assert (told["permits"], told["settled"], told["later"], told["mean_lag_months"]) == (140, 85, 55, 1)


def test_a_lag_that_is_left_out_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    permits = file(tmp_path, "m.csv", ["month,value", "2026-01,100"])
    lags = file(tmp_path, "l.csv", ["months,persons", "0,10", "2,10"])
    out = tmp_path / "o.csv"
    assert main(["need", "months", permits, lags, "--until", "2026-02", "--out", str(out)]) == 2
    assert "no row for 1 months" in capsys.readouterr().err
    assert not out.exists()


COHORTS = [
    "municipality_id,year,settled,family",
    *(f"0301,{year},1000,100" for year in (2022, 2023, 2024)),
    *(f"3201,{year},10,0" for year in (2022, 2023, 2024)),
]


def test_a_large_municipality_follows_its_own_past_and_a_small_one_is_drawn_to_the_country(
    tmp_path: Path,
) -> None:
    # Those settled the year before count fully: 1 000 exposed and 100 came, so a tenth of 1 000 is to come.
    out = tmp_path / "f.csv"
    given = file(tmp_path, "c.csv", COHORTS)
    assert main(["need", "family", given, "--year", "2025", "--weights", "0,1", "--out", str(out)]) == 0
    oslo, small = rows_of(out)
    assert float(oslo["mean"]) == pytest.approx(100, rel=0.02)
    assert int(oslo["p10"]) < 100 < int(oslo["p90"])
    assert 0 < float(small["mean"]) < 1.0  # nobody came in its past, a tenth of ten in the country's


def test_a_year_that_has_a_weight_and_is_not_known_is_named_with_its_municipality(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = file(tmp_path, "c.csv", COHORTS)
    out = str(tmp_path / "f.csv")
    assert main(["need", "family", given, "--year", "2026", "--weights", "0,1", "--out", out]) == 2
    assert "2025 in 0301" in capsys.readouterr().err


def test_four_years_have_their_middle_at_the_point_and_grow_wider(tmp_path: Path) -> None:
    out = tmp_path / "y.csv"
    assert main(["need", "years", "--year", "2026", "--point", "16000", "--out", str(out)]) == 0
    rows = rows_of(out)
    assert [row["year"] for row in rows] == ["2026", "2027", "2028", "2029"]
    assert {row["p50"] for row in rows} == {"16000"}
    widths = [int(row["p90"]) - int(row["p10"]) for row in rows]
    assert widths == sorted(widths)
    assert widths[-1] > 2 * widths[0]


def test_the_mandate_of_the_day_decides_whether_a_need_is_divided_anew(
    capsys: pytest.CaptureFixture[str],
) -> None:
    # The mandate of 2016-17: anew when the need rises by more than 750; that of 2018-21: by a tenth.
    assert main(["need", "revision", "--first", "13000", "--now", "13751", "--on", "2017-06-01"]) == 0
    assert json.loads(capsys.readouterr().out)["due"] is True
    assert main(["need", "revision", "--first", "13000", "--now", "13750", "--on", "2017-06-01"]) == 0
    assert json.loads(capsys.readouterr().out)["due"] is False
    assert main(["need", "revision", "--first", "5000", "--now", "4500", "--on", "2019-06-01"]) == 0
    assert json.loads(capsys.readouterr().out)["due"] is True


def test_where_no_mandate_states_a_limit_there_is_no_answer() -> None:
    assert main(["need", "revision", "--first", "5000", "--now", "45000", "--on", "2024-06-01"]) == 3
