"""The demo's reports about the agreement: a published one and one under way, with made-up words marked as such."""

from __future__ import annotations

from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting
from bosett_server.access.roles import Role
from bosett_server.actions.year_report import (
    approve_year_report,
    begin_year_report,
    publish_year_report,
    write_report_section,
)
from bosett_server.queries.year_report import parties_of
from bosett_server.records.models import RoleGrant, YearReport

NB = (
    "Dette avsnittet er skrevet for demonstrasjonen. Det viser at ordene er partenes egne, mens tall, tabeller og "
    "figurer kommer av det som er lagret."
)
NN = (
    "Dette avsnittet er skrive for demonstrasjonen. Det viser at orda er partane sine eigne, medan tal, tabellar og "
    "figurar kjem av det som er lagra."
)


def load_demo_reports(published: int, under_way: int) -> None:
    """A report that all the demo's parties have approved, and one that KS has begun to write in."""
    for year in (published, under_way):
        _begun(year)
    for party in parties_of(published):
        _approve(party, published)
    publish_year_report(_of_role(Role.IMDI_LEAD), year=published)
    _approve("AID", under_way)


def _approve(party: str, year: int) -> None:
    with acting(SYSTEM):
        revision = YearReport.objects.get(year=year).revision
    approve_year_report(_speaker(party), year=year, revision=revision)


def _begun(year: int) -> None:
    begin_year_report(_of_role(Role.IMDI_LEAD), year=year, synthetic=True)
    write_report_section(_speaker("KS"), year=year, section="discussed", nb=NB, nn=NN, on_number=0)


def _speaker(party: str) -> Actor:
    """The demo's user who speaks for a party of the agreement."""
    if party == "KS":
        return _of_role(Role.KS)
    with acting(SYSTEM):
        user = RoleGrant.objects.get(role=Role.MINISTRY.value, party=party).user_id
    return Actor(Role.MINISTRY, user_id=user, ministry=party)


def _of_role(role: Role) -> Actor:
    with acting(SYSTEM):
        user = RoleGrant.objects.get(role=role.value).user_id
    return Actor(role, user_id=user)
