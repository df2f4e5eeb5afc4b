"""The start page, the overview of answers and the published tables tell the same of a vedtak under change."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.queries.decision_overview import overview
from bosett_server.queries.known import Known
from bosett_server.queries.start import tiles
from bosett_server.queries.statistics_inputs import counts
from bosett_server.records.models import VersionedFigure
from tests.bosett_server.cast import DAY, HERE, NOW, YEAR, vedtak, world


@pytest.fixture
def stage(db, settings):
    settings.BOSETT_TODAY = DAY
    return world()


def test_what_is_voted_is_the_newest_approved_number_everywhere(stage):
    old = vedtak(HERE, 20)
    with acting(SYSTEM):
        VersionedFigure.objects.filter(pk=old.pk).update(superseded_at=NOW)
        VersionedFigure.objects.create(
            what="voted", municipality_id=HERE, year=YEAR, group="all", value=35, valid_from=DAY,
            recorded_at=NOW + timedelta(hours=1), source="waits for approval", supersedes=old,
        )  # fmt: skip
    with acting(stage["ks"]):
        start = {one.code: one.figure.value for one in tiles(stage["ks"], DAY)}["voted"]
        told = overview(stage["ks"], YEAR, Known(DAY, DAY))
    with acting(SYSTEM):
        published = counts(YEAR).voted[HERE]
    line = next(one for one in told.lines if one.code == HERE)
    assert (start, line.voted.value, published.value) == (20, 20, 20)
    assert line.recorded is not None
    assert line.recorded.value == 35
