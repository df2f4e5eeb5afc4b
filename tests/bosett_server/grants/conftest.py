"""The stage of the grant tests: places enough in both municipalities, in every year that is used."""

from __future__ import annotations

import pytest

from tests.bosett_server.cast import DAY, HERE, THERE, World, vedtak, world


@pytest.fixture
def stage(db, settings, tmp_path) -> World:
    settings.STATIC_ROOT = tmp_path
    settings.BOSETT_TODAY = DAY
    found = world()
    for year in (2023, 2024, 2025, 2026):
        vedtak(HERE, 50, year=year)
        vedtak(THERE, 50, year=year)
    return found
