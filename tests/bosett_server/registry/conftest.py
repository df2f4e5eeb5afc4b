"""The stage of the registry tests."""

from __future__ import annotations

import pytest

from tests.bosett_server.cast import DAY, World, world


@pytest.fixture
def stage(db, settings, tmp_path) -> World:
    settings.STATIC_ROOT = tmp_path
    settings.BOSETT_TODAY = DAY
    return world()
