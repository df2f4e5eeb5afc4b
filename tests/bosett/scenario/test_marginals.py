"""The population agrees with the published sums, and the tables are read strictly."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
import yaml

from bosett.scenario.population import Marginals, Protection, Role, Sex, Stage, SyntheticPopulation
from bosett.scenario.population.marginals import SHIPPED
from bosett.terms.days import age_on
from bosett.terms.errors import BadInput
from bosett.terms.groups import Basis, Track

from .conftest import DEMO_DAY

# IMDi, settled 2022-2024 as shown: Ukrainians 0-55 37,240 women and 29,269 men; over 55 6,398 and 3,184.
WOMEN_TO_55 = 37240 / (37240 + 29269)
WOMEN_OVER_55 = 6398 / (6398 + 3184)
OVER_55 = (6398 + 3184) / (37240 + 29269 + 6398 + 3184)
# UNHCR, refugees in Norway 2025, under 18: Ukraine 839 + 6,250 + 8,717 of 83,790; others 6,996 of 40,216.
UNDER_18_UKRAINE = (839 + 6250 + 8717) / 83790
UNDER_18_OTHERS = 6996 / 40216


def of_origin(population: SyntheticPopulation, collective: bool) -> list[tuple[int, Sex]]:
    return [
        (age_on(p.birth_date, DEMO_DAY), p.sex)
        for p in population.persons
        if (p.basis is Basis.COLLECTIVE) is collective
    ]


def share(people: list[tuple[int, Sex]], of: list[tuple[int, Sex]]) -> float:
    return len(people) / len(of)


def test_sex_and_age_of_ukrainians_agree_with_the_settled_to_half_a_point(demo: SyntheticPopulation) -> None:
    people = of_origin(demo, collective=True)
    older = [one for one in people if one[0] >= 56]
    younger = [one for one in people if one[0] < 56]
    assert share(older, people) == pytest.approx(OVER_55, abs=0.005)
    assert share([p for p in older if p[1] is Sex.FEMALE], older) == pytest.approx(WOMEN_OVER_55, abs=0.005)
    women = [p for p in younger if p[1] is Sex.FEMALE]
    assert share(women, younger) == pytest.approx(WOMEN_TO_55, abs=0.005)


def test_sex_of_others_agrees_with_the_cells_that_are_shown(demo: SyntheticPopulation) -> None:
    people = of_origin(demo, collective=False)
    women = [one for one in people if one[1] is Sex.FEMALE]
    assert share(women, people) == pytest.approx(4006 / (4006 + 5636), abs=0.01)


def test_share_under_18_agrees_with_the_refugees_in_the_country(demo: SyntheticPopulation) -> None:
    """One point for the 17,340 under collective protection, three for the 2,660 others."""
    for collective, expected, within in ((True, UNDER_18_UKRAINE, 0.01), (False, UNDER_18_OTHERS, 0.03)):
        people = of_origin(demo, collective)
        assert share([p for p in people if p[0] < 18], people) == pytest.approx(expected, abs=within)


def test_the_share_under_collective_protection_is_that_of_2025(demo: SyntheticPopulation) -> None:
    assert len(of_origin(demo, collective=True)) == round(20_000 * 10921 / 12596)


def test_citizenships_follow_the_applicants_by_chi_square(demo: SyntheticPopulation) -> None:
    """Households on the asylum track: 12 degrees of freedom, 32.9 is the 0.1 % point."""
    table = SHIPPED / "synthetic" / "applicants_citizenship.csv"
    with table.open(encoding="utf-8") as handle:
        weight = {r["citizenship"]: int(r["female"]) + int(r["male"]) for r in csv.DictReader(handle)}
    first = {p.household_id: p.citizenship for p in demo.persons}
    found = [first[h.id] for h in demo.households if h.track is Track.ASYLUM and not h.link]
    total = sum(weight.values())
    chi_square = sum(
        (found.count(code) - len(found) * n / total) ** 2 / (len(found) * n / total)
        for code, n in weight.items()
    )
    assert set(found) <= set(weight)
    assert chi_square < 32.9


def test_collective_protection_is_ukrainian_and_speaks_ukrainian(demo: SyntheticPopulation) -> None:
    for one in demo.households:
        if one.track is Track.COLLECTIVE:
            assert one.language == "uk"
    assert {p.citizenship for p in demo.persons if p.basis is Basis.COLLECTIVE} == {"UKR"}


def test_protected_addresses_are_about_three_in_a_thousand(demo: SyntheticPopulation) -> None:
    protected = sum(one.protection is not Protection.NONE for one in demo.households)
    assert 0.001 < protected / len(demo.households) < 0.006


def test_the_demo_day_has_its_queues(demo: SyntheticPopulation) -> None:
    count = {stage: sum(one.stage is stage for one in demo.households) for stage in Stage}
    assert 250 <= count[Stage.READY] <= 450
    assert 15 <= count[Stage.PROPOSED] <= 50
    settled_2026 = sum(
        one.persons for one in demo.households if one.days.settled and one.days.settled.year == 2026
    )
    assert settled_2026 > 5_000
    waits = [
        (DEMO_DAY - one.days.ready).days
        for one in demo.households
        if one.stage is Stage.READY and one.days.ready
    ]
    assert max(waits) > 180


def test_most_single_parents_are_women(demo: SyntheticPopulation) -> None:
    adults: dict[object, list[Sex]] = {}
    parents = {p.household_id for p in demo.persons if p.role is Role.CHILD}
    for person in demo.persons:
        if person.role is Role.ADULT and person.household_id in parents:
            adults.setdefault(person.household_id, []).append(person.sex)
    alone = [sexes[0] for sexes in adults.values() if len(sexes) == 1]
    assert alone.count(Sex.FEMALE) / len(alone) == pytest.approx(0.85, abs=0.04)


@pytest.mark.parametrize("folder", ["synthetic", "needs"])
def test_every_table_has_its_source_with_licence_and_defects_beside_it(folder: str) -> None:
    tables = sorted((SHIPPED / folder).glob("*.csv"))
    assert tables
    for table in tables:
        source = yaml.safe_load(table.with_suffix(".source.yaml").read_text(encoding="utf-8"))
        assert set(source) == {"title", "publisher", "href", "licence", "what", "defects"}
        assert all(source.values())


def test_no_published_count_of_persons_is_below_five() -> None:
    for name, columns in (
        ("settled_sex_age", ("persons",)),
        ("refugees_age", ("persons",)),
        ("applicants_citizenship", ("female", "male")),
        ("centres", ("residents",)),
    ):
        with (SHIPPED / "synthetic" / f"{name}.csv").open(encoding="utf-8") as handle:
            for row in csv.DictReader(handle):
                assert all(int(row[column]) >= 5 for column in columns), (name, row)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("refugees_age.csv", "other,60+,950", "other,60+,-950"),
        ("refugees_age.csv", "other,60+,950", "other,60+,"),
        ("refugees_age.csv", "origin,age_band", "age_band,origin"),
        ("assumptions.csv", "window_days,780", "window_days,nan"),
        ("household_types.csv", "other,couple,0.19", "other,couple,0.29"),
        ("needs.csv", "ground_floor", "sauna"),
    ],
)
def test_a_table_that_is_not_right_is_refused(tmp_path: Path, name: str, old: str, new: str) -> None:
    for folder in ("synthetic", "needs"):
        shutil.copytree(SHIPPED / folder, tmp_path / folder)
    file = tmp_path / "synthetic" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInput):
        Marginals.read(tmp_path)


def test_a_missing_assumption_is_told_by_name() -> None:
    with pytest.raises(BadInput, match="no_such_share"):
        Marginals.shipped().assume("no_such_share")
