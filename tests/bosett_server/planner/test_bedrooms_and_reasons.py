"""What a municipality chooses to count with, and why it is asked for its number: on its page and in its case paper."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bosett.decisions.planner import Resource
from bosett.terms.errors import Refused
from bosett_server.access.context import acting
from bosett_server.actions.planner import save_plan
from bosett_server.queries.homes import homes_for
from bosett_server.queries.plan_bedrooms import bedroom_rule
from bosett_server.queries.plan_paper import case_paper_facts
from bosett_server.queries.planner import plan_sheet
from bosett_server.records.models import RoundLine, VersionedFigure
from tests.bosett_server.cast import DAY, HERE, YEAR, World, vedtak, world
from tests.bosett_server.planner.scenes import COORDINATOR, assigned, home, plan, row

PAGE = f"/planner/{HERE}/{YEAR}/"


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    return world()


def seen(client, stage: World, address: str, language: str = "en") -> str:
    client.force_login(stage.users[COORDINATOR])
    client.cookies["language"] = language
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def worked_out_here(stage: World) -> None:
    """The request of 60 comes from two criteria of the round: 72.4 persons given and 12.4 taken."""
    with acting(stage["system"]):
        VersionedFigure.objects.filter(what="asked", municipality_id=HERE).update(round=stage.round)
        RoundLine.objects.create(
            round=stage.round, municipality_id=HERE, computed=60, asked=60,
            parts={"population": 72.4, "centrality": -12.4, "bound": "none"},
        )  # fmt: skip


def test_the_municipality_chooses_how_many_share_a_bedroom_and_the_assumed_number_holds_until_then(stage):
    with acting(stage[COORDINATOR]):
        assert (bedroom_rule(HERE, YEAR).persons, bedroom_rule(HERE, YEAR).own) == (2, None)
    save_plan(stage[COORDINATOR], municipality=HERE, year=YEAR, version=0, rows={}, persons_a_bedroom=1)
    plan(stage, {Resource.HOUSING: row(5)}, version=1, year=YEAR)
    with acting(stage[COORDINATOR]):
        assert plan_sheet(stage[COORDINATOR], HERE, YEAR).bedrooms.persons == 1
    save_plan(stage[COORDINATOR], municipality=HERE, year=YEAR, version=2, rows={}, persons_a_bedroom=None)
    with acting(stage[COORDINATOR]):
        assert plan_sheet(stage[COORDINATOR], HERE, YEAR).bedrooms.own is None


@pytest.mark.parametrize("wrong", [0, 5, -1])
def test_a_number_to_a_bedroom_that_cannot_be_is_refused(stage, wrong):
    with pytest.raises(Refused, match="persons_a_bedroom_wrong"):
        save_plan(
            stage[COORDINATOR], municipality=HERE, year=YEAR, version=0, rows={}, persons_a_bedroom=wrong
        )


def test_the_choice_decides_the_places_in_homes_and_who_fits(client, stage):
    home(stage, bedrooms=2)
    vedtak(HERE, 20)
    who = assigned(stage, persons=4, planned=date(2026, 4, 1))

    def fits() -> bool:
        with acting(stage[COORDINATOR]):
            ((match),) = homes_for(stage[COORDINATOR], HERE, str(who.pk))[1]
        return match.match.fits

    assert fits()
    client.force_login(stage.users[COORDINATOR])
    client.cookies["language"] = "en"
    typed = {"version": "0", "do": "homes", "persons_a_bedroom": "1"}
    page = client.post(f"{PAGE}resources/", typed).content.decode()
    assert 'name="housing-4" value="2"' in page
    assert '<option value="1" selected>' in page
    assert client.post(f"{PAGE}resources/", typed | {"do": "save"}).status_code == 302
    assert not fits()


def test_why_the_number_is_asked_for_stands_on_the_page_and_in_the_paper(client, stage):
    worked_out_here(stage)
    for address in (PAGE, f"/municipalities/{HERE}/vedtak/?year={YEAR}"):
        page = seen(client, stage, address)
        assert "gives 72.4 persons." in page
        assert "takes 12.4 persons off." in page
    with acting(stage[COORDINATOR]):
        facts = case_paper_facts(stage[COORDINATOR], HERE, YEAR, "nn")
    assert facts is not None
    assert [told.partition(" ")[2] for told in facts.reasons] == [
        "gir 72,4 personar.",
        "trekkjer frå 12,4 personar.",
    ]


def test_a_request_that_was_not_worked_out_here_is_not_explained_by_guessing(client, stage):
    assert "Which criteria IMDi used for this request is not stored in Bosett." in seen(client, stage, PAGE)
    with acting(stage[COORDINATOR]):
        facts = case_paper_facts(stage[COORDINATOR], HERE, YEAR, "nb")
    assert facts is not None
    assert facts.reasons == ()
