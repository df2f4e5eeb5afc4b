"""A party's scenarios on the common baseline: its own until it shares them."""

from __future__ import annotations

from decimal import Decimal

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.actions.step import Done, action
from bosett_server.queries.expenditure import baseline_of
from bosett_server.queries.expenditure_scenarios import party_of
from bosett_server.records.models import ExpenditureScenario, Notice

MOST_PERCENT = 200


@action(Permission.EXPENDITURE_COMMITTEE)
def make_expenditure_scenario(
    actor: Actor, *, round_id: int, name: str, target_percent: Decimal
) -> Done[int]:
    """A target coverage stands under a name, seen by the own party only.

    Raises Refused: `expenditure_not_closed`, `expenditure_target_out_of_range`, `expenditure_name_missing`,
    `expenditure_name_taken`.
    """
    baseline = baseline_of(actor, round_id)
    if baseline is None:
        raise Refused("expenditure_not_closed")
    if not 0 < target_percent <= MOST_PERCENT:
        raise Refused("expenditure_target_out_of_range", {"most": MOST_PERCENT})
    if not name.strip():
        raise Refused("expenditure_name_missing")
    made = ExpenditureScenario.objects.create(
        baseline_id=baseline.id, party=party_of(actor), name=name.strip()[:80],
        target_percent=target_percent.quantize(Decimal("0.1")), made_by_id=actor.user_id, made_at=clock.now(),
    )  # fmt: skip
    return Done(made.pk, about=("expenditure_scenario", made.pk), facts={"round": round_id})


@action(Permission.EXPENDITURE_COMMITTEE)
def share_expenditure_scenario(actor: Actor, *, scenario_id: int) -> Done[int]:
    """The other party sees it from now on, and it is never changed again.

    Raises Refused: `expenditure_shared_already`.
    """
    row = _own(actor, scenario_id)
    if row.shared_at is not None:
        raise Refused("expenditure_shared_already")
    row.shared_at, row.shared_by_id = clock.now(), actor.user_id
    row.save(update_fields=["shared_at", "shared_by"])
    others = (Role.KS,) if row.party == "state" else (Role.MINISTRY, Role.IMDI_LEAD)
    notices = [
        Notice(code="expenditure_scenario_shared", to_role=role.value, facts={"year": row.baseline.round.year},
               url=f"/expenditure/{row.baseline.round_id}/target/{row.pk}/")
        for role in others
    ]  # fmt: skip
    return Done(row.pk, about=("expenditure_scenario", row.pk), notices=notices)


@action(Permission.EXPENDITURE_COMMITTEE)
def drop_expenditure_scenario(actor: Actor, *, scenario_id: int) -> Done[int]:
    """A scenario that was never shared is gone.  Raises Refused: `expenditure_shared_already`."""
    row = _own(actor, scenario_id)
    if row.shared_at is not None:
        raise Refused("expenditure_shared_already")
    row.delete()
    return Done(scenario_id, about=("expenditure_scenario", scenario_id))


def _own(actor: Actor, number: int) -> ExpenditureScenario:
    row = ExpenditureScenario.objects.filter(pk=number, party=party_of(actor)).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return row
