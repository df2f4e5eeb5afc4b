"""`bosett import` and `bosett defects`: whole or not at all, and every error said."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from bosett.cli.main import main
from tests.bosett.sources.bad_files import BAD, BadFile

HEADER = "kommunenummer,year,metric,value,status,source,licence,retrieved_at\n"
END = ",Some agency,CC BY 4.0,2026-05-01\n"
DAY = ["--retrieved", "2026-05-02"]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "good.csv"
    file.write_text(f"{HEADER}0301,2024,settled,1539,{END}1103,2024,settled,,skjermet{END}", encoding="utf-8")
    return file


def test_observations_and_defects_are_written(good: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["import", "template", str(good), "--out", str(out), *DAY]) == 0
    assert sorted(one.name for one in out.iterdir()) == ["defects.csv", "observations.csv"]
    with (out / "observations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["place"], row["state"], row["value"]) for row in rows] == [
        ("0301", "number", "1539"),
        ("1103", "suppressed", ""),
    ]


def test_a_dry_run_writes_nothing(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(good.parent.iterdir())
    assert main(["import", "template", str(good), "--dry-run", "--json", *DAY]) == 0
    assert json.loads(capsys.readouterr().out)["observations"] == 2
    assert sorted(good.parent.iterdir()) == before


def test_bad_input_exits_2_names_the_place_and_writes_nothing(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good.write_text(f"{HEADER}0301,2024,settled,many,{END}9999,2024,settled,1,{END}", encoding="utf-8")
    assert main(["import", "template", str(good), "--out", str(tmp_path / "out"), *DAY]) == 2
    told = capsys.readouterr().err
    assert "good.csv, row 2, column value: cell_wrong: found 'many'" in told
    assert "good.csv, row 3, column kommunenummer" in told
    assert not (tmp_path / "out").exists()


def test_the_difference_to_an_earlier_run_is_told(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", "template", str(good), "--out", str(tmp_path / "out"), *DAY])
    earlier = ["--against", str(tmp_path / "out" / "observations.csv")]
    again = ["import", "template", str(good), "--dry-run", "--json", *DAY, *earlier]
    capsys.readouterr()
    assert main(again) == 0
    same = json.loads(capsys.readouterr().out)
    assert [same[key] for key in ("added", "changed", "removed", "unchanged")] == [0, 0, 0, 2]
    good.write_text(f"{HEADER}0301,2024,settled,1540,{END}5001,2024,settled,0,{END}", encoding="utf-8")
    assert main(again) == 0
    other = json.loads(capsys.readouterr().out)
    assert [other[key] for key in ("added", "changed", "removed", "unchanged")] == [1, 1, 1, 0]


def test_the_same_file_gives_the_same_bytes(good: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        main(["import", "template", str(good), "--out", str(tmp_path / name), *DAY])
    first, second = (tmp_path / name / "observations.csv" for name in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()


def test_a_template_is_printed_and_one_that_does_not_exist_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["import", "template", "--template"]) == 0
    assert capsys.readouterr().out == HEADER
    assert main(["import", "klass_codes", "--template"]) == 2


def test_the_day_of_retrieval_is_needed(good: Path) -> None:
    assert main(["import", "template", str(good), "--dry-run"]) == 2


def test_a_language_decision_is_written_as_a_row(tmp_path: Path) -> None:
    file = tmp_path / "l.csv"
    file.write_text(
        "municipality_id,language_decision,valid_from\n0301,nynorsk,2026-01-01\n", encoding="utf-8"
    )
    assert main(["import", "language_decisions", str(file), "--out", str(tmp_path / "out"), *DAY]) == 0
    assert (tmp_path / "out" / "rows.csv").read_text(encoding="utf-8").splitlines() == [
        "municipality_id,decision,valid_from",
        "0301,nynorsk,2026-01-01",
    ]


def test_defects_are_listed_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["defects", "--out", str(tmp_path / "defects.csv")]) == 0
    told = capsys.readouterr().out
    assert "12919 in the headline" in told
    with (tmp_path / "defects.csv").open(encoding="utf-8", newline="") as file:
        assert sum(row["code"] == "headline_differs" for row in csv.DictReader(file)) == 2


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.what)
def test_each_bad_file_is_named_and_nothing_of_it_is_written(
    bad: BadFile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / bad.name
    file.write_bytes(bad.content)
    code = main(["import", bad.kind, str(file), "--out", str(tmp_path / "out"), *DAY])
    told = capsys.readouterr()
    assert code == (0 if bad.accepted else 2)
    assert (tmp_path / "out").exists() is bad.accepted
    if bad.accepted:
        with (tmp_path / "out" / "defects.csv").open(encoding="utf-8", newline="") as written:
            assert {row["code"] for row in csv.DictReader(written)} == bad.codes
    else:
        assert bad.name in told.err
        assert all(f"{one}: found " in told.err for one in bad.codes)
        assert "allowed" in told.err


def test_a_file_of_200_megabytes_is_refused_by_its_size_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "large.csv"
    with file.open("wb") as hollow:
        hollow.truncate(200 * 2**20)
    assert main(["import", "template", str(file), "--dry-run", *DAY]) == 2
    assert "found 209,715,200 bytes" in capsys.readouterr().err


def test_the_same_file_twice_changes_nothing_the_second_time(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", "template", str(good), "--out", str(tmp_path / "out"), *DAY])
    capsys.readouterr()
    earlier = str(tmp_path / "out" / "observations.csv")
    assert main(["import", "template", str(good), "--dry-run", "--json", *DAY, "--against", earlier]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["added"], told["changed"], told["removed"]) == (0, 0, 0)
