"""Tests run as the service does: its role, its row-level security, a database of their own."""

from __future__ import annotations

import subprocess
import sys

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.utils import ProgrammingError

from bosett_server.database.scratch import Scratch

ADD = "INSERT INTO django_content_type (app_label, model) VALUES ('scratch', 'visitor')"
COUNT = "SELECT count(*) FROM django_content_type WHERE app_label = 'scratch'"


def _count(alias: str = "default") -> int:
    with connections[alias].cursor() as cursor:
        cursor.execute(COUNT)
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_test_works_as_the_services_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("bosett_app",)


@pytest.mark.django_db
def test_a_question_without_a_context_is_refused_in_tests_as_in_the_service() -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="no_access_context"):
        cursor.execute("SELECT bosett_role()")


@pytest.mark.django_db
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_writes_is_gone_in_the_next(turn: int) -> None:
    assert _count() == 0
    with connection.cursor() as cursor:
        cursor.execute(ADD)
    assert _count() == 1


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_commits_is_gone_in_the_next(turn: int) -> None:
    assert _count() == 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ADD)
    assert _count("owner") == 1


@pytest.mark.django_db(transaction=True)
def test_rows_made_by_migrate_survive_a_test_that_commits() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_content_type WHERE app_label = 'records'")
        assert cursor.fetchone()[0] > 10


@pytest.mark.django_db(transaction=True)
def test_the_owners_connection_sees_what_a_test_commits(owner_connection: psycopg.Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ADD)
    assert owner_connection.execute("SELECT current_user").fetchone() == ("bosett_owner",)
    assert owner_connection.execute(COUNT).fetchone() == (1,)


@pytest.mark.django_db
def test_the_services_role_cannot_empty_a_table() -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute("TRUNCATE records_auditevent")


def test_django_leads_to_each_of_both_servers(both_servers: Scratch) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database(), current_setting('server_version_num')::int")
        user, database, version = cursor.fetchone()
    assert (user, database) == ("bosett_app", both_servers.name)
    assert version >= 150000


def test_a_process_of_its_own_finds_the_database_through_the_environment(both_servers: Scratch) -> None:
    asked = (
        "import django; django.setup(); from django.db import connection as c; k = c.cursor();"
        "k.execute('SELECT current_user, current_database()'); print(*k.fetchone())"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env={**both_servers.environment(), "DJANGO_SETTINGS_MODULE": "bosett_server.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["bosett_app", both_servers.name]
