"""Frames, payments, a person's years and sums as known on a day: what they say, to whom, and what stays hidden."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight
from bosett_server.queries import grant_frames
from bosett_server.queries.grant_frames import FrameAsk, frame_shown
from tests.bosett_server.cast import HERE, THERE, YEAR
from tests.bosett_server.grants.settled import events, settled

ASK = FrameAsk(HERE, YEAR)


@pytest.fixture(autouse=True)
def nothing_kept():
    grant_frames.forget_frames()


def shown(stage, role, ask=ASK):
    with acting(stage[role]):
        return frame_shown(stage[role], ask)


def get(stage, role, address):
    client = Client()
    client.cookies["language"] = "en"
    if role != "public":
        client.force_login(stage.users[role])
    return client.get(address)


def test_a_frame_counts_those_settled_and_those_voted_for(stage):
    settled(stage, date(2025, 5, 1), persons=6)
    found = shown(stage, "municipality_coordinator")
    assert found.voted == 50
    assert [one.number for one in found.alternatives] == sorted({0, 50, found.asked or 0})
    assert {one.origin.value for one in found.frame.lines} == {"settled", "voted", "family"}
    assert all(one.nok.low <= one.nok.likely <= one.nok.high for one in found.frame.years)


def test_answering_nobody_gives_less_than_the_vote_and_the_own_number_stands_beside(stage):
    found = shown(stage, "municipality_decider", FrameAsk(HERE, YEAR, own=20))
    numbers = [one.number for one in found.alternatives]
    assert {0, 20, 50} <= set(numbers)
    totals = [one.frame.total_nok for one in found.alternatives]
    assert totals == sorted(totals)
    assert found.alternatives[0].difference_nok == 0


@pytest.mark.parametrize("role", ["ks", "county"])
def test_who_may_not_see_persons_gets_nothing_of_fewer_than_five(stage, role):
    before = shown(stage, role).frame
    settled(stage, date(2025, 5, 1), persons=4)
    found = shown(stage, role)
    assert found.settled_hidden
    assert found.frame.years == before.years  # as if the four were not there
    assert {one.origin.value for one in found.frame.lines} == {one.origin.value for one in before.lines}


def test_five_settled_persons_are_counted_for_ks(stage):
    settled(stage, date(2025, 5, 1), persons=5)
    assert not shown(stage, "ks").settled_hidden
    assert "settled" in {one.origin.value for one in shown(stage, "ks").frame.lines}


def test_no_group_of_fewer_than_five_settled_persons_has_a_number(stage):
    settled(stage, date(2024, 5, 1), persons=3)
    settled(stage, date(2025, 5, 1), persons=6)
    for line in shown(stage, "municipality_coordinator").frame.lines:
        if line.origin.value == "settled" and line.year == YEAR:
            assert line.persons is None or line.persons >= 5


def test_a_protected_household_is_in_no_municipal_frame(stage):
    settled(stage, date(2025, 5, 1), persons=6)
    before = shown(stage, "municipality_coordinator").frame.years
    settled(stage, date(2025, 5, 1), persons=6, protection="strengt_fortrolig")
    assert shown(stage, "municipality_coordinator").frame.years == before


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("municipality_coordinator", THERE), ("municipality_decider", ""), ("county", THERE), ("county", ""),
        ("ministry", HERE), ("ks", "9999"),
    ],
)  # fmt: skip
def test_a_frame_that_is_not_the_readers_is_not_in_sight(stage, role, place):
    with pytest.raises(NotInSight):
        shown(stage, role, FrameAsk(place, YEAR))


@pytest.mark.parametrize("role", ["ks", "ministry", "imdi_lead"])
def test_the_country_is_framed_for_those_who_see_it(stage, role):
    assert shown(stage, role, FrameAsk("", YEAR)).voted == 100  # 50 in each of the two municipalities


def test_the_workbook_holds_live_formulas_and_its_taking_is_logged(stage):
    settled(stage, date(2025, 5, 1), persons=6)
    answer = get(stage, "municipality_coordinator", f"/grants/frames/{HERE}/frame.xlsx")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/" in name]
    assert any("<f>SUM(" in one for one in sheets)
    assert [one.object_id for one in events(stage, "export_grant_frame")] == [HERE]


def test_the_page_says_what_is_assumed_and_who_carries_unused_places(stage):
    page = get(stage, "municipality_decider", f"/grants/frames/{HERE}/?own=20&unused_nok=100000")
    told = page.content.decode()
    assert "What is assumed" in told
    assert "the municipality: no rule in force pays for it" in told
    assert "20 (your own number)" in told
    assert get(stage, "municipality_decider", f"/grants/frames/{HERE}/?own=-1").status_code == 422


def test_the_frame_asks_as_often_for_many_as_for_few(stage):
    settled(stage, date(2025, 5, 1), persons=1)
    counts = []
    for persons in (1, 9):
        settled(stage, date(2025, 6, 1), persons=persons)
        grant_frames.forget_frames()
        with (
            acting(stage["ks"]),
            CaptureQueriesContext(
                connection,
            ) as asked,
        ):
            frame_shown(stage["ks"], ASK)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 17


def test_the_payments_are_open_to_all_and_say_what_the_rates_explain(stage):
    assert "549 of 549 municipality-years" in get(stage, "public", "/grants/payments/").content.decode()


def test_of_a_sum_that_may_be_for_fewer_than_five_nothing_is_said(stage):
    told = get(stage, "public", "/grants/payments/3301/").content.decode()
    assert "NOK\xa0718" in told  # one case of mapping in Drammen in 2023, as IMDi published it
    assert "it may be about fewer than five persons" in told
    assert get(stage, "public", "/grants/payments/9999/").status_code == 404


def test_a_persons_years_are_told_one_by_one_and_the_reading_is_logged(stage):
    (person,) = settled(stage, date(2024, 1, 15), persons=1)
    told = get(stage, "municipality_coordinator", f"/grants/persons/{person.pk}/").content.decode()
    assert "NOK\xa0241,100" in told  # year 1 of a single adult in 2024
    assert "2028 is grant year 5" in told
    assert "2029 is grant year" not in told
    assert [one.object_id for one in events(stage, "grant_years")] == [str(person.pk)]
    assert get(stage, "stranger", f"/grants/persons/{person.pk}/").status_code == 404
