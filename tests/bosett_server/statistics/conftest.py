"""The stage of the statistics tests: four municipalities of Buskerud and one of Agder, places enough."""

from __future__ import annotations

import pytest

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.records.models import Municipality
from tests.bosett_server.cast import DAY, HERE, THERE, World, vedtak, world

MORE = {"3303": "Kongsberg", "3305": "Ringerike", "3310": "Hole"}


@pytest.fixture
def stage(db, settings, tmp_path) -> World:
    settings.STATIC_ROOT = tmp_path
    settings.BOSETT_TODAY = DAY
    found = world()
    with acting(SYSTEM):
        Municipality.objects.bulk_create(
            Municipality(
                code=code, name=name, name_norwegian=name, sort_key=name.lower(), county_id="33",
                language_decision="neutral", centrality=3, kostra_group="EKG12",
            )
            for code, name in MORE.items()
        )  # fmt: skip
    for code in (HERE, THERE, *MORE):
        vedtak(code, 50, year=2024)
    return found
