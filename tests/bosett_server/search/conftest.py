"""The stage of the search's tests."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

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
