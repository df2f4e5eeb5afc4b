"""Sex of each person, so that women and men by age group agree with the settled of 2022-2024."""

from __future__ import annotations

import numpy as np

from bosett.scenario.population.ages import Slots
from bosett.scenario.population.marginals import ORIGINS, Marginals
from bosett.scenario.population.shape import TYPES, Flags, Ints, Shape

FREE = tuple(TYPES.index(name) for name in ("single", "kin_two", "kin_three"))


def draw_sexes(
    shape: Shape, slots: Slots, whole_years: Ints, marginals: Marginals, rng: np.random.Generator
) -> Flags:
    """Whether each person is female.

    Couples are a woman and a man, children even, parents alone and grandparents by named shares;
    singles and adult kin make up the rest, by origin and age group, as near as they can.
    """
    female = _by_role(slots, marginals, rng)
    free = np.isin(slots.kind, FREE) & ~slots.is_child
    older = whole_years >= 56
    for origin, name in enumerate(ORIGINS):
        for band, in_band in (("0-55", ~older), ("56+", older)):
            here = in_band & (shape.origin[slots.household] == origin)
            wanted = round(marginals.share_female(name, band) * int(here.sum()))
            fixed = int(female[here & ~free].sum())
            _fill(female, np.flatnonzero(here & free), wanted - fixed, rng)
    return female


def _fill(female: Flags, able: Ints, wanted: int, rng: np.random.Generator) -> None:
    count = min(max(wanted, 0), len(able))
    female[able] = False
    female[rng.permutation(able)[:count]] = True


def _by_role(slots: Slots, marginals: Marginals, rng: np.random.Generator) -> Flags:
    draw = rng.random(len(slots.kind))
    share = np.full(len(slots.kind), 0.5)
    adult = ~slots.is_child
    share[adult & (slots.place == 0)] = 1.0
    share[adult & (slots.place == 1)] = 0.0
    share[adult & (slots.place == 2)] = marginals.assume("grandparent_female_share")
    alone = slots.kind == TYPES.index("minor_alone")
    share[alone] = 1.0 - marginals.assume("minors_alone_male_share")
    single = adult & (slots.kind == TYPES.index("single_parent"))
    share[single] = marginals.assume("single_parent_female_share")
    return draw < share
