"""What a target coverage asks for, on the frozen baseline; each party's scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from bosett.expenditure.findings import FIVE_YEARS, estimate_in, register_years
from bosett.expenditure.register import YEARS
from bosett.expenditure.result import Estimate
from bosett.expenditure.target import (
    Consequence,
    GroupCoverage,
    MunicipalityPersons,
    consequence,
    group_coverages,
)
from bosett.grants.frame_cohorts import SMALLEST
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.roles import Role
from bosett_server.queries.expenditure import ExpenditureBaselineRow, RoundRow, baseline_of, round_row
from bosett_server.queries.expenditure_survey import persons_by_municipality, persons_by_year
from bosett_server.records.models import ExpenditureRound, ExpenditureScenario, VersionedFigure

PARTIES = {Role.IMDI_LEAD: "state", Role.MINISTRY: "state", Role.KS: "municipal"}
AHEAD = 4
"""Calendar years after the round's that the cost is followed, as far as a need is stated."""


@dataclass(frozen=True)
class ScenarioRow:
    """A scenario as lists show it."""

    id: int
    round_id: int
    party: str
    name: str
    target_percent: Decimal
    made_at: datetime
    shared_at: datetime | None
    own: bool


@dataclass(frozen=True)
class Followed:
    """What a target asks for; None in `told` where rates are not known or residence years are not."""

    target_percent: Decimal
    told: Consequence | None
    groups: Mapping[str, Consequence]
    covered: Mapping[str, tuple[GroupCoverage, ...]]
    years: tuple[int, ...]
    stopped_at: int | None
    small: frozenset[str]


def party_of(actor: Actor) -> str:
    """The actor's party.  Raises NotPermitted for who belongs to none."""
    party = PARTIES.get(actor.role)
    if party is None:
        raise NotPermitted("not_permitted")
    return party


def scenarios(actor: Actor, round_id: int) -> list[ScenarioRow]:
    """The own party's, and what the other has shared; newest first."""
    own = party_of(actor)
    rows = ExpenditureScenario.objects.filter(baseline__round_id=round_id).order_by("-made_at", "-id")
    return [_row(one, own, round_id) for one in rows if one.party == own or one.shared_at]


def scenario(actor: Actor, round_id: int, number: int) -> ScenarioRow:
    """One of them.  Raises NotInSight for one that is not the party's and not shared."""
    found = next((one for one in scenarios(actor, round_id) if one.id == number), None)
    if found is None:
        raise NotInSight("not_in_sight")
    return found


def followed(actor: Actor, round_id: int, target_percent: Decimal) -> Followed:
    """What the target asks for on this round's baseline.  Raises NotInSight while the round is not closed.

    Later years are what a later round has counted.  Where none has, persons go on from one residence year to the
    next, nobody leaves, and those of year 1 are the need that is stated; where none is stated the years end.
    Both are assumptions.
    """
    row, baseline = round_row(actor, round_id), baseline_of(actor, round_id)
    if baseline is None:
        raise NotInSight("not_in_sight")
    rates = _rates(baseline)
    places = persons_by_municipality(round_id, "kostra_group") if row.kind in FIVE_YEARS else []
    years, stopped = _persons_ahead(row, places)
    if set(rates) != set(YEARS) or not places:
        return Followed(target_percent, None, {}, {}, (), None, frozenset())
    five = estimate_in(baseline.result["whole"])
    share = float(target_percent) / 100
    groups = {
        name: consequence(share, five, rates, {}, persons_by_municipality(round_id, name))
        for name in ("kostra_group", "centrality")
    }
    told = consequence(share, five, rates, years, places)
    small = frozenset(one.municipality_id for one in places if 0 < sum(one.persons.values()) < SMALLEST)
    covered = {name: _covered(baseline.result, name, told.factor.value) for name in groups}
    return Followed(target_percent, told, groups, covered, tuple(years), stopped, small)


def _covered(result: Mapping[str, Any], division: str, factor: float) -> tuple[GroupCoverage, ...]:
    """Each group that has a figure on the baseline; one with too few answers has none."""
    known = [one for one in result["groups"][division] if one["nok"] is not None]
    groups = [Estimate(one["group"], one["nok"], one["standard_error"], one["respondents"]) for one in known]
    grant = sum(result["rates_nok"][str(year)] for year in YEARS)
    return group_coverages(groups, register_years(result), grant, factor)


def _persons_ahead(
    row: RoundRow, places: Sequence[MunicipalityPersons]
) -> tuple[dict[int, dict[int, float]], int | None]:
    now: dict[int, float] = dict.fromkeys(YEARS, 0.0)
    for one in places:
        for residence_year, many in one.persons.items():
            now[residence_year] += many
    found = {row.year: now}
    later = dict(
        ExpenditureRound.objects.filter(
            kind=row.kind, year__gt=row.year, synthetic=row.synthetic
        ).values_list("year", "pk")
    )
    need = dict(
        VersionedFigure.objects.filter(
            what="need", group="all", municipality__isnull=True, superseded_at__isnull=True, state="number"
        ).values_list("year", "value")
    )
    for after in range(row.year + 1, row.year + AHEAD + 1):
        counted = persons_by_year(later[after]) if after in later else {}
        stated = need.get(after)
        if counted:
            now = {one: counted.get(str(one), 0.0) for one in YEARS}
        elif stated is not None:
            now = {1: float(stated), **{one: now[one - 1] for one in YEARS[1:]}}
        else:
            return found, after
        found[after] = now
    return found, None


def _rates(baseline: ExpenditureBaselineRow) -> dict[int, float]:
    return {int(year): float(nok) for year, nok in baseline.result["rates_nok"].items()}


def _row(row: ExpenditureScenario, own: str, round_id: int) -> ScenarioRow:
    return ScenarioRow(
        row.pk, round_id, row.party, row.name, row.target_percent, row.made_at, row.shared_at, row.party == own
    )  # fmt: skip
