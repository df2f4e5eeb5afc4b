"""A person's choice: its price is seen before, kept after, and no run undoes it in silence."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.assignments import decide_assignment
from bosett_server.actions.placement_choices import choose_placement, lift_choice
from bosett_server.actions.placement_work import run_placement
from bosett_server.queries.override import choice_cost
from bosett_server.queries.placement_choices import all_standing, choices
from bosett_server.queries.placement_instance import instance
from bosett_server.records.models import PlacementChoice, Proposal
from tests.bosett_server.cast import DAY, HERE, THERE, YEAR, household, vedtak
from tests.bosett_server.placement.scenes import assignment, events, interview_of

IMDI = "imdi_caseworker"


def choose(stage, home, kind="place", municipality=THERE, code="home_fits", **told) -> int:
    return choose_placement(
        stage[IMDI],
        household=str(home.pk),
        year=YEAR,
        kind=kind,
        municipality=municipality,
        reason_code=code,
        **told,
    )


def proposal(stage, home) -> Proposal:
    with acting(stage[IMDI]):
        return Proposal.objects.get(household=home, state="open")


def run(stage) -> int:
    return run_placement(stage[IMDI], year=YEAR)


def test_every_later_run_keeps_a_choice_until_it_is_lifted(stage):
    home = household(stage)
    interview_of(home, wishes=[HERE])
    number = choose(stage, home)
    for _ in range(2):
        run(stage)
        found = proposal(stage, home)
        assert (found.municipality_id, "chosen" in [r["code"] for r in found.reasons]) == (THERE, True)
    lift_choice(stage[IMDI], choice=number)
    run(stage)
    assert proposal(stage, home).municipality_id == HERE


def test_a_household_that_waits_is_proposed_nowhere_and_its_places_go_to_others(stage):
    vedtak(HERE, 2)
    vedtak(THERE, 0)
    first, second = household(stage), household(stage)
    choose(stage, first, kind="wait", municipality="")
    run(stage)
    waits = proposal(stage, first)
    assert (waits.municipality_id, waits.unplaced_reason) == (None, "locked_out")
    assert proposal(stage, second).municipality_id == HERE


def test_a_place_a_household_is_kept_away_from_is_closed_by_another_need(stage):
    home = household(stage)
    interview_of(home, wishes=[HERE])
    choose(stage, home, kind="not_there", municipality=HERE, code="other_need")
    run(stage)
    found = proposal(stage, home)
    assert found.municipality_id == THERE
    assert {"rule": "other_need", "municipalities": [HERE]} in [r["facts"] for r in found.reasons]
    with acting(SYSTEM):
        row = PlacementChoice.objects.get()
    assert (row.reason_code, row.reason) == ("other_need", "")


@pytest.mark.parametrize(("code", "words"), [("family_near", ""), ("other_need", "Han truer henne")])
def test_an_exclusion_carries_no_reason_that_could_tell_which_are_for_safety(stage, code, words):
    home = household(stage)
    with pytest.raises(Refused, match="exclusion_tells_no_reason"):
        choose_placement(
            stage[IMDI], household=str(home.pk), year=YEAR, kind="not_there", municipality=HERE, reason_code=code,
            reason=words,
        )  # fmt: skip
    with (
        acting(stage[IMDI]),
        pytest.raises(DatabaseError, match="exclusion_tells_no_reason"),
        transaction.atomic(),
    ):
        PlacementChoice.objects.create(
            household=home, kind="not_there", municipality_id=HERE, reason_code=code, reason=words,
            made_by=stage.users[IMDI], made_at=clock.now(),
        )  # fmt: skip
    with acting(SYSTEM):
        assert not PlacementChoice.objects.exists()


def test_the_price_of_a_choice_is_what_all_together_lose_and_is_kept_with_it(stage):
    home = household(stage)
    interview_of(home, wishes=[HERE])
    run(stage)
    with acting(stage[IMDI]):
        made = instance(stage[IMDI], YEAR, DAY)
        shown = choice_cost(stage[IMDI], YEAR, home, "place", THERE)
    # The only household: the price is its score here minus its score there, by the weights themselves.
    places, row = made.problem.municipality_ids, made.problem.scores.values[0]
    expected = row[places.index(HERE)] - row[places.index(THERE)]
    assert dict(shown.by_level) == {"persons_tier_1": 0.0, "score": pytest.approx(expected)}
    choose(stage, home)
    with acting(stage[IMDI]):
        (kept,) = choices(stage[IMDI], home.pk)
    assert dict(kept.price["levels"])["score"] == pytest.approx(expected)
    assert (kept.price["moved"], kept.price["exact"]) == (0, True)


def test_the_price_of_a_wait_counts_the_persons_who_lose_their_place(stage):
    home = household(stage, persons=3)
    with acting(stage[IMDI]):
        shown = choice_cost(stage[IMDI], YEAR, home, "wait", "")
    assert dict(shown.by_level)["persons_tier_1"] == 3.0


def test_the_price_of_keeping_away_is_what_the_next_best_gives_less(stage):
    home = household(stage)
    interview_of(home, wishes=[HERE])
    with acting(stage[IMDI]):
        away = choice_cost(stage[IMDI], YEAR, home, "not_there", HERE)
        there = choice_cost(stage[IMDI], YEAR, home, "place", THERE)
        free = choice_cost(stage[IMDI], YEAR, home, "not_there", THERE)
    assert dict(away.by_level)["score"] == pytest.approx(dict(there.by_level)["score"])
    assert dict(free.by_level)["score"] == 0.0


def test_a_choice_that_can_no_longer_be_kept_is_said_and_the_household_waits(stage):
    home = household(stage, persons=2)
    choose(stage, home)
    vedtak(THERE, 1)
    run(stage)
    found = proposal(stage, home)
    # There is room elsewhere, but nobody has looked: it is not sent there in silence.
    assert (found.municipality_id, found.doubts[0], found.easy) == (None, "choice_not_kept", False)


def test_a_choice_binds_linked_households_together(stage):
    first, second = household(stage, link="L9"), household(stage, link="L9")
    choose(stage, first)
    run(stage)
    assert [proposal(stage, one).municipality_id for one in (first, second)] == [THERE, THERE]


def test_two_choices_that_contradict_each_other_in_a_link_are_not_kept(stage):
    first, second = household(stage, link="L8"), household(stage, link="L8")
    choose(stage, first)
    choose(stage, second, municipality=HERE)
    run(stage)
    assert [proposal(stage, one).doubts[0] for one in (first, second)] == ["choice_not_kept"] * 2


def test_the_earliest_choice_takes_the_last_places(stage):
    vedtak(THERE, 2)
    first, second = household(stage), household(stage)
    choose(stage, first)
    with pytest.raises(Refused, match="place_is_closed_to_it"):
        choose(stage, second)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"kind": "somewhere"}, "choice_kind_not_known"),
        ({"kind": "wait"}, "choice_kind_not_known"),
        ({"municipality": ""}, "choice_kind_not_known"),
        ({"code": "because"}, "reason_not_known"),
        ({"code": "other"}, "other_needs_note"),
    ],
)
def test_a_choice_without_a_reason_or_a_place_is_refused_and_nothing_is_stored(stage, told, code):
    home = household(stage)
    with pytest.raises(Refused, match=code):
        choose(stage, home, **told)
    with acting(SYSTEM):
        assert not PlacementChoice.objects.exists()


def test_a_choice_is_refused_where_it_cannot_be_kept(stage):
    large, gone = household(stage, persons=30), household(stage, stage="interviewed")
    with pytest.raises(Refused, match="place_is_closed_to_it"):
        choose(stage, large)
    with pytest.raises(Refused, match="household_not_ready"):
        choose(stage, gone)
    home = household(stage)
    choose(stage, home)
    with pytest.raises(Refused, match="choice_stands_already"):
        choose(stage, home, kind="wait", municipality="")


def test_a_protected_household_is_never_chosen_for_in_a_run(stage):
    home = household(stage, protection="fortrolig")
    with pytest.raises((Refused, NotInSight)):
        choose(stage, home)


def test_a_choice_is_logged_without_words_and_only_imdi_makes_one(stage):
    home = household(stage)
    choose(stage, home, reason="Synlig bare for husstanden")
    (event,) = events(stage, "choose_placement")
    assert "Synlig" not in repr(event.facts)
    for who in ("municipality_coordinator", "centre", "udi_reception"):
        with pytest.raises(NotPermitted):
            choose_placement(
                stage[who], household=str(home.pk), year=YEAR, kind="wait", reason_code="home_fits"
            )
        with acting(stage[who]):
            assert all_standing(stage[who]) == []


def test_a_choice_is_lifted_once_and_never_rewritten(stage):
    home = household(stage)
    number = choose(stage, home)
    with acting(stage[IMDI]), pytest.raises(DatabaseError, match="choice_is_lifted"), transaction.atomic():
        PlacementChoice.objects.filter(pk=number).update(municipality_id=HERE)
    lift_choice(stage[IMDI], choice=number)
    with pytest.raises(Refused, match="choice_is_lifted_already"):
        lift_choice(stage[IMDI], choice=number)
    with pytest.raises(NotInSight):
        lift_choice(stage[IMDI], choice=999_999)


def test_deciding_elsewhere_takes_a_coded_reason_and_keeps_it(stage):
    home = household(stage)
    run(stage)
    number = decide_assignment(
        stage[IMDI], household=str(home.pk), municipality=THERE, year=YEAR, override_code="family_near"
    )
    one = assignment(number)
    assert (one.override_code, one.override_reason) == ("family_near", "")
    assert one.reasons[0]["facts"]["reason"] == "family_near"
    assert one.override_cost is not None


@pytest.mark.parametrize(
    ("code", "error"), [("other", "override_needs_reason"), ("because", "reason_not_known")]
)
def test_deciding_elsewhere_without_a_known_reason_is_refused(stage, code, error):
    home = household(stage)
    run(stage)
    with pytest.raises(Refused, match=error):
        decide_assignment(
            stage[IMDI], household=str(home.pk), municipality=THERE, year=YEAR, override_code=code
        )


def test_a_choice_after_a_run_is_priced_near_the_answer_that_stands(stage):
    one, other = household(stage), household(stage)
    run_placement(stage[IMDI], year=YEAR)
    number = choose_placement(
        stage[IMDI],
        household=str(one.pk),
        year=YEAR,
        kind="not_there",
        municipality=HERE,
        reason_code="other_need",
    )
    with acting(SYSTEM):
        told = PlacementChoice.objects.get(pk=number).price
    # Its wish for Drammen weighs 15 points; the other stays where it was.
    assert (dict(told["levels"])["score"], told["moved"]) == (15.0, 0)
    run_placement(stage[IMDI], year=YEAR)
    with acting(SYSTEM):
        where = dict(Proposal.objects.filter(state="open").values_list("household_id", "municipality_id"))
    assert where == {one.pk: THERE, other.pk: HERE}
