"""Every test's database: the service's own role, on a copy of a migrated template.

BOSETT_TEST_DATABASE chooses the server: `embedded` (default), `system` (Debian's programs, found in
/usr/lib/postgresql or BOSETT_TEST_SYSTEM_PG_BIN) or the URL of a superuser.  Servers and templates
are kept between runs under `.bosett/test/`.  With BOSETT_REQUIRE_ALL=1 what is missing fails.

Fixtures: `db` and `transactional_db` as pytest-django's; `scratch` is the database behind them;
`owner_connection` is its owner's; `both_servers` runs a test on the embedded server and the system's.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from bosett_server.database.scratch import Scratch
from tests.databases import CLONE, django_on, new_scratch

# A busy machine is no reason to fail, and a pull request must not fail by chance: the same cases each time.
hypothesis_settings.register_profile(
    "bosett", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("bosett")


LONGEST = (CLONE / "tests" / "browser", CLONE / "tests" / "security" / "test_role_matrix.py")
"""Begun first, so that two workers end together."""


# Around the plug-ins' own: pytest-xdist reads the groups, pytest-django puts what needs no database last.
@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """The library opens no socket: its tests cannot.  A file stays with one worker, and all of the browser's do."""
    for item in items:
        if item.path.is_relative_to(CLONE / "tests" / "bosett"):
            item.add_marker(pytest.mark.disable_socket)
        # Several workers: what a file makes for its tests is made once, and so is the demo the browser looks at.
        in_browser = item.path.is_relative_to(LONGEST[0])
        item.add_marker(
            pytest.mark.xdist_group("browser" if in_browser else str(item.path.relative_to(CLONE)))
        )
    yield
    items.sort(key=lambda item: not any(item.path.is_relative_to(place) for place in LONGEST))


@pytest.fixture(scope="session")
def scratch() -> Iterator[Scratch]:
    """The database of this worker's tests."""
    with new_scratch(os.environ.get("BOSETT_TEST_DATABASE") or "embedded") as made:
        yield made


@pytest.fixture(scope="session")
def django_db_setup(
    scratch: Scratch, django_test_environment: None, django_db_blocker: Any
) -> Iterator[None]:
    """In pytest-django's place: no database is created as the service's role, which may not."""

    def renew(case: TransactionTestCase) -> None:
        """After a test that commits.  The service's role cannot TRUNCATE, nor should the log be."""
        for connection in connections.all(initialized_only=True):
            connection.close()
        scratch.renew()

    with ExitStack() as until_the_end, pytest.MonkeyPatch.context() as patch:
        with django_db_blocker.unblock():
            until_the_end.enter_context(django_on(scratch))
        patch.setattr(TransactionTestCase, "_fixture_teardown", renew)
        yield


@pytest.fixture(autouse=True, scope="session")
def one_factor_is_enough(django_test_environment: None) -> Iterator[None]:
    """Tests of pages log in with `force_login`; the tests of log-in itself demand the second factor."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "BOSETT_MFA_REQUIRED", False)
        yield


@pytest.fixture
def owner_connection(scratch: Scratch) -> Iterator[psycopg.Connection]:
    """The owner of the tables, committing at once.  For tests with `transaction=True`."""
    with psycopg.connect(scratch.owner.conninfo(), autocommit=True) as connection:
        yield connection


@pytest.fixture(params=["embedded", pytest.param("system", marks=pytest.mark.debian_postgres)])
def both_servers(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any
) -> Iterator[Scratch]:
    """A database of the test's own, once on the embedded server and once on the system's.

    Django leads to it and what the test commits is really committed.  Do not ask for `db` as well.
    """
    with new_scratch(request.param) as made, django_db_blocker.unblock(), django_on(made):
        yield made
