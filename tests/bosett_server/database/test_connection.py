"""From environment variables to addresses: complete, or refused by the variable's name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import NotSupportedError, connection

from bosett_server.database import embedded
from bosett_server.database.address import Address, parse
from bosett_server.database.connection import address, database_settings
from bosett_server.database.errors import DatabaseMisconfigured

SECRET = "p@ss:w/o?r#d &æ"
ODD = Address("/run/a b", "5432", "bosett", "bosett_app", SECRET, {"sslmode": "disable"})


@pytest.fixture(autouse=True)
def no_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "BOSETT_OWNER_URL", "BOSETT_DATA_DIR"):
        monkeypatch.delenv(name, raising=False)


def test_a_url_gives_each_part_of_the_address() -> None:
    assert parse("postgresql://ann:pw@db.example.org:6432/town?sslmode=verify-full", "X") == Address(
        "db.example.org", "6432", "town", "ann", "pw", {"sslmode": "verify-full"}
    )


def test_an_address_survives_being_a_url_whatever_letters_it_has() -> None:
    assert parse(ODD.url(), "X") == ODD


@pytest.mark.parametrize("url", ["mysql://a/b", "postgresql://ann@host", "postgresql://host/town", "town"])
def test_a_url_that_says_too_little_is_refused_by_its_variables_name(url: str) -> None:
    with pytest.raises(DatabaseMisconfigured, match="DATABASE_URL"):
        parse(url, "DATABASE_URL")


def test_a_refused_url_is_not_repeated() -> None:
    with pytest.raises(DatabaseMisconfigured) as refused:
        parse("postgresql://ann:hush@host/town?nonsense=1", "DATABASE_URL")
    assert "hush" not in str(refused.value)


def test_without_a_url_the_server_is_the_embedded_one() -> None:
    assert embedded.is_embedded()


def test_a_url_makes_the_server_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://bosett_app:a@db/bosett")
    assert not embedded.is_embedded()
    assert address("default") == Address("db", "", "bosett", "bosett_app", "a")


def test_the_service_needs_no_owners_password_but_migrate_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://bosett_app:a@db/bosett")
    with pytest.raises(DatabaseMisconfigured, match="BOSETT_OWNER_URL is not set"):
        address("owner")


def test_an_owner_without_a_service_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOSETT_OWNER_URL", "postgresql://bosett_owner:a@db/bosett")
    with pytest.raises(DatabaseMisconfigured, match="without DATABASE_URL"):
        address("default")


def test_the_two_aliases_are_two_roles_on_one_database() -> None:
    told = database_settings()
    assert {alias: each["USER"] for alias, each in told.items()} == {
        "default": "bosett_app",
        "owner": "bosett_owner",
    }
    assert {each["NAME"] for each in told.values()} == {"bosett"}


def test_importing_the_settings_starts_no_server(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import django; django.setup(); from django.db import connection"],
        env={"DJANGO_SETTINGS_MODULE": "bosett_server.settings", "BOSETT_DATA_DIR": str(tmp_path / "state")},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.rglob("postgres"))
    assert not list(tmp_path.rglob("start.lock"))


@pytest.mark.django_db
def test_django_refuses_a_server_before_15(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "get_database_version", lambda: (14, 11))
    with pytest.raises(NotSupportedError, match=r"PostgreSQL 15 or later is required \(found 14\.11\)"):
        connection.check_database_version_supported()
