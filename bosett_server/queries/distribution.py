"""Rounds of requests: drafts with the reason for each number, and what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q, Sum

from bosett.distribution import MunicipalityInput
from bosett.registry import Registry
from bosett.terms.errors import NoRuleInForce, Refused
from bosett.terms.groups import Group
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.records.models import Round, RoundLine, VersionedFigure

OLDEST_POPULATION = 2011
InForce = dict[tuple[str, str], VersionedFigure]


@dataclass(frozen=True)
class RoundView:
    """A round as a whole; `asked` and `municipalities` are counted over its lines or its figures."""

    id: int
    year: int
    number: int
    state: str
    need: int
    criteria: dict[str, Any]
    answer_due_on: date
    drafted_at: datetime
    sent_at: datetime | None
    source: str
    asked: int
    municipalities: int

    @property
    def off_by(self) -> int:
        """Persons asked for beyond the need; negative when too few."""
        return self.asked - self.need

    @property
    def short_by(self) -> int:
        """Persons of the need that nobody is asked for; negative when too many."""
        return self.need - self.asked


@dataclass(frozen=True)
class LineView:
    """What the draft asks one municipality.

    Parameters
    ----------
    parts
        Criterion -> persons of the exact share; `in_force` is what an earlier round asked for already.
    before
        What the municipality is asked for today; None when it is not.
    """

    municipality: str
    name: str
    county: str
    population: int | None
    computed: int
    asked: int
    em_under15: int
    em_15_17: int
    parts: dict[str, float]
    bound: str
    adjusted_reason: str
    before: int | None

    @property
    def adjusted(self) -> bool:
        """Whether a person changed the number."""
        return self.asked != self.computed


def rounds(actor: Actor, year: int) -> list[RoundView]:
    """The year's rounds in sight, newest first; one query."""
    found = (
        Round.objects.filter(year=year)
        .select_related("need")
        .annotate(
            drafted=Sum("lines__asked"),
            drafted_places=Count("lines", filter=Q(lines__asked__gt=0)),
        )
        .order_by("-number")
    )
    return [_view(one, one.drafted or 0, one.drafted_places) for one in found]


def draft_of(actor: Actor, year: int) -> RoundView | None:
    """The year's draft, or None."""
    return next((one for one in rounds(actor, year) if one.state == "draft"), None)


def draft_row(round_id: int) -> Round:
    """The draft to be changed, locked.  Raises NotInSight, or Refused `round_already_sent`."""
    found = Round.objects.select_for_update(of=("self",)).select_related("need").filter(pk=round_id).first()
    if found is None:
        raise NotInSight("not_in_sight")
    if found.state != "draft":
        raise Refused("round_already_sent", {"year": found.year})
    return found


def lines(actor: Actor, round_id: int, *, after: str = "", size: int = 0) -> list[LineView]:
    """The lines of a round in order of code; from after a code and at most `size` when given; two queries."""
    found = RoundLine.objects.filter(round_id=round_id).select_related("municipality__county", "round")
    if actor.role is Role.COUNTY:
        found = found.filter(municipality__county_id=actor.county)
    if after:
        found = found.filter(municipality_id__gt=after)
    ordered = found.order_by("municipality_id")
    listed = list(ordered[:size] if size else ordered)
    if not listed:
        return []
    year = listed[0].round.year
    before = asked_in_force(year)
    return [_line(row, before.get((row.municipality_id, Group.ALL.value))) for row in listed]


def asked_in_force(year: int) -> InForce:
    """Every request in force by (municipality, group)."""
    held = VersionedFigure.objects.filter(
        what="asked", year=year, municipality__isnull=False, superseded_at__isnull=True
    )
    return {(row.municipality_id or "", row.group): row for row in held}


def population_year(today: date) -> int:
    """The newest year up to today whose population is stored for every municipality."""
    registry = Registry.shipped()
    for year in range(today.year, OLDEST_POPULATION - 1, -1):
        if all(registry.population(one.code, year).value is not None for one in registry.all_municipalities):
            return year
    raise NoRuleInForce("registry/population", today.isoformat(), "no year is stored for every municipality")


def municipality_inputs(
    year: int, *, size_minimum: int, excluded: frozenset[str], only: frozenset[str] | None
) -> tuple[MunicipalityInput, ...]:
    """The municipalities as the division sees them, with population and centrality from the registry."""
    registry = Registry.shipped()
    found = []
    for one in registry.all_municipalities:
        persons = registry.population(one.code, year).value
        indicators = {"centrality": Fraction(one.centrality)}
        if persons is not None:
            indicators["population"] = Fraction(persons)
        too_small = persons is not None and persons < size_minimum
        left_out = one.code in excluded or too_small or (only is not None and one.code not in only)
        found.append(MunicipalityInput(one.code, one.name, one.county_code, indicators, excluded=left_out))
    return tuple(found)


def _view(one: Round, asked: int, places: int) -> RoundView:
    return RoundView(
        one.pk, one.year, one.number, one.state, one.need.value or 0, one.criteria, one.answer_due_on,
        one.drafted_at, one.sent_at, one.source, asked, places,
    )  # fmt: skip


def _line(row: RoundLine, before: VersionedFigure | None) -> LineView:
    year = int(row.round.criteria.get("population_year", 0))
    population = Registry.shipped().population(row.municipality_id, year).value if year else None
    told = dict(row.parts)
    bound = str(told.pop("bound", ""))
    return LineView(
        municipality=row.municipality_id,
        name=row.municipality.name,
        county=row.municipality.county.name,
        population=population,
        computed=row.computed,
        asked=row.asked,
        em_under15=row.em_under15,
        em_15_17=row.em_15_17,
        parts={key: float(value) for key, value in told.items()},
        bound=bound,
        adjusted_reason=row.adjusted_reason,
        before=before.value if before else None,
    )
