"""A named person decides: heard first, inside the places, logged, told, all or nothing."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.terms.errors import Refused
from bosett_server.access.context import acting, request_keyed
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.assignments import decide_assignment, withdraw_assignment
from bosett_server.records.models import Assignment, Household, Person
from tests.bosett_server.cast import HERE, THERE, YEAR, household, vedtak
from tests.bosett_server.placement.scenes import (
    assignment,
    events,
    home_now,
    interview_of,
    name_user,
    notices,
    offer,
    quota,
)


def test_an_offer_takes_places_and_must_be_answered_within_a_week(stage):
    home = household(stage, persons=3)
    one = offer(stage, home=home)
    assert (one.state, one.persons, one.answer_due_on) == ("offered", 3, date(2026, 3, 23))
    assert quota().assigned == 3
    assert (home_now(home).stage, home_now(home).offered_municipality_id) == ("proposed", HERE)


def test_the_card_holds_bands_and_codes_and_nothing_that_names_anybody(stage):
    home = household(stage, persons=2, needs=["school_primary", "large_home"])
    card = offer(stage, home=home).card
    # Born 1 and 2 January 1990: 36 years old on 16 March 2026, one man and one woman.
    assert card["people"] == [
        {"band": "30-54", "sex": "female", "count": 1},
        {"band": "30-54", "sex": "male", "count": 1},
    ]
    assert card["needs"] == ["large_home", "school_primary"]
    told = str(card)
    assert all(secret not in told for secret in ("Blid", "Testperson", "1990", "UKR", str(home.pk)))


def test_needs_that_tell_of_health_are_on_the_card_only_with_consent(stage):
    home = household(stage, needs=["specialist_health", "school_primary"])
    interview_of(home, health_consent=False)
    assert offer(stage, home=home).card["needs"] == ["other_need", "school_primary"]
    agreed = household(stage, needs=["specialist_health"])
    assert offer(stage, home=agreed).card["needs"] == ["specialist_health"]


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"health_consent": None}, "health_consent"),
        ({"interpreter": ""}, "interpreter"),
        ({"comment_invited_on": None, "comment_due_on": None}, "comment_chance"),
        ({"comment_due_on": date(2026, 3, 16)}, "comment_chance"),
        ({"closed_at": None}, "interview,wishes,ties,health_consent,comment_chance"),
    ],
)
def test_nothing_is_decided_before_the_household_is_heard(stage, changes, missing):
    home = household(stage)
    interview_of(home, **changes)
    with pytest.raises(Refused) as refused:
        offer(stage, home=home)
    assert (refused.value.code, refused.value.facts["missing"]) == ("not_heard", missing)
    assert home_now(home).stage == "ready"


def test_a_missing_item_with_a_coded_reason_is_enough_and_free_text_is_not(stage):
    home = household(stage)
    interview_of(home, health_consent=None, missing={"health_consent": "because"})
    with pytest.raises(Refused, match="not_heard"):
        offer(stage, home=home)
    interview_of(home, missing={"health_consent": "could_not_be_reached"})
    assert offer(stage, home=home).state == "offered"


def test_a_child_needs_its_best_interests_written_down(stage):
    home = household(stage)
    with acting(stage["system"]):
        person = Person.objects.filter(household=home).first()
        Person.objects.filter(pk=person.pk).update(birth_date=date(2015, 1, 1))
    interview_of(home, child_best_interests="")
    with pytest.raises(Refused, match="child_best_interests"):
        offer(stage, home=home)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"stage": "interviewed"}, "not_ready"),
        ({"stage": "in_reception"}, "not_ready"),
        ({"recheck": ["birth"]}, "recheck_open"),
    ],
)
def test_a_household_that_is_not_ready_is_not_offered(stage, fields, code):
    with pytest.raises(Refused, match=code):
        offer(stage, **fields)


def test_a_lost_permit_stops_the_decision(stage):
    home = household(stage)
    with acting(stage["system"]):
        Person.objects.filter(household=home).update(permit_lost_on=date(2026, 3, 1))
    with pytest.raises(Refused, match="no_valid_permit"):
        offer(stage, home=home)


def test_a_household_goes_to_one_municipality_at_a_time(stage):
    home = household(stage)
    offer(stage, home=home)
    with pytest.raises(Refused, match="not_ready"):
        offer(stage, THERE, home=home)


def test_another_place_than_the_proposed_needs_a_reason(stage):
    home = household(stage)
    with pytest.raises(Refused, match="override_needs_reason"):
        decide_assignment(
            stage["imdi_caseworker"],
            household=str(home.pk),
            municipality=HERE,
            year=YEAR,
            override_reason="  ",
        )


def test_only_imdi_decides_and_nobody_decides_for_a_household_out_of_sight(stage):
    home = household(stage)
    told = {"household": str(home.pk), "municipality": HERE, "year": YEAR, "override_reason": "x"}
    for role in ("municipality_coordinator", "udi_reception", "centre", "ks"):
        with pytest.raises(NotPermitted):
            decide_assignment(stage[role], **told)
    hidden = household(stage, protection="fortrolig")
    with pytest.raises(NotInSight):
        decide_assignment(stage["imdi_caseworker"], **(told | {"household": str(hidden.pk)}))


def test_a_municipality_that_does_not_exist_is_refused(stage):
    with pytest.raises(NotInSight):
        offer(stage, "9999")


def test_places_run_out_with_the_numbers_told(stage):
    vedtak(HERE, 3)
    offer(stage, persons=2)
    with pytest.raises(Refused) as refused:
        offer(stage, persons=2)
    assert refused.value.code == "no_places_left"
    assert (refused.value.facts["left"], refused.value.facts["asked_for"]) == (1, 2)
    assert quota().assigned == 2


def test_an_unaccompanied_minor_uses_the_minors_own_places(stage):
    with pytest.raises(Refused, match="no_vedtak_in_force"):
        offer(stage, persons=1, group="em_15_17")
    vedtak(HERE, 1, group="em_15_17")
    offer(stage, persons=1, group="em_15_17")
    with pytest.raises(Refused, match="no_places_left"):
        offer(stage, persons=1, group="em_15_17")
    assert (quota().assigned, quota(group="em_15_17").assigned) == (1, 1)


def test_a_cut_below_what_is_assigned_shows_over_by_stops_new_and_undoes_none(stage):
    from bosett_server.queries.places import places_left

    kept = offer(stage, persons=5)
    vedtak(HERE, 2)
    with acting(stage["imdi_caseworker"]):
        (row,) = places_left(stage["imdi_caseworker"], YEAR, HERE, "all")
    assert (row.left, row.over_by) == (0, 3)
    with pytest.raises(Refused, match="no_places_left"):
        offer(stage, persons=1)
    assert assignment(kept.pk).state == "offered"
    from bosett_server.actions.placement_answers import accept_assignment

    accept_assignment(stage["municipality_coordinator"], assignment=kept.pk, version=1)
    assert assignment(kept.pk).state == "accepted"


def test_a_decision_is_logged_without_names_and_told_to_the_municipality_alone(stage):
    home = household(stage)
    one = offer(stage, home=home)
    (event,) = events(stage, "decide_assignment")
    assert (event.object_id, event.facts["household"], event.facts["persons"]) == (
        str(one.pk),
        str(home.pk),
        2,
    )
    assert "Testperson" not in str(event.facts)
    (notice,) = notices(stage, "municipality_coordinator", "card_received")
    assert (notice.url, notice.due_on) == (f"/cards/{one.pk}/", date(2026, 3, 23))
    assert notices(stage, "stranger", "card_received") == []


def test_when_the_log_fails_nothing_is_decided(stage, monkeypatch):
    home = household(stage)

    def broken(*_args, **_kwargs):
        raise RuntimeError("the log is gone")

    monkeypatch.setattr("bosett_server.access.audit.append", broken)
    with pytest.raises(RuntimeError):
        offer(stage, home=home)
    assert home_now(home).stage == "ready"
    with acting(stage["system"]):
        assert not Assignment.objects.exists()


def test_a_refusal_is_logged_with_its_code(stage):
    with pytest.raises(Refused):
        offer(stage, stage="interviewed")
    assert [(e.outcome, e.facts["code"]) for e in events(stage, "decide_assignment")] == [
        ("refused", "not_ready")
    ]


def test_the_same_request_twice_makes_one_offer(stage):
    home = household(stage)
    told = {"household": str(home.pk), "municipality": HERE, "year": YEAR, "override_reason": "x"}
    with request_keyed("k-1"):
        first = decide_assignment(stage["imdi_caseworker"], **told)
        assert decide_assignment(stage["imdi_caseworker"], **told) == first
    assert quota().assigned == 2


def test_a_withdrawn_offer_gives_its_places_back(stage):
    one = offer(stage, persons=4)
    withdraw_assignment(stage["imdi_caseworker"], assignment=one.pk, version=1, reason="household_changed")
    assert (assignment(one.pk).state, quota().assigned) == ("withdrawn", 0)
    with acting(stage["system"]):
        assert Household.objects.get(pk=one.household_id).stage == "ready"
    with pytest.raises(Refused, match="assignment_has_ended"):
        withdraw_assignment(
            stage["imdi_caseworker"], assignment=one.pk, version=2, reason="household_changed"
        )


def test_a_withdrawal_needs_a_known_reason_and_the_version_that_was_read(stage):
    one = offer(stage)
    with pytest.raises(Refused, match="reason_not_known"):
        withdraw_assignment(stage["imdi_caseworker"], assignment=one.pk, version=1, reason="")
    with pytest.raises(Refused, match="somebody_changed_it_meanwhile"):
        withdraw_assignment(stage["imdi_caseworker"], assignment=one.pk, version=7, reason="wrong_facts")
    with pytest.raises(NotPermitted):
        withdraw_assignment(
            stage["municipality_coordinator"], assignment=one.pk, version=1, reason="wrong_facts"
        )


def test_a_protected_household_needs_a_sealed_place_and_leaves_no_trace_in_remainders_or_log(stage):
    from bosett_server.actions.opened_places import open_places

    home = household(stage, persons=2, protection="strengt_fortrolig")
    for role in ("imdi_caseworker", "municipality_coordinator"):
        name_user(stage, role, home)
    with pytest.raises(Refused, match="no_sealed_place"):
        offer(stage, home=home)
    open_places(
        stage["municipality_coordinator"], municipality=HERE, year=YEAR, number=2, reason="family_here",
        household=str(home.pk), sealed=True,
    )  # fmt: skip
    one = offer(stage, home=home)
    assert one.sealed
    assert (quota().assigned, quota().opened) == (0, 0)
    done = [e for e in events(stage, "decide_assignment") if e.outcome == "done"]
    assert all("municipality" not in e.facts for e in done)
    assert all("places" not in e.facts and e.object_id != HERE for e in events(stage, "open_places"))
    assert len(notices(stage, "municipality_coordinator", "card_received")) == 1
    with acting(stage["system"]):
        from bosett_server.records.models import Notice

        assert set(Notice.objects.filter(code="card_received").values_list("to_user_id", flat=True)) == {
            stage.users["municipality_coordinator"].pk
        }
