"""A secondary move: the file follows when all have moved, both municipalities are told, grants are computed anew."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.moves import record_move
from bosett_server.actions.settlements import settle
from bosett_server.records.models import GrantLine, Move
from tests.bosett_server.cast import HERE, THERE
from tests.bosett_server.life.scenes import assigned, logged, now, people, told

CAME, MOVED = date(2026, 3, 3), date(2026, 3, 10)


def settled(stage):
    home = assigned(stage)
    coordinator = stage["municipality_coordinator"]
    settle(coordinator, household=str(home.pk), persons={str(p.pk): CAME for p in people(home)})
    return home


def move(stage, home, *who, to=THERE, on=MOVED, role="municipality_coordinator"):
    ids = [str(one.pk) for one in who or people(home)]
    return record_move(stage[role], household=str(home.pk), persons=ids, to=to, registered_on=on)


def test_the_file_follows_when_the_last_one_has_moved(stage):
    home = settled(stage)
    first, last = people(home)
    move(stage, home, first)
    assert now(home).assigned_municipality_id == HERE
    move(stage, home, last)
    assert now(home).assigned_municipality_id == THERE
    assert [e.facts["file_follows"] for e in logged(stage, "record_move")] == [False, True]
    with pytest.raises(NotInSight):
        move(stage, home, last)
    with pytest.raises(Refused, match="same_municipality"):
        move(stage, home, last, role="stranger")


def test_both_municipalities_are_told_without_names_or_reference(stage):
    home = settled(stage)
    move(stage, home)
    (away,) = told(stage, "municipality_coordinator", "moved_away")
    (here,) = told(stage, "stranger", "moved_here")
    assert away.facts == {"persons": 2, "to": "Arendal"}
    assert here.facts == {"persons": 2, "from": "Drammen"}
    assert (away.url, here.url) == ("/grants/", f"/households/{home.pk}/")


def test_grants_are_computed_anew(stage):
    """Year 1 is paid to the municipality of settlement; a move inside it is for the rules to divide."""
    home = settled(stage)
    with acting(SYSTEM):
        before = GrantLine.objects.filter(person__household=home, superseded_at=None).count()
    move(stage, home)
    (first, *_) = logged(stage, "compute_grant_lines")
    assert before > 0
    assert len(logged(stage, "compute_grant_lines")) == 2
    assert first.outcome == "done"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"to": HERE}, "same_municipality"),
        ({"on": date(2026, 3, 2)}, "moved_before_settlement"),
        ({"on": date(2026, 3, 17)}, "in_the_future"),
    ],
)
def test_a_move_that_cannot_be_is_refused(stage, more, code):
    home = settled(stage)
    with pytest.raises(Refused) as refused:
        move(stage, home, **more)
    assert refused.value.code == code
    with acting(SYSTEM):
        assert Move.objects.count() == 0


def test_a_move_is_recorded_once_and_never_before_the_last_one(stage):
    home = settled(stage)
    first, _ = people(home)
    move(stage, home, first)
    with pytest.raises(Refused, match="moved_before_last_move"):
        move(stage, home, first, to=HERE, on=date(2026, 3, 9))
    with pytest.raises(Refused, match="move_already_recorded"):
        move(stage, home, first, to=HERE, on=MOVED)
    with pytest.raises(Refused, match="nobody_chosen"):
        record_move(
            stage["imdi_caseworker"], household=str(home.pk), persons=[], to=THERE, registered_on=MOVED
        )
    with pytest.raises(Refused, match="not_settled"):
        move(stage, assigned(stage))


def test_only_who_may_records_a_move(stage):
    home = settled(stage)
    for role in ("centre", "udi_reception", "municipality_decider", "county"):
        with pytest.raises(NotPermitted):
            move(stage, home, role=role)
    with pytest.raises(NotInSight):
        move(stage, home, role="stranger")


def test_when_the_log_fails_nobody_has_moved(stage, monkeypatch):
    home = settled(stage)

    def broken(*_args, **_kwargs):
        raise RuntimeError("the log is gone")

    monkeypatch.setattr("bosett_server.access.audit.append", broken)
    with pytest.raises(RuntimeError):
        move(stage, home)
    assert now(home).assigned_municipality_id == HERE
