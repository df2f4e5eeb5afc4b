"""Waiting from ready to settled, who waits now, and the deadlines: the country, one's county, one's municipality."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from bosett.followup.outcomes import DAYS_A_MONTH, Waited, ageing, waited
from bosett.rules.parameters import Parameters
from bosett.statistics.problem import TOTAL, CountTable
from bosett.statistics.protect import protect_tables
from bosett.statistics.publish import NARROWEST
from bosett.terms.errors import NoRuleInForce
from bosett.terms.groups import Group, Track
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.queries.followup_register import Register, Way, register, smallest_shown
from bosett_server.records.models import Assignment, Municipality

MONTHS = tuple(range(25))
MONTH_DAYS = tuple(round(month * DAYS_A_MONTH) for month in MONTHS)
THREE, SIX = MONTH_DAYS[3], MONTH_DAYS[6]
BANDS = ("under_3", "under_6", "under_12", "longer")
MINORS = (Group.EM_UNDER15, Group.EM_15_17)
TARGET_UNDER15 = "followup/settle_months_under15"
WHOLE = ""
"""The group of everybody."""


@dataclass(frozen=True)
class Area:
    """What a reader's numbers are about: the country, a county or municipalities of one's own."""

    kind: str
    name: str
    codes: frozenset[str]

    def has(self, way: Way) -> bool:
        """Whether the person is settled or accepted there."""
        return self.kind == "country" or way.place in self.codes


@dataclass(frozen=True)
class GroupWait:
    """One group's wait; those who wait now, in all and under 3, 6 and 12 months and longer, None where hidden."""

    group: str
    told: Waited
    waiting: int | None
    bands: tuple[int | None, ...]


@dataclass(frozen=True)
class Kept:
    """How many kept a deadline: in time, late, and not due yet or never answered; None where few."""

    name: str
    in_time: int | None
    late: int | None
    never: int | None
    rule: str = ""


@dataclass(frozen=True)
class WaitingOverview:
    """The page of waiting."""

    today: date
    area: Area
    groups: tuple[GroupWait, ...]
    to_settled: Waited | None
    answers: Kept
    under15: Kept | None
    synthetic: bool
    smallest: int


def area_of(actor: Actor) -> Area:
    """The reader's own area; two queries at most."""
    if actor.municipalities:
        names = Municipality.objects.filter(code__in=actor.municipalities).order_by("sort_key")
        return Area("municipality", ", ".join(one.name for one in names), actor.municipalities)
    if actor.role is Role.COUNTY:
        rows = list(Municipality.objects.filter(county_id=actor.county).select_related("county"))
        return Area("county", rows[0].county.name if rows else "", frozenset(one.code for one in rows))
    return Area("country", "", frozenset())


def place_of(actor: Actor, code: str) -> str:
    """The name of a municipality in the reader's area.  Raises NotInSight."""
    area = area_of(actor)
    row = Municipality.objects.filter(code=code).first()
    if row is None or (area.kind != "country" and code not in area.codes):
        raise NotInSight("not_in_sight")
    return row.name


def waiting_overview(actor: Actor) -> WaitingOverview:
    """Waits by group, those who wait now by how long, and the deadlines; as many queries whatever the number."""
    found, area = register(), area_of(actor)
    today, smallest = found.today, smallest_shown(found.today)
    own = found.accepted(area.has) if area.kind != "country" else None
    groups, under15 = _of_the_country(found, smallest)
    return WaitingOverview(
        today, area, groups, waited(own, today, MONTH_DAYS, smallest) if own is not None else None,
        _answers(area, smallest), under15, found.synthetic, smallest,
    )  # fmt: skip


Country = tuple[tuple[GroupWait, ...], Kept | None]
_country: dict[str, tuple[Register, Country]] = {}


def _of_the_country(found: Register, smallest: int) -> Country:
    """The waits by group and the deadline of the youngest, alike for all: worked out once for each register read."""
    kept = _country.get("waits")
    if kept is None or kept[0] is not found:
        shown = _waiting_now(found, smallest)
        groups = tuple(
            GroupWait(
                name, waited(found.waits(_in_group(name)), found.today, MONTH_DAYS, smallest),
                shown.get((name or TOTAL, TOTAL)), tuple(shown.get((name or TOTAL, band)) for band in BANDS),
            )
            for name in (WHOLE, *Track, *MINORS)
        )  # fmt: skip
        kept = _country["waits"] = found, (groups, _under15(found, smallest))
    return kept[1]


def _waiting_now(found: Register, smallest: int) -> Mapping[tuple[str, ...], int | None]:
    """Those who wait now by group and band; no total tells a small number."""
    since: dict[tuple[str, str], list[date]] = {}
    for way in found.ways:
        if way.ready_on is not None and way.ready_on <= found.today and _waits(way, found.today):
            since.setdefault((way.track, way.group), []).append(way.ready_on)
    by_track = _bands(since, found.today, 0, [one.value for one in Track])
    by_group = _bands(since, found.today, 1, [one.value for one in Group])
    width = Parameters.shipped().lookup(NARROWEST, found.today).whole
    tables = [
        CountTable(("track", "band"), by_track, "track"),
        CountTable(("group", "band"), by_group, "group"),
    ]
    done = protect_tables(tables, threshold=smallest, width=width)
    return {**done.tables[0].table.cells, **done.tables[1].table.cells}


def _bands(
    since: Mapping[tuple[str, str], list[date]], today: date, at: int, names: Sequence[str]
) -> dict[tuple[str, ...], int]:
    cells: dict[tuple[str, ...], int] = {}
    for name in names:
        days = [day for key, held in since.items() if key[at] == name for day in held]
        for band, count in zip((*BANDS, TOTAL), (*ageing(days, today), len(days)), strict=True):
            cells[name, band] = count
            cells[TOTAL, band] = cells.get((TOTAL, band), 0) + count
    return cells


def _in_group(name: str) -> Callable[[Way], bool]:
    return lambda way: not name or name in {way.track, way.group}


def _waits(way: Way, today: date) -> bool:
    return (way.settled_on is None or way.settled_on > today) and (way.left_on is None or way.left_on > today)


def _together(counts: Sequence[int], smallest: int) -> tuple[int | None, ...]:
    """Counts whose sum could be known: when one is small, the next smallest are hidden with it."""
    small = {at for at, count in enumerate(counts) if 0 < count < smallest}
    hidden = set(small)
    rest = sorted((count, at) for at, count in enumerate(counts) if at not in hidden and count)
    while small and rest and (len(hidden) < 2 or sum(counts[at] for at in hidden) < 2 * smallest):
        hidden.add(rest.pop(0)[1])
    return tuple(None if at in hidden else count for at, count in enumerate(counts))


def _answers(area: Area, smallest: int) -> Kept:
    """Municipalities' answers to proposals: by the day they were due, later, or never."""
    rows = Assignment.objects.filter(sealed=False, self_settled=False).exclude(
        state__in=["offered", "withdrawn"]
    )
    if area.kind != "country":
        rows = rows.filter(municipality__in=area.codes)
    with acting(SYSTEM):
        told: Mapping[str, int] = rows.annotate(answered_on=TruncDate("answered_at")).aggregate(
            in_time=Count("pk", filter=Q(answered_on__lte=F("answer_due_on"))),
            late=Count("pk", filter=Q(answered_on__gt=F("answer_due_on"))),
            never=Count("pk", filter=Q(answered_at__isnull=True)),
        )
    in_time, late, never = _together((told["in_time"], told["late"], told["never"]), smallest)
    return Kept("answers", in_time, late, never)


def _under15(found: Register, smallest: int) -> Kept | None:
    """Unaccompanied minors under 15 settled within the target's months from the permit; None without a target."""
    try:
        rule = Parameters.shipped().lookup(TARGET_UNDER15, found.today)
    except NoRuleInForce:
        return None
    days = round(rule.whole * DAYS_A_MONTH)
    counts = [0, 0, 0]
    for way in found.ways:
        if way.group == Group.EM_UNDER15 and way.permit_on is not None and way.left_on is None:
            lasted = ((way.settled_on or found.today) - way.permit_on).days
            settled = way.settled_on is not None and way.settled_on <= found.today
            counts[0 if settled and lasted <= days else 1 if lasted > days else 2] += 1
    in_time, late, never = _together(counts, smallest)
    return Kept("under15", in_time, late, never, rule.source.title)
