"""The demo's whole past from a seed: synthetic people, modelled answers, who was placed where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bosett.scenario.answers import Asked, Calendar, ModelledAnswer, modelled_answers, places
from bosett.scenario.history import ModelledHistory, modelled_history
from bosett.scenario.pattern import VotePattern
from bosett.scenario.population import Marginals, generate
from bosett.terms.municipality import MunicipalityCode


@dataclass(frozen=True)
class Demonstration:
    """What the demo is filled with; everything in it is synthetic or modelled."""

    history: ModelledHistory
    answers: tuple[ModelledAnswer, ...]


def demonstration(
    seed: int,
    persons: int,
    calendar: Calendar,
    asked: Asked,
    inhabitants: Mapping[MunicipalityCode, int],
) -> Demonstration:
    """A population, the municipalities' modelled answers and the placements they allow.

    Promise: the same arguments give the same bytes; nobody is placed above a modelled answer.

    Parameters
    ----------
    persons
        At least 100; 20,000 is the demo.
    calendar
        The round's days and the day that the demo stands on.
    asked
        The published request, by municipality and group.
    inhabitants
        Weights for ties and wishes, and for placements of earlier years, whose vedtak are not stored.
    """
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(1,)))
    marginals = Marginals.shipped()
    population = generate(seed, persons, calendar.today, marginals, inhabitants)
    answers = modelled_answers(asked, calendar, VotePattern.shipped(), rng)
    this_year = calendar.today.year
    seats = {(this_year, code, group): number for (code, group), number in places(answers).items()}
    voted = {(this_year, answer.municipality): answer.council_meeting for answer in answers}
    return Demonstration(modelled_history(population, seats, voted, inhabitants, marginals, rng), answers)
