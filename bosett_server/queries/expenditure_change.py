"""Why expenditure changed since the round before: volume, composition, price."""

from __future__ import annotations

from bosett.expenditure.decomposition import Change, GroupCost, decompose
from bosett.expenditure.register import YEARS
from bosett_server.access.actor import Actor
from bosett_server.queries.expenditure import RoundRow, baseline_of, rounds


def change_since(actor: Actor, row: RoundRow) -> tuple[RoundRow, Change] | None:
    """The newest earlier closed round of this kind and the change; None where either lacks residence years."""
    before = next(
        (
            one
            for one in rounds(actor)
            if one.kind == row.kind and one.year < row.year and one.state == "closed"
        ),
        None,
    )
    if before is None:
        return None
    costs = [_costs(actor, one.id) for one in (before, row)]
    if costs[0] is None or costs[1] is None:
        return None
    return before, decompose(costs[0], costs[1])


def _costs(actor: Actor, number: int) -> dict[str, GroupCost] | None:
    """Residence year -> persons and kroner; None when the round does not know them."""
    baseline = baseline_of(actor, number)
    if baseline is None:
        return None
    persons, years = baseline.result["persons_by_year"], baseline.result["years"]
    if not persons or len(years) != len(YEARS):
        return None
    return {one["area"]: GroupCost(persons.get(one["area"], 0.0), one["nok"]) for one in years}
