"""Reception as it stands and as far as moves are planned: centres, places, residents, who is there longest.

Residents are counted for those whose task it is (UDI, IMDi; a centre its own; Bufetat the care centres) and
are not known to others, which is not zero.  Persons with a protected address are in no count here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.db import connection
from django.db.models import F, Q

from bosett.capacity import Contract as Terms
from bosett.capacity import Occupancy, PlaceKind, Places, WeekOutlook, occupancy, outlook
from bosett.capacity import Stay as LibraryStay
from bosett.capacity.occupancy import OUTLOOK_WEEKS
from bosett.terms.days import DateRange
from bosett_server.access.actor import Actor
from bosett_server.access.audit import log_read
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.queries.household_filters import UNDER_WAY
from bosett_server.records.models import Centre, CentrePlaces, Contract, Stay

SEES_ALL = frozenset({Role.UDI_RECEPTION, Role.IMDI_CASEWORKER, Role.IMDI_LEAD})
LONGEST = 10
MAY_HAVE_A_BED = (*UNDER_WAY, "left")
"""Stages in which a stay can be open: one who has lost the permit keeps the bed until leaving it."""
OUTLOOK = timedelta(weeks=OUTLOOK_WEEKS)
Held = TypeVar("Held", Places, LibraryStay)


@dataclass(frozen=True)
class CentreRow:
    """One centre; `now` None = residents are not for this reader, `places` 0 = none today."""

    id: int
    name: str
    kind: str
    municipality: str
    municipality_name: str
    opens_on: date
    closes_on: date | None
    announced_on: date | None
    informed_on: date | None
    places: int
    now: Occupancy | None
    later: Occupancy | None


@dataclass(frozen=True)
class KindRow:
    """All centres of one kind, now and in twelve weeks."""

    kind: str
    centres: int
    now: Occupancy
    later: Occupancy


@dataclass(frozen=True)
class Reception:
    """The whole picture; `weeks` and `kinds` are empty where residents are not for this reader."""

    on: date
    centres: tuple[CentreRow, ...]
    kinds: tuple[KindRow, ...]
    weeks: tuple[WeekOutlook, ...]


@dataclass(frozen=True)
class LongStay:
    """A household that has been in reception long."""

    household: str
    reference: str
    persons: int
    stage: str
    centre: str
    arrived_on: date
    days: int


@dataclass(frozen=True)
class Span:
    """Places of one kind for a span of days."""

    kind: str
    count: int
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class ContractRow:
    """A contract; UDI's alone.  `earliest_end` = if notice were given today."""

    price_per_place_day_nok: int
    notice_days: int
    locked_until: date | None
    starts_on: date
    ends_on: date | None
    earliest_end: date | None


@dataclass(frozen=True)
class CentreView:
    """One centre's page."""

    row: CentreRow
    operator_kind: str
    dialogue_on: date | None
    dialogue_reference: str
    spans: tuple[Span, ...]
    contracts: tuple[ContractRow, ...]
    weeks: tuple[WeekOutlook, ...]


def reception(actor: Actor, today: date, *, kind: str = "", municipality: str = "") -> Reception:
    """Every centre in sight that is open or to come; three queries whatever the number."""
    rows = _centres(actor, today)
    if kind:
        rows = [one for one in rows if one.kind == kind]
    if municipality:
        rows = [one for one in rows if one.municipality_id == municipality]
    places, stays = _places(rows), _stays(rows, today)
    places_of, stays_of = _by_centre(places), _by_centre(stays)
    centres = tuple(_row(actor, one, places_of[str(one.pk)], stays_of[str(one.pk)], today) for one in rows)
    known = [one for one in rows if _known(actor, one)]
    ids = {str(one.pk) for one in known}
    held = [one for one in places if one.centre in ids]
    staying = [one for one in stays if one.centre in ids]
    weeks = outlook(held, staying, today) if known else ()
    return Reception(today, centres, _kinds(known, held, staying, weeks), weeks)


def centre_view(actor: Actor, centre: int, today: date) -> CentreView:
    """One centre.  Raises NotInSight for one that is not there, or not announced to this reader."""
    one = Centre.objects.select_related("municipality").filter(pk=centre).first()
    if one is None or not _concerns(actor, one):
        raise NotInSight("not_in_sight")
    places, stays = _places([one]), _stays([one], today)
    contracts = Contract.objects.filter(centre=one).order_by("-starts_on")
    return CentreView(
        row=_row(actor, one, places, stays, today),
        operator_kind=one.operator_kind,
        dialogue_on=one.dialogue_on,
        dialogue_reference=one.dialogue_reference,
        spans=tuple(Span(p.kind.value, p.count, p.period.start, p.period.end) for p in places),
        contracts=tuple(_contract(row, today) for row in contracts),
        weeks=outlook(places, stays, today) if _known(actor, one) else (),
    )


def longest(
    actor: Actor, today: date, *, centre: int | None = None, at_most: int = LONGEST
) -> list[LongStay]:
    """Households in reception the longest, oldest first; reading them is logged."""
    if not actor.may(Permission.HOUSEHOLD_LIST):
        return []
    stays = Stay.objects.filter(
        left_on__isnull=True, household__protection="none", household__stage__in=MAY_HAVE_A_BED
    )
    if centre is not None:
        stays = stays.filter(centre_id=centre)
    rows = stays.select_related("household", "centre").order_by(
        F("household__arrived_on").asc(nulls_last=True), "id"
    )
    found = [_long(one, today) for one in rows[:at_most]]
    log_read("longest_in_reception", "household", [one.household for one in found])
    return found


def open_centres(today: date) -> list[tuple[int, str]]:
    """(id, name with municipality) of centres a household can be registered in."""
    rows = Centre.objects.filter(Q(closes_on__isnull=True) | Q(closes_on__gt=today), opens_on__lte=today)
    named = rows.order_by("name").values_list("pk", "name", "municipality__name")
    return [(pk, f"{name} ({place})") for pk, name, place in named]


def _centres(actor: Actor, today: date) -> list[Centre]:
    rows = Centre.objects.select_related("municipality").filter(
        Q(closes_on__isnull=True) | Q(closes_on__gt=today)
    )
    return [one for one in rows.order_by("municipality__sort_key", "name", "id") if _concerns(actor, one)]


def _concerns(actor: Actor, one: Centre) -> bool:
    """A municipality is shown the centres inside it."""
    if actor.role in (Role.MUNICIPALITY_COORDINATOR, Role.MUNICIPALITY_DECIDER):
        return one.municipality_id in actor.municipalities
    return True


def _known(actor: Actor, one: Centre) -> bool:
    if actor.role is Role.CENTRE:
        return one.pk == actor.centre_id
    if actor.role is Role.BUFETAT:
        return one.kind == PlaceKind.CARE_CENTRE
    return actor.role in SEES_ALL


def _by_centre(held: Iterable[Held]) -> defaultdict[str, list[Held]]:
    found: defaultdict[str, list[Held]] = defaultdict(list)
    for one in held:
        found[one.centre].append(one)
    return found


def _places(rows: Iterable[Centre]) -> list[Places]:
    spans = CentrePlaces.objects.filter(centre__in=[one.pk for one in rows]).order_by("starts_on", "kind")
    return [
        Places(str(s.centre_id), PlaceKind(s.kind), DateRange(s.starts_on, s.ends_on), s.count) for s in spans
    ]


def _stays(rows: Sequence[Centre], today: date) -> list[LibraryStay]:
    """Residents by centre and planned day out, gathered by the database: one stay for all of a day."""
    kinds = {one.pk: PlaceKind(one.kind) for one in rows}
    with connection.cursor() as cursor:
        cursor.execute("SELECT centre, leaves_on, persons FROM bosett_residents(%s)", [today])
        found = cursor.fetchall()
    return [
        LibraryStay("", str(centre), kinds[centre], int(persons), today, None, leaves_on)
        for centre, leaves_on, persons in found
        if centre in kinds and persons
    ]


def _row(
    actor: Actor, one: Centre, places: Sequence[Places], stays: Sequence[LibraryStay], today: date
) -> CentreRow:
    """`places` and `stays` are the centre's own."""
    known = _known(actor, one)
    return CentreRow(
        id=one.pk, name=one.name, kind=one.kind, municipality=one.municipality_id,
        municipality_name=one.municipality.name, opens_on=one.opens_on, closes_on=one.closes_on,
        announced_on=one.announced_on, informed_on=one.informed_on,
        places=occupancy(places, (), today).places,
        now=occupancy(places, stays, today) if known else None,
        later=occupancy(places, stays, today + OUTLOOK) if known else None,
    )  # fmt: skip


def _kinds(
    rows: Sequence[Centre],
    places: Sequence[Places],
    stays: Sequence[LibraryStay],
    weeks: Sequence[WeekOutlook],
) -> tuple[KindRow, ...]:
    """By the centre's kind, also for places of another kind inside it, so that residents and places belong together."""
    found = []
    for kind in sorted({one.kind for one in rows}, key=[k.value for k in PlaceKind].index):
        ids = {str(one.pk) for one in rows if one.kind == kind}
        held = [one for one in places if one.centre in ids]
        staying = [one for one in stays if one.centre in ids]
        now = occupancy(held, staying, weeks[0].starts)
        later = occupancy(held, staying, weeks[-1].at_end.on)
        found.append(KindRow(kind, len(ids), now, later))
    return tuple(found)


def _contract(row: Contract, today: date) -> ContractRow:
    span = DateRange(row.starts_on, row.ends_on)
    terms = Terms(str(row.pk), str(row.centre_id), span, row.locked_until, row.notice_days)
    runs = row.ends_on is None or row.ends_on > today
    return ContractRow(
        row.price_per_place_day_nok, row.notice_days, row.locked_until, row.starts_on, row.ends_on,
        terms.earliest_end(max(today, row.starts_on)) if runs else None,
    )  # fmt: skip


def _long(one: Stay, today: date) -> LongStay:
    since = one.household.arrived_on or one.arrived_on
    return LongStay(
        household=str(one.household_id), reference=one.household.reference, persons=one.household.persons_count,
        stage=one.household.stage, centre=one.centre.name, arrived_on=since, days=(today - since).days,
    )  # fmt: skip
