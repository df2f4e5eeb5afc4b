"""A year's report in the tests: its parties, and one that is begun, written, approved or published."""

from __future__ import annotations

from dataclasses import replace

from bosett_server.access.actor import Actor
from bosett_server.access.context import acting
from bosett_server.actions.year_report import (
    approve_year_report,
    begin_year_report,
    publish_year_report,
    write_report_section,
)
from bosett_server.queries.year_report import Work, work
from tests.bosett_server.cast import World

ABOUT = 2025
PARTIES = ("AID", "JD", "BFD", "KDD", "KS")
"""Those who signed the agreement of 2022-25 (regjeringen.no, the agreement's front page)."""
NB, NN = "Partene er enige om tallet.", "Partane er samde om talet."


def of_party(stage: World, party: str) -> Actor:
    """Somebody who speaks for a party."""
    return stage["ks"] if party == "KS" else replace(stage["ministry"], ministry=party)


def begun(stage: World) -> None:
    """The report of 2025 as a draft."""
    begin_year_report(stage["imdi_lead"], year=ABOUT)


def seen(stage: World, role: str = "imdi_lead") -> Work:
    """What somebody who writes it sees."""
    with acting(stage[role]):
        return work(stage[role], ABOUT)


def write(actor: Actor, on: int = 0, section: str = "need", nb: str = NB, nn: str = NN) -> int:
    """A section's words."""
    return write_report_section(actor, year=ABOUT, section=section, nb=nb, nn=nn, on_number=on)


def approved(stage: World, *parties: str) -> None:
    """The parties approve the report as it stands."""
    for party in parties or PARTIES:
        approve_year_report(of_party(stage, party), year=ABOUT, revision=seen(stage).revision)


def published(stage: World) -> None:
    """Begun, written by KS, approved by all, published."""
    begun(stage)
    write(stage["ks"])
    approved(stage)
    publish_year_report(stage["imdi_lead"], year=ABOUT)
