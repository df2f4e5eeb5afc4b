"""Reception centres: registered, announced, given places and contracts, closed."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from bosett.capacity import PlaceKind
from bosett.capacity.reception import Contract as ContractTerms
from bosett.terms.days import DateRange
from bosett.terms.errors import BadInput, Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.actions.step import Done, action
from bosett_server.queries.decisions import place_name
from bosett_server.records.models import Centre, CentrePlaces, Contract, Municipality, Notice

OPERATOR_KINDS = ("municipal", "private", "voluntary", "state")
MOST_PLACES = 5000


@action(Permission.CENTRE_MANAGE)
def register_centre(
    actor: Actor,
    *,
    name: str,
    kind: PlaceKind,
    operator_kind: str,
    municipality: str,
    opens_on: date,
    informed_on: date | None = None,
) -> Done[int]:
    """The centre is in the register and UDI's alone until it is announced; `informed_on` = municipality told.

    Raises Refused: `name_missing`, `operator_not_known`, `informed_in_the_future`, `centre_registered_before`.
    """
    place_name(municipality)
    told = name.strip()
    if not told:
        raise Refused("name_missing")
    if operator_kind not in OPERATOR_KINDS:
        raise Refused("operator_not_known")
    if informed_on is not None and informed_on > clock.today():
        raise Refused("informed_in_the_future")
    open_ones = Centre.objects.filter(Q(closes_on__isnull=True) | Q(closes_on__gt=opens_on))
    if open_ones.filter(name__iexact=told, municipality_id=municipality).exists():
        raise Refused("centre_registered_before")
    made = Centre.objects.create(
        name=told, kind=kind.value, operator_kind=operator_kind, municipality_id=municipality,
        opens_on=opens_on, informed_on=informed_on,
    )  # fmt: skip
    return _done(made, {"kind": kind.value, "municipality": municipality})


@action(Permission.CENTRE_MANAGE)
def announce_centre(actor: Actor, *, centre: int, informed_on: date | None = None) -> Done[int]:
    """Everybody who works with reception sees the centre; municipality, county and statsforvalter are told.

    Raises Refused: `already_announced`, `municipality_not_informed`, `informed_in_the_future`.
    """
    one = _centre(centre)
    today = clock.today()
    if one.announced_on is not None:
        raise Refused("already_announced", {"on": one.announced_on.isoformat()})
    informed = informed_on or one.informed_on
    if informed is None:
        raise Refused("municipality_not_informed")
    if informed > today:
        raise Refused("informed_in_the_future")
    one.informed_on, one.announced_on = informed, today
    one.save(update_fields=["informed_on", "announced_on"])
    return _done(one, {"informed_on": informed.isoformat()}, _to_area("centre_announced", one, one.opens_on))


@action(Permission.CENTRE_MANAGE)
def set_places(
    actor: Actor,
    *,
    centre: int,
    kind: PlaceKind,
    number: int,
    starts_on: date,
    ends_on: date | None = None,
) -> Done[int]:
    """From a day the centre has this many places of the kind; what was before ends that day.

    The same day again is a correction.  Raises Refused: `places_out_of_range`, `ends_before_it_starts`,
    `outside_the_centres_time`, `spans_overlap`.
    """
    one = _centre(centre)
    if not 0 <= number <= MOST_PLACES:
        raise Refused("places_out_of_range", {"most": MOST_PLACES})
    if ends_on is not None and ends_on <= starts_on:
        raise Refused("ends_before_it_starts")
    if starts_on < one.opens_on or (one.closes_on is not None and starts_on >= one.closes_on):
        raise Refused("outside_the_centres_time")
    before = (
        CentrePlaces.objects.select_for_update()
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on), centre=one, kind=kind.value)
        .filter(starts_on__lte=starts_on)
        .first()
    )
    facts: dict[str, object] = {"kind": kind.value, "places": number, "from": starts_on.isoformat()}
    if before is not None:
        facts |= {"before": before.count}
    if before is not None and before.starts_on == starts_on:
        CentrePlaces.objects.filter(pk=before.pk).update(count=number, ends_on=ends_on)
    else:
        if before is not None:
            CentrePlaces.objects.filter(pk=before.pk).update(ends_on=starts_on)
        CentrePlaces.objects.create(
            centre=one, kind=kind.value, count=number, starts_on=starts_on, ends_on=ends_on
        )
    told = {"places": number, "on": starts_on.isoformat()}
    announced = one.announced_on is not None
    return _done(one, facts, [_to_centre("centre_places_set", one, told)] if announced else [])


@action(Permission.CENTRE_MANAGE)
def set_contract(
    actor: Actor,
    *,
    centre: int,
    price_per_place_day_nok: int,
    notice_days: int,
    starts_on: date,
    ends_on: date | None = None,
    locked_until: date | None = None,
) -> Done[int]:
    """A contract is stored; price, notice and lock-in are UDI's alone, so nobody else is told.

    Raises Refused: `price_not_positive`, `contract_terms_do_not_fit`, `contracts_overlap`.
    """
    one = _centre(centre)
    if price_per_place_day_nok <= 0:
        raise Refused("price_not_positive")
    if ends_on is not None and ends_on <= starts_on:
        raise Refused("ends_before_it_starts")
    try:
        ContractTerms("", str(centre), DateRange(starts_on, ends_on), locked_until, notice_days)
    except BadInput as fault:
        raise Refused("contract_terms_do_not_fit") from fault
    later = Q() if ends_on is None else Q(starts_on__lt=ends_on)
    ongoing = Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on)
    if Contract.objects.filter(later, ongoing, centre=one).exists():
        raise Refused("contracts_overlap")
    made = Contract.objects.create(
        centre=one, price_per_place_day_nok=price_per_place_day_nok, notice_days=notice_days,
        starts_on=starts_on, ends_on=ends_on, locked_until=locked_until,
    )  # fmt: skip
    return Done(made.pk, about=("centre", one.pk), facts={"contract": made.pk})


@action(Permission.CENTRE_MANAGE)
def close_centre(
    actor: Actor, *, centre: int, closes_on: date, dialogue_on: date, dialogue_reference: str
) -> Done[int]:
    """The centre closes on a day, after a dialogue with the municipality that is documented; all are told.

    Raises Refused: `already_closing`, `closes_before_it_opens`, `closes_in_the_past`, `dialogue_in_the_future`,
    `dialogue_not_documented`, `places_after_closing`.
    """
    one = _centre(centre)
    today = clock.today()
    if one.closes_on is not None:
        raise Refused("already_closing", {"on": one.closes_on.isoformat()})
    if closes_on <= one.opens_on:
        raise Refused("closes_before_it_opens")
    if closes_on < today:
        raise Refused("closes_in_the_past")
    if dialogue_on > today:
        raise Refused("dialogue_in_the_future")
    if not dialogue_reference.strip():
        raise Refused("dialogue_not_documented")
    places = CentrePlaces.objects.filter(centre=one)
    if places.filter(starts_on__gte=closes_on).exists():
        raise Refused("places_after_closing")
    places.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=closes_on)).update(ends_on=closes_on)
    one.closes_on, one.dialogue_on = closes_on, dialogue_on
    one.dialogue_reference = dialogue_reference.strip()
    one.save(update_fields=["closes_on", "dialogue_on", "dialogue_reference"])
    notices: list[Notice] = []
    if one.announced_on is not None:
        notices = [_to_centre("centre_closes", one, {"on": closes_on.isoformat()}, closes_on)]
        notices += _to_area("centre_closes", one, closes_on)
    return _done(one, {"closes_on": closes_on.isoformat()}, notices)


def _centre(centre: int) -> Centre:
    one = Centre.objects.select_for_update(of=("self",)).filter(pk=centre).first()
    if one is None:
        raise NotInSight("not_in_sight")
    return one


def _to_area(code: str, one: Centre, on: date) -> list[Notice]:
    """The municipality's two roles, its county and the statsforvalter."""
    place = Municipality.objects.get(pk=one.municipality_id)
    facts = {"centre": one.name, "municipality": place.name, "on": on.isoformat()}
    url = f"/reception/{one.pk}/"
    municipal = [Role.MUNICIPALITY_COORDINATOR, Role.MUNICIPALITY_DECIDER]
    regional = [Role.COUNTY, Role.STATSFORVALTER]
    told = [
        Notice(code=code, to_role=r.value, municipality_id=place.pk, facts=facts, url=url) for r in municipal
    ]
    county = [
        Notice(code=code, to_role=r.value, county_id=place.county_id, facts=facts, url=f"/municipalities/{place.pk}/")
        for r in regional
    ]  # fmt: skip
    return told + county


def _to_centre(code: str, one: Centre, facts: dict[str, object], due: date | None = None) -> Notice:
    told = {"centre": one.name, **facts}
    return Notice(
        code=code, to_role=Role.CENTRE.value, centre_id=one.pk, facts=told, url=f"/reception/{one.pk}/", due_on=due
    )  # fmt: skip


def _done(one: Centre, facts: dict[str, object], notices: list[Notice] | None = None) -> Done[int]:
    return Done(one.pk, about=("centre", one.pk), facts=facts, notices=notices or [])
