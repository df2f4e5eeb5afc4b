"""Homes: one household at a time, each municipality's own, and hidden where a protected household lives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from bosett.decisions.homes import Misfit
from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.homes import (
    HomeFacts,
    change_home,
    end_hold,
    hold_home,
    import_homes,
    register_home,
    take_out_home,
    withdraw_hold,
)
from bosett_server.queries.homes import home_line, homes_for, homes_of_place, seekers, who_fits_home
from bosett_server.records.models import Assignment, AuditEvent, Home, HomeHold, Household
from tests.bosett_server.cast import HERE, NOW, THERE, YEAR, World, household, vedtak, world
from tests.bosett_server.planner.scenes import COORDINATOR, DECIDER, assigned, events, home, named
from tests.security.parallel import at_once, refusals

FIRST = date(2026, 4, 1)


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = date(2026, 3, 16)
    made = world()
    vedtak(HERE, 60)
    vedtak(THERE, 60)
    return made


def hold(stage: World, home_id: int, who: str = "", starts_on: date = FIRST, actor=None, **more) -> int:
    return hold_home(
        actor or stage[COORDINATOR],
        municipality=HERE,
        home_id=home_id,
        household=who,
        starts_on=starts_on,
        **more,
    )


def protect(who: Household) -> None:
    with acting(SYSTEM):
        Household.objects.filter(pk=who.pk).update(protection="strengt_fortrolig")


def addresses(stage: World, actor) -> list[str]:
    with acting(actor):
        return [one.address for one in homes_of_place(actor, HERE)]


def test_a_home_is_registered_changed_and_taken_out(stage):
    number = home(stage, "  Storgata   1 ", rent_nok=11_000)
    told = HomeFacts("Storgata 1", 3, date(2026, 2, 1), step_free=True)
    assert change_home(stage[COORDINATOR], municipality=HERE, home_id=number, version=1, home=told) == 2
    with acting(stage[COORDINATOR]):
        line = home_line(stage[COORDINATOR], HERE, number)
    assert (line.address, line.home.bedrooms, line.home.step_free, line.home.rent_nok) == (
        "Storgata 1",
        3,
        True,
        None,
    )
    take_out_home(stage[COORDINATOR], municipality=HERE, home_id=number)
    assert addresses(stage, stage[COORDINATOR]) == []
    assert [
        event.verb
        for verb in ("register_home", "change_home", "take_out_home")
        for event in events(stage, verb)
    ]


def test_no_address_and_no_household_is_in_the_log(stage):
    who = assigned(stage)
    number = home(stage, "Hemmeligveien 7")
    hold(stage, number, str(who.pk))
    with acting(stage["auditor"]):
        told = [f"{e.object_type}{e.object_id}{e.facts}" for e in AuditEvent.objects.exclude(outcome="read")]
    assert not any("Hemmeligveien" in one or str(who.pk) in one for one in told)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"address": "  "}, "home_address_missing"),
        ({"bedrooms": 21}, "home_number_wrong"),
        ({"bedrooms": -1}, "home_number_wrong"),
        ({"rent_nok": -1}, "home_number_wrong"),
        ({"free_until": date(2026, 1, 1)}, "home_days_wrong"),
        ({"address": "STORGATA 2"}, "home_is_there"),
    ],
)
def test_a_home_that_cannot_be_is_refused_logged_and_not_kept(stage, facts, code):
    home(stage, "Storgata 2")
    with pytest.raises(Refused) as refused:
        home(stage, **({"address": "Storgata 1", "bedrooms": 2} | facts))
    assert refused.value.code == code
    assert addresses(stage, stage[COORDINATOR]) == ["Storgata 2"]
    assert [event.facts["code"] for event in events(stage, "register_home", "refused")] == [code]


def test_a_home_holds_one_household_at_a_time(stage):
    one, two = assigned(stage), assigned(stage)
    number = home(stage)
    hold(stage, number, str(one.pk), ends_on=date(2026, 8, 1))
    with pytest.raises(Refused, match="home_held_then"):
        hold(stage, number, str(two.pk), date(2026, 7, 31))
    # The day that the first moves out, the next can move in.
    hold(stage, number, str(two.pk), date(2026, 8, 1))
    assert len(events(stage, "hold_home", "refused")) == 1


def test_a_household_has_one_home_without_an_end_in_a_municipality(stage):
    who = assigned(stage)
    hold(stage, home(stage, "A"), str(who.pk))
    with pytest.raises(Refused, match="household_has_a_home"):
        hold(stage, home(stage, "B"), str(who.pk))


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ({"starts_on": date(2025, 12, 1)}, "home_not_free_then"),
        ({"starts_on": FIRST}, "home_not_free_then"),
        ({"starts_on": FIRST, "ends_on": FIRST}, "home_days_wrong"),
    ],
)
def test_a_home_is_let_only_in_its_own_days(stage, days, code):
    number = home(stage, free_until=date(2026, 12, 1))
    with pytest.raises(Refused) as refused:
        hold(stage, number, **days)
    assert refused.value.code == code


def test_what_came_to_nothing_frees_the_home_and_what_has_begun_is_ended(stage):
    number = home(stage)
    with_draw = hold(stage, number)
    withdraw_hold(stage[COORDINATOR], municipality=HERE, hold=with_draw)
    begun = hold(stage, number, starts_on=date(2026, 2, 1))
    with pytest.raises(Refused, match="hold_has_begun"):
        withdraw_hold(stage[COORDINATOR], municipality=HERE, hold=begun)
    with pytest.raises(Refused, match="home_is_let"):
        take_out_home(stage[COORDINATOR], municipality=HERE, home_id=number)
    end_hold(stage[COORDINATOR], municipality=HERE, hold=begun, ends_on=date(2026, 3, 1))
    with pytest.raises(Refused, match="hold_is_over"):
        end_hold(stage[COORDINATOR], municipality=HERE, hold=begun, ends_on=date(2026, 3, 2))
    take_out_home(stage[COORDINATOR], municipality=HERE, home_id=number)
    with pytest.raises(Refused, match="home_taken_out"):
        hold(stage, number)


def test_a_change_that_leaves_somebody_outside_and_one_made_meanwhile_are_refused(stage):
    number = home(stage)
    hold(stage, number)
    shorter = HomeFacts("Storgata 1", 2, date(2026, 1, 1), date(2026, 9, 1))
    with pytest.raises(Refused, match="home_let_outside"):
        change_home(stage[COORDINATOR], municipality=HERE, home_id=number, version=1, home=shorter)
    with pytest.raises(Refused, match="somebody_changed"):
        change_home(stage[COORDINATOR], municipality=HERE, home_id=number, version=9, home=shorter)


def test_a_municipality_neither_sees_nor_uses_anothers_homes_or_households(stage):
    number, theirs = home(stage), assigned(stage, THERE)
    with pytest.raises(NotInSight):
        hold(stage, number, str(theirs.pk))
    with pytest.raises(NotInSight):
        hold(stage, number, "no id")
    with pytest.raises(NotInSight):
        take_out_home(stage["stranger"], municipality=HERE, home_id=number)
    with pytest.raises(NotInSight):
        take_out_home(stage["stranger"], municipality=THERE, home_id=number)
    with acting(stage["stranger"]), pytest.raises(NotInSight):
        homes_of_place(stage["stranger"], HERE)
    hold(stage, number)
    for role in (
        "stranger",
        "imdi_lead",
        "imdi_caseworker",
        "county",
        "ks",
        "public",
        "auditor",
        "admin",
        "centre",
    ):
        with acting(stage[role]):
            assert not Home.objects.exists(), role
            assert not HomeHold.objects.exists(), role


def test_a_decider_sees_the_homes_and_no_household_and_changes_nothing(stage):
    who = assigned(stage)
    number = home(stage)
    hold(stage, number, str(who.pk))
    with acting(stage[DECIDER]):
        line = home_line(stage[DECIDER], HERE, number)
        assert [(one.reference, one.household) for one in line.holds] == [("", "")]
        assert seekers(stage[DECIDER], HERE) == []
    with pytest.raises(NotPermitted):
        take_out_home(stage[DECIDER], municipality=HERE, home_id=number)


def test_the_home_of_a_protected_household_is_seen_by_those_named_alone(stage):
    who = assigned(stage)
    number = home(stage, "Skjermet vei 3")
    hold(stage, number, str(who.pk), starts_on=date(2026, 2, 1))
    assert addresses(stage, stage[COORDINATOR]) == ["Skjermet vei 3"]
    protect(who)
    for role in (COORDINATOR, DECIDER):
        assert addresses(stage, stage[role]) == []
        with acting(stage[role]):
            assert not HomeHold.objects.exists()
    assert addresses(stage, named(stage, who)) == ["Skjermet vei 3"]
    # To the others there is no such address: registering it is not refused, which would tell of it.
    home(stage, "Skjermet vei 3")
    with pytest.raises(NotInSight):
        hold(stage, number)


def test_the_home_is_seen_again_only_when_the_protected_household_has_moved_out(stage):
    who = assigned(stage)
    number = home(stage)
    protect(who)
    kept = hold(stage, number, str(who.pk), starts_on=date(2026, 2, 1), actor=named(stage, who))
    assert addresses(stage, stage[COORDINATOR]) == []
    end_hold(named(stage, who), municipality=HERE, hold=kept, ends_on=date(2026, 5, 1))
    assert addresses(stage, stage[COORDINATOR]) == []
    end_hold(named(stage, who), municipality=HERE, hold=kept, ends_on=date(2026, 3, 10))
    assert addresses(stage, stage[COORDINATOR]) == ["Storgata 1"]


def test_nobody_unseals_a_home_by_writing_the_column_it_hangs_on(stage):
    who = assigned(stage)
    number = home(stage)
    hold(stage, number, str(who.pk))
    protect(who)
    with acting(stage[COORDINATOR]):
        assert Home.objects.filter(pk=number).update(sealed_for=[]) == 0


def test_who_fits_this_home_are_only_households_this_municipality_may_see(stage):
    large, theirs = assigned(stage, persons=6), assigned(stage, THERE)
    small = assigned(stage, persons=2)
    household(stage)
    number = home(stage, bedrooms=1)
    with acting(stage[COORDINATOR]):
        _line, found = who_fits_home(stage[COORDINATOR], HERE, number)
    assert [(one.seeker.words, one.match.fits) for one in found] == [
        (small.reference, True),
        (large.reference, False),
    ]
    assert found[1].match.misfits == (Misfit.TOO_FEW_BEDROOMS,)
    assert theirs.reference not in {one.seeker.words for one in found}
    read = [event for event in events(stage, "home_seekers") if event.outcome == "read"]
    assert read[-1].facts["ids"] == [str(one.pk) for one in sorted((large, small), key=lambda r: r.reference)]


def test_a_card_is_there_by_its_number_and_needs_alone(stage):
    made = household(stage, persons=3)
    with acting(SYSTEM):
        card = Assignment.objects.create(
            household=made, municipality_id=HERE, year=YEAR, group="all", persons=3, state="offered", track="asylum",
            card={"needs": ["wheelchair_home"]}, decided_by=stage.users["imdi_caseworker"], decided_at=NOW,
            answer_due_on=date(2026, 3, 20),
        )  # fmt: skip
    home(stage, "Trapp 1", bedrooms=3)
    flat = home(stage, "Flat 1", bedrooms=3, step_free=True)
    with acting(stage[COORDINATOR]):
        seeker, found = homes_for(stage[COORDINATOR], HERE, f"card-{card.pk}")
    assert (seeker.card, seeker.words) == (card.pk, str(card.pk))
    assert [(one.line.id == flat, one.match.misfits) for one in found] == [
        (True, ()),
        (False, (Misfit.NOT_STEP_FREE,)),
    ]
    with acting(stage[COORDINATOR]), pytest.raises(NotInSight):
        homes_for(stage[COORDINATOR], HERE, "card-999999")


def test_a_file_of_homes_is_taken_in_whole_or_not_at_all(stage):
    home(stage, "Storgata 1", bedrooms=2)
    told = [
        HomeFacts("storgata 1", 4, date(2026, 1, 1)),
        HomeFacts("Ny vei 2", 1, date(2026, 1, 1)),
    ]
    found = import_homes(stage[COORDINATOR], municipality=HERE, homes=told)
    assert found == {"new": 1, "changed": 1, "same": 0}
    assert import_homes(stage[COORDINATOR], municipality=HERE, homes=told) == {
        "new": 0,
        "changed": 0,
        "same": 2,
    }
    worse = [HomeFacts("Tredje vei 3", 1, date(2026, 1, 1)), replace(told[0], bedrooms=99)]
    for homes, code in (
        (worse, "home_number_wrong"),
        ([told[0], told[0]], "home_twice"),
        ([], "homes_too_many"),
    ):
        with pytest.raises(Refused) as refused:
            import_homes(stage[COORDINATOR], municipality=HERE, homes=homes)
        assert refused.value.code == code
    assert addresses(stage, stage[COORDINATOR]) == ["Ny vei 2", "storgata 1"]


def test_reading_the_homes_takes_as_many_questions_for_many_as_for_one(stage, django_assert_num_queries):
    for number in range(3):
        hold(stage, home(stage, f"Vei {number}"), str(assigned(stage).pk))
    with acting(stage[COORDINATOR]), django_assert_num_queries(4):
        assert len(homes_of_place(stage[COORDINATOR], HERE)) == 3


def test_twenty_clients_who_let_the_same_home_let_it_once(both_servers, settings):
    settings.BOSETT_TODAY = date(2026, 3, 16)
    stage = world()
    vedtak(HERE, 60)
    homes = [assigned(stage, persons=1) for _ in range(20)]
    number = register_home(
        stage[COORDINATOR], municipality=HERE, home=HomeFacts("Storgata 1", 2, date(2026, 1, 1))
    )
    told = at_once([partial(hold, stage, number, str(one.pk)) for one in homes])
    assert [one.code for one in refusals(told)] == ["home_held_then"] * 19
    with acting(SYSTEM):
        assert HomeHold.objects.count() == 1
        # And the database itself says no, whatever a program tries.
        from django.db import IntegrityError, transaction

        with pytest.raises(IntegrityError, match="one_household_at_a_time"), transaction.atomic():
            HomeHold.objects.create(home_id=number, municipality_id=HERE, starts_on=FIRST, held_at=NOW)
