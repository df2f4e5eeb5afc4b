"""Decisions taken back at once, while nobody outside has done anything about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.context import acting
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.assignment_notices import close_notices, facts, to_municipality
from bosett_server.actions.household_notices import as_house
from bosett_server.actions.step import Done, action
from bosett_server.records.models import Assignment, Enquiry, PlacementRun, Proposal

TIME = timedelta(seconds=60)
"""How long a decision can be undone; afterwards an offer is withdrawn with a reason."""
UNDONE = "undone"


@action(Permission.ASSIGNMENT_DECIDE)
def undo_decisions(actor: Actor, *, assignments: Sequence[int]) -> Done[int]:
    """Every one of the offers is taken back and its proposal open again, or none is.

    A proposal that a newer run has replaced stays closed; its household is ready and comes in the next run.
    The municipality is told, since it was told of the card.  Raises NotInSight and Refused: `nothing_chosen`,
    `offers_are_not_undone` (not the actor's own, or too late), `offer_met_meanwhile`.
    """
    wanted = set(assignments)
    if not wanted:
        raise Refused("nothing_chosen")
    rows = list(
        Assignment.objects.select_for_update(of=("self",)).select_related("municipality", "household")
        .filter(pk__in=wanted).order_by("municipality_id", "household_id")
    )  # fmt: skip
    if len(rows) != len(wanted):
        raise NotInSight("not_in_sight")
    _check(actor, rows)
    proposals = [one.proposal_id for one in rows if one.proposal_id is not None]
    Assignment.objects.filter(pk__in=wanted).update(
        state="withdrawn", version=2, decline_reason=UNDONE, proposal=None
    )
    _open_again(proposals, rows[0].year)
    with acting(as_house(actor)):  # what the municipality was asked is done as well
        close_notices(*rows)
    return Done(
        len(rows), about=("assignment", "*"), facts={"assignments": len(rows), "year": rows[0].year},
        notices=[notice for one in rows for notice in to_municipality("card_withdrawn", one)],
        many=[("assignment", one.pk, facts(one)) for one in rows],
    )  # fmt: skip


def _check(actor: Actor, rows: Sequence[Assignment]) -> None:
    asked = set(Enquiry.objects.filter(assignment__in=rows).values_list("assignment_id", flat=True))
    for one in rows:
        if one.decided_by_id != actor.person or clock.now() - one.decided_at > TIME:
            raise Refused("offers_are_not_undone")
        if one.state != "offered" or one.version != 1 or one.pk in asked:
            raise Refused("offer_met_meanwhile", {"household": one.household.reference})


def _open_again(proposals: Sequence[int], year: int) -> None:
    """Those of the newest run only: an older run's would stand beside what has replaced it."""
    newest = PlacementRun.objects.filter(year=year, state="done").order_by("-id").values("pk")[:1]
    rows = Proposal.objects.filter(pk__in=proposals, run_id__in=newest, state="decided")
    rows.update(state="open", decided_at=None)
