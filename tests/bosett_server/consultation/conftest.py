"""The room on the demo's day."""

from __future__ import annotations

import pytest

from tests.bosett_server.cast import DAY, World, world


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    return world()
