"""The demo's moves and matters are synthetic, in order, and made once."""

from __future__ import annotations

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.demo_followup import MATTERS, load_demo_followup
from bosett_server.records.models import Matter, Move, User
from tests.bosett_server.cast import DAY, HERE, world
from tests.bosett_server.results.test_results import ago, settled, vedtak


def test_moves_come_after_settlement_and_matters_wait_with_somebody(db, settings):
    settings.BOSETT_TODAY = DAY
    stage = world()
    vedtak(HERE, 500)
    for _ in range(40):
        settled(stage, ago(1000), ago(900), persons=2)
    with acting(SYSTEM):
        User.objects.filter(pk=stage.users["municipality_coordinator"].pk).update(username="kommune")
    made = load_demo_followup(SYSTEM, seed=1)
    assert made > 0
    assert load_demo_followup(SYSTEM, seed=1) == 0
    with acting(SYSTEM):
        for move in Move.objects.select_related("person__settlement"):
            assert move.person.settlement.settled_on < move.moved_on <= DAY
        assert Matter.objects.filter(synthetic=True).exclude(holder="").count() == len(MATTERS)
