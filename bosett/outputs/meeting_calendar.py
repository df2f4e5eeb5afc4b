"""Meetings as a calendar file (iCalendar, RFC 5545) that any calendar can read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from icalendar import Calendar, Event

from bosett.agreement.consultation import Meeting, check_meetings

PRODUCT = "-//Bosett//Avtalen om mottak og bosetting//NO"


def meeting_calendar(meetings: Sequence[Meeting], host: str, stamped: datetime) -> bytes:
    """The meetings in order of time.

    Parameters
    ----------
    host
        Makes each meeting's identifier unique in the world, so that a new file replaces the old entry.
    stamped
        When the file was made, with its zone.

    Raises
    ------
    BadInput
        If two meetings call the same party at the same time.
    """
    check_meetings(meetings)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for one in sorted(meetings, key=lambda each: each.starts):
        calendar.add_component(_event(one, host, stamped))
    made: bytes = calendar.to_ical()
    return made


def _event(one: Meeting, host: str, stamped: datetime) -> Event:
    event = Event()
    event.add("uid", f"{one.code}@{host}")
    event.add("dtstamp", stamped)
    event.add("dtstart", one.starts)
    event.add("dtend", one.ends)
    event.add("summary", one.title)
    event.add("categories", [one.kind.value])
    event.add("description", ", ".join(one.parties))
    if one.place:
        event.add("location", one.place)
    return event
