"""Promises of the parameters that come with this version."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bosett.rules import Certainty, Parameters, Validity
from bosett.terms.errors import NoRuleInForce

PARAMS = Parameters.shipped()
GRANTS = [path for path in PARAMS.paths() if path.startswith("grants/")]


def test_every_shipped_value_has_a_source_and_labels_in_three_languages() -> None:
    for path in PARAMS.paths():
        series = PARAMS.get(path)
        assert all(entry.source.title for entry in series.entries), path
        assert series.label.nb, path


def test_no_amount_in_kroner_is_carried_into_another_year() -> None:
    amounts = [path for path in GRANTS if PARAMS.get(path).unit.startswith("NOK")]
    assert len(amounts) > 20
    assert all(PARAMS.get(path).validity is Validity.CALENDAR_YEAR for path in amounts)


@pytest.mark.parametrize("path", [path for path in GRANTS if PARAMS.get(path).unit.startswith("NOK")])
def test_no_rate_of_2025_or_2026_is_invented(path: str) -> None:
    for year in (2025, 2026, 2027):
        with pytest.raises(NoRuleInForce, match=path):
            PARAMS.lookup(path, date(year, 6, 1))


def test_an_assumption_says_that_it_is_ours() -> None:
    for path in PARAMS.paths():
        for entry in PARAMS.get(path).entries:
            if entry.source.title == "Bosett's own assumption":
                assert entry.certainty is Certainty.ASSUMED, path
                assert "Ours" in entry.note, path


def test_a_minors_rate_of_2023_was_believed_to_be_the_proposal_until_the_payments_were_read() -> None:
    path, day = "grants/unaccompanied_minor/to_year_16", date(2023, 6, 1)
    assert PARAMS.lookup(path, day, known=date(2024, 3, 10)).value == 1_118_000
    assert PARAMS.lookup(path, day, known=date(2024, 3, 11)).value == 1_144_400
    assert PARAMS.lookup(path, day).value == 1_144_400


def test_the_trigger_for_a_new_division_changed_with_the_committees_mandates() -> None:
    assert PARAMS.lookup("need/revision_rise_persons", date(2017, 5, 1)).value == 750
    assert PARAMS.lookup("need/revision_rise_minors", date(2017, 5, 1)).value == 150
    assert PARAMS.lookup("need/revision_change_share", date(2020, 5, 1)).value == Decimal("0.1")
    for path in ("need/revision_rise_persons", "need/revision_rise_minors", "need/revision_change_share"):
        with pytest.raises(NoRuleInForce, match="repealed"):
            PARAMS.lookup(path, date(2026, 5, 1))


def test_only_the_resettlement_track_has_a_sourced_week_to_answer() -> None:
    found = PARAMS.lookup("placement/answer_days_resettlement", date(2026, 1, 1))
    assert (found.value, found.certainty) == (7, Certainty.SOURCE)
    for track in ("asylum", "collective", "family"):
        other = PARAMS.lookup(f"placement/answer_days_{track}", date(2026, 1, 1))
        assert other.certainty is Certainty.ASSUMED


def test_which_vedtak_a_minor_uses_on_a_birthday_is_a_named_assumption() -> None:
    rule = PARAMS.version("decisions/birthday_group", date(2026, 1, 1))
    assert (rule.name, rule.certainty) == ("age_on_settlement_day", Certainty.ASSUMED)
