"""The stage of the workbench: two municipalities with a vedtak, a centre, everybody in the cast."""

from __future__ import annotations

from datetime import date

import pytest

from tests.bosett_server.cast import HERE, THERE, World, vedtak, world


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = date(2026, 3, 16)
    settings.BOSETT_DEMO = True
    found = world()
    vedtak(HERE, 20)
    vedtak(THERE, 20)
    return found
