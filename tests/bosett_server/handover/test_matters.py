"""Matters between sectors: with the sender until accepted, back when refused, never nobody's, never seen by others."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from bosett.agreement.handover import Ask, Desk, DeskKind, Outcome, RefusalReason, desk
from bosett.agreement.pressure import Sector
from bosett.terms.errors import BadInput, Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.handover import (
    accept_hand_over,
    close_matter,
    hand_over,
    open_matter,
    refuse_hand_over,
    take_back_hand_over,
)
from bosett_server.actions.handover_notices import remind_matters
from bosett_server.queries.handover import Box, matter, matters
from bosett_server.records.models import HandOver, Household, Matter, Notice
from tests.bosett_server.cast import DAY, HERE, THERE, World, household, world
from tests.bosett_server.planner.scenes import events

OWN = "municipality_coordinator"
HERE_DESK = f"municipality:{HERE}"


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    return world()


def opened(stage: World, role: str = OWN, **more: object) -> int:
    told = {"sector": Sector.HOUSING, "ask": Ask.SERVICE, "municipality": HERE, **more}
    return open_matter(stage[role], **told)


def holder(stage: World, number: int) -> tuple[str, str]:
    with acting(SYSTEM):
        row = Matter.objects.get(pk=number)
    return row.holder, row.offered_to


def boxes(stage: World, role: str, number: int) -> list[str]:
    with acting(stage[role]):
        return [box.value for box in Box if number in {row.id for row in matters(stage[role], box)}]


def test_a_matter_stays_with_the_sender_until_it_is_accepted(stage):
    number = opened(stage)
    asked = hand_over(stage[OWN], matter=number, to="husbanken")
    assert holder(stage, number) == (HERE_DESK, "husbanken")
    assert (boxes(stage, OWN, number), boxes(stage, "husbanken", number)) == (
        ["sent", "all"],
        ["to-me", "all"],
    )
    accept_hand_over(stage["husbanken"], hand_over=asked)
    assert holder(stage, number) == ("husbanken", "")
    assert boxes(stage, "husbanken", number) == ["mine", "all"]
    assert [one.object_id for one in events(stage, "accept_hand_over")] == [str(number)]


def test_a_refused_matter_is_the_senders_again_with_the_reason(stage):
    number = opened(stage)
    asked = hand_over(stage[OWN], matter=number, to="nav")
    refuse_hand_over(stage["nav"], hand_over=asked, reason=RefusalReason.NO_CAPACITY)
    assert holder(stage, number) == (HERE_DESK, "")
    with acting(stage[OWN]):
        (step,) = matter(stage[OWN], number).history
        assert (step.state, step.reason) == ("refused", "no_capacity")
        assert Notice.objects.filter(code="matter_refused").count() == 1


def test_whoever_takes_no_part_sees_nothing_of_it_and_imdi_sees_that_somebody_has_it(stage):
    number = opened(stage)
    for role in ("nav", "county", "statsforvalter", "udi_reception", "ks", "centre", "stranger", "admin"):
        with acting(stage[role]):
            assert not Matter.objects.exists(), role
            assert not HandOver.objects.exists(), role
    with acting(stage["imdi_caseworker"]):
        assert matter(stage["imdi_caseworker"], number).row.holder == HERE_DESK
    with acting(stage["nav"]), pytest.raises(NotInSight):
        matter(stage["nav"], number)


def test_only_who_has_it_hands_it_over_or_closes_it_and_only_who_is_asked_answers(stage):
    number = opened(stage)
    asked = hand_over(stage[OWN], matter=number, to="nav")
    refused = [
        lambda: hand_over(stage["nav"], matter=number, to="imdi"),
        lambda: close_matter(stage["nav"], matter=number, outcome=Outcome.DONE),
        lambda: accept_hand_over(stage[OWN], hand_over=asked),
        lambda: refuse_hand_over(stage["imdi_lead"], hand_over=asked, reason=RefusalReason.NO_CAPACITY),
        lambda: take_back_hand_over(stage["nav"], hand_over=asked),
    ]
    for step in refused:
        with pytest.raises(Refused, match="matter_not_yours"):
            step()
    assert holder(stage, number) == (HERE_DESK, "nav")
    for role in ("ks", "ministry", "centre", "auditor"):
        with pytest.raises(NotPermitted):
            opened(stage, role)


def test_what_is_on_its_way_answered_or_closed_cannot_be_moved(stage):
    number = opened(stage)
    asked = hand_over(stage[OWN], matter=number, to="nav")
    with pytest.raises(Refused, match="matter_on_its_way"):
        hand_over(stage[OWN], matter=number, to="imdi")
    with pytest.raises(Refused, match="matter_on_its_way"):
        close_matter(stage[OWN], matter=number, outcome=Outcome.DONE)
    take_back_hand_over(stage[OWN], hand_over=asked)
    with pytest.raises(Refused, match="hand_over_answered"):
        accept_hand_over(stage["nav"], hand_over=asked)
    close_matter(stage[OWN], matter=number, outcome=Outcome.NOT_NEEDED)
    with pytest.raises(Refused, match="matter_closed"):
        hand_over(stage[OWN], matter=number, to="nav")


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("nobody", "desk_unknown"),
        ("county:", "desk_unknown"),
        (HERE_DESK, "desk_is_yours"),
        (f"municipality:{THERE}", "desk_of_another_place"),
        ("county:42", "desk_of_another_place"),
    ],
)
def test_a_matter_goes_only_to_a_desk_that_can_have_it(stage, to, code):
    number = opened(stage)
    with pytest.raises(Refused, match=code):
        hand_over(stage[OWN], matter=number, to=to)
    assert holder(stage, number) == (HERE_DESK, "")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"words": "x" * 501}, "matter_words_too_long"),
        ({"due_on": DAY - timedelta(days=1)}, "matter_due_has_passed"),
        ({"municipality": THERE}, "matter_needs_place"),
    ],
)
def test_a_matter_that_cannot_be_is_refused_and_nothing_is_stored(stage, more, code):
    with pytest.raises(Refused, match=code):
        opened(stage, **more)
    with acting(SYSTEM):
        assert not Matter.objects.exists()


def test_a_county_opens_matters_of_its_own_municipalities_only(stage):
    assert opened(stage, "county")
    with pytest.raises(Refused, match="desk_of_another_place"):
        opened(stage, "county", municipality=THERE)


def test_about_a_household_only_codes_and_only_to_those_who_may_see_it(stage):
    home = household(stage)
    about = {"municipality": "", "household": str(home.pk)}
    with pytest.raises(Refused, match="matter_words_about_household"):
        opened(stage, "imdi_caseworker", words="Familien trenger hjelp", **about)
    number = opened(stage, "imdi_caseworker", **about)
    for to in ("nav", "husbanken", "county:33", HERE_DESK, "bufetat"):
        with pytest.raises(Refused, match="desk_sees_no_household"):
            hand_over(stage["imdi_caseworker"], matter=number, to=to)
    asked = hand_over(stage["imdi_caseworker"], matter=number, to="udi")
    accept_hand_over(stage["udi_reception"], hand_over=asked)
    with acting(stage["udi_reception"]):
        assert matter(stage["udi_reception"], number).row.about == home.reference
    assert [str(home.pk)] == [one.object_id for one in events(stage, "read_matters")]
    with pytest.raises(NotInSight):
        opened(stage, "nav", **about)
    with pytest.raises(NotInSight):
        opened(stage, OWN, **about)


def test_a_protected_household_is_neither_handed_over_nor_seen_in_a_matter(stage):
    home = household(stage)
    number = opened(stage, "imdi_caseworker", municipality="", household=str(home.pk))
    with acting(SYSTEM):
        Household.objects.filter(pk=home.pk).update(protection="strengt_fortrolig")
    for role in ("imdi_caseworker", "imdi_lead", "udi_reception"):
        with acting(stage[role]):
            assert not Matter.objects.filter(pk=number).exists(), role


def test_a_matter_about_a_household_is_opened_from_its_file_and_stands_there(stage, client):
    home = household(stage)
    client.force_login(stage.users["imdi_caseworker"])
    client.cookies["language"] = "nb"
    page = client.get(f"/households/{home.pk}/").content.decode()
    link = f"/matters/new/?household={home.pk}"
    assert link in page
    told = {"sector": "housing", "ask": "service_needed", "due_on": "", "request_key": "k1"}
    opened_at = client.post(link, told)
    assert opened_at.status_code == 302
    assert f'href="{opened_at.url}"' in client.get(f"/households/{home.pk}/").content.decode()
    client.force_login(stage.users["centre"])
    assert link not in client.get(f"/households/{home.pk}/").content.decode()


def test_the_database_moves_a_matter_by_acceptance_alone(stage):
    number = opened(stage)
    for change in ({"holder": "nav"}, {"offered_to": "nav"}, {"desks": ["nav"]}):
        with pytest.raises(Exception, match="matter_moves_by_acceptance"), acting(stage[OWN]):
            Matter.objects.filter(pk=number).update(**change)
    with pytest.raises(Exception, match="moves_by_acceptance"), acting(SYSTEM):
        Matter.objects.filter(pk=number).update(holder="")
    asked = hand_over(stage[OWN], matter=number, to="nav")
    with pytest.raises(Exception, match="matter_not_yours"), acting(stage[OWN]):
        HandOver.objects.filter(pk=asked).update(state="accepted", answered_at="2026-03-16T10:00Z")
    assert holder(stage, number) == (HERE_DESK, "nav")


def test_a_step_that_fails_after_it_has_begun_leaves_nothing(stage, monkeypatch):
    number = opened(stage)

    def breaks(*_args: object) -> None:
        raise RuntimeError("the inbox is away")

    monkeypatch.setattr("bosett_server.actions.step._notify", breaks)
    with pytest.raises(RuntimeError):
        hand_over(stage[OWN], matter=number, to="nav")
    assert holder(stage, number) == (HERE_DESK, "")
    with acting(SYSTEM):
        assert not HandOver.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_hand_over_at_once_one_is_told_that_it_is_on_its_way(settings):
    settings.BOSETT_TODAY = DAY
    stage, codes = world(), []
    number = opened(stage)

    def one(to: str) -> None:
        try:
            hand_over(stage[OWN], matter=number, to=to)
            codes.append("handed")
        except Refused as refusal:
            codes.append(refusal.code)
        finally:
            connections.close_all()

    threads = [Thread(target=one, args=(to,)) for to in ("nav", "husbanken")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == ["handed", "matter_on_its_way"]


def test_an_unanswered_hand_over_is_told_to_both_once_a_week(stage, settings):
    number = opened(stage)
    hand_over(stage[OWN], matter=number, to="nav")
    assert remind_matters(SYSTEM) == 0
    for days, told in ((13, 0), (14, 1), (15, 0), (20, 0), (21, 1)):
        settings.BOSETT_TODAY = DAY + timedelta(days=days)
        assert remind_matters(SYSTEM) == told, days
    with acting(stage["nav"]):
        assert Notice.objects.filter(code="matter_unanswered").count() == 2
    with acting(stage[OWN]):
        assert Notice.objects.filter(code="matter_unanswered_sender").count() == 2


def test_a_matter_that_lies_long_is_told_to_who_has_it(stage, settings):
    opened(stage)
    settings.BOSETT_TODAY = DAY + timedelta(days=30)
    assert (remind_matters(SYSTEM), remind_matters(SYSTEM)) == (1, 0)


def test_the_whole_way_by_pages(stage, client):
    client.cookies["language"] = "en"
    client.force_login(stage.users[OWN])
    made = client.post("/matters/new/", {"sector": "health", "ask": "capacity_wanted", "municipality": HERE,
                                         "words": "Fastlegelistene er fulle."})  # fmt: skip
    assert made.status_code == 302
    address = made["Location"]
    assert client.post(f"{address}hand-over/", {"to": ""}).status_code == 422
    assert client.post(f"{address}hand-over/", {"to": "statsforvalter:33"}).status_code == 302
    client.force_login(stage.users["statsforvalter"])
    client.cookies["language"] = "en"
    listed = client.get("/matters/").content.decode()
    assert "Health and GPs: More capacity is needed" in listed
    assert "asks you to take this matter" in client.get(address).content.decode()
    assert client.post(f"{address}refuse/", {}).status_code == 422
    assert client.post(f"{address}accept/").status_code == 302
    assert "You have this matter." in client.get(address).content.decode()
    assert client.post(f"{address}close/", {"outcome": "done"}).status_code == 302
    client.force_login(stage.users["stranger"])
    assert client.get(address).status_code == 404
    client.force_login(stage.users["ks"])
    assert client.get("/matters/").status_code == 403


def test_the_list_asks_as_often_for_many_matters_as_for_one(stage, client):
    client.force_login(stage.users["imdi_caseworker"])
    counts = []
    for more in (1, 5):
        for _ in range(more):
            opened(stage)
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/matters/?show=all").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_desk_has_a_place_exactly_when_its_kind_has_one():
    assert str(desk("county:33")) == "county:33"
    assert desk("nav") == Desk(DeskKind.NAV)
    for wrong in ("", "nav:33", "county", "county:333", "municipality:33", "ks"):
        with pytest.raises(BadInput):
            desk(wrong)
