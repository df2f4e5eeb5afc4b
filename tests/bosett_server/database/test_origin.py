"""A database says which tables it was made with, and another version says so in words."""

from __future__ import annotations

import shutil
from pathlib import Path

import psycopg
import pytest

from bosett_server.commands import demo, main
from bosett_server.database import origin
from bosett_server.database.scratch import Scratch


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """A copy of the tables' files that a test may change."""
    for part, kind in (("migrations", "*.py"), ("sql", "*.sql")):
        (tmp_path / part).mkdir()
        for file in (origin.RECORDS / part).glob(kind):
            shutil.copy2(file, tmp_path / part)
    return tmp_path


def test_a_migrated_database_was_made_with_the_tables_of_this_version(
    owner_connection: psycopg.Connection,
) -> None:
    origin.refuse_others(owner_connection, "the folder")
    row = owner_connection.execute(origin.NOTE).fetchone()
    assert row is not None
    assert row[0] == origin.noted(origin.tables_here())


def test_the_day_in_the_head_of_a_migration_makes_no_other_tables(records: Path) -> None:
    first = records / "migrations" / "0001_initial.py"
    first.write_text(f"# Generated another day\n{first.read_text()}")
    assert origin.tables_here(records) == origin.tables_here()


def test_a_changed_column_or_guard_makes_other_tables_and_is_named(records: Path) -> None:
    first, guard = records / "migrations" / "0001_initial.py", records / "sql" / "20_audit.sql"
    first.write_text(first.read_text().replace("max_length=", "max_length=1+", 1))
    guard.write_text(f"{guard.read_text()}\nSELECT 1;\n")
    here, there = origin.tables_here(), origin.tables_here(records)
    assert {name for name in here if here[name] != there[name]} == {"0001_initial", "sql"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "verb", [["migrate", "--quiet"], ["demo", "--port", "0"], ["demo", "--prepare-only"]]
)
@pytest.mark.parametrize("note", ["NULL", '\'{"bosett_tables": {"0001_initial": "older"}}\''])
def test_tables_of_another_version_end_with_a_clear_message_and_exit_code_2(
    verb: list[str],
    note: str,
    scratch: Scratch,
    owner_connection: psycopg.Connection,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("BOSETT_SUPERUSER_URL", raising=False)
    own = {"BOSETT_DEMO": "1", "BOSETT_TODAY": "2026-03-16", "BOSETT_ADDRESS": "http://127.0.0.1:0"}
    for name, value in (scratch.environment() | own).items():
        monkeypatch.setenv(name, value)
    owner_connection.execute(f"COMMENT ON TABLE django_migrations IS {note}".encode())
    before = owner_connection.execute("SELECT count(*) FROM records_auditevent").fetchone()

    assert main(verb) == 2
    told = capsys.readouterr().err
    assert f"bosett {verb[0]}: this database was made by another version of Bosett (0001_initial" in told
    assert "To begin anew" in told
    assert "Traceback" not in told
    assert owner_connection.execute("SELECT count(*) FROM records_auditevent").fetchone() == before


@pytest.mark.django_db(transaction=True)
def test_what_a_database_was_filled_with_is_remembered_beside_its_tables(
    owner_connection: psycopg.Connection,
) -> None:
    assert origin.filled(owner_connection) == ""
    origin.keep_filled(owner_connection, origin.version_here("2026-03-16"))
    assert origin.filled(owner_connection) == origin.version_here("2026-03-16")
    assert origin.filled(owner_connection) != origin.version_here("2026-03-17")
    origin.refuse_others(owner_connection, "the folder")


def test_a_database_without_tables_is_nobodys(scratch: Scratch) -> None:
    with scratch.server.session() as empty:
        origin.refuse_others(empty, "the folder")
        assert origin.filled(empty) == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("stands", "filled"), [(True, 0), (False, 1)])
def test_a_second_start_of_the_same_version_fills_nothing(
    stands: bool,
    filled: int,
    scratch: Scratch,
    owner_connection: psycopg.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = {"BOSETT_DEMO": "1", "BOSETT_TODAY": "2026-03-16", "BOSETT_ADDRESS": "http://127.0.0.1:0"}
    for name, value in (scratch.environment() | own).items():
        monkeypatch.setenv(name, value)
    fills: list[int] = []
    monkeypatch.setattr(demo, "_fill", lambda persons: fills.append(persons) or 0)
    monkeypatch.setattr(demo, "_serve", lambda *_: 0)
    if stands:
        origin.keep_filled(owner_connection, origin.version_here("2026-03-16"))
    assert main(["demo", "--port", "0"]) == 0
    assert len(fills) == filled
