"""What a caseworker meets in a day at the desk: the same aim again, a run under way, why there, and what is left."""

from __future__ import annotations

import pytest

from bosett.placement.problem import Household, Municipality
from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.placement import ask_run
from bosett_server.actions.placement_proposals import lacks
from bosett_server.actions.placement_work import has_newer, run_placement
from bosett_server.queries.placement_compare import compared
from bosett_server.queries.placement_instance import SPREAD
from bosett_server.queries.placement_runs import usual_aim
from bosett_server.queries.placement_single import recommendation
from bosett_server.queries.placement_what_if import places_in_run
from bosett_server.records.models import PlacementRun, Proposal
from tests.bosett_server.cast import HERE, THERE, YEAR, household, vedtak
from tests.bosett_server.placement.scenes import interview_of
from tests.bosett_server.placement.test_run_pages import IMDI, client, text


def newest() -> PlacementRun:
    with acting(SYSTEM):
        return PlacementRun.objects.order_by("-id")[0]


def test_running_again_asks_for_what_the_last_run_asked_for(stage):
    home = household(stage)
    run_placement(stage[IMDI], year=YEAR, homes=True, priorities=True, pressure_percent=10)
    run_placement(stage[IMDI], year=YEAR, objective="score")
    browser = client(stage, IMDI)
    assert browser.post(f"/proposals/run/?year={YEAR}", {"request_key": "a"}).status_code == 302
    again = newest()
    assert (again.homes, again.priorities, again.pressure_percent) == (True, True, 10)
    told = {"kind": "wait", "reason_code": "household_asked", "request_key": "b"}
    assert browser.post(f"/proposals/household/{home.pk}/choice/?year={YEAR}", told).status_code == 302
    chosen = newest()
    assert chosen.pk > again.pk
    assert (chosen.homes, chosen.priorities, chosen.pressure_percent) == (True, True, 10)
    shown = text(browser.get("/proposals/runs/"))
    assert shown.count(" checked") >= 3  # the aim, homes and priorities stand as they were


def test_without_a_run_nothing_is_taken_for_granted(stage):
    with acting(stage[IMDI]):
        assert usual_aim(stage[IMDI], YEAR) == {}


def test_a_run_under_way_is_told_on_the_desk_and_is_compared_with_none(stage):
    household(stage)
    first = run_placement(stage[IMDI], year=YEAR)
    second = ask_run(stage[IMDI], year=YEAR)
    browser = client(stage, IMDI)
    assert f"Follow run {second}" in text(browser.get(f"/proposals/?year={YEAR}"))
    with acting(stage[IMDI]), pytest.raises(Refused, match="run_not_done"):
        compared(stage[IMDI], first, second)
    assert browser.get(f"/proposals/runs/compare/?first={first}&second={second}").status_code == 409
    assert has_newer(first)
    assert not has_newer(second)


def test_two_runs_that_asked_for_different_things_say_which(stage):
    household(stage)
    first = run_placement(stage[IMDI], year=YEAR)
    second = run_placement(stage[IMDI], year=YEAR, objective="wishes", priorities=True)
    shown = text(client(stage, IMDI).get(f"/proposals/runs/compare/?first={first}&second={second}"))
    assert 'Priorities of municipalities</th><td class="numeric">No</td><td class="numeric">Yes</td>' in shown
    assert "Only homes that are offered" not in shown


def test_the_price_is_looked_at_without_a_reason_and_the_choice_is_not_made_without(stage):
    home = household(stage)
    run_placement(stage[IMDI], year=YEAR)
    browser, address = client(stage, IMDI), f"/proposals/household/{home.pk}/choice/?year={YEAR}"
    told = {"kind": "place", "municipality": THERE}
    assert browser.post(address, told | {"look": "1"}).status_code == 200
    assert browser.post(address, told).status_code == 422
    words = {"kind": "not_there", "municipality": THERE, "reason": "Truet"}
    wrong = browser.post(address, words)
    assert (wrong.status_code, "Take the words away" in text(wrong)) == (422, True)


def test_the_easy_list_says_why_there_and_the_preview_what_is_left(stage):
    vedtak(HERE, 4)
    home = household(stage, persons=3)
    interview_of(home, wishes=[HERE])
    run_placement(stage[IMDI], year=YEAR)
    browser = client(stage, IMDI)
    assert "Wishes to live here" in text(browser.get(f"/proposals/?show=easy&year={YEAR}"))
    shown = text(browser.get(f"/proposals/preview/?show=all&year={YEAR}"))
    row = '<td class="numeric">3</td><td class="numeric">4</td><td class="numeric">1</td>'
    assert row in shown
    assert home.reference in shown.partition("These go through")[2]


def test_what_a_place_lacks_is_named(stage):
    place = Municipality("3301", "Her", {"persons": 10, SPREAD: 2, "home:large": 1})
    unit = [Household(household_id="h", persons=2, uses={SPREAD: 2})]
    assert lacks(place, unit, {("3301", "persons"): 9}) == "places"
    assert lacks(place, unit, {("3301", SPREAD): 1}) == "spread"
    assert lacks(place, unit, {("3301", SPREAD): 1, ("3301", "persons"): 9}) == "places"


def test_one_household_is_told_every_rule_by_name_and_where_it_could_go(stage):
    home = household(stage)
    run_placement(stage[IMDI], year=YEAR)
    browser = client(stage, IMDI)
    told = {"kind": "not_there", "municipality": THERE, "request_key": "c"}
    assert browser.post(f"/proposals/household/{home.pk}/choice/?year={YEAR}", told).status_code == 302
    with acting(stage[IMDI]):
        found = recommendation(stage[IMDI], YEAR, home.pk)
    assert found.closed["other_need"] == (THERE,)
    assert set(found.everywhere) == {HERE}
    shown = text(browser.get(f"/proposals/household/{home.pk}/places/?year={YEAR}"))
    assert "Other need (1)" in shown
    assert f"municipality={HERE}" in shown
    assert f"municipality={THERE}" not in shown


def test_the_what_if_form_shows_the_places_that_the_run_was_given(stage):
    vedtak(HERE, 7)
    home = household(stage)
    number = run_placement(stage[IMDI], year=YEAR)
    with acting(stage[IMDI]):
        assert places_in_run(stage[IMDI], number)[HERE] == 7
    with acting(SYSTEM):
        proposal = Proposal.objects.get(household=home, state="open").pk
    browser = client(stage, IMDI)
    assert f"what-if/?reference={home.reference}" in text(browser.get(f"/proposals/{proposal}/"))
    shown = text(browser.get(f"/proposals/runs/{number}/what-if/?reference={home.reference}"))
    assert "(7 places)" in shown
    assert f'value="{home.reference}"' in shown
