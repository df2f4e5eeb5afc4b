"""A modelled past for the demo: who was proposed where, sent back, assigned and settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

import numpy as np

from bosett.scenario.population.marginals import Marginals
from bosett.scenario.population.people import Household, Protection, Stage, SyntheticPopulation
from bosett.scenario.seats import Seats
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode

PLACED = (Stage.PROPOSED, Stage.ASSIGNED, Stage.SETTLED)
RETURN_CODES = ("no_suitable_home", "no_health_service", "no_school_place")
"""Reasons for sending a proposal back in the demo; how often each occurs is not known."""
RETURN_AFTER_DAYS = 6


class Outcome(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"


@dataclass(frozen=True)
class ModelledProposal:
    """One proposal; `before_vote` says the municipality must have opened the place ahead of its vote."""

    household_id: UUID
    municipality: MunicipalityCode
    proposed: date
    answered: date | None
    outcome: Outcome
    reason: str = ""
    before_vote: bool = False
    modelled: bool = True


@dataclass(frozen=True)
class ModelledHistory:
    """The population as it stands when places are counted, and every proposal behind it.

    Households for whom no place was found wait as ready.  Proposals are in order of day.
    """

    population: SyntheticPopulation
    proposals: tuple[ModelledProposal, ...]

    def municipality_of(self) -> dict[UUID, MunicipalityCode]:
        """Where each proposed, assigned or settled household is placed."""
        live = (Outcome.OPEN, Outcome.ACCEPTED)
        return {p.household_id: p.municipality for p in self.proposals if p.outcome in live}


def modelled_history(
    population: SyntheticPopulation,
    places: Mapping[tuple[int, MunicipalityCode, Group], int],
    voted_on: Mapping[tuple[int, MunicipalityCode], date],
    weights: Mapping[MunicipalityCode, int],
    marginals: Marginals,
    rng: np.random.Generator,
) -> ModelledHistory:
    """Give each proposed, assigned or settled household a municipality with room.

    Promises: per year, municipality and group never more persons than places, minors counted both in
    their group and in the whole; linked households in one municipality; whoever finds no room waits
    as ready, and so do protected households (their places are sealed, opened by named users only);
    persons are conserved.

    Parameters
    ----------
    places
        (year, municipality, group) -> persons.  A year without any place is past and not counted.
    voted_on
        Day of the vote; municipalities that had voted by the proposal are chosen first.
    weights
        Municipality -> weight, such as inhabitants, for the past years.
    """
    seats = Seats(places, voted_on, weights)
    proposals: list[ModelledProposal] = []
    waiting: set[UUID] = set()
    share = marginals.assume("returned_share")
    for unit in _units(population):
        year, tie = _year(unit[0], population.today), _tie(unit, marginals, rng)
        sealed = any(household.protection is not Protection.NONE for household in unit)
        found = None if sealed else seats.take(unit, year, _proposed(unit[0]), tie, rng)
        if found is None:
            waiting |= {household.id for household in unit}
            continue
        code, early = found
        if rng.random() < share:
            proposals += _returned(unit, seats.other_than(code, rng), population.today, rng)
        proposals += [_counting(household, code, early) for household in unit]
    for household in population.households:
        if household.stage is Stage.READY and rng.random() < share:
            proposals += _returned([household], seats.other_than(None, rng), population.today, rng)
    proposals.sort(key=lambda p: (p.proposed, p.household_id))
    return ModelledHistory(_with_waiting(population, waiting), tuple(proposals))


def _units(population: SyntheticPopulation) -> list[list[Household]]:
    """Households to place, linked ones together, earliest first."""
    units: dict[str, list[Household]] = {}
    for household in population.households:
        if household.stage in PLACED:
            units.setdefault(household.link or household.reference, []).append(household)
    far = date.max
    return sorted(units.values(), key=lambda unit: (unit[0].days.settled or far, unit[0].reference))


def _year(household: Household, today: date) -> int:
    return (household.days.settled or today).year


def _tie(unit: list[Household], marginals: Marginals, rng: np.random.Generator) -> MunicipalityCode | None:
    followed = rng.random() < marginals.assume("tie_followed_share")
    ties = [tie.municipality for household in unit for tie in household.ties]
    return ties[0] if ties and followed else None


def _counting(household: Household, code: MunicipalityCode, early: bool) -> ModelledProposal:
    accepted = household.days.assigned
    outcome = Outcome.ACCEPTED if accepted else Outcome.OPEN
    return ModelledProposal(household.id, code, _proposed(household), accepted, outcome, before_vote=early)


def _proposed(household: Household) -> date:
    if household.days.proposed is None:
        raise ValueError(f"{household.reference} is placed without a proposal day")
    return household.days.proposed


def _returned(
    unit: list[Household], code: MunicipalityCode, today: date, rng: np.random.Generator
) -> list[ModelledProposal]:
    """An earlier proposal that came back, where there is time for one between ready and the next."""
    ready, until = unit[0].days.ready, unit[0].days.proposed or today
    if ready is None or (until - ready).days <= RETURN_AFTER_DAYS:
        return []
    proposed = ready + timedelta(days=int(rng.integers(0, (until - ready).days - RETURN_AFTER_DAYS)))
    answered = proposed + timedelta(days=RETURN_AFTER_DAYS)
    expired = rng.random() < 0.25
    reason = "" if expired else RETURN_CODES[rng.integers(len(RETURN_CODES))]
    outcome = Outcome.EXPIRED if expired else Outcome.DECLINED
    return [ModelledProposal(h.id, code, proposed, answered, outcome, reason) for h in unit]


def _with_waiting(population: SyntheticPopulation, waiting: set[UUID]) -> SyntheticPopulation:
    """The same population with those for whom no place was found put back to ready."""
    households = tuple(_back(h) if h.id in waiting else h for h in population.households)
    return replace(population, households=households)


def _back(household: Household) -> Household:
    """Ready again.  Who came straight from abroad has then not arrived."""
    direct = household.days.arrival is not None and household.days.arrival == household.days.settled
    arrival = None if direct else household.days.arrival
    days = replace(household.days, arrival=arrival, proposed=None, assigned=None, settled=None)
    return replace(household, stage=Stage.READY, days=days)
