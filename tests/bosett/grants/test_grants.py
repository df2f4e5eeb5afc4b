"""Grant lines: what they promise beside the sentences in tests/law."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bosett.cli import grants as command
from bosett.cli.main import build_parser
from bosett.grants.explain import explain
from bosett.grants.moves import divide_kroner, eighths_by_quarter, holdings, twelfths_month_and_next
from bosett.grants.problem import Move, SettledPerson
from bosett.grants.result import Status
from bosett.grants.solve import grant_lines
from bosett.rules.parameters import Parameters
from bosett.terms.errors import BadInput, NoRuleInForce
from bosett.terms.groups import Basis

RATES = Parameters.shipped()


def person(name: str = "a", settled: date = date(2024, 1, 15)) -> SettledPerson:
    return SettledPerson(
        name, date(1990, 1, 1), settled, "3301", "h", True, unaccompanied_minor=False, basis=Basis.ASYLUM
    )


@settings(max_examples=60, deadline=None)
@given(days=st.lists(st.integers(0, 350), max_size=4, unique=True))
def test_however_often_somebody_moves_the_shares_sum_to_one_and_the_kroner_to_the_rate(
    days: list[int],
) -> None:
    places = ["3301", "0301", "4601", "5601", "1103"]
    moves = [
        Move(date(2024, 1, 15) + timedelta(days=day), "a", places[row], places[row + 1])
        for row, day in enumerate(sorted(days))
    ]
    parts, _ = holdings(person(), moves, 2024, RATES)
    assert sum(part.share for part in parts) == 1
    lines = grant_lines([person()], moves, 2024, RATES).lines
    assert sum(line.amount_nok or 0 for line in lines) == 241_100


@pytest.mark.parametrize(
    ("moved", "twelfths", "eighths"),
    [
        (date(2024, 1, 1), Fraction(2, 12), Fraction(1, 8)),
        (date(2024, 3, 31), Fraction(4, 12), Fraction(1, 8)),
        (date(2024, 4, 1), Fraction(5, 12), Fraction(3, 8)),
        (date(2024, 9, 30), Fraction(10, 12), Fraction(5, 8)),
        (date(2024, 11, 1), Fraction(1), Fraction(7, 8)),
        (date(2024, 12, 31), Fraction(1), Fraction(7, 8)),
    ],
)
def test_each_version_of_the_rule_divides_as_its_source_says(
    moved: date, twelfths: Fraction, eighths: Fraction
) -> None:
    assert twelfths_month_and_next(moved) == twelfths
    assert eighths_by_quarter(moved) == eighths


def test_the_year_after_a_move_belongs_to_the_new_municipality() -> None:
    moves = [Move(date(2023, 12, 20), "a", "3301", "0301")]
    parts, _ = holdings(person(settled=date(2022, 5, 1)), moves, 2024, RATES)
    assert [(one.municipality_id, one.share) for one in parts] == [("0301", 1)]


def test_a_move_and_back_gives_the_first_municipality_one_share() -> None:
    moves = [Move(date(2024, 2, 1), "a", "3301", "0301"), Move(date(2024, 6, 1), "a", "0301", "3301")]
    parts, _ = holdings(person(), moves, 2024, RATES)
    assert {one.municipality_id: one.share for one in parts} == {
        "3301": Fraction(8, 12),
        "0301": Fraction(4, 12),
    }
    assert any("two moves" in one for one in parts[0].assumptions)


@pytest.mark.parametrize(
    "move",
    [Move(date(2024, 2, 1), "a", "4601", "0301"), Move(date(2024, 1, 14), "a", "3301", "0301")],
)
def test_moves_that_do_not_follow_each_other_are_refused(move: Move) -> None:
    with pytest.raises(BadInput):
        grant_lines([person()], [move], 2024, RATES)


def test_a_move_of_a_stranger_and_a_person_given_twice_are_refused() -> None:
    with pytest.raises(BadInput, match="a person of the persons table"):
        grant_lines([person()], [Move(date(2024, 2, 1), "b", "3301", "0301")], 2024, RATES)
    with pytest.raises(BadInput, match="each person once"):
        grant_lines([person(), person()], [], 2024, RATES)


def test_every_missing_rate_is_named_at_once() -> None:
    people = [person("a", date(2025, 2, 1)), person("b", date(2023, 2, 1))]
    with pytest.raises(NoRuleInForce) as missing:
        grant_lines(people, [], 2025, RATES)
    assert "year1_single_adult" in missing.value.rule
    assert "year3" in missing.value.rule


def test_when_missing_rates_are_allowed_they_are_empty_and_never_zero() -> None:
    found = grant_lines([person(settled=date(2025, 2, 1))], [], 2025, RATES, allow_missing=True)
    (line,) = found.lines
    assert (line.status, line.rate_nok, line.amount_nok) == (Status.RATE_MISSING, None, None)
    assert found.total_nok is None


def test_whole_kroner_are_never_lost_in_a_division() -> None:
    assert divide_kroner(100, [Fraction(1, 3)] * 3) == (33, 33, 34)
    assert divide_kroner(1, [Fraction(1, 2), Fraction(1, 2)]) == (1, 0)


def test_a_line_is_explained_with_rate_amount_law_source_and_assumptions() -> None:
    moves = [Move(date(2024, 12, 5), "a", "3301", "0301")]
    (line,) = grant_lines([person()], moves, 2024, RATES, ["integration"]).lines
    facts = {fact.key: dict(fact.values) for fact in explain(line)}
    assert facts["amount"] == {"amount_nok": 241_100}
    assert facts["assumption"]["assumption"] == "a move in December does not reach into the next year"
    assert {"scheme", "rate", "legal", "source"} <= facts.keys()


def test_a_person_who_left_has_the_year_of_leaving_and_none_after() -> None:
    left = SettledPerson(
        "a",
        date(1990, 1, 1),
        date(2023, 5, 1),
        "3301",
        "h",
        True,
        False,
        Basis.ASYLUM,
        left_date=date(2023, 9, 1),
    )
    (line,) = grant_lines([left], [], 2023, RATES).lines
    assert line.amount_nok == 241_100
    assert "the year a person leaves the country is paid whole" in line.assumptions
    assert grant_lines([left], [], 2024, RATES).lines == ()


def test_a_family_without_dates_is_paid_under_a_named_assumption() -> None:
    joined = SettledPerson(
        "a",
        date(1990, 1, 1),
        date(2024, 1, 15),
        "3301",
        "h",
        single_adult=False,
        unaccompanied_minor=False,
        basis=Basis.FAMILY,
        reference_basis=Basis.ASYLUM,
    )
    (line,) = grant_lines([joined], [], 2024, RATES).lines
    assert any("not checked" in one for one in line.assumptions)


def test_a_family_without_the_ground_of_the_person_joined_is_refused() -> None:
    with pytest.raises(BadInput, match="reference_basis"):
        SettledPerson("a", date(1990, 1, 1), date(2024, 1, 15), "3301", "h", False, False, Basis.FAMILY)


def write(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


PERSONS = (
    "person_id,birth_date,settled_date,municipality_id,household_id,single_adult,unaccompanied_minor,basis\n"
    "a,1990-01-01,2024-01-15,3301,h,1,0,asylum\n"
)


def run(*words: object) -> int:
    read = build_parser((command,)).parse_args([str(word) for word in words])
    return int(read.run(read))


def test_the_command_writes_the_columns_of_the_contract(tmp_path: Path) -> None:
    persons = write(tmp_path / "p.csv", PERSONS)
    moves = write(
        tmp_path / "m.csv",
        "person_id,moved_date,from_municipality_id,to_municipality_id\na,2024-03-15,3301,0301\n",
    )
    out = tmp_path / "lines.csv"
    assert run("grants", persons, "--year", 2024, "--moves", moves, "--out", out) == 0
    with out.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["municipality_id"], row["amount_nok"], row["status"]) for row in rows] == [
        ("3301", "80367", "calculated"),
        ("0301", "160733", "calculated"),
    ]
    assert list(rows[0])[:11] == (
        [
            "person_id",
            "year",
            "scheme",
            "municipality_id",
            "grant_year",
            "share",
            "rate_nok",
            "amount_nok",
            "rule",
            "source",
            "status",
        ]
    )


@pytest.mark.parametrize(
    ("old", "new"), [("asylum", "tourist"), (",1,0,", ",,0,"), ("2024-01-15", "15.01.2024")]
)
def test_a_cell_that_cannot_be_read_is_named_with_row_and_column(tmp_path: Path, old: str, new: str) -> None:
    persons = write(tmp_path / "p.csv", PERSONS.replace(old, new))
    with pytest.raises(BadInput) as bad:
        run("grants", persons, "--year", 2024, "--out", tmp_path / "out.csv")
    assert (bad.value.row, bool(bad.value.column)) == (2, True)
    assert not (tmp_path / "out.csv").exists()
