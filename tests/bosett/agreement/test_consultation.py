"""What a meeting takes up: what came of the last, what crossed a limit, what was raised."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.agreement import Fact, FactBook, held
from bosett.agreement.consultation import (
    Action,
    Item,
    ItemKind,
    Matter,
    Meeting,
    MeetingKind,
    agenda,
    check_meetings,
    crossed,
    verdicts,
)  # fmt: skip
from bosett.outputs.meeting_calendar import meeting_calendar
from bosett.terms.errors import BadInput
from bosett.terms.partial_day import PartialDay
from bosett.terms.source import Source

NINE = datetime(2026, 5, 4, 9, tzinfo=UTC)
LAST, DAY = date(2026, 3, 1), date(2026, 5, 4)


def meeting(
    code: str = "m1", hour: int = 0, hours: int = 2, parties: tuple[str, ...] = ("AID", "KS")
) -> Meeting:
    starts = NINE + timedelta(hours=hour)
    return Meeting(
        code, MeetingKind.CONSULTATION, f"Meeting {code}", starts, starts + timedelta(hours=hours), parties
    )


def matter(
    code: str, *, by: str = "3301", on: date = LAST, into: str = "", support: tuple[str, ...] = ()
) -> Matter:
    return Matter(code, by, on, f"Matter {code}", supported_by=support, into=into)


def action(code: str, due: date, done: date | None = None) -> Action:
    return Action(code, "Tell how many homes there are", "KDD", LAST, due, done)


def requested(persons: int, on: str) -> Fact:
    return Fact("request", 2026, persons, PartialDay(on), Source(title="a source"))


def test_an_indicator_that_became_worse_is_on_the_agenda_and_one_that_did_not_is_not() -> None:
    book = FactBook((requested(100, "2025-10-31"), requested(200, "2026-04-01")))
    before, now = held(book, LAST), held(book, DAY)
    assert ("predictable_frames", "mid_year_changes", "not_kept") in crossed(verdicts(before), now)
    assert crossed(verdicts(now), now) == ()
    items = agenda(DAY, LAST, before=verdicts(before), now=now)
    assert items == (Item(ItemKind.INDICATOR, "predictable_frames/mid_year_changes", "not_kept"),)


def test_what_came_of_the_last_meeting_comes_first_and_what_is_late_before_all() -> None:
    actions = [
        action("open", DAY), action("late", date(2026, 4, 1)), action("done", DAY, date(2026, 3, 20)),
        Action("before", "Count homes", "KDD", LAST - timedelta(days=20), DAY, LAST - timedelta(days=1)),
    ]  # fmt: skip
    items = agenda(DAY, LAST, actions=actions, matters=[matter("a")])
    assert [(one.code, one.why) for one in items] == [
        ("late", "late"), ("open", "open"), ("done", "done"), ("a", ""),
    ]  # fmt: skip


def test_what_was_done_on_the_day_of_the_last_meeting_is_told_and_what_was_done_before_it_is_not() -> None:
    earlier = LAST - timedelta(days=20)
    done = [
        Action("before", "Count homes", "KDD", earlier, DAY, LAST - timedelta(days=1)),
        Action("that_day", "Count kindergartens", "KS", earlier, DAY, LAST),
    ]
    assert [(one.code, one.why) for one in agenda(DAY, LAST, actions=done)] == [("that_day", "done")]


def test_merged_matters_are_one_and_everybody_behind_them_counts_once() -> None:
    matters = [
        matter("a", by="3301", support=("KS",)),
        matter("b", by="0301", into="a", support=("KS", "4601")),
        matter("c", by="4601"),
    ]
    assert agenda(DAY, LAST, matters=matters) == (
        Item(ItemKind.MATTER, "a", behind=4, merged=("b",)),
        Item(ItemKind.MATTER, "c", behind=1),
    )


def test_a_matter_raised_after_the_day_waits_for_the_next_meeting() -> None:
    assert agenda(DAY, LAST, matters=[matter("a", on=DAY + timedelta(days=1))]) == ()


@given(st.lists(st.integers(0, 7), max_size=8))
def test_every_matter_is_on_the_agenda_once_by_itself_or_merged(into: list[int]) -> None:
    """Each is merged into a lower number, or stands by itself where the number is its own or higher."""
    matters = [
        matter(str(at), by=f"body {at}", into=str(to) if to < at else "") for at, to in enumerate(into)
    ]
    items = agenda(DAY, None, matters=matters)
    told = [code for one in items for code in (one.code, *one.merged)]
    assert sorted(told) == sorted(one.code for one in matters)
    assert sum(one.behind for one in items) == len(matters)


def test_two_meetings_of_a_party_at_the_same_time_are_refused_by_name() -> None:
    with pytest.raises(BadInput, match="Meeting m1 and Meeting m2 at the same time for KS"):
        check_meetings([meeting("m2", hour=1, parties=("JD", "KS")), meeting("m1")])
    check_meetings([meeting("m1"), meeting("m2", hour=2), meeting("m3", parties=("JD",))])


def test_the_calendar_is_read_back_by_a_calendar_with_letters_and_commas_whole() -> None:
    told = Meeting(
        "m1", MeetingKind.COMMITTEE, "Møte; boliger, skole\nog helse", NINE, NINE + timedelta(hours=1), ("KS",),
        "Kommunenes hus, Oslo",
    )  # fmt: skip
    (event,) = icalendar.Calendar.from_ical(meeting_calendar([told], "bosett.example", NINE)).walk("VEVENT")
    assert (str(event["summary"]), str(event["location"])) == (told.title, told.place)
    assert event.decoded("dtstart") == NINE
    assert str(event["uid"]) == "m1@bosett.example"


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Action("a", "Do it", " ", LAST, DAY), "a text and an owner"),
        (lambda: Action("a", "Do it", "KS", DAY, LAST), "due 2026-03-01"),
        (lambda: meeting(hours=0), "an end after the beginning"),
        (lambda: meeting(parties=()), "0 parties"),
        (lambda: Meeting("m", MeetingKind.COMMITTEE, "M", datetime(2026, 5, 4), NINE, ("KS",)), "zone"),  # noqa: DTZ001
        (lambda: matter("a", support=("3301",)), "others, each once"),
        (lambda: matter("a", into="a"), "merged into itself"),
        (lambda: agenda(DAY, None, matters=[matter("a", into="b")]), "merged into b"),
        (lambda: agenda(DAY, None, matters=[matter("a", into="b"), matter("b", into="a")]), "no ring"),
    ],
)
def test_what_cannot_be_is_refused_by_name(make, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        make()
