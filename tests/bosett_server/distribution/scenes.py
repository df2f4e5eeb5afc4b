"""A stage with more municipalities of the registry, and a need to divide between them."""

from __future__ import annotations

from datetime import date

from bosett.registry import Registry
from bosett_server.access.context import acting
from bosett_server.actions.distribution import DraftCriteria, adjust_line, draft_round
from bosett_server.actions.forecast import set_need
from bosett_server.actions.round_sending import send_round
from bosett_server.records.models import County, Municipality, Round
from tests.bosett_server.cast import DAY, HERE, THERE, YEAR, World

DUE = date(2026, 4, 15)


def everybody(stage: World) -> None:
    """All 357 municipalities and 15 counties of the registry stand in the database."""
    registry = Registry.shipped()
    with acting(stage["system"]):
        for county in registry.counties():
            County.objects.get_or_create(
                code=county.code, defaults={"name": county.name, "sort_key": county.sort_key}
            )
        there = set(Municipality.objects.values_list("code", flat=True))
        Municipality.objects.bulk_create(
            Municipality(
                code=one.code, name=one.name, name_norwegian=one.name, sort_key=one.sort_key,
                county_id=one.county_code, language_decision=one.language.value,
                centrality=one.centrality, kostra_group=f"EKG{one.kostra_group}",
            )
            for one in registry.all_municipalities
            if one.code not in there
        )  # fmt: skip


def drafted(stage: World, year: int = YEAR, **criteria) -> int:
    """A draft by the lead."""
    return draft_round(stage["imdi_lead"], year=year, criteria=DraftCriteria(**criteria), answer_due_on=DUE)


def second_round(stage: World, here: int, there: int, policy: str) -> int:
    """A later round that asks two municipalities only; with every code of consultation told."""
    set_need(stage["imdi_lead"], year=YEAR, value=here + there, source="Brev", valid_from=DAY)
    made = drafted(stage)
    with acting(stage["imdi_lead"]):
        numbers = {HERE: here, THERE: there}
        codes = list(Round.objects.get(pk=made).lines.values_list("municipality_id", "asked"))
    for code, number in codes:
        if number != numbers.get(code, 0):
            adjust_line(
                stage["imdi_lead"], round=made, municipality=code, asked=numbers.get(code, 0), reason="Endret"
            )
    send_round(stage["imdi_lead"], round=made, unheard_reason="agreed_without", after_change=policy)
    return made
