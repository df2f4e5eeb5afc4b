"""Promises of the project's own tables: read strictly, and each with its source beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bosett.registry import Registry
from bosett.registry.tables import read_rows, read_table_source
from bosett.rules.parameters import SHIPPED
from bosett.terms.errors import BadInput

TABLES = sorted(file for folder in ("registry", "anmodning") for file in (SHIPPED / folder).glob("*.csv"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped registry that a test may spoil."""
    shutil.copytree(SHIPPED / "registry", tmp_path / "registry")
    return tmp_path / "registry"


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("table", TABLES, ids=lambda file: file.stem)
def test_every_table_tells_where_it_is_from_and_under_which_licence(table: Path) -> None:
    source = read_table_source(table)
    assert source.title
    assert source.licence
    assert source.retrieved or source.notes


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("municipalities.csv", "1101,Eigersund", "0301,Eigersund", "0301 twice"),
        ("municipalities.csv", ",bokmål", ",riksmål", "row 3, column language_decision"),
        ("municipalities.csv", ",yes,", ",maybe,", "robek_2024"),
        ("municipalities.csv", "10.77533", "10,77533", "12 cells"),
        ("municipalities.csv", "10.77533", "east", "degrees"),
        ("municipalities.csv", "1101,Eigersund", "101,Eigersund", "four digits"),
        ("municipalities.csv", "municipality_id,", "id,", "header"),
        ("names.csv", "sma", "swe", "sme, smj"),
        ("population.csv", ",number", ",unknown", "unknown without persons"),
        ("population.csv", "0301,2012", "0301,2011", "0301 in 2011 twice"),
        ("population.csv", "0301,2011,", "0301,2011, ", "blanks"),
        ("code_changes.csv", "2011-01-01", "01.01.2011", "a day"),
        ("aliases.csv", "Os (Hedm.)", "Nes (Ak.)", "twice"),
    ],
)
def test_a_table_that_is_not_as_described_is_refused_with_its_place(
    folder: Path, file: str, old: str, new: str, says: str
) -> None:
    spoil(folder / file, old, new)
    with pytest.raises(BadInput, match=says):
        Registry.load(folder)


def test_a_missing_table_is_refused(folder: Path) -> None:
    (folder / "counties.csv").unlink()
    with pytest.raises(BadInput, match=r"counties\.csv"):
        Registry.load(folder)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("title: A\npublisher: B\nlicence: C\nmade: D\nretrieved: null\n", "no day of retrieval"),
        ("title: A\npublisher: B\nmade: D\nretrieved: 2026-01-01\n", "no licence"),
        ("title: A\npublisher: B\nlicence: C\nmade: D\nretrieved: 2026-01-01\nmood: good\n", "unknown key"),
        ("- A\n", "a mapping"),
    ],
)
def test_a_source_that_lacks_something_is_refused(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "table.source.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match=says):
        read_table_source(tmp_path / "table.csv")


def test_a_cell_too_few_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n1,2\n3\n", encoding="utf-8")
    with pytest.raises(BadInput, match="row 3: found 1 cells"):
        read_rows(tmp_path / "t.csv", ("a", "b"))
