"""The host municipality: what it settles, and what it is paid for having a centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bosett.capacity import PlaceKind
from bosett.capacity.process import Direction
from bosett.rules import DatedValue, Parameters
from bosett.terms.errors import NoRuleInForce
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett_server.queries.capacity_processes import ProcessView
from bosett_server.records.models import Centre, Quota, VersionedFigure

PLACE_RATES = {
    PlaceKind.CARE_CENTRE.value: "grants/host/care_centre_place",
    PlaceKind.MINORS_15_17.value: "grants/host/unaccompanied_minor_place",
    PlaceKind.ADAPTED.value: "grants/host/adapted_place",
}
ORDINARY_RATE, BASE_RATE = "grants/host/ordinary_place", "grants/host/base"


@dataclass(frozen=True)
class HostSettlement:
    """What the host municipality is asked for, has voted and has settled this year."""

    year: int
    asked: Figure
    voted: Figure
    settled: Figure


@dataclass(frozen=True)
class HostGrant:
    """What it is paid a year for the places; a rate of None is not published for the year, which is not 0.

    Parameters
    ----------
    base
        Once a municipality, however many centres; not for care centres alone.
    amount_nok
        Places times the rate of the place, without the base.
    """

    year: int
    places: int
    base: DatedValue | None
    place: DatedValue | None
    amount_nok: int | None


@dataclass(frozen=True)
class HostChange:
    """What an opening or closing does to the host municipality's grant.

    Parameters
    ----------
    open_days, year_days
        Days of the year in which the places are open, and of the whole year.  That days count is assumed.
    part_nok
        The grant for the places in that part of the year; None where no rate or no number of places is known.
    others
        Centres of the municipality, care centres not counted, that are announced and open on the day.  Without any
        the base comes or goes too.
    """

    grant: HostGrant
    open_days: int
    year_days: int
    part_nok: int | None
    others: int


def host_change(one: ProcessView) -> HostChange:
    """One query."""
    year = one.planned_on.year
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    opens = one.direction is Direction.OPENING
    days = (after - one.planned_on).days if opens else (one.planned_on - first).days
    grant = host_grant(one.kind, one.places or 0, year)
    part = None
    if one.places is not None and grant.amount_nok is not None:
        part = round(Fraction(grant.amount_nok * days, (after - first).days))
    others = (
        Centre.objects.filter(
            municipality_id=one.municipality, announced_on__isnull=False, opens_on__lte=one.planned_on
        )
        .exclude(pk=one.centre)
        .exclude(kind=PlaceKind.CARE_CENTRE.value)
        .exclude(closes_on__lte=one.planned_on)
        .count()
    )
    return HostChange(grant, days, (after - first).days, part, others)


def host_settlement(municipality: str, year: int) -> HostSettlement:
    """Two queries."""
    rows = VersionedFigure.objects.filter(
        municipality_id=municipality, year=year, group=Group.ALL, superseded_at__isnull=True
    )
    held = {row.what: Figure(State(row.state), row.value) for row in rows.filter(what__in=("asked", "voted"))}
    quota = Quota.objects.filter(municipality_id=municipality, year=year, group=Group.ALL).first()
    return HostSettlement(
        year,
        held.get("asked", Figure.missing(State.NOT_ASKED)),
        held.get("voted", Figure.missing(State.AWAITING if "asked" in held else State.NOT_ASKED)),
        Figure.missing(State.UNKNOWN) if quota is None else Figure.of(quota.settled),
    )


def host_grant(kind: str, places: int, year: int) -> HostGrant:
    """From the rates in force on the first day of the year."""
    base = None if kind == PlaceKind.CARE_CENTRE else _rate(BASE_RATE, year)
    place = _rate(PLACE_RATES.get(kind, ORDINARY_RATE), year)
    return HostGrant(year, places, base, place, None if place is None else place.whole * places)


def _rate(path: str, year: int) -> DatedValue | None:
    try:
        return Parameters.shipped().lookup(path, date(year, 1, 1))
    except NoRuleInForce:
        return None
