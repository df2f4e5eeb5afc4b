"""`bosett distribute`: the contract of columns, sums, exit codes and files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from bosett.cli.main import main
from bosett.cli.read_criteria import read_criteria
from bosett.distribution import Direction
from bosett.registry import Registry
from bosett.terms.figure import State

MUNICIPALITIES = """municipality_id,name,county,population,rate,minimum,maximum,excluded,deduct
0301,Oslo,03,700,3,,,,
4601,Bergen,46,200,1,,,,
4222,Bykle,42,100,1,,,,
1874,Moskenes,18,,,,,1,
"""
CRITERIA = "weights:\n  population: 1\n"
WEIGHTED = "weights:\n  population: 0.75\n  rate: 1/4\n"


class Desk:
    """A folder with the input files and a way to run the command in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = folder / "out.csv"
        self.municipalities = folder / "municipalities.csv"
        self.criteria = folder / "criteria.yaml"
        self.municipalities.write_text(MUNICIPALITIES)
        self.criteria.write_text(CRITERIA)

    def run(self, *more: str, need: str = "100") -> int:
        files = ("--municipalities", str(self.municipalities), "--criteria", str(self.criteria))
        return main(["distribute", "--need", need, *files, "--out", str(self.out), *more])

    def rows(self) -> list[dict[str, str]]:
        with self.out.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def asked(self) -> dict[str, int]:
        return {row["municipality_id"]: int(row["asked"]) for row in self.rows()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_need_is_divided_into_a_file(desk: Desk) -> None:
    assert desk.run() == 0
    assert desk.asked() == {"0301": 70, "4601": 20, "4222": 10, "1874": 0}


def test_the_columns_per_criterion_sum_to_the_exact_share(desk: Desk) -> None:
    desk.criteria.write_text(WEIGHTED)
    assert desk.run() == 0
    # By hand: Oslo 75 x 0.7 = 52.5 and 25 x 3/5 = 15.
    first = desk.rows()[0]
    assert (first["from_population"], first["from_rate"], first["exact_share"]) == ("52.5", "15", "67.5")
    for row in desk.rows():
        total = float(row["from_population"]) + float(row["from_rate"])
        assert total == pytest.approx(float(row["exact_share"]), abs=1e-9)


def test_a_group_gets_a_column_that_sums_and_stays_inside_what_is_asked(desk: Desk) -> None:
    assert desk.run("--need-group", "em_under15=8", "--need-group", "em_15_17=30") == 0
    rows = desk.rows()
    assert sum(int(row["em_under15"]) for row in rows) == 8
    assert sum(int(row["em_15_17"]) for row in rows) == 30
    assert all(int(row["em_under15"]) + int(row["em_15_17"]) <= int(row["asked"]) for row in rows)


def test_json_is_a_summary_on_standard_output(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.run("--json", "--need-group", "em_under15=8") == 0
    summary = json.loads(capsys.readouterr().out)
    assert (summary["need"], summary["asked"], summary["municipalities"]) == (100, 100, 4)
    assert summary["groups"] == {"em_under15": 8}
    assert summary["bounds"]["excluded"] == 1


def test_without_json_nothing_is_said_on_standard_output(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.run() == 0
    assert capsys.readouterr().out == ""


def test_the_same_input_gives_the_same_bytes(desk: Desk) -> None:
    desk.run()
    first = desk.out.read_bytes()
    desk.run()
    assert desk.out.read_bytes() == first


def test_workbooks_and_parquet_are_read_and_written(desk: Desk) -> None:
    desk.run()
    expected = desk.asked()
    rows = list(csv.reader(MUNICIPALITIES.splitlines()))
    desk.municipalities = desk.folder / "m.xlsx"
    with xlsxwriter.Workbook(str(desk.municipalities)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if number and place > 2 and cell:
                    sheet.write_number(number, place, float(cell))
                elif cell:
                    sheet.write_string(number, place, cell)
    assert desk.run() == 0
    assert desk.asked() == expected

    desk.municipalities = desk.folder / "m.parquet"
    desk.out = desk.folder / "out.parquet"
    columns = {name: [row[place] or None for row in rows[1:]] for place, name in enumerate(rows[0])}
    frame = pl.DataFrame(columns).with_columns(pl.col("population", "rate").cast(pl.Float64))
    frame.write_parquet(desk.municipalities)
    assert desk.run() == 0
    written = pl.read_parquet(desk.out)
    assert dict(zip(written["municipality_id"], written["asked"], strict=True)) == expected


def test_the_example_is_a_criteria_file_that_can_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["distribute", "--example"]) == 0
    file = tmp_path / "criteria.yaml"
    file.write_text(capsys.readouterr().out)
    criteria = read_criteria(file)
    assert sum(one.weight for one in criteria.criteria) == 1
    assert criteria.criteria[1].direction is Direction.LESS


def test_shares_written_by_a_program_may_miss_one_by_their_last_digit(desk: Desk) -> None:
    # A third and two thirds with sixteen digits sum to 0.9999999999999999.
    desk.criteria.write_text("weights:\n  population: 0.3333333333333333\n  rate: 0.6666666666666666\n")
    assert desk.run() == 0
    assert sum(desk.asked().values()) == 100


def test_the_bounds_of_the_file_hold(desk: Desk) -> None:
    desk.municipalities.write_text(
        "municipality_id,name,county,population,minimum,maximum,deduct\n"
        "0301,Oslo,03,700,,40,\n4601,Bergen,46,200,,,\n4222,Bykle,42,100,25,,\n"
    )
    assert desk.run() == 0
    # By hand: Oslo held at 40, Bykle at 25, the rest to Bergen.
    assert desk.asked() == {"0301": 40, "4601": 35, "4222": 25}


@pytest.mark.parametrize(
    ("method", "columns", "rows", "expected"),
    [
        ("germany", "tax,population", ("1,5", "3,5"), (30, 60)),
        ("eu", "gdp,population", ("1,1", "1,4"), (31, 59)),
        ("denmark", "population,immigrants,family_reunifications", ("50,1,10", "50,3,0"), (65, 25)),
        ("switzerland", "population,compensation", ("1,9", "1,0"), (40, 50)),
        ("norway-2018", "population,labour_market,introduction_results", ("9000,1,1", "9000,3,1"), (40, 50)),
    ],
)
def test_the_published_methods_run_by_name(
    desk: Desk, method: str, columns: str, rows: tuple[str, str], expected: tuple[int, int]
) -> None:
    """By hand with 90 persons; the formulas are those of tests/bosett/distribution/test_methods.py.

    eu: A 45x1/2 + 45x1/5 = 31.5 and B 58.5, a tie that goes to the larger share;
    switzerland: 45 - 9 = 36 and 45, rescaled from 81 to 90; norway: 31.5 + 18x1/4 + 4.5 = 40.5, a tie.
    """
    desk.criteria.write_text(f"method: {method}\n")
    listed = "\n".join(f"{code},x,00,{row}" for code, row in zip(("A1", "B1"), rows, strict=True))
    desk.municipalities.write_text(f"municipality_id,name,county,{columns}\n{listed}\n")
    assert desk.run(need="90") == 0
    assert desk.asked() == dict(zip(("A1", "B1"), expected, strict=True))


def test_the_real_municipalities_by_population_agree_with_integer_arithmetic(desk: Desk) -> None:
    registry = Registry.shipped()
    population = {}
    for unit in registry.all_municipalities:
        figure = registry.population(unit.code, 2024)
        assert figure.state is State.NUMBER
        population[str(unit.code)] = figure.value or 0
    lines = [f"{code},x,{code[:2]},{size}" for code, size in population.items()]
    desk.municipalities.write_text("municipality_id,name,county,population\n" + "\n".join(lines) + "\n")
    assert desk.run(need="13000") == 0
    total = sum(population.values())
    whole = {code: 13_000 * size // total for code, size in population.items()}
    left = 13_000 - sum(whole.values())
    rest = sorted(population, key=lambda code: (-(13_000 * population[code] % total), code))
    expected = {code: whole[code] + (code in rest[:left]) for code in population}
    assert desk.asked() == expected


def refused(desk: Desk, capsys: pytest.CaptureFixture[str], *more: str, need: str = "100") -> str:
    """Run what must be bad input; nothing may be written."""
    before = sorted(one.name for one in desk.folder.iterdir())
    assert desk.run(*more, need=need) == 2
    assert sorted(one.name for one in desk.folder.iterdir()) == before
    out, err = capsys.readouterr()
    assert out == ""
    return err


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("0301,", " 0301,", ("row 2", "column municipality_id", "' 0301'", "without blanks")),
        ("4601,", "4601 ,", ("row 3", "column municipality_id", "without blanks")),
        ("4601,", "0301,", ("row 3", "column municipality_id", "each municipality once")),
        ("4601,", ",", ("row 3", "column municipality_id", "an empty cell")),
        (
            "4601,Bergen,46,200",
            "4601,Bergen,46,",
            ("row 3", "column population", "an empty cell", "a number"),
        ),
        ("4601,Bergen,46,200", "4601,Bergen,46,-2", ("row 3", "column population", "'-2'", "0 or more")),
        ("4601,Bergen,46,200", "4601,Bergen,46,many", ("row 3", "column population", "'many'")),
        ("4601,Bergen,46,200", "4601,Bergen,46,nan", ("row 3", "column population", "'nan'")),
        ("population", "folk", ("row 1", "column population", "no such column")),
        ("municipality_id", "id", ("row 1", "column municipality_id")),
        ("200,1,,,,", "200,1,x,,,", ("row 3", "column minimum", "'x'", "whole number")),
        ("200,1,,,,", "200,1,1.5,,,", ("row 3", "column minimum", "'1.5'", "whole number")),
        ("200,1,,,,", "200,1,,-1,,", ("row 3", "column maximum", "'-1'", "0 or more")),
        ("200,1,,,,", "200,1,9,8,,", ("row 3", "column minimum", "'9'", "at most the maximum of 8")),
        ("200,1,,,,", "200,1,,,ja,", ("row 3", "column excluded", "'ja'", "1, 0")),
        ("200,1,,,,", "200,1,,,,-4", ("row 3", "column deduct", "'-4'", "0 or more")),
        ("200,1,,,,", "200,1", ("row 3", "5 cells", "9 cells")),
        ("4601,", "1507,", ("row 3", "column municipality_id", "split into 1508 and 1580")),
    ],
)
def test_bad_municipalities_are_named_by_row_and_column_and_nothing_is_written(
    desk: Desk, capsys: pytest.CaptureFixture[str], old: str, new: str, told: tuple[str, ...]
) -> None:
    desk.municipalities.write_text(MUNICIPALITIES.replace(old, new, 1))
    err = refused(desk, capsys)
    assert "municipalities.csv" in err
    for words in told:
        assert words in err


def test_a_code_of_an_earlier_day_is_accepted_and_kept_as_written(desk: Desk) -> None:
    # Skedsmo was 0231 until 2020 and became a part of Lillestrøm.
    desk.municipalities.write_text(MUNICIPALITIES.replace("4601,Bergen", "0231,Skedsmo"))
    assert desk.run() == 0
    assert desk.asked()["0231"] == 20


def test_a_zero_in_an_indicator_is_a_number_and_gives_nobody(desk: Desk) -> None:
    desk.criteria.write_text("weights: {rate: 1}\n")
    desk.municipalities.write_text(MUNICIPALITIES.replace("700,3,", "700,0,"))
    assert desk.run() == 0
    assert desk.asked() == {"0301": 0, "4601": 50, "4222": 50, "1874": 0}


def test_an_old_and_a_new_code_of_one_municipality_are_the_same_municipality(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    # Halden was 0101 until 2020, 3001 until 2024 and is 3101 since.
    desk.municipalities.write_text(
        "municipality_id,name,county,population\n3101,Halden,31,5\n0101,Halden,01,5\n"
    )
    assert "each municipality once (first in row 2)" in refused(desk, capsys)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("weights:\n  population: 0.9\n", "sum to 1"),
        ("weights:\n  population: 1.2\n", "row 2, column population"),
        ("weights:\n  population: much\n", "a share from 0 to 1"),
        ("weights:\n  population: 1/0\n", "a share from 0 to 1"),
        ("weights:\n  population: .nan\n", "criteria.yaml"),
        ("weights:\n  population: true\n", "a share from 0 to 1"),
        ("weights: 3\n", "a list of columns"),
        ("weights:\n  - weight: 1\n", "without column"),
        ("weights:\n  - {column: population, weight: 1, direction: up}\n", "more, less"),
        ("weights:\n  - {column: population, weight: 1, power: 2}\n", "the key power"),
        ("weights:\n  - {column: 301, weight: 1}\n", "a text"),
        ("method: guess\n", "norway-2018"),
        ("method: weights\n", "no weights"),
        ("method: eu\nweights: {population: 0.6, gdp: 0.4}\n", "the weights of eu"),
        ("method: eu\ncolumns: {wealth: x}\n", "columns: wealth"),
        ("method: eu\ncolumns: {gdp: population}\n", "a column of its own"),
        ("method: eu\ncolumns: 3\n", "name: column"),
        ("weights: {population: 1}\nfloor: -1\n", "row 2, column floor"),
        ("weights: {population: 1}\nfloor: 2.5\n", "row 2, column floor"),
        ("weights: {population: 1}\nround: up\n", "largest-remainder, sainte-lague"),
        ("weights: {population: 1}\nsize_exceptions: 3\n", "a list of municipality codes"),
        ("weights: {population: 1}\nsize_exceptions: [4601]\n", "needs quotes"),
        ("weights: {population: 1}\nflor: 3\n", "the key flor"),
        ("weights: {population: 0.5, population: 0.5}\n", "twice"),
        ("weights: [\n", "criteria.yaml"),
        ("- population\n", "keys and values"),
        ("", "keys and values"),
    ],
)
def test_bad_criteria_name_the_file_and_what_is_allowed(
    desk: Desk, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    desk.criteria.write_text(text)
    err = refused(desk, capsys)
    assert told in err
    assert "criteria.yaml" in err


@pytest.mark.parametrize("need", ["-5", "12.5", "many", "", "1e3", "\u0663"])
def test_a_need_that_is_no_whole_number_is_refused(
    desk: Desk, capsys: pytest.CaptureFixture[str], need: str
) -> None:
    assert "a whole number of persons" in refused(desk, capsys, need=need)


@pytest.mark.parametrize(
    "group", ["em_under15", "em_under15=x", "=3", "asked=3", "from_x=3", "em_under15=101"]
)
def test_a_group_that_cannot_be_is_refused(
    desk: Desk, capsys: pytest.CaptureFixture[str], group: str
) -> None:
    assert "found" in refused(desk, capsys, "--need-group", group)


def test_the_same_group_twice_is_refused(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert "twice" in refused(desk, capsys, "--need-group", "em=1", "--need-group", "em=2")


def test_files_that_are_not_there_or_not_of_a_kind_are_refused(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.out = desk.folder / "out.ods"
    assert ".csv, .xlsx, .parquet" in refused(desk, capsys)
    desk.out = desk.folder / "out.csv"
    desk.municipalities = desk.folder / "none.csv"
    assert "no such file" in refused(desk, capsys)
    desk.municipalities = desk.criteria
    assert "a file that ends with" in refused(desk, capsys)


def test_an_empty_table_is_refused(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.municipalities.write_text("municipality_id,name,county,population\n")
    assert "at least one row" in refused(desk, capsys)


def test_arguments_that_are_missing_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["distribute", "--need", "5"]) == 2
    assert "--municipalities, --criteria, --out" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("criteria", "old", "new", "need", "told"),
    [
        ("weights: {population: 1}\nfloor: 40\n", "", "", "100", "floor: the floors sum to 120, 20 more"),
        ("weights: {population: 1}\nfloor: 10\n", "200,1,,,,", "200,1,,4,,", "100", "4601 takes at most 4"),
        (
            "weights: {population: 1}\n",
            "700,3,,,,\n4601,Bergen,46,200,1,,,,\n4222,Bykle,42,100,1,,,,",
            "700,3,,30,,",
            "100",
            "cap: the caps leave room for 30 of 100: 70 persons short",
        ),
    ],
)
def test_no_answer_under_the_rules_is_exit_3_with_the_rule_and_nothing_written(
    desk: Desk,
    capsys: pytest.CaptureFixture[str],
    criteria: str,
    old: str,
    new: str,
    need: str,
    told: str,
) -> None:
    desk.criteria.write_text(criteria)
    desk.municipalities.write_text(MUNICIPALITIES.replace(old, new, 1) if old else MUNICIPALITIES)
    assert desk.run(need=need) == 3
    assert told in capsys.readouterr().err
    assert not desk.out.exists()


def test_a_failed_run_leaves_the_answer_of_an_earlier_one(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.run()
    before = desk.out.read_bytes()
    desk.criteria.write_text("weights: {population: 1}\nfloor: 40\n")
    assert desk.run() == 3
    assert desk.out.read_bytes() == before
    assert "floor" in capsys.readouterr().err


def test_identifiers_that_are_no_norwegian_codes_are_noted_and_used(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.municipalities.write_text("municipality_id,name,county,population\nSE-01,x,y,1\n")
    assert desk.run() == 0
    assert "SE-01" in capsys.readouterr().err
