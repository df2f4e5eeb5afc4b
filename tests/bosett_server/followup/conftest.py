"""The stage of the list's and the file's tests."""

from __future__ import annotations

import functools
from datetime import date

import pytest
from django.test import Client

from tests.bosett_server.api.issuer import configured, organisation
from tests.bosett_server.cast import World, world


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = date(2026, 3, 16)
    return world()


@pytest.fixture
def browser(stage):
    """A logged-in browser of a role."""

    def of(role: str) -> Client:
        client = Client()
        client.force_login(stage.users[role])
        return client

    return of


@pytest.fixture
def machine(stage, settings, tmp_path):
    """A client that calls as a role's organisation."""
    issuer = configured(settings, tmp_path)
    numbers = iter(range(313000001, 313000099))

    @functools.cache
    def of(role: str) -> Client:
        number = str(next(numbers))
        organisation(stage[role], number)
        consumer = {"authority": "iso6523-actorid-upis", "ID": f"0192:{number}"}
        return Client(headers={"Authorization": f"Bearer {issuer.token(consumer=consumer)}"})

    return of
