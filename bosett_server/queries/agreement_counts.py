"""Facts about the agreement that the service counts itself: notice of centres, answers in time, time by group.

Sums for the whole country, the same for every party.  A count that nobody made is not there, never 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from statistics import median
from typing import Any

from django.db import connection

from bosett.agreement import Fact
from bosett.terms.partial_day import PartialDay
from bosett.terms.source import Source
from bosett_server.queries.known import Known

OWN = "Bosett"
SMALLEST = 5
"""Fewer persons than this in a group are not told of."""
DAYS = {"three": 91, "six": 182}
"""The days that stand for three and six months: a month is 365.25 / 12 days."""
GROUPS = {"all": "all", "em_under15": "under15", "em_15_17": "15_17"}


def own_fact(what: str, year: int, value: int, on: date, source: str = OWN) -> Fact:
    """A fact that the service itself is the source of, unless another is named."""
    return Fact(what, year, value, PartialDay(on.isoformat()), Source(title=source or OWN))


def dialogue(year: int, known: Known) -> Iterator[Fact]:
    """Centres opened and closed, how many were told of before, for how long, and with documents.

    Nothing where the service holds no opening or closing of the year.
    """
    rows = _rows("SELECT * FROM bosett_centre_dialogue(%s, %s)", year, known.day)
    if not rows:
        return
    for direction, code in (("opening", "openings"), ("closing", "closings")):
        told = [row for row in rows if row[0] == direction]
        yield own_fact(code, year, len(told), known.day)
        yield own_fact(f"{code}_informed", year, sum(row[2] is not None for row in told), known.day)
    notice = [int(row[2] or 0) for row in rows]
    yield own_fact("notice_days_median", year, round(median(notice)), known.day)
    yield own_fact("notice_days_shortest", year, min(notice), known.day)
    yield own_fact("centre_processes", year, len(rows), known.day)
    yield own_fact("centre_processes_documented", year, sum(bool(row[3]) for row in rows), known.day)


def answers(year: int, known: Known) -> Iterator[Fact]:
    """Questions about a household and answers to it: how many were due, how many came in time."""
    codes = {
        "questions": ("questions", "questions_answered_in_time"),
        "answers": ("answers_due", "answers_in_time"),
    }
    for what, due, timely in _rows("SELECT * FROM bosett_answers_in_time(%s, %s)", year, known.day):
        every, in_time = codes[what]
        yield own_fact(every, year, due, known.day)
        yield own_fact(in_time, year, timely, known.day)


def meetings(year: int, known: Known) -> Iterator[Fact]:
    """Meetings held, and agreed actions that were due and done; nothing where no meeting of the year is stored."""
    found = dict(_rows("SELECT * FROM bosett_meetings_counted(%s, %s)", year, known.day))
    if found.pop("called") or found["actions_due"]:
        for code, many in found.items():
            yield own_fact(code, year, many, known.day)


def times(year: int, known: Known) -> Iterator[Fact]:
    """Days from permit to settlement by group: the middle one, and per cent within three and six months."""
    by_group: dict[str, list[int]] = {}
    for group, days, persons in _rows("SELECT * FROM bosett_settled_waits(%s, %s)", year, known.day):
        by_group.setdefault(group, []).extend([days] * persons)
    for group, code in GROUPS.items():
        waits = by_group.get(group, [])
        if len(waits) < SMALLEST:
            continue
        yield own_fact(f"median_days_{code}", year, round(median(waits)), known.day)
        for name, most in DAYS.items():
            share = round(100 * sum(one <= most for one in waits) / len(waits))
            yield own_fact(f"within_{name}_percent_{code}", year, share, known.day)


def _rows(query: str, year: int, day: date) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, [year, day])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
