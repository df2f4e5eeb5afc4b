"""What a municipality types is read as people write, stopped where it is wrong, and asked about where it is odd."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from bosett.expenditure.questionnaire import AREAS, lines
from bosett.expenditure.typed import Known, Typed, look, read_line, read_number, unexplained
from bosett.terms.errors import NoAnswer

(OFFICE, *REST) = lines("ordinary")
NOTHING = Known(Fraction(100), {}, None, {}, {})


def codes(known: Known = NOTHING, **fields: Any) -> list[str]:
    found = look([OFFICE], {OFFICE.area: Typed(OFFICE.area, **fields)}, known)
    return [one.code for one in found]


def known(**changes: Any) -> Known:
    told: dict[str, Any] = {
        "persons": Fraction(100), "last_nok": {}, "last_persons": None, "others_per_person": {}, "kostra_nok": {},
    }  # fmt: skip
    return Known(**told | changes)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234567", 1234567), ("1 234 567", 1234567), ("1\u202f234\u202f567", 1234567), ("1.234.567", 1234567),
        ("1 234,50", Fraction(123450, 100)), ("12.5", Fraction(25, 2)), ("500 kr", 500), ("40 %", 40), ("-3", -3),
        ("\u22123", -3),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, number: Any) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["12 mill", "ca 500", "1,2,3", "", "1e6", "nan", "--4"])
def test_what_is_no_number_is_not_guessed_at(text: str) -> None:
    assert read_number(text) is None


def test_a_share_of_the_whole_is_whole_kroner() -> None:
    assert read_line(OFFICE, Typed(OFFICE.area, share="33,3", whole="1000")) == (333, ())
    assert read_line(OFFICE, Typed(OFFICE.area, share="0,05", whole="1000")) == (1, ())


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"amount": "-5"}, "negative"),
        ({"share": "101", "whole": "5000"}, "share_over_100"),
        ({"share": "50"}, "half_a_share"),
        ({"whole": "50"}, "half_a_share"),
        ({"amount": "50", "share": "10", "whole": "500"}, "both_ways"),
        ({"amount": "12 mill"}, "unreadable"),
        ({"amount": "99999999999999"}, "too_large"),
    ],
)
def test_what_is_wrong_has_no_value_and_no_explanation_lets_it_through(
    fields: dict[str, str], code: str
) -> None:
    typed = Typed(OFFICE.area, explanation="slik er det", **fields)
    value, flags = read_line(OFFICE, typed)
    assert value is None
    assert [one.code for one in unexplained(flags, {OFFICE.area: typed})] == [code]


def test_an_empty_line_is_not_nought_and_must_be_explained() -> None:
    assert read_line(OFFICE, Typed(OFFICE.area)) == (None, ())
    assert read_line(OFFICE, Typed(OFFICE.area, amount="0")) == (0, ())
    flags = look([OFFICE], {}, NOTHING)
    assert [one.code for one in flags] == ["empty"]
    assert unexplained(flags, {}) == flags
    told = {OFFICE.area: Typed(OFFICE.area, explanation="regnskapet er ikke klart")}
    assert unexplained(look([OFFICE], told, NOTHING), told) == ()


def test_thousands_instead_of_kroner_is_seen_against_the_others_and_against_last_year() -> None:
    # 100 persons; others spend 20 000 a person.  2 000 typed for 2 000 000 is 20 a person.
    others = known(others_per_person={OFFICE.area: 20000.0})
    assert codes(others, amount="2000") == ["thousands"]
    assert codes(others, amount="2 000 000 000") == ["thousandfold"]
    assert codes(others, amount="2 000 000") == []
    last = known(last_nok={OFFICE.area: 1_900_000}, last_persons=Fraction(95))
    assert codes(last, amount="2000") == ["thousands"]


def test_a_change_from_last_year_above_twofold_a_person_is_asked_about() -> None:
    last = known(last_nok={OFFICE.area: 1_000_000}, last_persons=Fraction(50))  # 20 000 a person
    assert codes(last, amount="4 100 000") == ["changed_much"]
    assert codes(last, amount="4 000 000") == []
    assert codes(last, amount="900 000") == ["changed_much"]


def test_more_than_five_times_the_others_is_asked_about() -> None:
    others = known(others_per_person={OFFICE.area: 1000.0})
    assert codes(others, amount="501 000") == ["far_from_others"]
    assert codes(others, amount="500 000") == []


def test_more_than_the_kostra_total_is_asked_about() -> None:
    assert codes(known(kostra_nok={OFFICE.area: 1000}), amount="1001") == ["above_kostra"]
    assert codes(known(kostra_nok={OFFICE.area: 1000}), amount="1000") == []


def test_expenditure_without_persons_is_asked_about() -> None:
    assert codes(known(persons=Fraction(0)), amount="7") == ["no_persons"]


def test_a_whole_answer_in_thousands_is_seen_by_its_sum_even_in_a_first_round() -> None:
    # 13 areas of 1 200 "kroner" for 100 persons are 156 a person; the published year is 155 100.
    every = lines("ordinary")
    typed = {one.area: Typed(one.area, amount="1200") for one in every}
    assert [one.code for one in look(every, typed, NOTHING)] == ["thousands"]
    right = {one.area: Typed(one.area, amount="1 200 000") for one in every}
    assert look(every, right, NOTHING) == ()


def test_fewer_hours_attended_than_taught_is_asked_about() -> None:
    training = lines("norwegian")
    typed = {
        one.area: Typed(one.area, amount=amount)
        for one, amount in zip(training, ["900000", "600", "500", "40"], strict=True)
    }
    assert [one.code for one in look(training, typed, NOTHING)] == ["fewer_than_taught"]


def test_the_main_round_has_thirteen_areas_and_every_kind_has_its_own() -> None:
    assert len(AREAS["ordinary"]) == 13
    assert all(lines(kind) for kind in AREAS)
    with pytest.raises(NoAnswer):
        lines("another")
