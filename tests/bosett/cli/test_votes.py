"""`bosett votes`: columns, the past only, exit codes and files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from bosett.cli.main import main

HEADER = "municipality_id,year,asked,asked_original,voted,settled\n"
PANEL = HEADER + "".join(
    f"{code},{year},{asked},,{asked // 2},\n"
    for year in (2015, 2016, 2017)
    for code, asked in (("0301", 200), ("4601", 100), ("4222", 10))
)
ASKED = "municipality_id,year,asked\n4601,2018,60\n0301,2018,100\n"


class Desk:
    def __init__(self, folder: Path) -> None:
        self.panel, self.asked, self.out = folder / "panel.csv", folder / "asked.csv", folder / "out.csv"
        self.panel.write_text(PANEL)
        self.asked.write_text(ASKED)

    def run(self, *more: str) -> int:
        files = ("--panel", str(self.panel), "--asked", str(self.asked), "--out", str(self.out))
        return main(["votes", *files, *more])

    def rows(self) -> list[dict[str, str]]:
        with self.out.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_each_asked_municipality_gets_its_quantiles(desk: Desk) -> None:
    assert desk.run() == 0
    rows = desk.rows()
    assert list(rows[0]) == ["municipality_id", "year", "p05", "p25", "p50", "p75", "p95"]
    # Every council voted half in every year.
    assert {row["municipality_id"]: float(row["p50"]) for row in rows} == {"0301": 50, "4601": 30}


def test_json_holds_the_quantiles_of_the_national_sum(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.run("--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [round(told[name]) for name in ("p05", "p50", "p95")] == [79, 80, 81]
    assert told["years"]["2018"]["asked"] == 160


def test_rows_of_the_asked_year_change_nothing(desk: Desk) -> None:
    desk.run()
    before = desk.out.read_bytes()
    desk.panel.write_text(PANEL + "0301,2018,100,300,300,300\n0301,2019,1,,1,1\n")
    assert desk.run() == 0
    assert desk.out.read_bytes() == before


def test_several_years_are_each_fitted_on_the_years_before_them(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.asked.write_text(ASKED + "0301,2016,100\n")
    assert desk.run("--json") == 0
    told = json.loads(capsys.readouterr().out)["years"]
    assert list(told["2016"]["year_weights"]) == ["2015"]
    assert [row["year"] for row in desk.rows()] == ["2016", "2018", "2018"]


def test_merged_municipalities_under_their_old_codes_are_added_up(desk: Desk) -> None:
    # Oppegård 0217 and Ski 0213 became Nordre Follo in 2020, 3207 since 2024.
    old = "0217,2016,10,,10,\n0213,2016,30,,30,\n"
    desk.panel.write_text(HEADER + old + "0217,2017,10,,10,\n0213,2017,30,,30,\n")
    desk.asked.write_text("municipality_id,year,asked\n3207,2024,50\n")
    assert desk.run() == 0
    assert desk.rows()[0]["p50"] == "50.0"


def test_an_old_code_is_given_back_as_it_was_written(desk: Desk) -> None:
    desk.asked.write_text("municipality_id,year,asked\n0213,2018,50\n")
    assert desk.run() == 0
    assert desk.rows()[0]["municipality_id"] == "0213"


def test_no_earlier_year_is_no_answer(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.asked.write_text("municipality_id,year,asked\n0301,2015,50\n")
    assert desk.run() == 3
    assert "history" in capsys.readouterr().err
    assert not desk.out.exists()


@pytest.mark.parametrize(
    ("panel", "asked", "told"),
    [
        (PANEL + "0301,2017,1,,1,\n", ASKED, ("panel.csv", "row 11", "each municipality and year once")),
        (PANEL + "1507,2017,1,,1,\n", ASKED, ("row 11", "split into 1508 and 1580")),
        (PANEL + " 4601,2014,1,,1,\n", ASKED, ("row 11", "column municipality_id", "without blanks")),
        (PANEL + "4601,2014,x,,1,\n", ASKED, ("row 11", "column asked", "whole number")),
        (PANEL + "4601,2014,-1,,1,\n", ASKED, ("row 11", "column asked", "0 or more")),
        (PANEL + "4601,2014,1,,1.5,\n", ASKED, ("row 11", "column voted")),
        (PANEL + "4601,,1,,1,\n", ASKED, ("row 11", "column year", "empty")),
        (PANEL.replace("voted", "votes"), ASKED, ("row 1", "column voted", "no such column")),
        (PANEL, ASKED + "0301,2018,4\n", ("asked.csv", "row 4", "each municipality and year once")),
        (PANEL, ASKED + "4222,2018,\n", ("asked.csv", "row 4", "column asked", "empty")),
        (PANEL, ASKED + "4222,2018,-5\n", ("asked.csv", "row 4", "column asked")),
        (PANEL, ASKED + "4222,20181,5\n", ("asked.csv", "row 4", "column year")),
        (PANEL, "municipality_id,year,asked\n", ("asked.csv", "at least one row")),
    ],
)
def test_bad_input_names_the_place_and_nothing_is_written(
    desk: Desk, capsys: pytest.CaptureFixture[str], panel: str, asked: str, told: tuple[str, ...]
) -> None:
    desk.panel.write_text(panel)
    desk.asked.write_text(asked)
    assert desk.run() == 2
    assert not desk.out.exists()
    err = capsys.readouterr().err
    for words in told:
        assert words in err
