"""What the synthetic population promises of everybody in it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import astuple
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bosett.scenario.population import (
    Centre,
    Household,
    Marginals,
    Person,
    Protection,
    Role,
    Stage,
    SyntheticPopulation,
    digest,
    generate,
)
from bosett.terms.days import age_on
from bosett.terms.errors import BadInput
from bosett.terms.groups import Group, Track
from bosett.terms.norid import IdKind, Synthetic, read_id_number

from .conftest import DEMO_DAY, WEIGHTS

ROOT = Path(__file__).resolve().parents[3]


def members(population: SyntheticPopulation) -> dict[UUID, list[Person]]:
    found: dict[UUID, list[Person]] = defaultdict(list)
    for person in population.persons:
        found[person.household_id].append(person)
    return found


def every_record(population: SyntheticPopulation) -> list[Household | Person | Centre]:
    return [*population.households, *population.persons, *population.centres]


def small(seed: int, persons: int = 400, today: date = DEMO_DAY) -> SyntheticPopulation:
    return generate(seed, persons, today, Marginals.shipped(), WEIGHTS)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**63), persons=st.integers(100, 900))
def test_there_are_exactly_as_many_persons_as_asked_for(seed: int, persons: int) -> None:
    population = small(seed, persons)
    assert len(population.persons) == persons
    people = members(population)
    assert {one.id: one.persons for one in population.households} == {k: len(v) for k, v in people.items()}


def test_the_demo_has_twenty_thousand_persons_in_about_nine_thousand_households(
    demo: SyntheticPopulation,
) -> None:
    assert len(demo.persons) == 20_000
    assert 8_500 <= len(demo.households) <= 9_500


def test_the_same_seed_gives_the_same_bytes_in_another_process_with_another_hash_seed() -> None:
    program = "from tests.bosett.scenario.test_population import small, digest; print(digest(small(5)))"
    env = os.environ | {"PYTHONHASHSEED": "4711", "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == digest(small(5)) == digest(small(5))


def test_another_seed_gives_other_people() -> None:
    one, other = small(1), small(2)
    assert digest(one) != digest(other)
    assert not {p.id for p in one.persons} & {p.id for p in other.persons}


def test_no_id_or_number_occurs_twice(demo: SyntheticPopulation) -> None:
    every = [one.id for one in every_record(demo)]
    assert len(set(every)) == len(every)
    for field in ("national_id", "duf_number", "reference"):
        assert len({getattr(person, field) for person in demo.persons}) == 20_000


def test_everything_is_marked_synthetic_and_every_number_is_by_the_synthetic_convention(
    demo: SyntheticPopulation,
) -> None:
    assert demo.synthetic
    assert all(one.synthetic for one in every_record(demo))
    for person in demo.persons:
        number = read_id_number(person.national_id, DEMO_DAY)
        assert (number.kind, number.synthetic) == (IdKind.D_NUMBER, Synthetic.TENOR)
        assert person.duf_number.startswith("9000")
        assert len(person.duf_number) == 12
        assert person.reference.startswith("SYN-")
    assert all(one.reference.startswith("SYN-") for one in every_record(demo))
    assert all(centre.name.startswith("Syntetisk ") for centre in demo.centres)


def test_names_are_norwegian_words_that_nobody_is_called(demo: SyntheticPopulation) -> None:
    words = set(Marginals.shipped().given_names + Marginals.shipped().family_names)
    assert {p.given_name for p in demo.persons} | {p.family_name for p in demo.persons} <= words


def test_minors_alone_are_under_18_in_their_group_and_as_many_as_the_share_asked_for(
    demo: SyntheticPopulation,
) -> None:
    people = members(demo)
    groups: Counter[Group] = Counter()
    for one in demo.households:
        alone = [p for p in people[one.id] if p.role is Role.MINOR_ALONE]
        assert all(p.unaccompanied for p in alone)
        if alone:
            age = age_on(alone[0].birth_date, DEMO_DAY)
            assert (one.persons, one.group) == (1, Group.EM_UNDER15 if age < 15 else Group.EM_15_17)
            assert 0 <= age < 18
            groups[one.group] += 1
        else:
            assert one.group is Group.ALL
    # 651 of 13,000 asked, 80 of them under 15: 20,000 x 651 / 13,000 = 1001.5; 1002 x 80 / 651 = 123.1
    assert groups == {Group.EM_UNDER15: 123, Group.EM_15_17: 879}


def test_children_are_never_alone_and_every_household_without_minors_alone_has_an_adult(
    demo: SyntheticPopulation,
) -> None:
    for people in members(demo).values():
        roles = Counter(p.role for p in people)
        assert roles[Role.ADULT] or roles == {Role.MINOR_ALONE: 1}


def test_ages_fit_roles_and_parents(demo: SyntheticPopulation) -> None:
    for people in members(demo).values():
        adults = sorted(age_on(p.birth_date, DEMO_DAY) for p in people if p.role is Role.ADULT)
        children = [age_on(p.birth_date, DEMO_DAY) for p in people if p.role is Role.CHILD]
        assert all(18 <= age <= 95 for age in adults)
        assert all(0 <= age < 18 for age in children)
        if children:
            assert adults[0] - max(children) >= 17, "whole years of a gap of at least 18 years"
            assert adults[0] - min(children) <= 46, "the younger parent is at most 45 at the birth"


def test_three_generations_and_large_families_are_there(demo: SyntheticPopulation) -> None:
    sizes = Counter(one.persons for one in demo.households)
    assert all(sizes[size] for size in range(1, 7))
    three = [
        people
        for people in members(demo).values()
        if any(p.role is Role.CHILD for p in people)
        and any(age_on(p.birth_date, DEMO_DAY) >= 56 for p in people)
    ]
    assert len(three) > 100


def test_a_single_adult_is_the_only_person_of_the_household(demo: SyntheticPopulation) -> None:
    for people in members(demo).values():
        for person in people:
            assert person.single_adult == (len(people) == 1 and person.role is Role.ADULT)


def test_nobody_is_born_after_coming_to_norway(demo: SyntheticPopulation) -> None:
    people = members(demo)
    for one in demo.households:
        came = min(day for day in (one.days.arrival, one.days.permit) if day)
        assert all(p.birth_date <= came for p in people[one.id])


def test_days_are_in_order_and_none_after_today(demo: SyntheticPopulation) -> None:
    for one in demo.households:
        d = one.days
        steps = [d.permit, d.interview, d.ready, d.proposed, d.assigned, d.settled]
        taken = [day for day in steps if day]
        assert taken == sorted(taken)
        assert all(day <= DEMO_DAY for day in astuple(d) if day)
        if d.left:
            assert d.settled is None
            assert all(day <= d.left for day in taken)
        if one.track is not Track.RESETTLEMENT:
            assert d.arrival is not None
            assert d.arrival <= min([*taken, DEMO_DAY])
            assert (d.interview is None) <= (d.ready is None)


def expected_stage(one: Household) -> Stage:
    order = ("left", "settled", "assigned", "proposed", "ready", "interview")
    last = next((step for step in order if getattr(one.days, step)), "in_reception")
    return Stage("interviewed" if last == "interview" else last)


def test_the_stage_is_the_last_step_taken(demo: SyntheticPopulation) -> None:
    assert all(one.stage is expected_stage(one) for one in demo.households)


def test_resettled_households_have_no_centre_and_arrive_when_settled(demo: SyntheticPopulation) -> None:
    resettled = [one for one in demo.households if one.track is Track.RESETTLEMENT]
    assert resettled
    for one in resettled:
        assert one.centre_id is None
        assert one.days.arrival == one.days.settled
        assert one.stage not in (Stage.IN_RECEPTION, Stage.INTERVIEWED)


def test_no_centre_holds_more_than_its_places_and_minors_live_in_centres_for_minors(
    demo: SyntheticPopulation,
) -> None:
    centres = {centre.id: centre for centre in demo.centres}
    living: Counter[UUID] = Counter()
    for one in demo.households:
        if one.group is not Group.ALL:
            assert one.centre_id
            kind = "care_centre" if one.group is Group.EM_UNDER15 else "minors"
            assert centres[one.centre_id].kind == kind
        if one.centre_id and one.stage not in (Stage.SETTLED, Stage.LEFT):
            living[one.centre_id] += one.persons
    assert living
    assert all(number <= centres[centre].places for centre, number in living.items())


def test_linked_households_come_in_pairs_that_are_alike(demo: SyntheticPopulation) -> None:
    people, links = members(demo), defaultdict(list)
    for one in demo.households:
        if one.link:
            links[one.link].append(one)
    assert 0.03 < 2 * len(links) / len(demo.households) < 0.05
    for pair in links.values():
        assert len(pair) == 2
        first, second = pair
        assert (first.track, first.days, first.language) == (second.track, second.days, second.language)
        assert first.protection is second.protection
        assert people[first.id][0].citizenship == people[second.id][0].citizenship


def test_needs_follow_from_ages_size_group_and_protection(demo: SyntheticPopulation) -> None:
    people = members(demo)
    codes = set(Marginals.shipped().need_codes)
    for one in demo.households:
        ages = [age_on(p.birth_date, DEMO_DAY) for p in people[one.id]]
        assert one.needs <= codes
        assert ("kindergarten" in one.needs) == any(1 <= age < 6 for age in ages)
        assert ("school_primary" in one.needs) == any(6 <= age < 16 for age in ages)
        assert ("large_home" in one.needs) == (one.persons >= 5)
        assert ("minor_care" in one.needs) == (one.group is not Group.ALL)
        assert ("other_need" in one.needs) == (one.protection is not Protection.NONE)


def test_wishes_are_ranked_without_repeats_and_at_most_three(demo: SyntheticPopulation) -> None:
    for one in demo.households:
        assert len(set(one.wishes)) == len(one.wishes) <= 3
        assert set(one.wishes) | {tie.municipality for tie in one.ties} <= set(WEIGHTS)
        if one.ties and one.wishes:
            assert one.wishes[0] == one.ties[0].municipality


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2032, 1, 1)])
def test_any_day_can_be_today(today: date) -> None:
    population = small(3, today=today)
    minors = [p for p in population.persons if p.role is Role.MINOR_ALONE]
    assert minors
    assert all(age_on(p.birth_date, today) < 18 for p in minors)


def test_too_few_persons_and_no_municipality_are_refused() -> None:
    with pytest.raises(BadInput):
        small(1, persons=99)
    with pytest.raises(BadInput):
        generate(1, 200, DEMO_DAY, Marginals.shipped(), {})
