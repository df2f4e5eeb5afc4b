"""Reception centres: registered, announced, given places and contracts, closed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Q

from bosett.capacity import ContractTerms, Extension, PlaceKind
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
LONGEST_REFERENCE = 200


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
    one = centre_to_change(centre)
    today = clock.today()
    if one.announced_on is not None:
        raise Refused("already_announced", {"on": one.announced_on.isoformat()})
    informed = informed_on or one.informed_on
    if informed is None:
        raise Refused("municipality_not_informed")
    if informed > today:
        raise Refused("informed_in_the_future")
    return _done(one, {"informed_on": informed.isoformat()}, announced(one, informed, today))


def announced(one: Centre, informed: date, on: date) -> list[Notice]:
    """The centre is everybody's to see; gives the notices to those who should know."""
    one.informed_on, one.announced_on = informed, on
    one.save(update_fields=["informed_on", "announced_on"])
    return _to_area("centre_announced", one, one.opens_on)


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
    one = centre_to_change(centre)
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


@dataclass(frozen=True)
class ContractTold:
    """What a contract says; None = not known, which is not 0.

    Parameters
    ----------
    price_per_place_day_nok
        A fixed place with a resident.
    price_empty_nok, price_call_nok
        A fixed place without one; a place on call while it is called.
    options
        The State's options to go on: days more, and how many days before the end it must be said.
    """

    price_per_place_day_nok: int
    notice_days: int
    starts_on: date
    ends_on: date | None = None
    locked_until: date | None = None
    fixed_places: int | None = None
    call_places: int = 0
    price_empty_nok: int | None = None
    price_call_nok: int | None = None
    lead_days: int | None = None
    options: tuple[Extension, ...] = ()
    document: str = ""


@action(Permission.CENTRE_MANAGE)
def set_contract(actor: Actor, *, centre: int, told: ContractTold) -> Done[int]:
    """A contract is stored; price, notice and lock-in are UDI's alone, so nobody else is told.

    Raises Refused: `price_not_positive`, `contract_without_places`, `ends_before_it_starts`,
    `contract_terms_do_not_fit`, `no_lead_or_places`, `options_do_not_fit`, `contracts_overlap`.
    """
    one = centre_to_change(centre)
    _refuse_terms(one, told)
    later = Q() if told.ends_on is None else Q(starts_on__lt=told.ends_on)
    ongoing = Q(ends_on__isnull=True) | Q(ends_on__gt=told.starts_on)
    if Contract.objects.filter(later, ongoing, centre=one).exists():
        raise Refused("contracts_overlap")
    stored = {part.name: getattr(told, part.name) for part in fields(told)}
    stored["options"] = [{"days": o.days, "say_before_days": o.say_before_days} for o in told.options]
    made = Contract.objects.create(centre=one, synthetic=one.synthetic, **stored)
    return Done(made.pk, about=("centre", one.pk), facts={"contract": made.pk})


def _refuse_terms(one: Centre, told: ContractTold) -> None:
    if told.price_per_place_day_nok <= 0:
        raise Refused("price_not_positive")
    if told.fixed_places == 0 and not told.call_places:
        raise Refused("contract_without_places")
    if told.ends_on is not None and told.ends_on <= told.starts_on:
        raise Refused("ends_before_it_starts")
    if told.call_places and told.lead_days is None:
        raise Refused("no_lead_or_places")
    if told.options and told.ends_on is None:
        raise Refused("options_do_not_fit")
    try:
        ContractTerms(
            "", str(one.pk), PlaceKind(one.kind), told.starts_on, told.ends_on, told.fixed_places or 0,
            told.call_places, told.price_per_place_day_nok, told.price_empty_nok, told.price_call_nok,
            told.locked_until, told.notice_days, told.lead_days, told.options,
        )  # fmt: skip
    except BadInput as fault:
        raise Refused("contract_terms_do_not_fit") from fault


@action(Permission.CENTRE_MANAGE)
def close_centre(
    actor: Actor, *, centre: int, closes_on: date, dialogue_on: date, dialogue_reference: str
) -> Done[int]:
    """The centre closes on a day, after a dialogue with the municipality that is documented; all are told.

    Raises Refused: `already_closing`, `closes_before_it_opens`, `closes_in_the_past`, `dialogue_in_the_future`,
    `dialogue_not_documented`, `places_after_closing`.
    """
    one = centre_to_change(centre)
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
    notices = closing(one, closes_on, dialogue_on, dialogue_reference.strip())
    return _done(one, {"closes_on": closes_on.isoformat()}, notices)


def closing(one: Centre, closes_on: date, dialogue_on: date, reference: str) -> list[Notice]:
    """The centre and its places end on a day; gives the notices.  Raises Refused: `places_after_closing`."""
    places = CentrePlaces.objects.filter(centre=one)
    if places.filter(starts_on__gte=closes_on).exists():
        raise Refused("places_after_closing")
    places.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=closes_on)).update(ends_on=closes_on)
    one.closes_on, one.dialogue_on, one.dialogue_reference = (
        closes_on,
        dialogue_on,
        reference[:LONGEST_REFERENCE],
    )
    one.save(update_fields=["closes_on", "dialogue_on", "dialogue_reference"])
    if one.announced_on is None:
        return []
    return [
        _to_centre("centre_closes", one, {"on": closes_on.isoformat()}, closes_on),
        *_to_area("centre_closes", one, closes_on),
    ]


def centre_to_change(centre: int) -> Centre:
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
