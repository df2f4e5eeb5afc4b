"""`bosett distribute`: counties, reasons in words, hand adjustments, missing indicators named, shortfalls."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from bosett.cli.main import main

CRITERIA = "weights:\n  population: 0.5\n  jobs: 0.5\n"
TWINS = """municipality_id,name,county,population,jobs,fixed,reason,no_em
3101,First,31,100,100,,,
3103,Second,31,100,0,,,1
3301,Third,33,100,100,,,
3303,Fourth,33,100,300,,,
"""


class Desk:
    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "out.csv"
        self.municipalities, self.criteria = folder / "municipalities.csv", folder / "criteria.yaml"
        self.municipalities.write_text(TWINS)
        self.criteria.write_text(CRITERIA)

    def run(self, *more: str, need: str = "400") -> int:
        files = ("--municipalities", str(self.municipalities), "--criteria", str(self.criteria))
        return main(["distribute", "--need", need, *files, "--out", str(self.out), *more])

    def rows(self, file: str = "out.csv") -> list[dict[str, str]]:
        with (self.folder / file).open(encoding="utf-8", newline="") as opened:
            return list(csv.DictReader(opened))

    def column(self, name: str) -> list[str]:
        return [row[name] for row in self.rows()]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_county_step_is_a_column_and_its_cost_is_told(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """By hand in tests/bosett/distribution/test_counties.py."""
    assert desk.run("--through-counties", "--json") == 0
    assert desk.column("asked") == ["90", "50", "90", "170"]
    assert desk.column("through_county") == ["105", "35", "97", "163"]
    told = json.loads(capsys.readouterr().out)["counties"]
    assert told == {
        "needs": {"31": 140, "33": 260},
        "persons_moved": 22,
        "least_per_direct_share": {"3103": 0.7},
        "most_per_direct_share": {"3101": 1.1667},
    }


def test_what_the_criteria_do_is_told(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.run("--json") == 0
    told = json.loads(capsys.readouterr().out)
    # Everybody has the same population, so that it explains nothing and varies with nothing.
    assert told["explained_by_population"] == {"population": None, "jobs": None}
    # One point more of population: 0.02 x (100 - 170) = -1.4 for Fourth, and 1.4 to the others.
    assert told["weight_effects"]["population"]["moved_persons"] == 1.4
    assert told["weight_effects"]["population"]["most_changed"]["3303"] == -1.4


def test_reasons_in_words_are_written_in_three_languages(desk: Desk) -> None:
    assert desk.run("--explain", str(desk.folder / "why.csv")) == 0
    why = {(row["municipality_id"], row["language"]): row["explanation"] for row in desk.rows("why.csv")}
    assert len(why) == 12
    assert why["3101", "nb"].startswith("First anmodes om å bosette 90 av 400 personer. Folketallet gir 50")
    assert "First blir oppmoda om å busetje 90 av 400 personar." in why["3101", "nn"]
    assert "First is asked to settle 90 of 400 persons." in why["3101", "en"]


def test_a_number_set_by_hand_is_kept_with_its_reason(desk: Desk) -> None:
    desk.municipalities.write_text(
        TWINS.replace("3101,First,31,100,100,,", "3101,First,31,100,100,40,So agreed")
    )
    assert desk.run() == 0
    # 360 by 50, 90 and 170 of 310.
    assert desk.column("asked") == ["40", "58", "105", "197"]
    assert [desk.column("bound")[0], desk.column("reason")[0]] == ["by_hand", "So agreed"]


def test_deductions_have_columns_by_cause_and_are_told(desk: Desk) -> None:
    desk.municipalities.write_text(
        "municipality_id,name,county,population,jobs,deduct,deduct_centre\n3101,A,31,1,1,10,20\n3301,B,33,1,1,,\n"
    )
    assert desk.run("--explain", str(desk.folder / "why.csv"), need="100") == 0
    # 20 and 50, rescaled to 28.57 and 71.43.
    assert desk.column("asked") == ["29", "71"]
    assert "Fradrag for vertskap for asylmottak: 20 personer." in desk.rows("why.csv")[0]["explanation"]


def test_one_that_is_not_asked_for_a_group_gets_none_of_it(desk: Desk) -> None:
    assert desk.run("--need-group", "em=35") == 0
    # 35 by 90, 90 and 170 of 350.
    assert desk.column("em") == ["9", "0", "9", "17"]


def test_transformations_and_caps_on_a_criterion_are_read(desk: Desk) -> None:
    desk.criteria.write_text("weights:\n  - {column: jobs, weight: 1, transform: rank, at_most: 0.4}\n")
    assert desk.run(need="100") == 0
    # Ranks 1.5, 0, 1.5 and 3 of 6; Fourth is held at 0.4 and the two share 0.6.
    assert desk.column("asked") == ["30", "0", "30", "40"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "Second,31,100,0",
            "Second,31,100,",
            ("row 3", "column jobs", "1 of 4", "3103 (row 3)", "never taken"),
        ),
        ("First,31,100,100,,", "First,31,100,100,5,", ("row 2", "column reason", "a reason")),
        ("First,31,100,100,,", "First,31,100,100,,why", ("row 2", "column fixed")),
        ("First,31,100,100,,", "First,31,100,100,-5,why", ("row 2", "column fixed", "0 or more")),
        ("Second,31,100,0,,,1", "Second,31,100,0,,,maybe", ("row 3", "column no_em")),
    ],
)
def test_bad_cells_are_named_and_nothing_is_written(
    desk: Desk, capsys: pytest.CaptureFixture[str], old: str, new: str, told: tuple[str, ...]
) -> None:
    desk.municipalities.write_text(TWINS.replace(old, new))
    assert desk.run("--need-group", "em=3") == 2
    assert not desk.out.exists()
    err = capsys.readouterr().err
    for words in told:
        assert words in err


def test_every_municipality_that_lacks_an_indicator_is_named(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.municipalities.write_text(TWINS.replace(",100,0,", ",100,,").replace(",100,300,", ",100,,"))
    assert desk.run() == 2
    assert "2 of 4 municipalities: 3103 (row 3), 3303 (row 5)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("weights:\n  - {column: jobs, weight: 1, transform: log}\n", "as_is, square_root, rank"),
        ("weights:\n  - {column: jobs, weight: 1, at_most: 0}\n", "above 0"),
        ("weights:\n  - {column: jobs, weight: 1, at_most: 2}\n", "a share from 0 to 1"),
    ],
)
def test_bad_criteria_are_named(desk: Desk, capsys: pytest.CaptureFixture[str], text: str, told: str) -> None:
    desk.criteria.write_text(text)
    assert desk.run() == 2
    assert told in capsys.readouterr().err


def test_a_need_above_the_sum_of_the_caps_says_the_shortfall(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.municipalities.write_text(
        "municipality_id,name,county,population,jobs,maximum\n3101,A,31,1,1,30\n3301,B,33,1,1,20\n"
    )
    assert desk.run(need="75") == 3
    assert "25 persons short" in capsys.readouterr().err
    assert not desk.out.exists()


def test_floors_above_the_need_and_a_cap_below_the_common_floor_are_no_answer(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.criteria.write_text(CRITERIA + "floor: 30\n")
    assert desk.run(need="100") == 3
    assert "floor" in capsys.readouterr().err
    desk.municipalities.write_text(
        "municipality_id,name,county,population,jobs,maximum\n3101,A,31,1,1,20\n3301,B,33,1,1,\n"
    )
    assert desk.run(need="100") == 3
    assert "3101 takes at most 20, the floor is 30" in capsys.readouterr().err


def test_an_explanation_file_of_another_kind_is_refused_before_any_work(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.run("--explain", str(desk.folder / "why.txt")) == 2
    assert ".csv, .xlsx, .parquet" in capsys.readouterr().err
    assert not desk.out.exists()
