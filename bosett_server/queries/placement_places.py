"""The places that a run and a recommendation count on: left of the vedtak, and never more than the State counts on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bosett.agreement.pressure import less_room
from bosett.placement.explain import TOO_SMALL
from bosett.terms.groups import Group
from bosett_server.queries.decision_again import counted_on
from bosett_server.queries.pressure import spared_now
from bosett_server.records.models import Quota

MINOR_GROUPS = (Group.EM_UNDER15, Group.EM_15_17)
NOT_COUNTED_ON = "not_counted_on"
Capacity = dict[str, dict[Group, int]]


@dataclass(frozen=True)
class PlacesNow:
    """What can be proposed to, and why the rest cannot.

    Parameters
    ----------
    left
        Municipality -> group -> persons who can still be proposed; only municipalities with any.
    closed
        Municipality without any -> the rule that closes it to everybody.
    not_counted
        Municipality -> persons whom its vedtak has room for and the State does not count on since its request
        was changed; a person can still assign them by hand.
    """

    left: Capacity
    closed: dict[str, str]
    not_counted: Mapping[str, int]

    def closes(self, municipality: str, persons: int, group: str) -> str:
        """The rule that closes a municipality with too few places to a household."""
        held, left = self.not_counted.get(municipality, 0), self.left.get(municipality, {})
        free = left.get(Group.ALL, 0)
        most = free + held if group == Group.ALL else min(free + held, left.get(Group(group), 0))
        return NOT_COUNTED_ON if free < persons <= most else TOO_SMALL


def places_now(year: int) -> PlacesNow:
    """One query of the places, and one of the year's rounds; two rounds in a year take some more."""
    left: Capacity = {}
    closed: dict[str, str] = {}
    minors: Capacity = {}
    not_counted: dict[str, int] = {}
    counted = counted_on(year)
    for row in Quota.objects.filter(year=year):
        code, voted = row.municipality_id, row.vedtak or 0
        by_vedtak = max(0, voted + row.opened - row.assigned_general)
        if row.group != Group.ALL:
            minors.setdefault(code, {})[Group(row.group)] = by_vedtak
            continue
        free = max(0, min(voted, counted.get(code, voted)) + row.opened - row.assigned_general)
        if by_vedtak > free:
            not_counted[code] = by_vedtak - free
        if free:
            left[code] = {Group.ALL: free}
        else:
            closed[code] = _why_closed(row, code in not_counted)
    for code, groups in left.items():
        groups.update({g: minors.get(code, {}).get(g, 0) for g in MINOR_GROUPS})
    return PlacesNow(left, closed, not_counted)


def _why_closed(row: Quota, is_held_back: bool) -> str:
    if is_held_back:
        return NOT_COUNTED_ON
    return "no_vedtak_in_force" if row.vedtak is None and not row.opened else "no_places_left"


def spare_pressed(capacity: Capacity, today: date, percent: int | None) -> None:
    """Places of municipalities under certain pressure are kept back; what they open for a household is not."""
    if not percent:
        return
    for code, part in spared_now(today).items():
        if code in capacity:
            places = capacity[code]
            places[Group.ALL] = less_room(places[Group.ALL], part, Fraction(percent, 100))
