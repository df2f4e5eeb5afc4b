"""Promises of the agreements: in force on a day, with parties, terms, and what is not known."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bosett.registry import Agreements
from bosett.rules import Certainty
from bosett.rules.parameters import SHIPPED
from bosett.terms.errors import BadInput, NoRuleInForce

STORED = Agreements.shipped()


def test_four_agreements_follow_each_other_without_a_gap_since_2016() -> None:
    periods = [one.period for one in STORED.agreements]
    assert [one.code for one in STORED.agreements] == ["2016-17", "2018-21", "2022-25", "2026-29"]
    assert [one.end for one in periods[:-1]] == [one.start for one in periods[1:]]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2016, 1, 1), "2016-17"),
        (date(2021, 12, 31), "2018-21"),
        (date(2022, 1, 1), "2022-25"),
        (date(2029, 12, 31), "2026-29"),
    ],
)
def test_the_agreement_in_force_is_known_for_any_day(day: date, code: str) -> None:
    assert STORED.in_force(day).code == code


@pytest.mark.parametrize("day", [date(2015, 12, 31), date(2030, 1, 1)])
def test_outside_the_stored_periods_there_is_none(day: date) -> None:
    with pytest.raises(NoRuleInForce, match=str(day)):
        STORED.in_force(day)


def test_ks_signs_every_agreement_and_is_the_only_municipal_party() -> None:
    for one in STORED.agreements:
        municipal = [code for code in one.parties if STORED.party(code).side == "municipal"]
        assert municipal == ["KS"]


def test_the_ministry_of_labour_signs_from_2022() -> None:
    assert [one.code for one in STORED.agreements if "AID" in one.parties] == ["2022-25", "2026-29"]


def test_every_agreement_says_what_is_not_known_of_it() -> None:
    assert all(one.unknown for one in STORED.agreements)


def test_the_coordinator_of_2026_is_marked_as_assumed() -> None:
    term = STORED.in_force(date(2026, 6, 1)).term("coordinator")
    assert term is not None
    assert term.certainty is Certainty.ASSUMED


def test_only_the_agreement_of_2016_has_a_time_target_in_numbers() -> None:
    assert [one.code for one in STORED.agreements if one.term("time_target")] == ["2016-17"]


def test_an_unknown_party_is_bad_input() -> None:
    with pytest.raises(BadInput, match="XYZ"):
        STORED.party("XYZ")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("parties: [AID, JD", "parties: [UD, JD", "UD in 2026-29"),
        ("from: 2026-01-01", "from: 2025-06-01", "overlap"),
        ("from: 2026-01-01", "from: soon", "a day"),
        ("coordinator: AID\n", "", "no coordinator"),
        ("certainty: assumed", "certainty: likely", "likely"),
        ("code: 2026-29", "code: 2026-29\nmood: good", "unknown key"),
    ],
)
def test_an_agreement_that_is_not_as_described_is_refused(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    folder = tmp_path / "agreements"
    shutil.copytree(SHIPPED / "agreements", folder)
    text = (folder / "2026-29.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "2026-29.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInput, match=says):
        Agreements.load(folder)
