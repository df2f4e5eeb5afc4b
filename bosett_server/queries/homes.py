"""A municipality's homes: which are free, who fits each, and which fit a household."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bosett.decisions.homes import Home, HomeMatch, HomeSeeker, homes_that_fit, who_fits
from bosett.terms.days import DateRange
from bosett_server.access import audit, clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.queries.plan_bedrooms import bedroom_rule
from bosett_server.records.models import Assignment, HomeHold, Household
from bosett_server.records.models import Home as HomeRow

STEP_FREE_NEEDS = frozenset({"wheelchair_home", "ground_floor"})
LOOKING = ("assigned", "date_agreed", "settled")


@dataclass(frozen=True)
class Hold:
    """Somebody has the home in these days; `household` is a reference where it is in sight, else empty."""

    id: int
    household: str
    reference: str
    starts_on: date
    ends_on: date | None
    moved_out: bool


@dataclass(frozen=True)
class HomeLine:
    """One home; `sealed` when a household with a protected address has it, and the reader is named for it."""

    id: int
    address: str
    home: Home
    version: int
    sealed: bool
    withdrawn: bool
    synthetic: bool
    holds: tuple[Hold, ...]

    def holder(self, today: date) -> Hold | None:
        """Who has it on the day."""
        return next((one for one in self.holds if today in DateRange(one.starts_on, one.ends_on)), None)

    def is_free(self, today: date) -> bool:
        """Whether it can be let on the day."""
        return not self.withdrawn and today in self.home.free and self.holder(today) is None


@dataclass(frozen=True)
class Seeker:
    """A household that this municipality may look for a home for; `card` when it is only proposed yet."""

    id: str
    words: str
    seeker: HomeSeeker
    card: int = 0
    has_home: bool = False


@dataclass(frozen=True)
class Match:
    """One pair, with everything that speaks against it."""

    seeker: Seeker
    line: HomeLine
    match: HomeMatch


def homes_of_place(actor: Actor, municipality: str, *, withdrawn: bool = False) -> list[HomeLine]:
    """The homes in the actor's sight, the smallest first; two queries, and the reading of households is logged.

    Raises NotInSight for another municipality.
    """
    _own(actor, municipality)
    rows = HomeRow.objects.filter(municipality_id=municipality)
    if not withdrawn:
        rows = rows.filter(withdrawn_at__isnull=True)
    return _lines(actor, rows.order_by("bedrooms", "address", "pk"))


def home_line(actor: Actor, municipality: str, number: int) -> HomeLine:
    """One home.  Raises NotInSight, also for one that is sealed to the reader."""
    _own(actor, municipality)
    found = _lines(actor, HomeRow.objects.filter(municipality_id=municipality, pk=number))
    if not found:
        raise NotInSight("not_in_sight")
    return found[0]


def _own(actor: Actor, municipality: str) -> None:
    if municipality not in actor.municipalities:
        raise NotInSight("not_in_sight")


def _lines(actor: Actor, rows: Iterable[HomeRow]) -> list[HomeLine]:
    homes = list(rows)
    holds: dict[int, list[Hold]] = defaultdict(list)
    # The household joins only where row-level security shows it; a hold without one is just a hold.
    found = HomeHold.objects.filter(home__in=[one.pk for one in homes], withdrawn_at__isnull=True)
    seen = dict(
        Household.objects.filter(pk__in=found.exclude(household=None).values("household_id")).values_list(
            "pk", "reference"
        )
    )
    for row in found.order_by("starts_on", "pk"):
        reference = seen.get(row.household_id, "") if row.household_id else ""
        ident = str(row.household_id) if reference else ""
        moved = row.moved_out_at is not None
        holds[row.home_id].append(Hold(row.pk, ident, reference, row.starts_on, row.ends_on, moved))
    audit.log_read("homes", "household", list(seen))
    return [_line(one, tuple(holds[one.pk])) for one in homes]


def _line(row: HomeRow, holds: tuple[Hold, ...]) -> HomeLine:
    home = Home(
        str(row.pk), row.bedrooms, DateRange(row.free_from, row.free_until), row.step_free, row.rent_nok,
        row.school, row.school_minutes, tuple(DateRange(one.starts_on, one.ends_on) for one in holds),
    )  # fmt: skip
    return HomeLine(
        row.pk, row.address, home, row.version, bool(row.sealed_for), row.withdrawn_at is not None,
        row.synthetic, holds,
    )  # fmt: skip


def seekers(actor: Actor, municipality: str) -> list[Seeker]:
    """Households assigned here and those on open cards, as far as the actor may see them; logged as a reading.

    A household that has a home already is there too, and says so: it may have to move.
    """
    _own(actor, municipality)
    if not actor.may(Permission.HOUSEHOLD_LIST):
        return []
    today = clock.today()
    rows = list(
        Household.objects.filter(
            assigned_municipality_id=municipality, stage__in=LOOKING, merged_into__isnull=True
        ).order_by("planned_settlement_on", "reference")
    )
    housed = set(
        HomeHold.objects.filter(
            municipality_id=municipality,
            household__in=rows,
            withdrawn_at__isnull=True,
            moved_out_at__isnull=True,
        ).values_list("household_id", flat=True)
    )
    cards = list(
        Assignment.objects.filter(municipality_id=municipality, state="offered", sealed=False).order_by("pk")
    )
    to_a_room = bedroom_rule(municipality, today.year).persons
    audit.log_read("home_seekers", "household", [*(r.pk for r in rows), *(c.household_id for c in cards)])
    return [
        *(
            _of_household(row, today, to_a_room, has_home=row.pk in housed)
            for row in rows
            if row.stage != "settled" or row.pk in housed
        ),
        *(_of_card(one, today, to_a_room) for one in cards),
    ]


def _of_household(row: Household, today: date, to_a_room: int, *, has_home: bool) -> Seeker:
    ident = str(row.pk)
    day = max(row.planned_settlement_on or today, today)
    found = _seeker(ident, row.persons_count, row.needs, day, to_a_room)
    return Seeker(ident, row.reference, found, has_home=has_home)


def _of_card(one: Assignment, today: date, to_a_room: int) -> Seeker:
    ident = f"card-{one.pk}"
    found = _seeker(ident, one.persons, one.card.get("needs", ()), today, to_a_room)
    return Seeker(ident, str(one.pk), found, one.pk)


def _seeker(ident: str, persons: int, needs: Iterable[str], day: date, to_a_room: int) -> HomeSeeker:
    """From the day: the agreed one, or today when none is agreed or it has passed."""
    return HomeSeeker(ident, persons, day, to_a_room, step_free=bool(STEP_FREE_NEEDS & set(needs)))


def who_fits_home(actor: Actor, municipality: str, number: int) -> tuple[HomeLine, list[Match]]:
    """The home, and every household without one beside it, those that fit first.  Raises NotInSight."""
    line = home_line(actor, municipality, number)
    looking = {one.id: one for one in seekers(actor, municipality) if not one.has_home}
    found = who_fits(line.home, [one.seeker for one in looking.values()])
    return line, [Match(looking[one.household_id], line, one) for one in found]


def homes_for(actor: Actor, municipality: str, ident: str) -> tuple[Seeker, list[Match]]:
    """The household, and every home beside it, those that fit first.

    Parameters
    ----------
    ident
        The household's id, or `card-<number>` for one that is only proposed.

    Raises NotInSight.
    """
    seeker = next((one for one in seekers(actor, municipality) if one.id == ident), None)
    if seeker is None:
        raise NotInSight("not_in_sight")
    lines = {str(one.id): one for one in homes_of_place(actor, municipality)}
    found = homes_that_fit(seeker.seeker, [one.home for one in lines.values()])
    return seeker, [Match(seeker, lines[one.home_id], one) for one in found]


def household_id(text: str) -> UUID | None:
    """The id in an address, None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
