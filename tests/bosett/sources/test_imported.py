"""The result of any importer: whole or nothing; and what loading it would change."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.sources.imported import Defect, Imported, ImportSource, Severity, difference, settled_result
from bosett.terms.figure import State
from bosett.terms.observation import Observation

SOURCE = ImportSource("a source", "somebody", retrieved=date(2026, 1, 1))
ERROR = Defect("cell_wrong", Severity.ERROR, "a.csv", "x", "a number", 2, "value")
WARNING = Defect("code_ended", Severity.WARNING, "a.csv", "1601", "5001", 2, "place")


def one(place: str, year: int, value: int | None) -> Observation:
    state = State.NUMBER if value is not None else State.SUPPRESSED
    return Observation("settled", "d", place, year, state, value, "persons", "s")


def test_a_single_error_leaves_no_rows() -> None:
    found = settled_result("template", [one("0301", 2024, 7)], [WARNING, ERROR], SOURCE, "00", {})
    assert found.rows == ()
    assert not found.accepted
    assert found.errors == (ERROR,)


def test_rows_beside_an_error_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="no rows"):
        Imported("template", (one("0301", 2024, 7),), (ERROR,), SOURCE, "00")


def test_a_warning_stands_beside_the_rows() -> None:
    found = settled_result("template", [one("0301", 2024, 7)], [WARNING], SOURCE, "00", {})
    assert found.accepted
    assert len(found.observations) == 1


def test_a_difference_tells_added_changed_removed_and_the_same() -> None:
    before = [one("0301", 2023, 5), one("0301", 2024, 7), one("1103", 2024, 9)]
    after = [one("1103", 2024, None), one("0301", 2024, 7), one("5001", 2024, 1)]
    found = difference(before, after)
    assert [row.place for row in found.added] == ["5001"]
    assert [(c.before.value, c.after.state) for c in found.changed] == [(9, State.SUPPRESSED)]
    assert [(row.place, row.year) for row in found.removed] == [("0301", 2023)]
    assert found.unchanged == 1


def test_nothing_changes_when_the_same_comes_twice_in_another_order() -> None:
    rows = [one("0301", 2023, 5), one("1103", 2024, 9)]
    assert difference(rows, rows[::-1]).empty


def test_a_figure_that_stands_twice_has_no_difference() -> None:
    with pytest.raises(ValueError, match="twice"):
        difference([one("0301", 2024, 1), one("0301", 2024, 2)], [])


FIGURES = st.dictionaries(
    st.tuples(st.sampled_from(["0301", "1103", "5001"]), st.integers(2020, 2022)),
    st.none() | st.integers(0, 3),
)


@given(FIGURES, FIGURES)
def test_applying_the_difference_to_before_gives_after(
    before: dict[tuple[str, int], int | None], after: dict[tuple[str, int], int | None]
) -> None:
    old = [one(*key, value) for key, value in before.items()]
    new = [one(*key, value) for key, value in after.items()]
    found = difference(old, new)
    applied = {row.key: row for row in old}
    for row in found.removed:
        del applied[row.key]
    for row in (*found.added, *(change.after for change in found.changed)):
        applied[row.key] = row
    assert set(applied.values()) == set(new)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"state": State.SUPPRESSED}, "does not go with"),
        ({"value": -1}, "negative"),
        ({"place": "30"[:1] * 3}, "a place is"),
        ({"month": 13}, "1 to 12"),
        ({"month": 1, "quarter": 1}, "not both"),
        ({"breakdown": (("sex", "men"), ("age", "0_4"))}, "in order"),
    ],
)
def test_an_observation_that_contradicts_itself_cannot_be_made(changed: dict[str, object], why: str) -> None:
    told = {
        "measure_id": "settled", "dataset_id": "d", "place": "0301", "year": 2024, "state": State.NUMBER,
        "value": 3, "unit": "persons", "source_id": "s",
    }  # fmt: skip
    with pytest.raises(ValueError, match=why):
        Observation(**{**told, **changed})  # type: ignore[arg-type]
