"""Synthetic reception centres where real ones stood, and who lives in which."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from bosett.scenario.population.marginals import HostUnits, Marginals
from bosett.scenario.population.numbers import draw_uuids
from bosett.scenario.population.people import Centre
from bosett.scenario.population.shape import TRACKS, Flags, Ints, Shape
from bosett.scenario.population.timeline import NEVER, Timeline
from bosett.terms.groups import Track
from bosett.terms.municipality import municipality_code

NOWHERE = -1
MINORS, CARE, ARRIVAL = "minors", "care_centre", "arrival"
ARRIVAL_DAYS = 10
"""Days a household stays at the arrival centre: the assumption `arrival_days`."""
DEFAULT_PERSONS = 20_000


def build_centres(persons: int, marginals: Marginals, rng: np.random.Generator) -> list[Centre]:
    """One centre per unit of the list, and invented ones for minors; places grow with the persons."""
    scale = max(1.0, persons / DEFAULT_PERSONS)
    spare = 1 + marginals.assume("spare_places_share")
    units = [
        (host, host.kind, _fives(host.residents / host.units * spare * scale), number)
        for host in marginals.hosts
        for number in range(1, host.units + 1)
    ]
    units += _invented(MINORS, "minors_centres", "minors_centre_places", scale, marginals, rng)
    units += _invented(CARE, "care_centres", "care_centre_places", scale, marginals, rng)
    ids, operators = draw_uuids(len(units), rng), _operators(len(units), marginals, rng)
    taken: dict[str, int] = {}
    centres = []
    for serial, (host, kind, places, _) in enumerate(units):
        taken[host.municipality] = taken.get(host.municipality, 0) + 1
        word = "omsorgssenter" if kind == CARE else "mottak"
        centres.append(
            Centre(
                id=ids[serial],
                reference=f"SYN-M{serial + 1:03d}",
                name=f"Syntetisk {word} {host.municipality} {taken[host.municipality]}",
                municipality=municipality_code(host.municipality_code),
                kind=kind,
                operator="state" if kind == CARE else operators[serial],
                places=places,
            )
        )
    return centres


def place_in_centres(
    shape: Shape,
    timeline: Timeline,
    today: int,
    centres: list[Centre],
    marginals: Marginals,
    rng: np.random.Generator,
) -> tuple[list[Centre], Ints]:
    """The index of each household's centre (`NOWHERE`: private address, or straight from abroad).

    Promise: no centre holds more residents today than its places; a centre that would is enlarged.
    """
    home: Ints = np.full(len(shape.kind), NOWHERE)
    private = rng.random(len(home)) < np.where(
        shape.origin == 0,
        marginals.assume("private_share_collective"),
        marginals.assume("private_share_other"),
    )
    resettled = shape.track == TRACKS.index(Track.RESETTLEMENT)
    fresh = timeline.arrival > today - ARRIVAL_DAYS
    family = ~shape.alone & ~private & ~resettled
    for kinds, who in (
        ((CARE,), shape.alone & shape.under15),
        ((MINORS,), shape.alone & ~shape.under15),
        ((ARRIVAL,), family & fresh),
        (("ordinary", "emergency", "transit", "integration", "adapted"), family & ~fresh),
    ):
        _share_out(home, np.flatnonzero(who), kinds, centres, rng)
    present = (timeline.settled == NEVER) & (timeline.left == NEVER) & (home != NOWHERE)
    return _roomy(centres, home, shape.persons, present), home


def _share_out(
    home: Ints, who: Ints, kinds: tuple[str, ...], centres: list[Centre], rng: np.random.Generator
) -> None:
    able = [i for i, centre in enumerate(centres) if centre.kind in kinds]
    weights = np.array([centres[i].places for i in able], dtype=float)
    home[who] = rng.choice(able, size=len(who), p=weights / weights.sum())


def _roomy(centres: list[Centre], home: Ints, persons: Ints, present: Flags) -> list[Centre]:
    living = np.bincount(home[present], weights=persons[present], minlength=len(centres))
    return [
        replace(centre, places=max(centre.places, _fives(residents)))
        for centre, residents in zip(centres, living, strict=True)
    ]


def _invented(
    kind: str, count: str, places: str, scale: float, marginals: Marginals, rng: np.random.Generator
) -> list[tuple[HostUnits, str, int, int]]:
    number, size = round(marginals.assume(count)), marginals.assume(places)
    chosen = rng.choice(len(marginals.hosts), size=number, replace=False)
    return [(marginals.hosts[i], kind, _fives(size * scale), 1) for i in chosen]


def _operators(size: int, marginals: Marginals, rng: np.random.Generator) -> list[str]:
    private = marginals.assume("operator_private_share")
    bounds = [private, private + marginals.assume("operator_non_profit_share")]
    names = ("private", "non_profit", "municipal")
    return [names[i] for i in np.searchsorted(bounds, rng.random(size), side="right")]


def _fives(places: float) -> int:
    """Places rounded up to the next five."""
    return 5 * math.ceil(places / 5)
