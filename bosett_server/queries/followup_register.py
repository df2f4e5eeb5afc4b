"""Everybody's way from ready to settled and on, from our own register, as numbers need it: no name, no id.

Read where every row is in sight and kept in memory until something has changed; nothing of it may be shown before
it is added up and small numbers are hidden.  A household with a protected address is in none of it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Min
from django.utils import timezone

from bosett.followup.survival import Ending, Spell
from bosett.rules.parameters import Parameters
from bosett.terms.groups import Group
from bosett_server.access import clock
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.records.models import Assignment, Move, Municipality, Person

SMALLEST = "statistics/smallest_shown"
KEPT_SECONDS = 600
"""What is kept is read anew after so long, whatever has changed."""


@dataclass(frozen=True, slots=True)
class Way:
    """One person's days; `place` is where it was settled, or where it is accepted.

    Parameters
    ----------
    kind
        Track, and minor alone, adult alone or several together: what case mix is made of.
    accepted_on
        The day the municipality accepted the household.
    """

    track: str
    group: str
    kind: tuple[str, str]
    permit_on: date | None
    ready_on: date | None
    accepted_on: date | None
    settled_on: date | None
    left_on: date | None
    moved_on: date | None
    place: str
    synthetic: bool


@dataclass(frozen=True)
class Register:
    """The ways as of a day, and the municipalities that numbers are compared among."""

    today: date
    ways: tuple[Way, ...]
    kostra: dict[str, str]
    names: dict[str, str]

    @property
    def synthetic(self) -> bool:
        """Whether somebody among them is made up."""
        return any(way.synthetic for way in self.ways)

    def waits(self, chosen: Callable[[Way], bool] = lambda _: True) -> list[Spell]:
        """From ready to settled; whoever left before counts until then."""
        return spells(
            ((one.ready_on, one.settled_on, one.left_on) for one in self.ways if chosen(one)), self.today
        )

    def accepted(self, chosen: Callable[[Way], bool] = lambda _: True) -> list[Spell]:
        """From accepted by the municipality to settled there."""
        return spells(
            ((one.accepted_on, one.settled_on, one.left_on) for one in self.ways if chosen(one)), self.today
        )

    def stays(self, chosen: Callable[[Way], bool] = lambda _: True) -> list[Spell]:
        """From settled to the first move to another municipality."""
        return spells(
            ((one.settled_on, one.moved_on, one.left_on) for one in self.ways if chosen(one)), self.today
        )


def smallest_shown(today: date) -> int:
    """The smallest number of persons that is shown."""
    return Parameters.shipped().lookup(SMALLEST, today).whole


Days = tuple[date | None, date | None, date | None]


def spells(days: Iterable[Days], today: date) -> list[Spell]:
    """A spell for each that has begun by today; what lies after today has not happened, wrong orders are left out."""
    found = []
    for began, happened, left in days:
        if began is None or began > today:
            continue
        ended, ending = _end(happened, left, today)
        if ended is None or ended >= began:
            found.append(Spell(began, ended, ending))
    return found


def _end(happened: date | None, left: date | None, today: date) -> tuple[date | None, Ending]:
    if happened is not None and happened <= today and (left is None or happened <= left):
        return happened, Ending.HAPPENED
    if left is not None and left <= today:
        return left, Ending.LEFT
    return None, Ending.OPEN


_VERSION = """SELECT (SELECT max(id) FROM records_settlement), (SELECT max(id) FROM records_move),
 (SELECT count(*) FROM records_person WHERE left_on IS NOT NULL),
 (SELECT count(*) FROM records_assignment WHERE state = 'accepted'),
 count(*), sum(version), max(reference), max(id::text) FROM records_household WHERE protection = 'none'"""
VOUCHED_SECONDS = 120
"""After so long without a look by the thread, readers look for themselves again."""
_kept: dict[str, tuple[Any, Register]] = {}
_vouched: dict[str, float] = {}
_lock = threading.Lock()


def register() -> Register:
    """The register as it stands; while a thread vouches for it, as it stood when that looked last."""
    held = _kept.get("register")
    if held is not None and is_vouched_for() and held[1].today == clock.today():
        return held[1]
    return look()


def look() -> Register:
    """The register as it stands: one query when nothing has changed since it was read, four otherwise."""
    with acting(SYSTEM):
        with connection.cursor() as cursor:
            cursor.execute(_VERSION)
            version = (*cursor.fetchone(), clock.today(), int(time.monotonic() // KEPT_SECONDS))
        with _lock:
            held = _kept.get("register")
            if held is None or held[0] != version:
                held = version, _read(clock.today())
                _kept["register"] = held
        return held[1]


def vouch() -> None:
    """Somebody has looked, and will look again before readers need to."""
    _vouched["until"] = time.monotonic() + VOUCHED_SECONDS


def is_vouched_for() -> bool:
    """Whether somebody looks for the readers."""
    return time.monotonic() < _vouched.get("until", 0.0)


def _read(today: date) -> Register:
    moved = dict(Move.objects.values_list("person_id").annotate(first=Min("moved_on")))
    said = Assignment.objects.filter(
        state__in=["accepted", "settled"], sealed=False, answered_at__isnull=False
    )
    accepted = {
        home: (timezone.localdate(at), place)
        for home, place, at in said.values_list("household_id", "municipality_id", "answered_at")
        if at is not None
    }
    rows = Person.objects.filter(
        household__protection="none", household__merged_into__isnull=True, household__ready_on__isnull=False
    ).values_list(
        "pk", "household_id", "household__track", "household__group", "household__persons_count",
        "household__permit_on", "household__ready_on", "settlement__settled_on", "settlement__municipality_id",
        "left_on", "synthetic",
    )  # fmt: skip
    ways = []
    for pk, home, track, group, persons, permit, ready, settled, place, left, synthetic in rows:
        said_on, at = accepted.get(home, (None, ""))
        ways.append(
            Way(
                track, group, (track, _alone(group, persons)), permit, ready, said_on, settled, left,
                moved.get(pk), place or at, synthetic,
            )
        )  # fmt: skip
    places = list(Municipality.objects.order_by("sort_key").values_list("code", "kostra_group", "name"))
    return Register(
        today,
        tuple(ways),
        {code: kostra for code, kostra, _ in places},
        {code: name for code, _, name in places},
    )


def _alone(group: str, persons: int) -> str:
    if group != Group.ALL:
        return "minor"
    return "alone" if persons == 1 else "several"
