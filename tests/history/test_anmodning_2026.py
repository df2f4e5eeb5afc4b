"""The request of 2026 as it was sent, against the sums that IMDi and the government published."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bosett.registry import Registry
from bosett.rules.parameters import SHIPPED
from bosett.sources.anmodning import read_round, shipped_round
from bosett.terms.errors import BadInput, NoRuleInForce
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group

ROUND = shipped_round(2026)
REGISTRY = Registry.shipped()


def in_county(code: str, group: Group) -> int:
    inside = {one.code for one in REGISTRY.in_county(code)}
    return sum(row.figure(group).value or 0 for row in ROUND.rows if row.municipality_id in inside)


def test_13_000_persons_are_asked_for_in_332_municipalities() -> None:
    assert ROUND.total(Group.ALL) == 13_000
    assert len(ROUND.asked_municipalities()) == 332


def test_651_unaccompanied_minors_are_80_under_15_and_571_from_15_to_17() -> None:
    assert ROUND.total(Group.EM_UNDER15) == 80
    assert ROUND.total(Group.EM_15_17) == 571


def test_every_municipality_of_2024_has_a_row() -> None:
    assert [row.municipality_id for row in ROUND.rows] == [
        one.code for one in REGISTRY.municipalities(ROUND.sent)
    ]


def test_25_municipalities_are_not_asked_which_is_not_zero() -> None:
    not_asked = [row for row in ROUND.rows if row.asked == Figure.missing(State.NOT_ASKED)]
    assert len(not_asked) == 25
    assert {"1874", "1151", "4028"} <= {
        row.municipality_id for row in not_asked
    }  # Moskenes, Utsira, Kviteseid


def test_the_swapped_headings_of_akershus_are_put_right() -> None:
    assert in_county("32", Group.EM_UNDER15) == 12
    assert in_county("32", Group.EM_15_17) == 40


def test_small_municipalities_of_agder_are_asked_for_five_persons() -> None:
    names = {
        REGISTRY.municipality(row.municipality_id).name
        for row in ROUND.rows
        if row.asked == Figure.of(5) and row.municipality_id.startswith("42")
    }
    assert names >= {"Bykle", "Bygland", "Iveland", "Valle", "Åmli", "Åseral"}


def test_the_need_was_13_000_until_the_government_raised_it_in_march() -> None:
    assert ROUND.need(date(2025, 10, 31)).persons == 13_000
    assert ROUND.need(date(2026, 3, 1)).persons == 13_000
    assert ROUND.need(date(2026, 3, 2)).persons == 16_000


def test_the_division_of_the_extra_3_000_is_unknown_and_said_so() -> None:
    assert ROUND.undivided(date(2026, 1, 1)) == 0
    assert ROUND.undivided(date(2026, 3, 2)) == 3_000
    assert not ROUND.need(date(2026, 3, 2)).divided


def test_no_need_of_2026_was_stated_before_the_letters() -> None:
    with pytest.raises(NoRuleInForce, match="2025-10-30"):
        ROUND.need(date(2025, 10, 30))


def test_a_year_without_a_stored_round_is_refused() -> None:
    with pytest.raises(NoRuleInForce, match="2027"):
        shipped_round(2027)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("2026.csv", "0301,600,4,62,asked", "0301,601,4,62,asked", "13001 persons"),
        ("2026.csv", "0301,600,4,62,asked", "0301,600,5,62,asked", "652 minors"),
        ("2026.csv", "0301,600,4,62,asked", "0301,600,62,4,asked", "minors under 15"),
        ("2026.csv", "0301,600,4,62,asked", "0301,,,,asked", "row 2, column status"),
        ("2026.csv", "0301,600,4,62,asked", "0301,60,4,62,asked", "66 minors"),
        ("2026.csv", "0301,600,4,62,asked", "0301,-600,4,62,asked", "whole number"),
        ("2026.csv", "0301,600,4,62,asked", "0301,600.0,4,62,asked", "whole number"),
        ("2026.csv", "1101,44", "0301,44", "municipality twice"),
        ("2026.round.yaml", "year: 2026", "year: 2025", "2025"),
        ("2026.round.yaml", "divided: true", "divided: false", "no need that was divided"),
        ("2026.round.yaml", "answers_due: 2026-02-10\n", "", "answers_due"),
    ],
)
def test_a_round_that_does_not_add_up_is_refused(
    tmp_path: Path, file: str, old: str, new: str, says: str
) -> None:
    folder = tmp_path / "anmodning"
    shutil.copytree(SHIPPED / "anmodning", folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInput, match=says):
        read_round(folder, 2026)
