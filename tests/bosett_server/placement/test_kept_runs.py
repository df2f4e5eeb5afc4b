"""A run is kept so that it can be checked, computed again, compared, stopped, and never half stored."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from bosett.cli.main import main
from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions import placement as steps
from bosett_server.actions import placement_jobs
from bosett_server.actions.assignments import decide_assignments
from bosett_server.actions.placement import ask_run, begin_run, cancel_run
from bosett_server.actions.placement_work import carry_out, draw_curve, run_placement
from bosett_server.jobs.placement import solve_run
from bosett_server.queries import placement_runs
from bosett_server.queries.placement import Filters, desk
from bosett_server.queries.placement_compare import compared
from bosett_server.queries.placement_files import pack, unpack
from bosett_server.queries.placement_runs import (
    files,
    own_prices,
    run_kept,
    run_prices,
    runs,
    verified,
)
from bosett_server.records.models import Household, PlacementFile, PlacementPrice, PlacementRun, Proposal
from tests.bosett_server.cast import HERE, THERE, YEAR, household, vedtak
from tests.bosett_server.placement.scenes import events, interview_of, notices

IMDI = "imdi_caseworker"


def run(stage, **aim) -> int:
    return run_placement(stage[IMDI], year=YEAR, **aim)


def kept(stage, number):
    with acting(stage[IMDI]):
        return run_kept(stage[IMDI], number)


def checked(stage, number, again=False):
    with acting(stage[IMDI]):
        return verified(stage[IMDI], number, again=again)


def open_proposals() -> list[tuple[str, str]]:
    with acting(SYSTEM):
        rows = Proposal.objects.filter(state="open").order_by("id")
        return [(str(one.household_id), one.municipality_id or "") for one in rows]


def waiting() -> list[str]:
    """The tasks that the worker will find."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        return [name for (name,) in cursor]


def test_a_run_holds_what_went_in_what_came_out_and_who_asked(stage):
    for _ in range(3):
        household(stage)
    told = kept(stage, run(stage))
    assert (told.state, told.objective, told.version != "", told.seed) == ("done", "placed-first", True, 0)
    assert told.started_by == "Test imdi_caseworker"
    levels = {one["name"]: one for one in told.summary["levels"]}
    # Three households of two persons in forty places: all six are placed, and nobody can place more.
    assert levels["persons_tier_1"] == {"name": "persons_tier_1", "value": 6.0, "bound": 6.0}
    assert levels["score"]["bound"] >= levels["score"]["value"] > 0
    assert told.summary["proven"] is True
    assert len(told.instance_sha256) == len(told.answer_sha256) == 64


def test_the_kept_files_hold_under_the_command_that_knows_no_solver(stage, tmp_path):
    for _ in range(3):
        household(stage)
    number = run(stage)
    with acting(stage[IMDI]):
        _kept, instance, answer = files(stage[IMDI], number)
    for name, packed in (("instance", instance), ("out", answer)):
        zipfile.ZipFile(io.BytesIO(packed)).extractall(tmp_path / name)
    assert main(["verify", str(tmp_path / "instance"), str(tmp_path / "out")]) == 0
    placements = (tmp_path / "out" / "placements.csv").read_text()
    (tmp_path / "out" / "placements.csv").write_text(placements.replace(HERE, THERE, 1))
    assert main(["verify", str(tmp_path / "instance"), str(tmp_path / "out")]) == 4


@pytest.mark.parametrize("aim", [{}, {"objective": "score"}, {"objective": "wishes", "score_floor": 0.9},
                                 {"fairness_floor": 0.5}])  # fmt: skip
def test_computing_a_run_again_gives_the_same_bytes(stage, aim):
    vedtak(HERE, 3)
    homes = [household(stage, track=track) for track in ("asylum", "asylum", "collective")]
    interview_of(homes[0], wishes=[THERE, HERE], ties=[{"kind": "relatives", "municipality": THERE}])
    told = checked(stage, run(stage, **aim), again=True)
    assert (told.breaches, told.same_bytes, told.same_version) == ((), True, True)


def test_the_kept_bytes_are_filled_once(stage):
    household(stage)
    number = run(stage)
    with acting(SYSTEM), pytest.raises(DatabaseError, match="run_has_ended"), transaction.atomic():
        PlacementFile.objects.filter(run_id=number).update(instance=b"x")


def test_the_check_finds_an_answer_that_is_not_the_kept_one(stage, monkeypatch):
    household(stage)
    number = run(stage)
    with acting(stage[IMDI]):
        told, instance, answer = files(stage[IMDI], number)
    written = {
        **unpack(answer),
        "placements.csv": unpack(answer)["placements.csv"].replace(HERE.encode(), THERE.encode()),
    }
    monkeypatch.setattr(placement_runs, "files", lambda *_: (told, instance, pack(written)))
    codes = {one.code for one in checked(stage, number).breaches}
    assert {"file_changed", "used"} <= codes


def test_a_run_that_has_ended_is_never_changed(stage):
    household(stage)
    number = run(stage)
    with acting(SYSTEM), pytest.raises(DatabaseError, match="run_has_ended"), transaction.atomic():
        PlacementRun.objects.filter(pk=number).update(answer_sha256="0" * 64)


def test_a_run_that_was_asked_for_gives_nothing_until_it_is_solved(stage):
    home = household(stage)
    number = ask_run(stage[IMDI], year=YEAR)
    assert (kept(stage, number).state, open_proposals()) == ("queued", [])
    with pytest.raises(Refused, match="run_under_way"):
        ask_run(stage[IMDI], year=YEAR)
    assert solve_run(number) == "done"
    assert open_proposals() == [(str(home.pk), HERE)]


def test_whoever_waits_sees_how_far_a_run_has_come(stage):
    household(stage)
    number = ask_run(stage[IMDI], year=YEAR)
    begin_run(SYSTEM, run=number, phase="explaining")
    told = kept(stage, number)
    assert (told.state, told.phase, told.under_way) == ("solving", "explaining", True)


def test_a_stopped_run_leaves_what_stood_before_it(stage):
    household(stage)
    run(stage)
    before = open_proposals()
    number = ask_run(stage[IMDI], year=YEAR)
    cancel_run(stage[IMDI], run=number)
    assert carry_out(number) == "cancelled"
    assert open_proposals() == before
    with pytest.raises(Refused, match="run_has_ended"):
        cancel_run(stage[IMDI], run=number)


def test_a_run_that_breaks_while_it_is_stored_leaves_nothing_half(stage, monkeypatch):
    household(stage)
    run(stage)
    before = open_proposals()
    number = ask_run(stage[IMDI], year=YEAR)

    def broken(*_args):
        raise RuntimeError("the worker is gone")

    monkeypatch.setattr(steps, "prices_of", broken)
    with pytest.raises(RuntimeError, match="gone"):
        carry_out(number)
    assert open_proposals() == before
    assert kept(stage, number).state == "solving"
    with acting(SYSTEM):
        assert not PlacementPrice.objects.filter(run_id=number).exists()


def test_a_run_that_has_fallen_silent_stands_in_nobodys_way(stage):
    household(stage)
    number = ask_run(stage[IMDI], year=YEAR)
    with acting(SYSTEM):
        row = PlacementRun.objects.get(pk=number)
        PlacementRun.objects.filter(pk=number).update(told_at=row.told_at - timedelta(minutes=11))
    assert kept(stage, run(stage)).state == "done"
    assert kept(stage, number).state == "cancelled"


def test_a_large_week_waits_for_the_worker_and_a_small_one_does_not(stage, monkeypatch):
    household(stage)
    assert kept(stage, run(stage)).state == "done"
    assert waiting() == ["placement.draw_curve"]
    monkeypatch.setattr(placement_jobs, "LARGE_HOUSEHOLDS", 0)
    assert kept(stage, run(stage)).state == "queued"
    assert waiting() == ["placement.draw_curve", "placement.solve_run"]


def test_a_household_that_changed_while_the_run_was_solved_gets_no_proposal(stage):
    home, other = household(stage), household(stage)
    number = ask_run(stage[IMDI], year=YEAR)
    with acting(SYSTEM):
        Household.objects.filter(pk=home.pk).update(protection="fortrolig")
    carry_out(number)
    assert [one for one, _place in open_proposals()] == [str(other.pk)]
    assert kept(stage, number).summary["changed_meanwhile"] == 1


def test_a_floor_that_cannot_be_reached_ends_the_run_with_its_rule_and_changes_nothing(stage):
    vedtak(HERE, 2)
    vedtak(THERE, 0)
    for track in ("asylum", "collective"):
        household(stage, track=track)
    run(stage)
    before = open_proposals()
    # Two places for two households of two: one group always gets nothing, so no floor above 0 holds.
    told = kept(stage, run(stage, fairness_floor=0.5))
    assert (told.state, told.fault["code"]) == ("failed", "fairness_floor")
    assert open_proposals() == before


@pytest.mark.parametrize(
    ("aim", "code"),
    [({"objective": "cheapest"}, "no_such_objective"), ({"fairness_floor": 1.5}, "floor_is_a_share"),
     ({"score_floor": 0.5}, "score_floor_only_with_wishes"), ({"scores": 999_999}, "not_in_sight")],
)  # fmt: skip
def test_an_aim_that_is_none_is_refused_by_name(stage, aim, code):
    household(stage)
    with pytest.raises((Refused, NotInSight), match=code):
        run(stage, **aim)
    with acting(SYSTEM):
        assert not PlacementRun.objects.exists()


def test_the_aim_decides_who_is_placed(stage):
    # Four places: two households of two, or one of four.  By persons both ways place four; by wishes the
    # one that has waited longest gets its wish.
    vedtak(HERE, 2)
    vedtak(THERE, 2)
    first, second = household(stage), household(stage)
    interview_of(first, wishes=[HERE])
    interview_of(second, wishes=[HERE])
    with acting(SYSTEM):
        Household.objects.filter(pk=second.pk).update(ready_on="2025-12-01")
    run(stage, objective="wishes")
    assert dict(open_proposals()) == {str(first.pk): THERE, str(second.pk): HERE}


def test_the_price_of_fairness_is_drawn_once_and_stands_with_the_run(stage):
    vedtak(HERE, 4)
    for track in ("asylum", "collective", "asylum"):
        household(stage, track=track)
    number = run(stage)
    assert draw_curve(number) == 10
    curve = kept(stage, number).curve
    assert len(curve) == 10
    assert curve[0]["price"] == 0.0
    prices = [one["price"] for one in curve if one["price"] is not None]
    assert all(price >= -1e-9 for price in prices)
    draw_curve(number)
    assert kept(stage, number).curve == curve


def test_two_runs_are_compared_by_who_moves(stage):
    home, other = household(stage), household(stage)
    first = run(stage)
    interview_of(home, wishes=[THERE])
    new = household(stage)
    second = run(stage)
    with acting(stage[IMDI]):
        told = compared(stage[IMDI], first, second)
    assert [(str(one.household), one.before, one.after) for one in told.moved] == [
        (str(home.pk), "Drammen", "Arendal")
    ]
    assert ([str(one.household) for one in told.came], told.left, told.same) == ([str(new.pk)], (), 1)
    assert str(other.pk) not in repr(told)


def test_a_comparison_counts_persons_by_municipality_and_who_goes_to_another_county(stage):
    homes = [household(stage, persons=number) for number in (2, 3)]
    for home in homes:
        interview_of(home, wishes=[HERE])
    first = run(stage)
    interview_of(homes[1], wishes=[THERE])
    second = run(stage)
    with acting(stage[IMDI]):
        told = compared(stage[IMDI], first, second)
    # All 5 wish to come to the first municipality; then the household of 3 wishes to go to the other county.
    assert [(one.municipality, one.before, one.after) for one in told.persons] == [
        (HERE, 5, 2),
        (THERE, 0, 3),
    ]
    assert told.other_county == 1


def test_a_household_that_became_protected_is_in_no_comparison_and_on_no_desk(stage):
    home = household(stage)
    first = run(stage)
    interview_of(home, wishes=[THERE])
    second = run(stage)
    with acting(SYSTEM):
        Household.objects.filter(pk=home.pk).update(protection="fortrolig")
    with acting(stage[IMDI]):
        told = compared(stage[IMDI], first, second)
        shown = desk(stage[IMDI], YEAR, Filters(show="all"))
    assert (told.moved, told.same, shown.rows) == ((), 0, ())


def test_a_municipality_sees_its_own_price_and_no_others(stage):
    vedtak(HERE, 2)
    for _ in range(3):
        interview_of(household(stage), wishes=[HERE])
    number = run(stage)
    with acting(stage[IMDI]):
        assert {one.municipality for one in run_prices(stage[IMDI], number)} == {HERE}
        assert own_prices(stage[IMDI], THERE, YEAR) != []
    coordinator = stage["municipality_coordinator"]
    with acting(coordinator):
        mine = own_prices(coordinator, HERE, YEAR)
        assert {one.municipality for one in mine} == {HERE}
        # Everybody has a place, so a place more gives no person; it gives nearness to a wish.
        whole = next(one for one in mine if one.dimension == "persons")
        assert (whole.persons, whole.points > 0) == (0.0, True)
        assert own_prices(coordinator, THERE, YEAR) == []
        assert not PlacementRun.objects.exists()
        assert not PlacementFile.objects.exists()
        with pytest.raises(NotInSight):
            run_kept(coordinator, number)
    for who in ("county", "ks", "ministry", "centre", "auditor", "admin"):
        with acting(stage[who]):
            assert own_prices(stage[who], HERE, YEAR) == []


@pytest.mark.parametrize(
    "who", ["municipality_coordinator", "municipality_decider", "centre", "ks", "auditor"]
)
def test_only_imdi_starts_or_stops_a_run(stage, who):
    household(stage)
    number = ask_run(stage[IMDI], year=YEAR)
    with pytest.raises(NotPermitted):
        ask_run(stage[who], year=YEAR)
    with pytest.raises(NotPermitted):
        cancel_run(stage[who], run=number)
    with pytest.raises(NotPermitted):
        begin_run(stage[IMDI], run=number)


def test_each_step_of_a_run_is_logged_and_told_once(stage):
    household(stage)
    number = run(stage)
    assert [one.object_id for one in events(stage, "ask_run")] == [str(number)]
    assert [one.facts["phase"] for one in events(stage, "begin_run")] == ["solving", "explaining"]
    assert len(events(stage, "finish_run")) == 1
    assert len(notices(stage, IMDI, "placement_run_done")) == 1


def test_runs_are_listed_the_newest_first_a_page_at_a_time(stage):
    household(stage)
    numbers = [run(stage) for _ in range(3)]
    with acting(stage[IMDI]):
        page = runs(stage[IMDI], limit=2)
        rest = runs(stage[IMDI], before_id=page[-1].id, limit=2)
    assert [one.id for one in (*page, *rest)] == numbers[::-1]


def test_a_decided_household_stays_decided_whatever_a_later_run_says(stage):
    home = household(stage)
    run(stage)
    with acting(stage[IMDI]):
        number = Proposal.objects.get(household=home, state="open").pk
    decide_assignments(stage[IMDI], proposals=[number])
    household(stage)
    run(stage)
    assert str(home.pk) not in dict(open_proposals())
