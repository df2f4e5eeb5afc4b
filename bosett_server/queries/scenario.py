"""Where the workbench begins: the chain and the places as they stand; and the comparisons that are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from bosett.capacity import PlaceKind
from bosett.scenario.tried import TodaysKept, Tried
from bosett.scenario.weeks.workers import cores, threads
from bosett.scenario.workbench import KINDS, LIMITS, Dials, Start, try_out
from bosett.terms.errors import NoAnswer
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett_server.access.actor import Actor
from bosett_server.access.context import require
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.queries.interviews import municipality_choices
from bosett_server.records.models import CentrePlaces, Quota, SavedScenario, VersionedFigure

LAST_WEEK_LEFT = 1
DRAWS, SEED = 2000, 1
LEAST_ASSUMED, MOST_ASSUMED = 1, 100_000
SIMULATED_KIND = {PlaceKind.MINORS_15_17.value: "minors_15_17", PlaceKind.CARE_CENTRE.value: "care_centre"}


@dataclass(frozen=True)
class SavedView:
    """A kept comparison; `mine` = the reader's own, `shared_at` None = nobody else sees it.

    `assumed` are the municipal places of the year it rests on, None where municipalities had voted.
    """

    id: int
    name: str
    owner: str
    mine: bool
    settings: dict[str, Any]
    result: dict[str, Any]
    seed: int
    draws: int
    version: str
    saved_at: datetime
    shared_at: datetime | None

    @property
    def dials(self) -> Dials:
        """The dials as they stood."""
        return Dials(**{name: value for name, value in self.settings.items() if name in LIMITS})

    @property
    def assumed(self) -> int | None:
        """What was assumed in the place of the year's vedtak."""
        return self.settings.get("assumed_places")


def chain_start(actor: Actor, today: date, assumed: int | None = None) -> Start:
    """Persons, announced places and municipal places as of a day; four queries.

    The places that the municipalities' vedtak still hold this year are spread over its weeks; next year is taken
    to be like this one: an assumption.

    Parameters
    ----------
    assumed
        Places of the whole year, used only while no municipality has voted for it.

    Raises NoAnswer when no municipality has voted for the year and nothing is assumed.
    """
    undecided, ready = dict.fromkeys(_GROUPS, 0), dict.fromkeys(_GROUPS, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_group, ready, persons FROM bosett_chain_stocks()")
        for group, decided, persons in cursor.fetchall():
            (ready if decided else undecided)[group] += int(persons)
    settled = _quota_settled(today.year)
    voted = _voted(today.year) or assumed
    if not voted:
        raise NoAnswer("the scenario workbench", f"no municipality has voted for {today.year}")
    weeks_left = max(LAST_WEEK_LEFT, (date(today.year, 12, 31) - today).days // 7)
    now, later = max(0, voted - settled) / weeks_left, voted / 52
    # The chain's years are counted from today: the first mixes what is left of this year with the next.
    mixed = (now * weeks_left + later * max(0, 52 - weeks_left)) / 52
    return Start(undecided, ready, _places(today), (mixed, later))


_todays_kept = TodaysKept()


def tried_out(
    actor: Actor, dials: Dials, today: date, assumed: int | None = None, draws: int = DRAWS, seed: int = SEED
) -> Tried:
    """The dials turned on the chain as it stands, computed in threads of this process.  Raises as `chain_start`."""
    start = chain_start(actor, today, assumed)
    return try_out(start, dials, draws, seed, threads(cores()), kept=_todays_kept)


def assumed_in_force(today: date, assumed: int | None) -> int | None:
    """What is assumed of the year's municipal places, if it counts: a vedtak goes before it."""
    return None if assumed is None or _voted(today.year) else assumed


_GROUPS = ("collective", "asylum", Group.EM_15_17.value, Group.EM_UNDER15.value)


def _held(year: int) -> QuerySet[VersionedFigure]:
    """The vedtak in force for all persons of a year."""
    return VersionedFigure.objects.filter(
        what="voted", year=year, group=Group.ALL, superseded_at__isnull=True
    )


def _voted(year: int) -> int:
    return int(_held(year).aggregate(sum=Sum("value"))["sum"] or 0)


def _quota_settled(year: int) -> int:
    """Persons settled on the year's vedtak, as counted beside it."""
    return int(Quota.objects.filter(year=year, group=Group.ALL).aggregate(sum=Sum("settled"))["sum"] or 0)


def open_now(today: date) -> QuerySet[CentrePlaces]:
    """Places of announced centres that are open on a day."""
    return CentrePlaces.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=today),
        starts_on__lte=today,
        centre__announced_on__isnull=False,
    )


def _places(today: date) -> dict[str, int]:
    """Announced places of a day by the simulation's kinds."""
    found = dict.fromkeys(KINDS, 0)
    for kind, count in open_now(today).values_list("kind").annotate(sum=Sum("count")):
        found[SIMULATED_KIND.get(kind, "ordinary")] += int(count)
    return found


def hosts_and_settlers(today: date) -> tuple[dict[str, int], dict[str, Figure]]:
    """Municipality -> announced reception places of a day; -> its vedtak of the year, or why there is none.

    Every municipality of the day is in the second; one without places in reception is not in the first.  Three queries.
    """
    hosts = open_now(today).values_list("centre__municipality_id").annotate(sum=Sum("count"))
    told = VersionedFigure.objects.filter(
        year=today.year, group=Group.ALL, superseded_at__isnull=True, municipality__isnull=False
    )
    held = {
        (what, code): Figure(State(state), value)
        for what, code, state, value in told.filter(what__in=("asked", "voted")).values_list(
            "what", "municipality_id", "state", "value"
        )
    }
    voted = {
        code: held.get(
            ("voted", code),
            Figure.missing(State.AWAITING if ("asked", code) in held else State.NOT_ASKED),
        )
        for code, _name in municipality_choices()
    }
    return {code: int(count) for code, count in hosts}, voted


def saved_scenarios(actor: Actor) -> list[SavedView]:
    """The reader's own comparisons and those that are shared, newest first."""
    require(actor, Permission.SCENARIO_USE)
    rows = SavedScenario.objects.select_related("owner").order_by("-saved_at", "-id")
    return [_saved(actor, row) for row in rows]


def saved_scenario(actor: Actor, number: int) -> SavedView:
    """One comparison.  Raises NotInSight for one that is not there, or not shared."""
    require(actor, Permission.SCENARIO_USE)
    row = SavedScenario.objects.select_related("owner").filter(pk=number).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return _saved(actor, row)


def _saved(actor: Actor, row: SavedScenario) -> SavedView:
    return SavedView(
        row.pk, row.name, row.owner.get_full_name() or row.owner.username, row.owner_id == actor.user_id,
        row.settings, row.result, row.seed, row.draws, row.version, row.saved_at, row.shared_at,
    )  # fmt: skip
