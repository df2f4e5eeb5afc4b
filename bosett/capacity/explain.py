"""Limits and occupancy in sentences: keys and facts, nothing of sealed places."""

from __future__ import annotations

from bosett.capacity.limit import Limit
from bosett.capacity.occupancy import Occupancy
from bosett.capacity.remaining import Remaining
from bosett.terms.sentence import Sentence


def explain_limit(limit: Limit) -> tuple[Sentence, ...]:
    """What the limit is made of, as everybody may see it."""
    group = limit.group.value
    told = [
        Sentence.of(f"capacity.vedtak.{limit.vedtak.state.value}", group=group)
        if limit.vedtak.value is None
        else Sentence.of("capacity.vedtak.number", group=group, persons=limit.vedtak.value)
    ]
    if limit.opened.anybody:
        told.append(Sentence.of("capacity.opened", group=group, persons=limit.opened.anybody))
    if limit.opened.households:
        persons = sum(places for _, places in limit.opened.households)
        households = len(limit.opened.households)
        told.append(
            Sentence.of("capacity.opened_for_households", group=group, persons=persons, households=households)
        )
    return tuple(told)


def explain_remaining(remaining: Remaining) -> tuple[Sentence, ...]:
    """What is used and left, or by how many the group is over."""
    facts = {"group": remaining.group.value, "limit": remaining.limit, "used": remaining.used}
    if remaining.over_by:
        return (Sentence.of("capacity.over_by", persons=remaining.over_by, **facts),)
    return (Sentence.of("capacity.left", persons=remaining.shown, **facts),)


def explain_occupancy(occupancy: Occupancy) -> tuple[Sentence, ...]:
    """Residents, places and their share; without places there is no share."""
    facts = {"residents": occupancy.residents, "places": occupancy.places}
    if occupancy.share is None:
        return (Sentence.of("capacity.occupancy.no_places", on=occupancy.on, **facts),)
    return (Sentence.of("capacity.occupancy", on=occupancy.on, share=occupancy.share, **facts),)
