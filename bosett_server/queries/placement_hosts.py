"""What municipalities tell for the placement: homes they offer, and what they say they can best receive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bosett.decisions.homes import Home as LetHome
from bosett.decisions.homes import HomeSeeker, Misfit, match_home
from bosett.placement.verify_homes import HomeNeed, HomesOffered, OfferedHome
from bosett.terms.days import DateRange
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.queries.homes import STEP_FREE_NEEDS, homes_of_place
from bosett_server.queries.placement_pool import Candidate
from bosett_server.queries.plan_bedrooms import usual_persons
from bosett_server.records.models import Assignment, HomeOffer, HostPriority

WITHIN = timedelta(days=90)
"""A home counts for a run when it is free by then and stays free: our assumption of when a household can move."""
LIVE = ("offered", "accepted", "settled")


@dataclass(frozen=True)
class OfferRow:
    """One home that is offered for placement; `address` only for its own municipality, `promised` when a
    household has been offered with it."""

    id: int
    home: int
    municipality: str
    name: str
    bedrooms: int
    step_free: bool
    free_from: date
    free_until: date | None
    promised: bool
    address: str = ""


@dataclass(frozen=True)
class OwnHome:
    """A home of the municipality's own that is free, and its offer if it is offered."""

    home: int
    address: str
    bedrooms: int
    step_free: bool
    free_from: date
    offer: OfferRow | None


def standing_offers(actor: Actor, municipality: str = "") -> list[OfferRow]:
    """Homes offered now, in sight; two queries."""
    rows = HomeOffer.objects.filter(ended_at__isnull=True).select_related("municipality")
    if municipality:
        rows = rows.filter(municipality_id=municipality)
    taken = _taken()
    return [_row(one, taken) for one in rows.order_by("municipality_id", "bedrooms", "id")]


def own_homes(actor: Actor, municipality: str) -> list[OwnHome]:
    """The municipality's free homes, each with its offer.  Empty for whoever may not see them."""
    if not actor.may(Permission.HOME_VIEW) or municipality not in actor.municipalities:
        return []
    offers = {one.home: one for one in standing_offers(actor, municipality)}
    today = clock.today()
    return [
        OwnHome(
            one.id,
            one.address,
            one.home.bedrooms,
            one.home.step_free,
            one.home.free.start,
            offers.get(one.id),
        )
        for one in homes_of_place(actor, municipality)
        if one.id in offers or can_be_offered(one.home, today)
    ]


def can_be_offered(home: LetHome, today: date) -> bool:
    """Whether a household without an end in sight can have it within the time that counts."""
    alone = HomeSeeker("", 1, max(today + WITHIN, home.free.start), 1, bedrooms=0)
    return not {Misfit.NOT_FREE_THEN, Misfit.HELD} & set(match_home(home, alone).misfits) and not any(
        held.end is None or held.end > today for held in home.held
    )


def homes_for_run(candidates: Sequence[Candidate], bound: Collection[str], today: date) -> HomesOffered:
    """What each household needs of a home, and the homes that can be given; whoever is bound needs none here."""
    taken = _taken()
    rows = HomeOffer.objects.filter(ended_at__isnull=True).exclude(pk__in=taken).order_by("pk")
    day = today + WITHIN
    homes = tuple(
        OfferedHome(str(one.pk), one.municipality_id, one.bedrooms, one.step_free)
        for one in rows
        if day in DateRange(one.free_from, None) and one.free_until is None
    )
    needs, to_a_room = {}, usual_persons()
    for one in candidates:
        if one.id not in bound:
            step_free = bool(STEP_FREE_NEEDS & one.usable_needs)
            seeker = HomeSeeker(one.id, one.heard.row.persons_count, day, to_a_room, step_free=step_free)
            needs[one.id] = HomeNeed(seeker.bedrooms_needed, step_free)
    return HomesOffered(needs, homes)


def hosts_now(municipality: str = "") -> dict[str, tuple[str, ...]]:
    """Municipality -> its criteria in its own order; one query."""
    rows = HostPriority.objects.filter(ended_at__isnull=True).order_by("municipality_id", "rank")
    if municipality:
        rows = rows.filter(municipality_id=municipality)
    found: dict[str, list[str]] = defaultdict(list)
    for code, criterion in rows.values_list("municipality_id", "criterion"):
        found[code].append(criterion)
    return {code: tuple(criteria) for code, criteria in found.items()}


def offer_row(number: int, *, address: bool = False) -> OfferRow:
    """One offer, standing or ended; its address only where the reader's own row shows it."""
    one = HomeOffer.objects.select_related("municipality").get(pk=number)
    where = (
        HomeOffer.objects.filter(pk=number).values_list("home__address", flat=True).first() if address else ""
    )
    return _row(one, set(), where or "")


def _taken() -> set[int]:
    rows = Assignment.objects.filter(home__isnull=False, state__in=LIVE)
    return {number for number in rows.values_list("home_id", flat=True) if number is not None}


def _row(one: HomeOffer, taken: Collection[int], address: str = "") -> OfferRow:
    return OfferRow(
        one.pk, one.home_id, one.municipality_id, one.municipality.name, one.bedrooms, one.step_free, one.free_from,
        one.free_until, one.pk in taken, address,
    )  # fmt: skip
