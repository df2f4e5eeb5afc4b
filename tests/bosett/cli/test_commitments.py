"""`bosett commitments`: the table, the changes, the years; each bad input by name."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from bosett.cli.main import main

FACTS = "year,what,value,on,certainty,note,source_title,href\n"


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(newline="") as opened:
        return list(csv.DictReader(opened))


def test_the_three_tables_are_written_and_the_states_are_counted(tmp_path: Path, capsys) -> None:
    table, changes, balance = (tmp_path / f"{name}.csv" for name in ("table", "changes", "balance"))
    told = ["--out", str(table), "--changes", str(changes), "--balance", str(balance)]
    assert main(["commitments", "--as-of", "2025-12-31", *told]) == 0
    assert capsys.readouterr().out.startswith("Agreement 2022-25 as of 2025-12-31\n")
    assert {row["agreement"] for row in rows(table)} == {"2022-25"}
    assert all(row["missing"] for row in rows(table) if row["verdict"] == "cannot_be_said")
    # IMDi's letter of 18 March 2022.
    assert {"2022-03-18"} == {row["on"] for row in rows(changes) if row["year"] == "2022"}
    years = {row["year"]: row for row in rows(balance)}
    assert (years["2024"]["asked"], years["2024"]["voted"]) == ("37000", "28340")
    assert years["2025"]["need"] == ""


def test_facts_of_ones_own_are_counted_in(tmp_path: Path, capsys) -> None:
    own = tmp_path / "own.csv"
    own.write_text(FACTS + "2025,meetings,2,2025-11-01,source,,Minutes of the parties,\n")
    assert main(["commitments", "--as-of", "2025-12-31", "--facts", str(own), "--json"]) == 0
    told = {one["commitment"]: one for one in json.loads(capsys.readouterr().out)["commitments"]}
    assert told["regular_dialogue"]["indicators"]["meetings_held"]["verdict"] == "kept"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("2025,meetings,2,2025-11-01,source,,,", "row 2, column source_title: found no source"),
        ("2025,meetings,two,2025-11-01,source,,Minutes,", "row 2"),
        ("2025,meetings,2,2025-11-31,source,,Minutes,", "'2025-11-31'"),
        ("2025,meetings,2,2025-11-01,sure,,Minutes,", "'sure'"),
    ],
)
def test_a_fact_that_is_none_is_refused_by_row(tmp_path: Path, capsys, row: str, told: str) -> None:
    own, out = tmp_path / "own.csv", tmp_path / "out.csv"
    own.write_text(FACTS + row + "\n")
    arguments = ["commitments", "--as-of", "2025-12-31", "--facts", str(own), "--out", str(out)]
    assert main(arguments) == 2
    assert told in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--as-of", "2015-06-01"], 3),
        (["--as-of", "2025-06-01", "--year", "2027"], 2),
        (["--as-of", "June"], 2),
        ([], 2),
    ],
)
def test_a_day_without_an_agreement_or_before_it_is_refused(arguments: list[str], code: int, capsys) -> None:
    try:
        ended = main(["commitments", *arguments])
    except SystemExit as stopped:
        ended = int(str(stopped.code))
    assert ended == code
    assert capsys.readouterr().err


def test_every_year_stands_in_one_table_with_its_changes_and_what_cannot_be_said(capsys) -> None:
    assert main(["commitments", "--as-of", "2026-03-16", "--every-year"]) == 0
    told = capsys.readouterr().out.splitlines()
    years = next(line for line in told if line.split()[:1] == ["2016"]).split()
    assert years == [str(year) for year in range(2016, 2027)]
    # 2016: 16,000 needed, 15,291 settled (IMDi); 2021: 3,790 needed in the end, 4,489 settled (IMDi's register).
    need_met = next(line for line in told if line.startswith("need_met")).split()
    assert (need_met[1], need_met[6], need_met[11]) == ("x", "+", ".")
    assert "2022  request 5500 -> 35000 (+29500, +536.4 %), known 2022-03-18" in told
    assert "2022  voted 35355  settled 31258  88.4 %" in told
    assert any(line.startswith("2025  ") and "meetings_held (meetings)" in line for line in told)


def test_every_year_is_written_as_rows_of_one_table(tmp_path: Path) -> None:
    table = tmp_path / "years.csv"
    assert main(["commitments", "--as-of", "2026-03-16", "--every-year", "--out", str(table)]) == 0
    days = {row["as_of"] for row in rows(table)}
    assert days == {f"{year}-12-31" for year in range(2016, 2026)} | {"2026-03-16"}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--as-of", "2026-03-16", "--agreement", "2022-25"], 2, ["the year 2026", "2022-25", "2026-01-01"]),
        (["--as-of", "2026-03-16", "--agreement", "2030-33"], 2, ["'2030-33'", "2026-29"]),
        (["--as-of", "2025-06-01", "--year", "2027"], 2, ["2025-06-01 for the year 2027", "2026-29"]),
        (["--as-of", "2015-06-01"], 3, ["no agreement is stored"]),
    ],
)
def test_a_day_in_the_wrong_agreements_period_is_refused_by_name(
    arguments: list[str], code: int, words: list[str], capsys
) -> None:
    assert main(["commitments", *arguments]) == code
    told = capsys.readouterr().err
    assert all(word in told for word in words)


def test_a_commitment_without_a_source_is_refused_by_name(tmp_path: Path, capsys) -> None:
    file = tmp_path / "own.csv"
    file.write_text(
        "agreement,commitment,term,parties,through,indicators\n2026-29,promised_nowhere,,KS,,coverage\n"
    )
    assert main(["commitments", "--as-of", "2026-03-16", "--commitments", str(file)]) == 2
    told = capsys.readouterr().err
    assert "row 2, column term" in told
    assert "'promised_nowhere' rests on ''" in told
    assert "a term of 2026-29 with its source" in told
