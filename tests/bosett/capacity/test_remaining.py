"""Municipal places: the limit, what is left, what others may see, and when one more is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.capacity import (
    Limit,
    OpenedPlaces,
    Pool,
    Remaining,
    Use,
    assignment_allowed,
    limit,
    remaining,
)
from bosett.capacity.explain import explain_limit, explain_remaining
from bosett.terms.days import DateRange
from bosett.terms.errors import BadInput
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode

DAY = date(2026, 3, 2)
VALDALEN = MunicipalityCode("4299")
OPEN = DateRange(date(2026, 2, 1))
NOBODY = Figure.of(0)


def opened(
    persons: int,
    group: Group = Group.ALL,
    household: str | None = None,
    sealed: bool = False,
    valid: DateRange = OPEN,
    year: int = 2026,
) -> OpenedPlaces:
    return OpenedPlaces(VALDALEN, year, group, persons, valid, household, sealed)


def limits(
    total: Figure, *places: OpenedPlaces, from15: Figure = NOBODY, under15: Figure = NOBODY
) -> dict[Group, Limit]:
    voted = {Group.ALL: total, Group.EM_15_17: from15, Group.EM_UNDER15: under15}
    return {group: limit(figure, places, group, DAY) for group, figure in voted.items()}


def use(household: str, persons: int, sealed: bool = False, **minors: int) -> Use:
    return Use(household, persons, {Group(name): count for name, count in minors.items()}, sealed)


def left(found: dict[Group, Limit], uses: list[Use], group: Group = Group.ALL) -> int:
    return remaining(found, uses, group).shown


def refusal(found: dict[Group, Limit], uses: list[Use], wanted: Use) -> str | None:
    refused = assignment_allowed(found, uses, wanted)
    return None if refused is None else refused.code


def test_the_limit_is_the_vedtak_and_what_the_municipality_opened_itself() -> None:
    found = limit(Figure.of(20), [opened(3), opened(4, household="h7")], Group.ALL, DAY)
    assert (found.for_anybody, found.opened.own("h7"), found.opened.own("h8")) == (23, 4, 0)


def test_before_a_vedtak_only_opened_places_can_be_used_and_the_state_is_kept() -> None:
    found = limit(Figure.missing(State.AWAITING), [opened(3)], Group.ALL, DAY)
    assert found.for_anybody == 3
    assert [one.key for one in explain_limit(found)] == ["capacity.vedtak.awaiting", "capacity.opened"]
    assert explain_limit(limit(NOBODY, [], Group.ALL, DAY))[0].key == "capacity.vedtak.number"


def test_opened_places_count_only_on_their_days() -> None:
    until_march = opened(3, valid=DateRange(date(2026, 2, 1), DAY))
    assert limit(Figure.of(20), [until_march], Group.ALL, DAY).for_anybody == 20
    assert limit(Figure.of(20), [until_march], Group.ALL, date(2026, 3, 1)).for_anybody == 23


def test_a_place_opened_for_a_minor_is_a_place_in_the_total_too() -> None:
    found = limits(Figure.of(20), opened(2, Group.EM_15_17), from15=Figure.of(1))
    assert found[Group.EM_15_17].for_anybody == 3
    assert found[Group.ALL].for_anybody == 22
    assert found[Group.EM_UNDER15].for_anybody == 0


def test_minors_use_their_own_places_and_the_total() -> None:
    found = limits(Figure.of(20), from15=Figure.of(5))
    uses = [use("minor", 1, em_15_17=1), use("family", 6)]
    assert left(found, uses) == 13
    assert left(found, uses, Group.EM_15_17) == 4


def test_no_more_minors_fit_than_persons_in_all() -> None:
    found = limits(Figure.of(6), from15=Figure.of(5))
    assert left(found, [use("family", 4)], Group.EM_15_17) == 2


def test_a_household_that_fits_exactly_is_allowed_and_one_more_is_refused() -> None:
    found = limits(Figure.of(6))
    assert refusal(found, [use("a", 4)], use("b", 2)) is None
    assert refusal(found, [use("a", 4)], use("b", 3)) == "no_places_left"


def test_a_refusal_names_group_need_and_what_is_left() -> None:
    refused = assignment_allowed(limits(Figure.of(6)), [use("a", 4)], use("b", 3))
    assert refused is not None
    assert refused.facts == {"group": "all", "needed": 3, "left": 2, "over_by": 0}


def test_a_minor_without_a_place_for_minors_is_refused_though_the_total_has_room() -> None:
    found = limits(Figure.of(20), from15=Figure.of(1))
    assert refusal(found, [use("m1", 1, em_15_17=1)], use("m2", 1, em_15_17=1)) == "no_places_left"


def test_places_for_one_household_are_for_nobody_else() -> None:
    found = limits(Figure.of(2), opened(3, household="h7"))
    assert refusal(found, [], use("h8", 3)) == "no_places_left"
    assert refusal(found, [], use("h7", 3)) is None
    assert refusal(found, [], use("h7", 5)) is None
    assert refusal(found, [], use("h7", 6)) == "no_places_left"
    assert left(found, [use("h7", 3)]) == 2


def test_places_for_a_household_hold_for_its_minors_too() -> None:
    found = limits(Figure.of(0), opened(1, household="minor"))
    assert refusal(found, [], use("minor", 1, em_15_17=1)) is None
    assert refusal(found, [], use("other", 1, em_15_17=1)) == "no_places_left"


def test_sealed_places_for_one_household_are_for_no_other_protected_one() -> None:
    found = limits(Figure.of(20), opened(2, household="p", sealed=True))
    assert refusal(found, [], use("q", 1, sealed=True)) == "no_sealed_place"
    assert refusal(found, [], use("p", 2, sealed=True)) is None
    assert remaining(found, [], Group.ALL).true == 22
    assert remaining(found, [use("p", 2, sealed=True)], Group.ALL).true == 20


def test_before_a_vedtak_and_without_opened_places_nobody_is_assigned() -> None:
    found = limits(Figure.missing(State.AWAITING))
    assert refusal(found, [], use("a", 1)) == "no_vedtak_in_force"
    assert refusal(limits(NOBODY), [], use("a", 1)) == "no_places_left"


def test_the_same_household_is_not_assigned_twice() -> None:
    assert refusal(limits(Figure.of(9)), [use("a", 1)], use("a", 1)) == "already_assigned"


def test_a_cut_below_what_is_assigned_is_over_by_n_stops_new_ones_and_undoes_none() -> None:
    uses = [use("a", 4), use("b", 3)]
    found = remaining(limits(Figure.of(5)), uses, Group.ALL)
    assert (found.over_by, found.shown, found.used) == (2, 0, 7)
    assert refusal(limits(Figure.of(5)), uses, use("c", 1)) == "no_places_left"
    assert explain_remaining(found)[0].fact("persons") == 2


def test_places_opened_for_one_household_hold_also_when_the_rest_is_over() -> None:
    found = limits(Figure.of(5), opened(2, household="h7"))
    assert refusal(found, [use("a", 7)], use("h7", 2)) is None


def test_a_household_with_a_protected_address_uses_sealed_places_only() -> None:
    found = limits(Figure.of(20), opened(2, sealed=True))
    assert refusal(found, [], use("p", 2, sealed=True)) is None
    assert refusal(found, [], use("p", 3, sealed=True)) == "no_sealed_place"
    assert refusal(found, [use("p", 2, sealed=True)], use("q", 1, sealed=True)) == "no_sealed_place"
    assert refusal(limits(Figure.of(20)), [], use("p", 1, sealed=True)) == "no_sealed_place"


def test_named_users_see_the_sealed_places_that_are_free() -> None:
    found = limits(Figure.of(20), opened(4, sealed=True))
    assert remaining(found, [use("p", 1, sealed=True)], Group.ALL).true == 23


def test_the_refusal_of_a_protected_household_names_no_remainder() -> None:
    refused = assignment_allowed(limits(Figure.of(20)), [], use("p", 1, sealed=True))
    assert refused is not None
    assert set(refused.facts) == {"group", "needed"}


@st.composite
def uses_of(draw: st.DrawFn, prefix: str, sealed: bool) -> list[Use]:
    sizes = draw(st.lists(st.integers(1, 6), max_size=6))
    return [
        use(f"{prefix}{i}", size, sealed, em_15_17=draw(st.integers(0, min(1, size))))
        for i, size in enumerate(sizes)
    ]


@given(
    st.integers(0, 30),
    st.integers(0, 6),
    uses_of("open", sealed=False),
    uses_of("sealed", sealed=True),
    st.lists(st.integers(1, 9), max_size=3),
    st.integers(1, 6),
)
def test_nothing_shown_to_others_depends_on_sealed_places_or_those_who_use_them(
    voted: int, from15: int, seen: list[Use], hidden: list[Use], sealed: list[int], wanted: int
) -> None:
    without = limits(Figure.of(voted), from15=Figure.of(from15))
    among = limits(
        Figure.of(voted), *(opened(persons, sealed=True) for persons in sealed), from15=Figure.of(from15)
    )
    for group in Group:
        first, second = remaining(without, seen, group), remaining(among, seen + hidden, group)
        assert (first.shown, first.limit, first.used, first.over_by) == (
            second.shown,
            second.limit,
            second.used,
            second.over_by,
        )
        assert explain_limit(without[group]) == explain_limit(among[group])
        assert explain_remaining(first) == explain_remaining(second)
    one = assignment_allowed(without, seen, use("new", wanted))
    other = assignment_allowed(among, seen + hidden, use("new", wanted))
    assert str(one) == str(other)


@given(st.integers(0, 30), st.integers(0, 6), st.lists(uses_of("x", sealed=False), max_size=1))
def test_assigning_only_what_is_allowed_never_exceeds_any_group(
    voted: int, from15: int, lists: list[list[Use]]
) -> None:
    found = limits(Figure.of(voted), from15=Figure.of(from15))
    assigned: list[Use] = []
    for wanted in lists[0] if lists else []:
        if assignment_allowed(found, assigned, wanted) is None:
            assigned.append(wanted)
    assert sum(one.persons for one in assigned) <= voted
    assert sum(one.of(Group.EM_15_17) for one in assigned) <= from15
    for group in Group:
        assert remaining(found, assigned, group).over_by == 0


def test_impossible_uses_and_places_are_refused() -> None:
    with pytest.raises(BadInput):
        use("a", 0)
    with pytest.raises(BadInput):
        use("a", 1, em_15_17=2)
    with pytest.raises(BadInput):
        Use("a", 1, {Group.ALL: 1})
    with pytest.raises(BadInput):
        opened(0)
    with pytest.raises(BadInput, match="several"):
        limit(NOBODY, [opened(1), opened(1, year=2027)], Group.ALL, DAY)


def test_a_remainder_that_does_not_add_up_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="beyond the limit"):
        Remaining(Group.ALL, 5, 7, 0, 0, 1)
    with pytest.raises(ValueError, match="less what is used"):
        Remaining(Group.ALL, 5, 3, 3, 3, 0)
    with pytest.raises(ValueError, match="not negative"):
        Pool(-1)
