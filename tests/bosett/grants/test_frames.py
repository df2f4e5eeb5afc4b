"""Five-year frames: worked by hand where it can be, and the workbook gives the same from its formulas."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from bosett.grants.frame_cohorts import Origin, kept_in_year_of_move, settled_cohorts
from bosett.grants.frame_problem import PersonGroup
from bosett.grants.frame_rates import How, frame_rates
from bosett.grants.frames import Frame, FrameProblem, FrameScenario, Range, alternatives, frame
from bosett.grants.problem import Move, SettledPerson
from bosett.outputs.grant_frame import write_frame
from bosett.rules.parameters import Parameters
from bosett.terms.errors import BadInput, NoAnswer
from bosett.terms.groups import Basis

from .people import people
from .workbook import Workbook

RATES = Parameters.shipped()
NOTHING = Range(0, 0, 0)
STILL = FrameScenario(
    growth_percent=NOTHING,
    settled_share=Range(1, 1, 1),
    moved_out_share=NOTHING,
    moved_in_share=NOTHING,
    family_per_person=NOTHING,
    left_share=NOTHING,
    composition={"single_adult": 0, "other_adult": 1, "child": 0, "unaccompanied_minor": 0},
    elder_share=0,
    kindergarten_share=0,
    collective_share=0,
)
"""Everybody comes, nobody moves, and all are adults in families."""


def adults(count: int, year: int, start: int = 0, basis: Basis = Basis.ASYLUM) -> tuple[SettledPerson, ...]:
    return tuple(
        SettledPerson(
            f"{year}-{start + number}",
            date(1985, 1, 1),
            date(year, 3, 1),
            "3301",
            "h",
            single_adult=False,
            unaccompanied_minor=False,
            basis=basis,
        )
        for number in range(count)
    )


def made(problem: FrameProblem, scenario: FrameScenario = STILL, draws: int = 200) -> Frame:
    return frame(problem, RATES, np.random.default_rng(1), scenario, draws=draws)


def likely(found: Frame) -> list[float | None]:
    return [None if one.nok is None else one.nok.likely for one in found.years]


def test_ten_adults_voted_for_give_five_years_of_the_last_known_rates() -> None:
    """10 x 194 400 (2024), 249 500 (2023), two years between it and 72 000, and 72 000 (2023)."""
    found = made(FrameProblem("3301", 2025, voted={2025: 10}))
    assert likely(found) == [1_944_000, 2_495_000, 1_903_330, 1_311_670, 720_000]
    assert found.total_nok == 8_374_000
    assert all(one.assumed for one in found.lines)


def test_ten_settled_in_2023_have_their_third_to_fifth_year_in_the_frame_from_2025_and_then_nothing() -> None:
    found = made(FrameProblem("3301", 2025, persons=adults(10, 2023)))
    assert likely(found) == [1_903_330, 1_311_670, 720_000, 0, 0]


def test_a_known_rate_is_used_as_it_is_and_is_no_assumption() -> None:
    found = made(FrameProblem("3301", 2023, years=1, voted={2023: 10}))
    (line,) = found.lines
    assert (likely(found), line.assumed) == ([1_944_000], False)
    assert line.nok is not None
    assert line.nok.low == line.nok.high == 1_944_000


def test_without_the_assumption_about_years_3_and_4_these_years_are_missing_and_not_zero() -> None:
    problem = FrameProblem("3301", 2025, persons=adults(10, 2023))
    found = made(problem, replace(STILL, between_years_2_and_5=False))
    assert likely(found)[:3] == [None, None, 720_000]
    assert found.missing == ("grants/integration/year3", "grants/integration/year4")
    assert found.total_nok is None


def test_own_amounts_stand_in_for_rates_that_nobody_knows_and_grow_from_the_first_year() -> None:
    own = replace(STILL, rates={"grants/integration/year3": 100_000}, growth_percent=Range(0, 10, 20))
    rates = frame_rates(RATES, own, range(2025, 2028))
    told = [rates["grants/integration/year3", year] for year in (2025, 2026, 2027)]
    assert [(one.nok, one.how) for one in told] == [
        (100_000, How.OWN),
        (110_000, How.OWN),
        (121_000, How.OWN),
    ]
    assert rates["grants/integration/year1_child", 2026].nok == 235_224, "194 400 of 2024 grown twice"


def test_those_who_move_out_stay_a_part_of_the_year_and_are_gone_the_next() -> None:
    """On average over the months 89/144 of the year of the move stays behind."""
    assert kept_in_year_of_move() * 144 == 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12 + 12
    out = replace(STILL, moved_out_share=Range(0.1, 0.1, 0.1))
    found = made(FrameProblem("3301", 2025, persons=adults(100, 2023)), out)
    third, fourth = 190_333, 131_167
    assert likely(found)[0] == round(100 * (1 - 0.1 * 55 / 144) * third)
    assert likely(found)[1] == round(90 * (1 - 0.1 * 55 / 144) * fourth)


def test_when_collective_protection_ends_the_share_that_leaves_is_gone_from_that_year() -> None:
    problem = FrameProblem("3301", 2025, persons=adults(100, 2023, basis=Basis.COLLECTIVE))
    ends = replace(STILL, collective_ends=2026, collective_left_share=Range(0.4, 0.4, 0.4))
    assert likely(made(problem, ends))[:3] == [19_033_300, (60 * 131_167), 60 * 72_000]
    others = FrameProblem("3301", 2025, persons=adults(100, 2023))
    assert likely(made(others, ends))[:3] == [19_033_300, 13_116_700, 7_200_000]


def test_family_comes_to_those_inside_the_scheme_and_has_its_own_five_years() -> None:
    family = replace(STILL, family_per_person=Range(0.1, 0.1, 0.1))
    found = made(FrameProblem("3301", 2025, years=2, persons=adults(100, 2023)), family)
    lines = {(one.year, one.origin): one for one in found.lines}
    assert lines[2025, Origin.FAMILY].nok is not None
    assert lines[2025, Origin.FAMILY].nok.likely == 10 * 194_400
    assert lines[2026, Origin.FAMILY].nok is not None
    assert lines[2026, Origin.FAMILY].nok.likely == 10 * 194_400 + 10 * 249_500
    old = made(FrameProblem("3301", 2025, years=1, persons=adults(100, 2019)), family)
    assert likely(old) == [0]


def test_who_has_moved_away_or_left_is_not_in_the_municipalitys_frame() -> None:
    persons = adults(10, 2023)
    moves = tuple(Move(date(2024, 5, 1), one.person_id, "3301", "0301") for one in persons[:4])
    gone = (*persons[:9], replace(persons[9], left_date=date(2024, 6, 1)))
    here = made(FrameProblem("3301", 2025, persons=gone, moves=moves, years=1))
    country = made(FrameProblem("", 2025, persons=gone, moves=moves, years=1))
    assert likely(here) == [5 * 190_333]
    assert likely(country) == [9 * 190_333]


def test_who_is_settled_already_in_the_year_is_not_counted_among_those_voted_for_again() -> None:
    found = made(FrameProblem("3301", 2024, years=1, persons=adults(6, 2024), voted={2024: 10}))
    assert likely(found) == [10 * 194_400]


def test_residents_are_counted_on_1_july_the_year_before_and_cost_nothing_when_the_amount_is_not_known() -> (
    None
):
    problem = FrameProblem("3301", 2025, persons=adults(10, 2023), voted={2025: 8})
    first, second, third = made(problem).residents[:3]
    assert (first.counted_on, first.persons.likely, first.nok) == (date(2024, 7, 1), 10, None)
    assert second.persons.likely == 10 + 4, "half of those who come in 2025 have come by July"
    assert third.persons.likely == 18
    known = made(problem, replace(STILL, innbyggertilskudd_nok=30_000)).residents[1]
    assert known.nok is not None
    assert known.nok.likely == 14 * 30_000


def test_unused_places_are_carried_by_the_municipality_where_no_rule_compensates() -> None:
    half = replace(STILL, settled_share=Range(0.5, 0.5, 0.5), unused_place_nok=80_000)
    (unused,) = made(FrameProblem("3301", 2025, voted={2025: 10}, asked={2025: 10}), half).unused
    assert (unused.places.likely, unused.carried_by, unused.compensated_nok) == (5, "municipality", None)
    assert unused.cost_nok is not None
    assert unused.cost_nok.likely == 400_000
    assert (
        made(FrameProblem("3301", 2025, voted={2025: 10}), replace(half, unused_place_nok=None))
        .unused[0]
        .cost_nok
        is None
    )


def test_in_2022_a_rule_compensated_unused_places_within_the_request() -> None:
    half = replace(
        STILL, settled_share=Range(0.5, 0.5, 0.5), rates={"grants/integration/year1_other_adult": 1}
    )
    (unused,) = made(FrameProblem("3301", 2022, years=1, voted={2022: 12}, asked={2022: 10}), half).unused
    assert unused.carried_by == "state_in_part"
    assert unused.compensated_nok is not None
    assert unused.compensated_nok.likely == 4 * 50_000, "six unused, two of them above the request"


def test_each_alternative_is_told_against_answering_nothing() -> None:
    problem = FrameProblem("3301", 2025, persons=adults(10, 2023), asked={2025: 10})
    none, asked, own = alternatives(problem, [0, 10, 4], RATES, np.random.default_rng(1), STILL, draws=50)
    assert [one.difference_nok for one in (none, asked, own)] == [0, 8_374_000, 3_349_600]
    assert none.frame.total_nok == 3_935_000


def test_the_interval_holds_what_was_not_known_and_the_same_draws_give_the_same_frame() -> None:
    persons, moves = people(400, 11, date(2020, 1, 1), 1800)
    problem = FrameProblem("", 2025, persons=tuple(persons), moves=tuple(moves), voted={2025: 60, 2026: 40})
    one, again = made(problem, FrameScenario()), made(problem, FrameScenario())
    assert one == again
    for year in one.years:
        assert year.nok is not None
        assert year.nok.low < year.nok.likely < year.nok.high


def test_no_group_of_fewer_than_five_settled_persons_is_shown() -> None:
    persons = (*adults(3, 2022), *adults(4, 2023), *adults(2, 2024, basis=Basis.COLLECTIVE), *adults(7, 2021))
    groups = settled_cohorts([PersonGroup(one, 1) for one in persons], range(2025, 2030), RATES)
    assert sum(one.persons for one in groups) == 16
    assert all(one.persons >= 5 for one in groups)
    child = replace(adults(1, 2024, 90)[0], birth_date=date(2007, 1, 1), unaccompanied_minor=True)
    found = made(FrameProblem("3301", 2025, persons=(*persons, child)))
    assert {one.scheme for one in found.lines} == {"together"}


def test_three_settled_persons_alone_are_never_counted_out() -> None:
    found = made(FrameProblem("3301", 2025, persons=adults(3, 2023)))
    assert all(one.persons is None for one in found.lines)


@pytest.mark.parametrize(
    "fault",
    [
        lambda: Range(2, 1, 3),
        lambda: FrameProblem("3301", 2025, voted={2025: -1}),
        lambda: FrameProblem("3301", 2025, years=0),
        lambda: FrameScenario(composition={"single_adult": 1.0}),
        lambda: FrameScenario(left_share=Range(0, 0.5, 1.5)),
        lambda: FrameScenario(rates={"grants/integration/year3": -1}),
        lambda: FrameScenario(elder_share=1.2),
    ],
)
def test_what_cannot_be_is_refused(fault) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BadInput):
        fault()


NAMES = {"en": ("Frame", "Assumptions"), "nb": ("Ramme", "Antakelser"), "nn": ("Ramme", "Føresetnader")}


@pytest.mark.parametrize("language", NAMES)
@pytest.mark.parametrize("count", [400, 16, 3])
def test_the_workbook_gives_the_same_sums_from_its_formulas(
    tmp_path: Path, language: str, count: int
) -> None:
    persons, moves = people(count, 12, date(2020, 1, 1), 1800)
    scenario = FrameScenario(collective_ends=2027, growth_percent=Range(0, 2, 4))
    problem = FrameProblem("", 2025, persons=tuple(persons), moves=tuple(moves), voted={2025: 60, 2027: 40})
    found = made(problem, scenario)
    write_frame(tmp_path / "frame.xlsx", found, language)
    book, (front, _) = Workbook(tmp_path / "frame.xlsx"), NAMES[language]
    total = 1 + max(
        int(cell[1:])
        for sheet, cell in book.cells
        if sheet == front
        and cell.startswith("D")
        and "SUM" not in str(book.cells[sheet, cell])
        and "ROUND" in str(book.cells[sheet, cell])
    )
    for column, year in zip("DEFGH", found.years, strict=True):
        assert year.nok is not None
        assert book.value(front, f"{column}{total}") == pytest.approx(year.nok.likely, abs=1)
    for (sheet, cell), stored in book.stored.items():
        assert book.value(sheet, cell) == pytest.approx(stored, rel=1e-9, abs=1.01), (sheet, cell)


def test_an_assumption_changed_in_the_workbook_changes_the_sums_as_a_new_frame_would(tmp_path: Path) -> None:
    problem = FrameProblem("3301", 2025, persons=adults(50, 2023), voted={2025: 30})
    write_frame(tmp_path / "frame.xlsx", made(problem, FrameScenario()), "en")
    book = Workbook(tmp_path / "frame.xlsx")
    (row,) = (
        cell[1:]
        for (sheet, cell), told in book.cells.items()
        if sheet == "Assumptions" and told == "Share that moves out a year"
    )
    book.cells["Assumptions", f"C{row}"] = 0.2
    changed = made(problem, FrameScenario(moved_out_share=Range(0.2, 0.2, 0.2)))
    (total,) = (
        cell[1:] for (sheet, cell), told in book.cells.items() if sheet == "Frame" and told == "Sum, likely"
    )
    for column, year in zip("DEFGH", changed.years, strict=True):
        assert year.nok is not None
        assert book.value("Frame", f"{column}{total}") == pytest.approx(year.nok.likely, abs=1)


def test_the_same_frame_gives_the_same_bytes_and_a_missing_rate_no_workbook(tmp_path: Path) -> None:
    problem = FrameProblem("3301", 2025, persons=adults(50, 2023))
    for name in ("a.xlsx", "b.xlsx"):
        write_frame(tmp_path / name, made(problem), "nn")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with pytest.raises(NoAnswer, match="year3"):
        write_frame(tmp_path / "c.xlsx", made(problem, replace(STILL, between_years_2_and_5=False)), "nn")
    assert not (tmp_path / "c.xlsx").exists()
