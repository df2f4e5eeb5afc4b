"""The household is heard, and is ready when it has been."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting, request_keyed
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.interviews import (
    change_needs,
    hold_interview,
    mark_ready,
    record_heard_abroad,
    save_interview,
    withdraw_health_consent,
)
from bosett_server.records.models import Household, Interview
from tests.bosett_server.cast import HERE, THERE, household
from tests.bosett_server.life.scenes import a_centre, assign, logged, now, set_home, set_persons, told

DAY = date(2026, 3, 16)
WHOLE = {
    "held_on": date(2026, 3, 12),
    "interpreter": "used",
    "interpreter_language": "uk",
    "wishes": [HERE, THERE],
    "ties": [{"kind": "relatives", "municipality": HERE}],
    "health_consent": True,
    "comment_invited_on": date(2026, 3, 12),
    "comment_due_on": date(2026, 3, 15),
}


def new(stage, **fields) -> Household:
    return household(stage, stage=fields.pop("stage", "in_reception"), interview=False, **fields)


def save(stage, home, role="centre", **answers):
    return save_interview(stage[role], household=str(home.pk), answers=answers)


def hold(stage, home, role="centre", **answers):
    return hold_interview(stage[role], household=str(home.pk), answers=answers)


def ready(stage, home, role="imdi_caseworker", needs=("ground_floor",), **more):
    return mark_ready(stage[role], household=str(home.pk), needs=needs, **more)


def interview(number: int) -> Interview:
    with acting(SYSTEM):
        return Interview.objects.get(pk=number)


def test_a_draft_is_resumed_where_it_was_left(stage):
    home = new(stage)
    first = save(stage, home, interpreter="used", interpreter_language="uk")
    assert save(stage, home, wishes=[THERE]) == first
    kept = interview(first)
    assert (kept.interpreter, kept.wishes, kept.closed_at) == ("used", [THERE], None)
    assert now(home).stage == "in_reception"


def test_a_held_interview_has_heard_the_household(stage):
    home = new(stage)
    number = hold(stage, home, **WHOLE)
    assert interview(number).closed_at is not None
    assert now(home).stage == "interviewed"
    (notice,) = told(stage, "imdi_caseworker", "household_interviewed")
    assert notice.url == f"/households/{home.pk}/ready/"
    assert logged(stage, "hold_interview")[0].facts == {"interview": number, "left_out": []}


def test_each_missing_item_is_named_or_has_a_coded_reason(stage):
    home = new(stage)
    set_persons(home, birth_date=date(2015, 1, 1))
    with pytest.raises(Refused) as refused:
        hold(stage, home)
    missing = "interpreter,health_consent,child_best_interests,comment_chance"
    assert (refused.value.code, refused.value.facts["missing"]) == ("interview_incomplete", missing)
    assert now(home).stage == "in_reception"
    reasons = dict.fromkeys(missing.split(","), "household_declined")
    number = hold(stage, home, missing=reasons)
    assert logged(stage, "hold_interview")[-1].facts["left_out"] == ["household_declined"] * 4
    assert interview(number).missing == reasons


def test_the_childs_best_interests_are_asked_for_only_where_there_is_a_child(stage):
    adults, family = new(stage), new(stage)
    set_persons(family, birth_date=date(2010, 3, 17))
    hold(stage, adults, **WHOLE)
    with pytest.raises(Refused, match="child_best_interests"):
        hold(stage, family, **WHOLE)


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"wishes": [HERE, THERE, "0301", "1103"]}, "too_many_wishes"),
        ({"wishes": [HERE, HERE]}, "wish_twice"),
        ({"wishes": ["9999"]}, "municipality_not_known"),
        ({"ties": [{"kind": "likes", "municipality": HERE}]}, "tie_not_known"),
        ({"interpreter": "a friend"}, "answer_not_known"),
        ({"interpreter": "by_phone"}, "interpreter_without_language"),
        ({"held_on": date(2026, 3, 17)}, "in_the_future"),
        ({"missing": {"interview": "household_declined"}}, "reason_not_known"),
        ({"missing": {"wishes": "no time"}}, "reason_not_known"),
        ({"comment_invited_on": DAY}, "comment_dates_go_together"),
        ({"comment_invited_on": DAY, "comment_due_on": date(2026, 3, 18)}, "comment_time_too_short"),
        ({"closed_at": None}, "answer_not_known"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_the_draft_stays_as_it_was(stage, answers, code):
    home = new(stage)
    kept = save(stage, home, interpreter="not_needed")
    with pytest.raises(Refused) as refused:
        save(stage, home, **answers)
    assert refused.value.code == code
    stored = interview(kept)
    assert (stored.wishes, stored.ties, stored.interpreter) == ([], [], "not_needed")


def test_a_later_interview_stands_beside_the_first_and_leaves_the_household_ready(stage):
    home = household(stage)
    hold(stage, home, **WHOLE)
    assert now(home).stage == "ready"
    with acting(SYSTEM):
        assert Interview.objects.filter(household=home).count() == 2


def test_nobody_is_heard_again_when_a_municipality_has_the_card(stage):
    home = household(stage)
    assign(stage, home, state="offered")
    with pytest.raises(Refused, match="hearing_is_closed"):
        save(stage, home, interpreter="not_needed")


def test_bufetat_hears_children_alone_under_15_and_the_centre_its_own_others(stage):
    child, other = new(stage, persons=1, group="em_under15"), new(stage)
    with pytest.raises(Refused, match="bufetat_holds_this_interview"):
        save(stage, child, interpreter="not_needed")
    save(stage, child, role="bufetat", interpreter="not_needed")
    with pytest.raises(NotInSight):
        save(stage, other, role="bufetat", interpreter="not_needed")
    elsewhere = replace(stage["centre"], centre_id=a_centre().pk)
    with pytest.raises(NotInSight):
        save_interview(elsewhere, household=str(other.pk), answers={"interpreter": "not_needed"})
    for role in ("imdi_caseworker", "udi_reception", "municipality_coordinator"):
        with pytest.raises(NotPermitted):
            save(stage, other, role=role, interpreter="not_needed")


def test_consent_is_yes_no_or_withdrawn_on_a_day(stage):
    home = household(stage)
    number = withdraw_health_consent(stage["centre"], household=str(home.pk))
    kept = interview(number)
    assert (kept.health_consent, kept.health_consent_withdrawn_on) == (False, DAY)
    assert len(told(stage, "imdi_caseworker", "consent_withdrawn")) == 1
    with pytest.raises(Refused, match="no_consent_to_withdraw"):
        withdraw_health_consent(stage["centre"], household=str(home.pk))


def test_a_resettlement_refugee_was_heard_abroad_and_nobody_else(stage):
    home = new(stage, track="resettlement")
    caseworker = stage["imdi_caseworker"]
    with pytest.raises(Refused, match="only_for_resettlement"):
        record_heard_abroad(caseworker, household=str(new(stage).pk), held_on=DAY)
    record_heard_abroad(caseworker, household=str(home.pk), held_on=date(2026, 1, 5))
    assert now(home).stage == "interviewed"
    ready(stage, home, needs=[])
    assert now(home).stage == "ready"


def test_a_heard_household_is_ready_with_its_needs_as_codes(stage):
    home = new(stage)
    hold(stage, home, **WHOLE)
    ready(stage, home, needs=["school_primary", "ground_floor"])
    assert (now(home).stage, now(home).ready_on) == ("ready", DAY)
    assert now(home).needs == ["ground_floor", "school_primary"]
    assert len(told(stage, "centre", "household_ready")) == 1
    assert logged(stage, "mark_ready")[0].facts["needs"] == ["ground_floor", "school_primary"]


def test_a_household_is_not_ready_before_permit_interview_and_every_item(stage):
    home = new(stage)
    with pytest.raises(Refused, match="not_interviewed"):
        ready(stage, home)
    set_home(home, stage="interviewed")
    with pytest.raises(Refused) as refused:
        ready(stage, home)
    assert refused.value.facts["missing"] == "interview,wishes,ties,health_consent,comment_chance"
    set_home(home, permit_on=None)
    with pytest.raises(Refused, match="no_permit_yet"):
        ready(stage, home)
    assert now(home).ready_on is None


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"needs": ["castle"]}, "need_not_known"),
        ({"ready_on": date(2026, 3, 17)}, "in_the_future"),
        ({"ready_on": date(2026, 3, 11)}, "ready_before_interview"),
    ],
)
def test_a_readiness_that_cannot_be_is_refused(stage, more, code):
    home = new(stage)
    hold(stage, home, **WHOLE)
    with pytest.raises(Refused) as refused:
        ready(stage, home, **more)
    assert (refused.value.code, now(home).stage) == (code, "interviewed")


def test_needs_that_tell_of_health_wait_for_consent(stage):
    home = new(stage)
    hold(stage, home, **{**WHOLE, "health_consent": False})
    with pytest.raises(Refused, match="health_need_without_consent"):
        ready(stage, home, needs=["specialist_health"])
    ready(stage, home, needs=["other_need"])
    with pytest.raises(Refused, match="health_need_without_consent"):
        change_needs(stage["imdi_caseworker"], household=str(home.pk), needs=["wheelchair_home"])


def test_needs_are_put_right_until_a_municipality_has_the_card(stage):
    home = household(stage)
    change_needs(stage["imdi_caseworker"], household=str(home.pk), needs=["large_home"])
    assert now(home).needs == ["large_home"]
    assign(stage, home, state="offered")
    with pytest.raises(Refused, match="already_with_a_municipality"):
        change_needs(stage["imdi_caseworker"], household=str(home.pk), needs=[])


def test_bufetat_marks_its_own_ready_and_no_other_role_does(stage):
    home = new(stage, persons=1, group="em_under15")
    set_persons(home, birth_date=date(2013, 1, 1), unaccompanied_minor=True)
    hold(stage, home, role="bufetat", **WHOLE, child_best_interests="Vurdert.")
    assert len(told(stage, "bufetat", "household_interviewed")) == 1
    ready(stage, home, role="bufetat", needs=["minor_care"])
    other = new(stage)
    for role in ("centre", "udi_reception", "municipality_coordinator", "stranger"):
        with pytest.raises(NotPermitted):
            ready(stage, other, role=role)


def test_the_same_interview_sent_twice_is_held_once(stage):
    home = new(stage)
    with request_keyed("k-1"):
        assert hold(stage, home, **WHOLE) == hold(stage, home, **WHOLE)
    with acting(SYSTEM):
        assert Interview.objects.filter(household=home).count() == 1


def test_when_the_log_fails_nothing_is_heard(stage, monkeypatch):
    home = new(stage)

    def broken(*_args, **_kwargs):
        raise RuntimeError("the log is gone")

    monkeypatch.setattr("bosett_server.access.audit.append", broken)
    with pytest.raises(RuntimeError):
        hold(stage, home, **WHOLE)
    with acting(SYSTEM):
        assert (Interview.objects.count(), now(home).stage) == (0, "in_reception")
