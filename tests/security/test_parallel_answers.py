"""Several at once on real PostgreSQL: one answer stands, the others are told; none slips in while a round is sent."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from bosett.decisions import AnswerKind
from bosett.terms.groups import Group
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.decision_details import Seen
from bosett_server.actions.decisions import record_vedtak
from bosett_server.actions.distribution import adjust_line
from bosett_server.actions.forecast import set_need
from bosett_server.actions.round_sending import send_round
from bosett_server.records.models import Round, VersionedFigure
from tests.bosett_server.cast import DAY, HERE, THERE, YEAR, World, world
from tests.bosett_server.distribution.scenes import drafted, everybody
from tests.security.parallel import at_once, refusals

CLIENTS = 10


@pytest.fixture
def stage(both_servers, settings) -> World:
    settings.BOSETT_TODAY = DAY
    return world()


def writing(stage: World, total: int, seen: Seen) -> partial:
    return partial(
        record_vedtak, stage["municipality_decider"], municipality=HERE, year=YEAR, kind=AnswerKind.NUMBER,
        numbers={Group.ALL: total}, decided_on=date(2026, 2, 5), source="Sak 12/26", seen=seen,
    )  # fmt: skip


def answers() -> list[VersionedFigure]:
    with acting(SYSTEM):
        return list(VersionedFigure.objects.filter(what="voted", municipality_id=HERE, group="all"))


def test_ten_who_answer_at_once_leave_one_answer_and_nine_are_told_by_name(stage):
    told = at_once([writing(stage, 40 + number, Seen(answer=0)) for number in range(CLIENTS)])
    assert {one.code for one in refusals(told)} == {"answered_meanwhile"}
    assert len(refusals(told)) == CLIENTS - 1
    (standing,) = answers()
    assert 40 <= standing.value < 40 + CLIENTS


def test_those_who_look_at_nothing_follow_each_other_and_no_version_is_lost(stage):
    told = at_once([writing(stage, 40 + number, Seen()) for number in range(CLIENTS)])
    assert refusals(told) == []
    rows = answers()
    assert len(rows) == CLIENTS
    assert sum(row.superseded_at is None for row in rows) == 1


def test_an_answer_while_the_round_is_replaced_meets_the_old_request_or_is_told_of_the_new(stage):
    everybody(stage)
    with acting(SYSTEM):
        seen = VersionedFigure.objects.get(what="asked", municipality_id=HERE, year=YEAR, group="all").pk
    set_need(stage["imdi_lead"], year=YEAR, value=90, source="Brev", valid_from=DAY)
    made = drafted(stage)
    with acting(SYSTEM):
        lines = list(Round.objects.get(pk=made).lines.values_list("municipality_id", "asked"))
    wanted = {HERE: 40, THERE: 50}
    for code, number in lines:
        if wanted.get(code, 0) != number:
            adjust_line(
                stage["imdi_lead"],
                round=made,
                municipality=code,
                asked=wanted.get(code, 0),
                reason="Til prøve",
            )
    sending = partial(send_round, stage["imdi_lead"], round=made, unheard_reason="agreed_without")
    told = at_once([sending, *[writing(stage, 60, Seen(request=seen, answer=0)) for _ in range(3)]])
    assert not isinstance(told[0], Exception)
    codes = [one.code for one in refusals(told)]
    rows = answers()
    assert set(codes) <= {"request_replaced", "answered_meanwhile"}
    assert len(rows) + len(codes) == 3
    with acting(SYSTEM):
        now = VersionedFigure.objects.get(
            what="asked", municipality_id=HERE, year=YEAR, group="all", superseded_at__isnull=True
        )
    assert now.value == 40
    # An answer that stands was written before the new request.
    assert all(row.recorded_at <= now.recorded_at for row in rows)
