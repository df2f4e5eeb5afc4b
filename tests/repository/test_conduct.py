"""Writes, clocks, swallowed errors and marks for later."""

from pathlib import Path

import pytest

from .conduct import (
    clocks_in_the_library,
    days_of_another_zone,
    marks_for_later,
    swallowed_errors,
    writes_outside_actions,
)
from .tree import Rule, assert_kept, plant


@pytest.mark.parametrize(
    "rule",
    [writes_outside_actions, clocks_in_the_library, days_of_another_zone, swallowed_errors, marks_for_later],
)
def test_the_house_keeps(rule: Rule) -> None:
    assert_kept(rule)


@pytest.mark.parametrize(
    ("line", "how"),
    [
        ("person.save()", "save"),
        ("household.members.first().delete()", "delete"),
        ("Person.objects.create(year=2026)", "create"),
        ("Person.objects.bulk_create(rows)", "bulk_create"),
        ("Person.objects.filter(pk=1).update(year=2026)", "update"),
        ("Person.objects.get_or_create(pk=1)", "get_or_create"),
    ],
)
def test_a_write_in_a_view_is_found(tmp_path: Path, line: str, how: str) -> None:
    plant(tmp_path, "bosett_server/web/persons/views.py", line + "\n")
    assert writes_outside_actions(tmp_path) == [f"bosett_server/web/persons/views.py:1 writes with .{how}()"]


def test_a_write_in_an_action_and_an_update_of_a_dictionary_are_let_be(tmp_path: Path) -> None:
    plant(tmp_path, "bosett_server/actions/persons.py", "person.save()\n")
    plant(tmp_path, "bosett_server/queries/persons.py", "facts.update(year=2026)\n")
    assert writes_outside_actions(tmp_path) == []


@pytest.mark.parametrize(
    "call",
    [
        "date.today()",
        "datetime.datetime.now(UTC)",
        "timezone.now()",
        "time.time()",
        "numpy.random.default_rng()",
    ],
)
def test_a_clock_or_unseeded_chance_in_the_library_is_found(tmp_path: Path, call: str) -> None:
    plant(tmp_path, "bosett/forecast/arrivals.py", f"x = {call}\n")
    assert clocks_in_the_library(tmp_path) == [f"bosett/forecast/arrivals.py:1 calls {call.split('(')[0]}"]


def test_seeded_chance_is_let_be(tmp_path: Path) -> None:
    plant(tmp_path, "bosett/forecast/arrivals.py", "rng = numpy.random.default_rng(seed)\n")
    assert clocks_in_the_library(tmp_path) == []


def test_the_day_of_a_stored_moment_is_found_unless_its_zone_is_said(tmp_path: Path) -> None:
    plant(tmp_path, "bosett_server/a.py", "day = row.sent_at.date()\n")
    plant(tmp_path, "bosett_server/b.py", "day = datetime.now(UTC).date()\n")
    assert [one.split(";")[0] for one in days_of_another_zone(tmp_path)] == [
        "bosett_server/a.py:1 takes .date() of row.sent_at"
    ]


@pytest.mark.parametrize("body", ["pass", "...", "'no matter'"])
def test_an_error_caught_and_forgotten_is_found(tmp_path: Path, body: str) -> None:
    plant(tmp_path, "bosett/a.py", f"try:\n    x = 1\nexcept ValueError:\n    {body}\n")
    assert swallowed_errors(tmp_path) == ["bosett/a.py:3 swallows what it catches"]


def test_catching_everything_is_found_unless_it_is_raised_again(tmp_path: Path) -> None:
    plant(tmp_path, "bosett/a.py", "try:\n    x = 1\nexcept:\n    x = 2\n")
    plant(tmp_path, "bosett/b.py", "try:\n    x = 1\nexcept:\n    x = 2\n    raise\n")
    plant(tmp_path, "bosett/c.py", "with contextlib.suppress(Exception):\n    x = 1\n")
    assert swallowed_errors(tmp_path) == [
        "bosett/a.py:3 swallows what it catches",
        "bosett/c.py:1 suppresses everything",
    ]


def test_a_mark_for_later_is_found_in_code_and_in_text(tmp_path: Path) -> None:
    mark = "TO" + "DO"
    plant(tmp_path, "bosett/a.py", f"x = 1\n# {mark} the rest\n")
    plant(tmp_path, "docs/a.md", f"{mark}: write\n")
    assert marks_for_later(tmp_path) == [f"bosett/a.py:2 leaves a {mark}", f"docs/a.md:1 leaves a {mark}"]
