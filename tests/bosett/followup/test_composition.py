"""What ages and size give by themselves: the group and the needs."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.followup.composition import household_group, needs_that_follow
from bosett.followup.problem import Person
from bosett.terms.groups import Group

DAY = date(2026, 3, 16)


def aged(years: int, *, alone: bool = False) -> Person:
    """Had a birthday on the day, so that the age is exact."""
    return Person(f"p{years}", date(2026 - years, 3, 16), alone)


@pytest.mark.parametrize(
    ("ages", "group"),
    [((14,), Group.EM_UNDER15), ((15,), Group.EM_15_17), ((17, 13), Group.EM_UNDER15), ((18,), Group.ALL)],
)
def test_the_youngest_child_alone_decides_the_group(ages, group):
    assert household_group([aged(years, alone=True) for years in ages], DAY) is group


def test_children_with_their_parents_are_in_no_group_of_their_own():
    assert household_group([aged(40), aged(3)], DAY) is Group.ALL


@pytest.mark.parametrize(
    ("years", "need"),
    [(0, None), (1, "kindergarten"), (5, "kindergarten"), (6, "school_primary"), (15, "school_primary"),
     (16, "school_upper"), (18, "school_upper"), (19, None)],
)  # fmt: skip
def test_each_age_gives_its_own_need(years, need):
    assert needs_that_follow([aged(years)], DAY) == ({need} if need else set())


def test_four_adults_need_nothing_by_themselves_and_five_need_a_large_home():
    adults = [Person(str(number), date(1990, 1, 1)) for number in range(5)]
    assert needs_that_follow(adults[:4], DAY) == set()
    assert needs_that_follow(adults, DAY) == {"large_home"}


def test_a_child_alone_needs_care():
    assert needs_that_follow([aged(13, alone=True)], DAY) == {"minor_care", "school_primary"}
