"""`bosett protect`: the contract of columns, totals, hidden cells, exit codes and files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from bosett.cli.main import main

BY_AGE = """county,age,value
03,child,3
03,adult,20
03,*,23
46,child,30
46,adult,40
46,*,70
*,child,33
*,adult,60
*,*,93
"""
BY_SEX = """county,sex,value
03,woman,11
03,man,12
46,woman,36
46,man,34
03,*,23
46,*,70
"""


class Desk:
    """A folder with tables and a way to run the command on them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.table = self.write("age.csv", BY_AGE)
        self.out, self.sealed = folder / "out.csv", folder / "sealed" / "small.csv"

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text)
        return path

    def protect(self, *more: object) -> int:
        return main(["protect", str(self.table), "--out", str(self.out), *map(str, more)])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_small_cell_and_three_more_are_hidden_and_the_rest_is_unchanged(desk: Desk) -> None:
    assert desk.protect() == 0
    shown, true = rows(desk.out), rows(desk.table)
    assert (shown[0]["county"], shown[0]["value"]) == ("03", ":")
    assert sum(one["value"] == ":" for one in shown) == 4
    for public, real in zip(shown, true, strict=True):
        assert {**real, "value": ""} == {**public, "value": ""}
        assert public["value"] in (real["value"], ":")


def test_what_is_protected_withstands_the_attack(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.protect() == 0
    assert main(["protect", "--attack", str(desk.out)]) == 0
    assert capsys.readouterr().out == ""


def test_only_the_sealed_file_tells_which_cell_was_small(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.protect("--sealed", desk.sealed, "--json") == 0
    (small,) = rows(desk.sealed)
    assert (small["county"], small["age"], small["value"], small["primary"]) == ("03", "child", "3", "1")
    told = json.loads(capsys.readouterr().out)
    assert (told["cells"], told["hidden_cells"], told["fewest"]) == (9, 4, True)
    assert "primary" not in json.dumps(told)
    assert "primary" not in desk.out.read_text()


def test_the_attack_names_a_cell_that_subtraction_finds(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    leaking = desk.write("leaking.csv", BY_AGE.replace("03,child,3\n", "03,child,:\n"))
    assert main(["protect", "--attack", str(leaking)]) == 4
    assert "county=03 age=child: 3 to 3" in capsys.readouterr().out
    assert main(["protect", "--attack", str(leaking), "--json"]) == 4
    (found,) = json.loads(capsys.readouterr().out)["narrow"]
    assert (found["cell"], found["low"], found["high"]) == ({"county": "03", "age": "child"}, 3, 3)


def test_an_interval_of_four_is_narrow_and_one_of_five_is_not(desk: Desk) -> None:
    four = desk.write("four.csv", "place,value\na,:\nb,:\n*,6\n")
    five = desk.write("five.csv", "place,value\na,:\nb,:\n*,7\n")
    assert main(["protect", "--attack", str(four)]) == 4
    assert main(["protect", "--attack", str(five)]) == 0
    assert main(["protect", "--attack", str(five), "--width", "6"]) == 4


def test_totals_may_be_missing(desk: Desk) -> None:
    desk.table.write_text("\n".join(line for line in BY_AGE.splitlines() if "*" not in line) + "\n")
    assert desk.protect() == 0
    assert [one["value"] for one in rows(desk.out)] == [":", "20", "30", "40"]


def test_a_total_of_one_to_four_is_hidden_and_zero_is_shown(desk: Desk) -> None:
    desk.table.write_text("county,value\n03,2\n46,0\n*,2\n")
    assert desk.protect() == 0
    assert [one["value"] for one in rows(desk.out)] == [":", "0", ":"]


def test_the_threshold_and_the_width_can_be_given(desk: Desk) -> None:
    assert desk.protect("--threshold", 3) == 0
    assert ":" not in desk.out.read_text()
    assert desk.protect("--threshold", 12, "--width", 20) == 0
    assert main(["protect", "--attack", str(desk.out), "--width", "20"]) == 0


def test_linked_tables_are_protected_together_into_a_folder(desk: Desk) -> None:
    sex = desk.write("sex.csv", BY_SEX)
    out = desk.folder / "out"
    assert main(["protect", str(desk.table), str(sex), "--out", str(out)]) == 0
    assert sorted(one.name for one in out.iterdir()) == ["age.csv", "sex.csv"]
    assert main(["protect", "--attack", str(out / "age.csv"), str(out / "sex.csv")]) == 0


def test_a_total_hidden_in_one_table_and_shown_in_another_is_found(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    one = desk.write("one.csv", "county,age,value\n03,child,:\n03,adult,20\n03,*,:\n")
    assert main(["protect", "--attack", str(one)]) == 0
    two = desk.write("two.csv", BY_SEX)  # has more counties: what nobody shows is not mixed up
    assert main(["protect", "--attack", str(one), str(two)]) == 4
    assert "age=child: 3 to 3" in capsys.readouterr().out


def test_a_later_version_does_not_open_an_earlier_one(desk: Desk) -> None:
    earlier = desk.folder / "earlier.csv"
    hidden = {("03", "child"), ("03", "adult"), ("46", "child"), ("46", "adult")}
    lines = [line.split(",") for line in BY_AGE.splitlines()[1:]]
    earlier.write_text(
        "county,age,value\n"
        + "".join(f"{a},{b},{':' if (a, b) in hidden else value}\n" for a, b, value in lines)
    )
    assert desk.protect("--published", earlier) == 0
    assert main(["protect", "--attack", str(desk.out), "--published", str(earlier)]) == 0


def test_the_same_input_gives_the_same_bytes(desk: Desk) -> None:
    assert desk.protect("--sealed", desk.sealed) == 0
    first = desk.out.read_bytes(), desk.sealed.read_bytes()
    assert desk.protect("--sealed", desk.sealed) == 0
    assert (desk.out.read_bytes(), desk.sealed.read_bytes()) == first


def test_a_workbook_and_parquet_are_read_and_written(desk: Desk) -> None:
    for name in ("out.xlsx", "out.parquet"):
        desk.out = desk.folder / name
        assert desk.protect() == 0
        assert main(["protect", "--attack", str(desk.out)]) == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("county,age\n03,child\n", "row 1, column value"),
        ("value\n3\n", "no column beside value"),
        ("county,value\n", "no rows"),
        ("county,value\n03,\n", "row 2, column value: found an empty cell"),
        ("county,value\n03,-1\n", "row 2, column value: found '-1'"),
        ("county,value\n03,1.5\n", "row 2, column value: found '1.5'"),
        ("county,value\n03,:\n", "row 2, column value: found ':'"),
        ("county,value\n 03,4\n", "row 2, column county: found ' 03'"),
        ("county,value\n,4\n", "row 2, column county: found an empty cell"),
        ("county,value\n03,4\n03,5\n", "row 3, column county: found '03' again, first in row 2"),
        (
            "county,value\n03,4\n46,9\n*,14\n",
            "row 4, column value: found 14 at county=*; allowed: the sum, 13",
        ),
        ("county,value\n03,4,5\n", "row 2: found 3 cells"),
    ],
)
def test_bad_input_is_named_and_nothing_is_written(
    desk: Desk, text: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.table.write_text(text)
    assert desk.protect("--sealed", desk.sealed) == 2
    error = capsys.readouterr().err
    assert str(desk.table) in error
    assert told in error
    assert not desk.out.exists()
    assert not desk.sealed.exists()


def test_latin_1_is_named_with_its_row(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.table.write_bytes("county,value\nØst,4\n".encode("latin-1"))
    assert desk.protect() == 2
    assert "row 2: found a byte that is not UTF-8" in capsys.readouterr().err


def test_two_tables_that_differ_in_a_total_nobody_shows_are_refused(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    one = desk.write("one.csv", "county,age,value\n03,child,3\n03,adult,20\n")
    two = desk.write("two.csv", "county,sex,value\n03,woman,3\n03,man,21\n")
    assert main(["protect", str(one), str(two), "--out", str(desk.folder / "out")]) == 2
    assert (
        f"{two}, column value: found 23 at county=03 sex=*; allowed: the sum, 24" in capsys.readouterr().err
    )


@pytest.mark.parametrize(
    "more",
    [("--threshold", "1"), ("--width", "0"), ("--threshold", "five"), ("--sealed", "small.txt"),
     ("--published", "nowhere.csv")],
)  # fmt: skip
def test_a_wrong_option_is_refused(desk: Desk, more: tuple[str, str]) -> None:
    assert desk.protect(*more) == 2
    assert not desk.out.exists()


def test_what_is_sealed_never_lies_with_what_is_published(desk: Desk) -> None:
    assert desk.protect("--sealed", desk.out) == 2
    folder = desk.folder / "public"
    assert (
        main(["protect", str(desk.table), "--out", str(folder), "--sealed", str(folder / "small.csv")]) == 2
    )
    assert not folder.exists()


def test_an_attack_on_sums_that_cannot_hold_is_bad_input(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = desk.write("wrong.csv", "place,value\na,:\nb,:\n*,1\n")
    assert main(["protect", "--attack", str(wrong)]) == 2
    assert str(wrong) in capsys.readouterr().err


def test_attack_and_out_do_not_go_together(desk: Desk) -> None:
    assert desk.protect("--attack") == 2
    assert main(["protect", str(desk.table)]) == 2
