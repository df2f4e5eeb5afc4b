"""What if: exact differences, by hand; one household at once; score tables that nothing uses unasked."""

from __future__ import annotations

import pytest

from bosett.terms.errors import BadInput, Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.import_files import Incoming
from bosett_server.actions.placement_answers import decline_assignment
from bosett_server.actions.placement_choices import choose_placement
from bosett_server.actions.placement_scores import CARD, approve_scores, load_scores, retire_scores
from bosett_server.actions.placement_work import run_placement
from bosett_server.queries.placement_scores import read_scores, score_table
from bosett_server.queries.placement_single import recommendation
from bosett_server.queries.placement_what_if import Change, outcome
from bosett_server.records.models import Household, PlacementScores, Proposal
from tests.bosett_server.cast import HERE, THERE, YEAR, household, vedtak
from tests.bosett_server.placement.scenes import interview_of, measured, offer

IMDI, LEAD = "imdi_caseworker", "imdi_lead"


def ask(stage, **change):
    number = run_placement(stage[IMDI], year=YEAR)
    with acting(stage[IMDI]):
        return outcome(stage[IMDI], number, Change(**change))


def test_more_places_let_more_persons_in(stage):
    vedtak(HERE, 2)
    vedtak(THERE, 0)
    for _ in range(2):
        household(stage)
    told = ask(stage, places={HERE: 4})
    assert (told.persons, [one.before for one in told.moved], told.exact) == (2, [""], True)


def test_a_withdrawal_moves_those_who_were_there(stage):
    home = household(stage)
    told = ask(stage, places={HERE: 0})
    assert told.persons == 0
    assert [(one.reference, one.before, one.after) for one in told.moved] == [
        (home.reference, "Drammen", "Arendal")
    ]
    assert told.points < 0


def test_a_lock_costs_what_the_household_scores_less(stage):
    home = household(stage)
    there = ask(stage, locks={str(home.pk): THERE})
    # The wish for Drammen weighs the weight in force; nothing else tells the two apart.
    assert there.points == pytest.approx(-15.0)
    waits = ask(stage, locks={str(home.pk): ""})
    assert waits.persons == -2


def test_a_new_site_takes_those_who_wish_for_it(stage):
    vedtak(THERE, 0)
    home = household(stage)
    interview_of(home, wishes=[THERE])
    told = ask(stage, places={THERE: 2})
    assert [(one.before, one.after) for one in told.moved] == [("Drammen", "Arendal")]
    assert told.points == pytest.approx(15.0)


def test_a_new_site_that_declined_before_is_closed_to_that_household(stage):
    home = household(stage)
    interview_of(home, wishes=[HERE])
    one = offer(stage, HERE, home=home)
    decline_assignment(
        stage["municipality_coordinator"], assignment=one.pk, version=1, reason="no_suitable_home"
    )
    vedtak(HERE, 0)
    assert ask(stage, places={HERE: 10}).moved == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, "no_change_to_try"),
        ({"places": {"9999": 1}}, "no_such_municipality"),
        ({"places": {HERE: -1}}, "number_not_a_place_count"),
        ({"locks": {"00000000-0000-0000-0000-000000000000": ""}}, "household_not_in_run"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_by_name(stage, change, code):
    household(stage)
    with pytest.raises(Refused, match=code):
        ask(stage, **change)


def test_nothing_is_stored_by_asking(stage):
    household(stage)
    ask(stage, places={HERE: 0})
    with acting(SYSTEM):
        assert Proposal.objects.get(state="open").municipality_id == HERE


def test_a_protected_household_that_would_move_is_counted_and_not_named(stage):
    vedtak(HERE, 2)
    home = household(stage)
    number = run_placement(stage[IMDI], year=YEAR)
    with acting(SYSTEM):
        Household.objects.filter(pk=home.pk).update(protection="fortrolig")
    with acting(stage[IMDI]):
        told = outcome(stage[IMDI], number, Change(places={HERE: 0}))
    assert (told.moved, told.hidden) == ((), 1)


def suggested(stage, home):
    with acting(stage[IMDI]):
        return recommendation(stage[IMDI], YEAR, home.pk)


def test_one_household_is_told_where_it_could_go_at_once(stage):
    home = household(stage)
    told = suggested(stage, home)
    assert [one.municipality for one in told.suggestions] == [HERE, THERE]
    assert [part.code for part in told.suggestions[0].parts] == ["wish"]
    assert (told.possible, told.run) == (2, None)


def test_the_recommendation_takes_at_most_fifty_milliseconds_of_engine(stage):
    home = household(stage)
    suggested(stage, home)
    assert min(suggested(stage, home).seconds for _ in range(5)) <= 0.050


def test_a_place_that_others_need_has_their_price(stage):
    vedtak(HERE, 2)
    homes = [household(stage) for _ in range(2)]
    for one in homes:
        interview_of(one, wishes=[], ties=[{"kind": "relatives", "municipality": HERE}])
    run_placement(stage[IMDI], year=YEAR)
    other = household(stage)
    interview_of(other, wishes=[HERE])
    told = suggested(stage, other)
    # A tie weighs 30 and a wish 15: who only wishes is pointed to where there is room for all.
    assert [one.municipality for one in told.suggestions] == [THERE, HERE]
    assert told.suggestions[1].price > 15.0


def test_a_rule_a_choice_and_lack_of_places_close_municipalities_to_one_household(stage):
    large = household(stage, persons=21)
    assert (suggested(stage, large).suggestions, suggested(stage, large).closed["too_small"]) == (
        (),
        (HERE, THERE),
    )
    home = household(stage)
    choose_placement(
        stage[IMDI],
        household=str(home.pk),
        year=YEAR,
        kind="not_there",
        municipality=HERE,
        reason_code="other_need",
    )
    told = suggested(stage, home)
    assert [one.municipality for one in told.suggestions] == [THERE]


def test_nobody_is_recommended_for_a_protected_household_or_one_out_of_sight(stage):
    home, other = household(stage, protection="fortrolig"), household(stage)
    with acting(stage[IMDI]), pytest.raises(NotInSight):
        recommendation(stage[IMDI], YEAR, home.pk)
    with acting(stage["municipality_coordinator"]), pytest.raises(NotInSight):
        recommendation(stage["municipality_coordinator"], YEAR, other.pk)


def table(stage, values) -> Incoming:
    rows = [f"{reference},{','.join(map(str, numbers))}" for reference, numbers in values.items()]
    return Incoming("scores.csv", "\n".join([f"household_reference,{HERE},{THERE}", *rows]).encode())


def loaded(stage, values) -> int:
    file = table(stage, values)
    card = dict.fromkeys(CARD, "Syntetisk.")
    return load_scores(stage[LEAD], name="Syntetisk", file=file, card=card, report=measured(file))


def test_scores_are_used_only_by_a_run_that_asks_for_them(stage):
    home = household(stage)
    number = loaded(stage, {home.reference: [1, 9]})
    run_placement(stage[IMDI], year=YEAR)
    with acting(SYSTEM):
        assert Proposal.objects.get(state="open").municipality_id == HERE
    with pytest.raises(Refused, match="scores_not_active"):
        run_placement(stage[IMDI], year=YEAR, scores=number)
    approve_scores(stage[LEAD], scores=number)
    run_placement(stage[IMDI], year=YEAR, scores=number)
    with acting(SYSTEM):
        found = Proposal.objects.get(state="open")
    assert (found.municipality_id, found.score) == (THERE, 9.0)
    assert "loaded_scores" in [one["code"] for one in found.reasons]


def test_a_table_that_lacks_somebody_is_refused_and_never_mixed_with_points(stage):
    home, _other = household(stage), household(stage)
    number = loaded(stage, {home.reference: [1, 9]})
    approve_scores(stage[LEAD], scores=number)
    with acting(stage[LEAD]):
        assert score_table(stage[LEAD], number).counts["ready_lacking"] == 1
    with pytest.raises(Refused, match="scores_lack_households"):
        run_placement(stage[IMDI], year=YEAR, scores=number)


@pytest.mark.parametrize(
    "text",
    ["household_reference,3301\nSYN,1\nSYN,2", "household_reference,3301\nSYN ,1", "household_reference,3301\nSYN,inf",
     "household_reference,3301\nSYN,nan", "household_reference,3301\nSYN,", "household_reference,3301,3301\nSYN,1,1",
     "reference,3301\nSYN,1", "household_reference,3301\nSYN,1,2", "household_reference,3301\n", ""],
)  # fmt: skip
def test_a_faulty_table_is_refused_by_name(text):
    with pytest.raises(BadInput):
        read_scores(text.encode(), "scores.csv")


def test_a_model_card_that_says_too_little_is_refused(stage):
    home = household(stage)
    card = dict.fromkeys(CARD, "Syntetisk.") | {"null_world": " "}
    with pytest.raises(Refused, match="score_card_lacks") as told:
        load_scores(stage[LEAD], name="Syntetisk", file=table(stage, {home.reference: [1, 2]}), card=card)
    assert told.value.facts == {"what": "null_world"}
    with acting(SYSTEM):
        assert not PlacementScores.objects.exists()


def test_a_table_is_loaded_once_approved_once_and_put_out_of_use_by_the_lead_alone(stage):
    home = household(stage)
    number = loaded(stage, {home.reference: [1, 2]})
    with pytest.raises(Refused, match="scores_loaded_already"):
        loaded(stage, {home.reference: [1, 2]})
    with pytest.raises(NotPermitted):
        approve_scores(stage[IMDI], scores=number)
    with pytest.raises(Refused, match="scores_moved_on"):
        retire_scores(stage[LEAD], scores=number)
    approve_scores(stage[LEAD], scores=number)
    retire_scores(stage[LEAD], scores=number)
    with acting(stage["municipality_coordinator"]), pytest.raises(NotInSight):
        score_table(stage["municipality_coordinator"], number)


def test_a_new_site_is_not_tried_on_loaded_scores(stage):
    vedtak(THERE, 0)
    home = household(stage)
    number = loaded(stage, {home.reference: [1, 9]})
    approve_scores(stage[LEAD], scores=number)
    run = run_placement(stage[IMDI], year=YEAR, scores=number)
    with acting(stage[IMDI]), pytest.raises(Refused, match="scores_lack_the_site"):
        outcome(stage[IMDI], run, Change(places={THERE: 2}))


def test_a_question_of_a_small_week_is_answered_within_a_second(stage):
    for _ in range(10):
        household(stage)
    assert ask(stage, places={HERE: 4}).seconds <= 1.0
