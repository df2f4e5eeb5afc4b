"""Homes as places: a household goes only where a home that fits is left for it, one household a home.

A home fits when it has the bedrooms that are needed, and is free of steps where that is needed.  Whether all
households that are sent to a municipality can have a home each is then a question of counts (Hall's theorem,
1935): of every kind of need that is at least so demanding there are no more households than homes.  Each such
count becomes a dimension of the problem, so that capacities, prices, what-if and `bosett verify` hold for
homes as they do for places, and the homes themselves can be shared out afterwards without leaving anybody out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bosett.placement.problem import Household, Municipality, Problem
from bosett.placement.verify_homes import HomeNeed, OfferedHome, fits

PREFIX = "home_"


@dataclass(frozen=True)
class NeedKind:
    """Needs that are at least so demanding: `step_free` bedrooms without steps, or `any_home` bedrooms of any home.

    None = no need is demanding in that way alone.
    """

    step_free: int | None
    any_home: int | None

    @property
    def dimension(self) -> str:
        """Its name as a dimension: `home_3`, `home_step_free_2`, or both."""
        step = "" if self.step_free is None else f"step_free_{self.step_free}"
        plain = "" if self.any_home is None else str(self.any_home)
        return PREFIX + "_or_".join(part for part in (step, plain) if part)

    def covers(self, bedrooms: int, *, step_free: bool) -> bool:
        """Whether a need, or a home, of so many bedrooms is of this kind."""
        if self.any_home is not None and bedrooms >= self.any_home:
            return True
        return step_free and self.step_free is not None and bedrooms >= self.step_free


def need_kinds(needs: Iterable[HomeNeed]) -> tuple[NeedKind, ...]:
    """Every count that must hold for all of these needs to be met."""
    told = list(needs)
    plain = sorted({one.bedrooms for one in told})
    step = sorted({one.bedrooms for one in told if one.step_free})
    kinds = [NeedKind(None, bedrooms) for bedrooms in plain]
    kinds += [NeedKind(low, None) for low in step]
    kinds += [NeedKind(low, high) for low in step for high in plain if low < high]
    return tuple(kinds)


def with_homes(problem: Problem, needs: Mapping[str, HomeNeed], homes: Sequence[OfferedHome]) -> Problem:
    """The problem in which a municipality that offers homes gets only households that one is left for.

    Parameters
    ----------
    needs
        By household; one that is not named needs no home here (somebody finds one by hand).
    homes
        Of municipalities of the problem; a municipality without any is not limited by homes.
    """
    offered: dict[str, list[OfferedHome]] = defaultdict(list)
    for one in homes:
        offered[one.municipality_id].append(one)
    kinds = [
        kind
        for kind in need_kinds(needs.values())
        if any(town in offered for town in problem.municipality_ids)
    ]
    return replace(
        problem,
        households=tuple(_using(one, needs.get(one.household_id), kinds) for one in problem.households),
        municipalities=tuple(
            _holding(one, offered.get(one.municipality_id), kinds) for one in problem.municipalities
        ),
    )


def share_homes(
    where: Mapping[str, str | None], needs: Mapping[str, HomeNeed], homes: Sequence[OfferedHome]
) -> dict[str, str]:
    """Household -> its home: everybody gets one who can, with the fewest bedrooms and step-free homes taken.

    Homes are taken from the smallest up, each kept if the households can still be shared out over those
    taken: the sets that can are independent sets of a transversal matroid, so this greedy way is best.
    """
    offered: dict[str, list[OfferedHome]] = defaultdict(list)
    for one in homes:
        offered[one.municipality_id].append(one)
    found: dict[str, str] = {}
    for code, there in sorted(offered.items()):
        seekers = sorted(one for one, place in where.items() if place == code and one in needs)
        holder: dict[str, OfferedHome] = {}
        for home in sorted(there, key=lambda one: (one.bedrooms, one.step_free, one.home_id)):
            _give(home, seekers, needs, holder, set())
        found |= {household: home.home_id for household, home in holder.items()}
    return found


def _give(
    home: OfferedHome,
    seekers: Sequence[str],
    needs: Mapping[str, HomeNeed],
    holder: dict[str, OfferedHome],
    tried: set[str],
) -> bool:
    """Give the home to somebody; whoever has another passes it on.  Changes `holder`."""
    for one in seekers:
        if one in tried or not fits(home, needs[one]):
            continue
        tried.add(one)
        held = holder.get(one)
        if held is None or _give(held, seekers, needs, holder, tried):
            holder[one] = home
            return True
    return False


def _using(household: Household, need: HomeNeed | None, kinds: Sequence[NeedKind]) -> Household:
    uses = {
        kind.dimension: int(need is not None and kind.covers(need.bedrooms, step_free=need.step_free))
        for kind in kinds
    }
    return replace(household, uses={**household.uses, **uses})


def _holding(
    town: Municipality, homes: Sequence[OfferedHome] | None, kinds: Sequence[NeedKind]
) -> Municipality:
    places = {
        kind.dimension: None
        if homes is None
        else sum(kind.covers(one.bedrooms, step_free=one.step_free) for one in homes)
        for kind in kinds
    }
    return replace(town, capacities={**town.capacities, **places})
