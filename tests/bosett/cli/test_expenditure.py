"""`bosett expenditure` to the letter of the contract, and each bad input by name."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from bosett.cli.main import main

FRAME = """municipality_id,stratum,eligible_persons,sampled,certainty,base_weight,children
0301,big,100,1,1,1,30
a,rest,10,1,0,2,3
b,rest,20,1,0,2,5
c,rest,15,1,0,2,4
d,rest,30,0,0,,9
e,rest,25,0,0,,8
f,rest,12,0,0,,2
"""
ANSWERS = """municipality_id,area,amount_nok
0301,school,1000000
a,school,105000
b,school,190000
c,school,160000
"""
REGISTER = "municipality_id,residence_year,item,amount_nok,persons\n" + "".join(
    f"{place},{year},benefit,{1000 * (6 - year)},10\n"
    for year in range(1, 6)
    for place in ("0301", *"abcdef")
)
GRANTS = "residence_year,amount_nok_per_person\n1,20000\n2,20000\n3,5000\n4,3000\n5,2000\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "round"
    made.mkdir()
    for name, text in (("frame", FRAME), ("answers", ANSWERS), ("register", REGISTER), ("grants", GRANTS)):
        (made / f"{name}.csv").write_text(text, "utf-8")
    return made


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / f"{name}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_estimate_is_the_one_worked_by_hand(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["expenditure", str(folder), "--out", str(out)]) == 0
    # (1,000,000 + 2 x 455,000) / (100 + 2 x 45) = 1,910,000 / 190.
    (row,) = table(out / "estimates.csv")
    value = 1_910_000 / 190
    assert list(row) == ["area", "per_person_nok", "standard_error", "low95", "high95", "respondents"]
    assert float(row["per_person_nok"]) == pytest.approx(value)
    # z = 2 (y - R x) / 190; variance = (1 - 3/6) (3/2) sum (z - mean z)^2; the certain one adds none.
    z = [2 * (y - value * x) / 190 for y, x in ((105_000, 10), (190_000, 20), (160_000, 15))]
    mean = sum(z) / 3
    error = (0.5 * 1.5 * sum((one - mean) ** 2 for one in z)) ** 0.5
    assert float(row["standard_error"]) == pytest.approx(error)
    assert float(row["low95"]) == pytest.approx(value - 1.959963984540054 * error)
    assert float(row["high95"]) == pytest.approx(value + 1.959963984540054 * error)
    assert row["respondents"] == "4"


def test_coverage_is_the_grant_over_five_years_of_survey_and_register(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["expenditure", str(folder), "--out", str(out)]) == 0
    told = json.loads((out / "coverage.json").read_text("utf-8"))
    # Register: 500 + 400 + 300 + 200 + 100 a person; grant 50,000.
    expenditure = 5 * 1_910_000 / 190 + 1500
    assert told["expenditure_5y_nok"] == pytest.approx(expenditure)
    assert told["grant_5y_nok"] == 50_000
    assert told["coverage"] == pytest.approx(50_000 / expenditure)
    spread = 1.959963984540054 * told["expenditure_5y_se"]
    assert told["coverage_low95"] == pytest.approx(50_000 / (expenditure + spread))
    assert told["coverage_high95"] == pytest.approx(50_000 / (expenditure - spread))
    years = table(out / "residence_years.csv")
    assert [float(one["per_person_nok"]) for one in years] == [500, 400, 300, 200, 100]
    assert {float(one["standard_error"]) for one in years} == {0.0}


def test_no_answer_is_listed_and_the_others_stand_for_it(folder: Path, tmp_path: Path) -> None:
    change(folder, "answers", "c,school,160000\n", "")
    out = tmp_path / "out"
    assert main(["expenditure", str(folder), "--out", str(out)]) == 0
    (row,) = table(out / "estimates.csv")
    # Two of six now weigh 3 each: (1,000,000 + 3 x 295,000) / (100 + 3 x 30).
    assert float(row["per_person_nok"]) == pytest.approx(1_885_000 / 190)
    silent = [one for one in table(out / "checks.csv") if one["rule"] == "no_answer"]
    assert [(one["municipality_id"], one["area"], one["value"]) for one in silent] == [("c", "school", "")]


def test_thousands_instead_of_kroner_are_flagged_by_name(folder: Path, tmp_path: Path) -> None:
    change(folder, "answers", "b,school,190000", "b,school,190")
    out = tmp_path / "out"
    assert main(["expenditure", str(folder), "--out", str(out)]) == 0
    flagged = [one for one in table(out / "checks.csv") if one["rule"] == "thousands"]
    assert [(one["municipality_id"], float(one["value"])) for one in flagged] == [("b", 190)]


def test_one_answer_of_a_stratum_is_flagged_and_its_error_left_empty(folder: Path, tmp_path: Path) -> None:
    change(folder, "answers", "b,school,190000\nc,school,160000\n", "")
    out = tmp_path / "out"
    assert main(["expenditure", str(folder), "--out", str(out)]) == 0
    (row,) = table(out / "estimates.csv")
    assert (row["standard_error"], row["low95"], row["high95"]) == ("", "", "")
    alone = [one for one in table(out / "checks.csv") if one["rule"] == "one_respondent"]
    assert [one["municipality_id"] for one in alone] == ["a"]
    assert json.loads((out / "coverage.json").read_text("utf-8"))["coverage_low95"] is None


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("answers", "b,school,190000", "b,school,-190000", "row 4, column amount_nok"),
        ("answers", "b,school,190000", "b,school,", "found an empty cell"),
        ("answers", "b,school,190000", "zz,school,190000", "a municipality of the frame"),
        ("answers", "b,school,190000", "d,school,190000", "was not asked"),
        ("answers", "b,school,190000", "a,school,190000", "first in row 3"),
        ("answers", "b,school", " b,school", "without blanks"),
        ("frame", "b,rest,20", "a,rest,20", "first in row 3"),
        ("frame", "b,rest,20", "b,rest,", "column eligible_persons"),
        ("frame", "b,rest,20", "b,rest ,20", "column stratum"),
        ("frame", "b,rest,20,1,0,2", "b,rest,20,1,0,0.5", "a number, 1 or more"),
        ("register", "a,1,benefit", "a,6,benefit", "a residence year of 1 to 5"),
        ("register", "a,1,benefit,5000", "a,1,benefit,-5000", "column amount_nok"),
        ("grants", "1,20000", "1,-20000", "column amount_nok_per_person"),
    ],
)
def test_bad_input_is_refused_by_name_and_nothing_is_written(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, old: str, new: str, told: str
) -> None:
    change(folder, name, old, new)
    assert main(["expenditure", str(folder), "--out", str(tmp_path / "out")]) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("cell", ['"3,5"', "1 200", "unknown"])
def test_a_figure_to_calibrate_to_that_is_no_number_is_refused_and_not_left_out(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], cell: str
) -> None:
    change(folder, "frame", "a,rest,10,1,0,2,3", f"a,rest,10,1,0,2,{cell}")
    asked = ["expenditure", str(folder), "--out", str(tmp_path / "out"), "--estimator", "greg"]
    assert main(asked) == 2
    assert "row 3, column children" in capsys.readouterr().err


def test_a_share_over_100_per_cent_is_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "municipality_id,area,amount_nok,gross_nok,share\n0301,school,,4000000,0.25\na,school,,100000,1.05\n"
    )
    (folder / "answers.csv").write_text(text, "utf-8")
    assert main(["expenditure", str(folder), "--out", str(tmp_path / "out")]) == 2
    assert "not over 100 %" in capsys.readouterr().err


def test_a_stratum_without_an_answer_and_a_year_without_a_grant_give_no_answer(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(folder, "grants", "5,2000\n", "")
    assert main(["expenditure", str(folder), "--out", str(tmp_path / "out")]) == 3
    assert "grant_missing" in capsys.readouterr().err
    change(folder, "answers", "0301,school,1000000\n", "")
    assert main(["expenditure", str(folder), "--out", str(tmp_path / "out")]) == 3
    assert "no_respondent" in capsys.readouterr().err


@pytest.mark.parametrize("estimator", ["ratio", "greg"])
def test_the_same_seed_gives_the_same_bytes_whatever_the_order_of_the_rows(
    folder: Path, tmp_path: Path, estimator: str
) -> None:
    for number, order in enumerate((1, -1)):
        lines = ANSWERS.splitlines()
        (folder / "answers.csv").write_text("\n".join([lines[0], *lines[1:][::order]]) + "\n", "utf-8")
        asked = ["expenditure", str(folder), "--out", str(tmp_path / str(number)), "--estimator", estimator]
        assert main([*asked, "--replicates", "20", "--seed", "3"]) == 0
    for name in ("estimates.csv", "residence_years.csv", "coverage.json", "checks.csv"):
        assert (tmp_path / "0" / name).read_bytes() == (tmp_path / "1" / name).read_bytes()


def test_a_register_that_lacks_residence_years_is_named_and_the_sum_is_without_it(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = "".join(f"{place},1,assistance,2000,10\n" for place in ("0301", *"abcdef"))
    (folder / "register.csv").write_text(REGISTER + more, "utf-8")
    out = tmp_path / "out"
    assert main(["expenditure", str(folder), "--out", str(out)]) == 0
    told = json.loads((out / "coverage.json").read_text("utf-8"))
    assert told["without"] == [{"item": "assistance", "residence_year": year} for year in range(2, 6)]
    assert told["expenditure_5y_nok"] == pytest.approx(5 * 1_910_000 / 190 + 1500 + 200)
    assert "at least" in capsys.readouterr().err
