"""Births, deaths, splits, mergers, lost permits and birthdays under way; lists against the register."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.followup.problem import Case, Heard, Item, Person, Stage
from bosett.followup.recheck import (
    GroupRule,
    Why,
    birthdays_crossed,
    born,
    died,
    merged,
    permit_lost,
    split,
    vedtak_group,
)
from bosett.followup.reconcile import Difference, Settlement, reconcile
from bosett.rules.parameters import Parameters
from bosett.terms.errors import Refused
from bosett.terms.groups import Group, Track

DAY = date(2026, 6, 1)


def case(name: str, *persons: Person, stage: Stage = Stage.READY) -> Case:
    return Case(name, Track.ASYLUM, persons, stage)


def adult(name: str) -> Person:
    return Person(name, date(1990, 1, 1))


def minor(born_on: date) -> Person:
    return Person("m", born_on, unaccompanied_minor=True)


def test_a_birth_makes_the_household_larger_and_is_checked_again() -> None:
    after, again = born(case("a", adult("1")), Person("2", date(2026, 5, 30)), DAY)
    assert len(after.persons) == 2
    assert (again.why, again.persons_before, again.persons_after) == (Why.BIRTH, 1, 2)


def test_a_person_of_a_year_or_more_is_not_a_newborn() -> None:
    with pytest.raises(Refused, match="not_a_newborn"):
        born(case("a", adult("1")), Person("2", date(2025, 6, 1)), DAY)


def test_a_death_makes_it_smaller_and_the_last_person_cannot_be_taken_out() -> None:
    after, _ = died(case("a", adult("1"), adult("2")), "2", DAY)
    assert [one.person_id for one in after.persons] == ["1"]
    with pytest.raises(Refused, match="nobody_left"):
        died(after, "1", DAY)


def test_a_split_loses_and_doubles_nobody_and_the_new_household_is_interviewed_not_ready() -> None:
    stays, goes, again = split(case("a", adult("1"), adult("2")), ["2"], "b", DAY)
    assert [one.person_id for one in (*stays.persons, *goes.persons)] == ["1", "2"]
    assert (goes.household_id, goes.stage, again.why) == ("b", Stage.INTERVIEWED, Why.SPLIT)
    with pytest.raises(Refused, match="not_a_split"):
        split(case("a", adult("1")), ["1"], "b", DAY)


def test_a_merger_keeps_the_earlier_stage_and_only_what_both_were_heard_on() -> None:
    first = Case("a", Track.ASYLUM, (adult("1"),), Stage.READY, hearing={Item.WISHES: Heard(on=DAY)})
    second = Case("b", Track.ASYLUM, (adult("2"),), Stage.INTERVIEWED)
    after, again = merged(first, second, DAY)
    assert (after.household_id, after.stage, dict(after.hearing)) == ("a", Stage.INTERVIEWED, {})
    assert (again.persons_before, again.persons_after) == (1, 2)


def test_households_at_a_municipality_go_back_before_they_merge() -> None:
    with pytest.raises(Refused, match="return_to_pool_first"):
        merged(case("a", adult("1"), stage=Stage.ACCEPTED), case("b", adult("2"), stage=Stage.ASSIGNED), DAY)


def test_a_lost_permit_is_a_reason_to_look_again() -> None:
    after, again = permit_lost(case("a", adult("1")), DAY)
    assert (after.permit_valid, again.why) == (False, Why.PERMIT_LOST)


def test_nothing_is_changed_in_a_settled_household() -> None:
    with pytest.raises(Refused, match="case_is_closed"):
        died(case("a", adult("1"), adult("2"), stage=Stage.SETTLED), "1", DAY)


@pytest.mark.parametrize(
    ("born_on", "expected"),
    [
        (date(2011, 6, 1), [Why.TURNED_15]),
        (date(2011, 6, 2), []),
        (date(2008, 5, 20), [Why.TURNED_18]),
        (date(2012, 5, 20), []),
    ],
)
def test_birthdays_of_15_and_18_under_way_are_found_on_the_day(born_on: date, expected: list[Why]) -> None:
    found = birthdays_crossed(case("a", minor(born_on)), date(2026, 5, 1), DAY)
    assert [one.why for one in found] == expected


def test_a_child_with_parents_crosses_no_group() -> None:
    assert birthdays_crossed(case("a", Person("1", date(2011, 6, 1))), date(2026, 5, 1), DAY) == ()


def test_a_birthday_between_assignment_and_settlement_changes_the_group_only_under_one_rule() -> None:
    person = minor(date(2011, 6, 1))
    days = (date(2026, 5, 1), date(2026, 6, 1))
    assert vedtak_group(person, *days, GroupRule.AGE_ON_ASSIGNMENT_DAY) is Group.EM_UNDER15
    assert vedtak_group(person, *days, GroupRule.AGE_ON_SETTLEMENT_DAY) is Group.EM_15_17
    assert vedtak_group(adult("1"), *days, GroupRule.AGE_ON_SETTLEMENT_DAY) is Group.ALL


def test_the_dated_rule_in_force_is_one_that_is_known_here() -> None:
    assert GroupRule(Parameters.shipped().version("decisions/birthday_group", DAY).name) in GroupRule


def line(person: str, place: str = "0301", day: date = DAY) -> Settlement:
    return Settlement(person, place, day)


def test_a_list_that_says_what_the_register_says_has_no_differences() -> None:
    assert reconcile([line("1"), line("2")], [line("2"), line("1")]) == ()


def test_every_kind_of_difference_is_named() -> None:
    listed = [line("1"), line("1"), line("2"), line("3", day=date(2026, 6, 2)), line("4", "4601")]
    register = [line("1"), line("3"), line("4"), line("5")]
    found = [(one.person_id, one.difference) for one in reconcile(listed, register)]
    assert found == [
        ("1", Difference.DOUBLED_IN_LIST),
        ("2", Difference.MISSING_IN_REGISTER),
        ("3", Difference.DATED_DIFFERENTLY),
        ("4", Difference.OTHER_MUNICIPALITY),
        ("5", Difference.MISSING_IN_LIST),
    ]
