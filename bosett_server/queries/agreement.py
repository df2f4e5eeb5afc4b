"""The facts that decide whether the agreement's commitments are kept: published ones, and the service's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils import timezone

from bosett.agreement import Fact, FactBook, YearHeld, held_by_year
from bosett.sources.commitment_facts import FIRST_YEAR, shipped_facts
from bosett_server.access.actor import Actor
from bosett_server.queries.agreement_counts import answers, dialogue, meetings, own_fact, times
from bosett_server.queries.decision_lines import FilterState
from bosett_server.queries.decision_overview import Sums, overview
from bosett_server.queries.forecast import asked_in_all, need_versions
from bosett_server.queries.known import Known
from bosett_server.records.models import Quota, Round

OPEN = (FilterState.AWAITING, FilterState.NO_ANSWER, FilterState.TO_APPROVE)
LONG_WAIT_DAYS = 180
HELD_HERE = frozenset({"need", "request", "voted", "settled"})
"""What the service itself says of a year it has a round of, instead of the published tables."""


@dataclass(frozen=True)
class Evidence:
    """The facts, and whether any vedtak in force among them comes out of a model."""

    book: FactBook
    answers_modelled: bool


def evidence(actor: Actor, year: int, known: Known) -> Evidence:
    """What is known of a year as of a day; what is not stored for that day is not there, never 0.

    The same for every party: sums of the country only.  The limits that assignments are held against and waiting
    times are kept for today only.
    """
    requests = list(_requests(year, known))
    published = shipped_facts().facts
    own = [*requests, *_needs(actor, year, known), *dialogue(year, known), *times(year, known)]
    own += meetings(year, known)
    modelled = False
    if requests:
        published = tuple(one for one in published if one.year != year or one.what not in HELD_HERE)
        country = overview(actor, year, known).country
        own += [*_answers(year, known, country), *answers(year, known)]
        modelled = country.modelled and country.voted.value is not None
    if known.is_today and year == known.day.year:
        own += [*_limits(year, known, sent=bool(requests)), *_waits(year, known)]
    return Evidence(FactBook((*published, *own)), answers_modelled=modelled)


def evidence_by_year(actor: Actor, known: Known) -> tuple[tuple[YearHeld, ...], FactBook]:
    """The state of every commitment at the end of each year since 2016 and as of the day, and the facts of the day."""
    today = evidence(actor, known.day.year, known).book

    def book(year: int, day: date) -> FactBook:
        return today if day == known.day else evidence(actor, year, Known(day, known.today)).book

    return held_by_year(book, FIRST_YEAR, known.day), today


def _requests(year: int, known: Known) -> Iterator[Fact]:
    """What was asked for in all when each round of the year was sent."""
    rounds = Round.objects.filter(year=year, state="sent", sent_at__lt=known.until).order_by("number")
    for one in rounds:
        if one.sent_at is not None:
            day = timezone.localdate(one.sent_at)
            asked = asked_in_all(year, Known(day, known.today))
            if asked.value is not None:
                yield own_fact("request", year, asked.value, day, one.source)


def _needs(actor: Actor, year: int, known: Known) -> Iterator[Fact]:
    for one in reversed(need_versions(actor, year, known)):
        if one.figure.value is not None:
            yield own_fact("need", year, one.figure.value, one.valid_from, one.source)


def _answers(year: int, known: Known, country: Sums) -> Iterator[Fact]:
    """The vedtak in force; settled when the year is over, as a year's number and not a part of it."""
    if country.voted.value is not None:
        yield own_fact("voted", year, country.voted.value, known.day)
    yield own_fact("open_answers", year, sum(country.states.get(state, 0) for state in OPEN), known.day)
    if known.day >= date(year, 12, 31) and country.settled.value is not None:
        yield own_fact("settled", year, country.settled.value, date(year, 12, 31))


def _limits(year: int, known: Known, *, sent: bool) -> Iterator[Fact]:
    """Persons assigned above what a municipality allows, over every municipality and group."""
    rows = Quota.objects.filter(year=year).values_list("assigned_general", "vedtak", "opened")
    above = sum(max(0, assigned - (vedtak or 0) - opened) for assigned, vedtak, opened in rows)
    if sent:
        yield own_fact("persons_above_allowed", year, above, known.day)


def _waits(year: int, known: Known) -> Iterator[Fact]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT wait_days, households FROM bosett_ready_waits(%s)", [known.day])
        found = cursor.fetchall()
    yield own_fact("households_ready", year, sum(count for _, count in found), known.day)
    long = sum(count for days, count in found if days > LONG_WAIT_DAYS)
    yield own_fact("households_ready_over_180_days", year, long, known.day)
