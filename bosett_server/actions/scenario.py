"""Comparisons from the workbench: kept for oneself, shared, deleted."""

from __future__ import annotations

from dataclasses import asdict

from bosett import __version__
from bosett.scenario.tried import Tried
from bosett.scenario.workbench import Dials
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.step import Done, action
from bosett_server.records.models import SavedScenario

LONGEST_NAME = 120


@action(Permission.SCENARIO_USE)
def save_scenario(
    actor: Actor, *, name: str, dials: Dials, tried: Tried, assumed: int | None = None
) -> Done[int]:
    """The comparison is kept with dials, draws, seed and version; only its owner sees it.

    Parameters
    ----------
    assumed
        Municipal places of the year that it rests on, where nobody had voted.

    Raises Refused: `scenario_needs_a_person`, `scenario_name_missing`, `scenario_name_taken`.
    """
    if actor.user_id is None:
        raise Refused("scenario_needs_a_person")
    told = name.strip()[:LONGEST_NAME]
    if not told:
        raise Refused("scenario_name_missing")
    if SavedScenario.objects.filter(owner_id=actor.user_id, name=told).exists():
        raise Refused("scenario_name_taken")
    settings = asdict(dials) if assumed is None else {**asdict(dials), "assumed_places": assumed}
    made = SavedScenario.objects.create(
        owner_id=actor.user_id, name=told, settings=settings, result=asdict(tried), seed=tried.seed,
        draws=tried.draws, version=__version__, saved_at=clock.now(),
    )  # fmt: skip
    return Done(made.pk, about=("scenario", made.pk), facts={"draws": tried.draws, "seed": tried.seed})


@action(Permission.SCENARIO_USE)
def share_scenario(actor: Actor, *, number: int) -> Done[int]:
    """All who work with scenarios see it.  Raises Refused: `scenario_shared_already`."""
    one = _own(actor, number)
    if one.shared_at is not None:
        raise Refused("scenario_shared_already")
    SavedScenario.objects.filter(pk=one.pk).update(shared_at=clock.now())
    return Done(one.pk, about=("scenario", one.pk))


@action(Permission.SCENARIO_USE)
def delete_scenario(actor: Actor, *, number: int) -> Done[int]:
    """It is gone, also for those it was shared with."""
    one = _own(actor, number)
    SavedScenario.objects.filter(pk=one.pk).delete()
    return Done(number, about=("scenario", number))


def _own(actor: Actor, number: int) -> SavedScenario:
    one = SavedScenario.objects.filter(pk=number, owner_id=actor.user_id).first()
    if one is None:
        raise NotInSight("not_in_sight")
    return one
