"""Promises of a lookup: the right value of the day, its source, or an error that names rule and day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bosett.rules import Certainty, Parameters
from bosett.terms.errors import BadInput, NoRuleInForce

LABEL = "label: {en: A rate, nb: En sats, nn: Ein sats}\n"
SOURCE = "source: {title: The law}, certainty: source"


def write(folder: Path, text: str, name: str = "rate.yaml") -> Parameters:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(LABEL + text, encoding="utf-8")
    return Parameters.load(folder)


@pytest.fixture
def yearly(tmp_path: Path) -> Parameters:
    """A rate of 2016 and one of 2018, with a year between that has none."""
    return write(
        tmp_path,
        "unit: NOK per place\nvalues:\n"
        f"  - {{from: 2016-01-01, value: 100, {SOURCE}}}\n"
        f"  - {{from: 2018-01-01, value: 120, {SOURCE}}}\n",
    )


@pytest.fixture
def lasting(tmp_path: Path) -> Parameters:
    """A number that changes once and is then repealed."""
    return write(
        tmp_path,
        "unit: persons\nvalues:\n"
        f"  - {{from: 2016-01-01, value: 10, {SOURCE}}}\n"
        f"  - {{from: 2018-07-01, value: 12, {SOURCE}}}\n"
        f"  - {{from: 2020-01-01, value: null, {SOURCE}}}\n",
    )


@pytest.fixture
def corrected(tmp_path: Path) -> Parameters:
    """A proposal without a day of publication, corrected twice."""
    published = "source: {{title: The law, published: {}}}, certainty: derived"
    return write(
        tmp_path,
        "unit: NOK\nvalues:\n"
        f"  - {{from: 2023-01-01, value: 100, {SOURCE}}}\n"
        f"  - {{from: 2023-01-01, value: 102, {published.format('2023-03-01')}}}\n"
        f"  - {{from: 2023-01-01, value: 103, {published.format('2024-03-01')}}}\n",
    )


def test_a_rate_holds_from_the_first_to_the_last_day_of_its_year(yearly: Parameters) -> None:
    assert yearly.lookup("rate", date(2016, 1, 1)).value == 100
    assert yearly.lookup("rate", date(2016, 12, 31)).value == 100


@pytest.mark.parametrize("day", [date(2015, 12, 31), date(2017, 1, 1), date(2019, 1, 1), date(2026, 6, 1)])
def test_a_rate_is_never_carried_into_a_year_without_one(yearly: Parameters, day: date) -> None:
    with pytest.raises(NoRuleInForce, match=f"rate on {day}"):
        yearly.lookup("rate", day)


def test_a_rate_says_that_it_ends_with_the_year(yearly: Parameters) -> None:
    assert yearly.lookup("rate", date(2016, 6, 1)).end == date(2017, 1, 1)


def test_a_lasting_number_holds_until_the_day_before_the_next(lasting: Parameters) -> None:
    assert lasting.lookup("rate", date(2018, 6, 30)).value == 10
    assert lasting.lookup("rate", date(2018, 7, 1)).value == 12
    assert lasting.lookup("rate", date(2018, 7, 1)).start == date(2018, 7, 1)
    assert lasting.lookup("rate", date(2018, 6, 30)).end == date(2018, 7, 1)


def test_a_repealed_number_raises_and_says_since_when(lasting: Parameters) -> None:
    with pytest.raises(NoRuleInForce, match="repealed from 2020-01-01"):
        lasting.lookup("rate", date(2026, 1, 1))


def test_a_rule_that_is_not_stored_raises_and_names_it(lasting: Parameters) -> None:
    with pytest.raises(NoRuleInForce, match="grants/nothing on 2026-01-01"):
        lasting.lookup("grants/nothing", date(2026, 1, 1))


def test_without_a_day_of_knowledge_the_last_correction_holds(corrected: Parameters) -> None:
    assert corrected.lookup("rate", date(2023, 5, 1)).value == 103


@pytest.mark.parametrize(
    ("known", "value"),
    [(date(2023, 2, 28), 100), (date(2023, 3, 1), 102), (date(2024, 2, 29), 102), (date(2024, 3, 1), 103)],
)
def test_what_was_believed_then_can_be_asked(corrected: Parameters, known: date, value: int) -> None:
    assert corrected.lookup("rate", date(2023, 5, 1), known=known).value == value


def test_what_was_not_published_yet_was_not_known(tmp_path: Path) -> None:
    late = "source: {title: The law, published: 2025-10-31}, certainty: source"
    params = write(tmp_path, f"unit: persons\nvalues:\n  - {{from: 2026-01-01, value: 9, {late}}}\n")
    with pytest.raises(NoRuleInForce, match="nothing was published by 2025-10-30"):
        params.lookup("rate", date(2026, 1, 1), known=date(2025, 10, 30))


def test_a_share_is_read_from_its_digits(tmp_path: Path) -> None:
    params = write(tmp_path, f"unit: share\nvalues:\n  - {{from: 2018-01-01, value: 0.10, {SOURCE}}}\n")
    found = params.lookup("rate", date(2019, 1, 1))
    assert found.value == Decimal("0.10")
    with pytest.raises(ValueError, match="not a whole number"):
        _ = found.whole


def test_a_value_carries_its_source_and_certainty(corrected: Parameters) -> None:
    found = corrected.lookup("rate", date(2023, 5, 1))
    assert (found.source.title, found.source.published) == ("The law", date(2024, 3, 1))
    assert found.certainty is Certainty.DERIVED
    assert found.whole == 103


def test_the_version_of_the_logic_is_looked_up_by_day(tmp_path: Path) -> None:
    params = write(
        tmp_path,
        "unit: rule\nvalues:\n"
        f"  - {{from: 2013-01-01, value: eighths, {SOURCE}}}\n"
        f"  - {{from: 2022-01-01, value: twelfths, {SOURCE}}}\n",
        "grants/move.yaml",
    )
    assert params.version("grants/move", date(2021, 12, 31)).name == "eighths"
    assert params.version("grants/move", date(2022, 1, 1)).name == "twelfths"
    with pytest.raises(NoRuleInForce, match="name of a rule, not a number"):
        params.lookup("grants/move", date(2022, 1, 1))


def test_a_number_is_not_taken_for_the_name_of_a_rule(lasting: Parameters) -> None:
    with pytest.raises(NoRuleInForce, match="not the name of a rule"):
        lasting.version("rate", date(2016, 1, 1))


def test_paths_follow_the_folders_and_tables_sources_are_no_parameters(tmp_path: Path) -> None:
    (tmp_path / "codes.source.yaml").write_text("title: A table\n", encoding="utf-8")
    content = f"unit: persons\nvalues:\n  - {{from: 2018-01-01, value: 1, {SOURCE}}}\n"
    assert write(tmp_path, content, "need/a.yaml").paths() == ("need/a",)


def test_a_folder_without_parameters_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no parameter file"):
        Parameters.load(tmp_path / "absent")


def test_one_bad_file_refuses_the_whole_folder(tmp_path: Path) -> None:
    content = f"unit: persons\nvalues:\n  - {{from: 2018-01-01, value: 1, {SOURCE}}}\n"
    write(tmp_path, content, "good.yaml")
    with pytest.raises(BadInput, match=r"bad\.yaml"):
        write(tmp_path, "unit: persons\n", "bad.yaml")
