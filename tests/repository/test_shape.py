"""Sizes, names and docstrings."""

from pathlib import Path

import pytest

from .shape import empty_names, folders_without_a_floor, too_long, untold
from .tree import Rule, assert_kept, plant


@pytest.mark.parametrize("rule", [too_long, empty_names, untold, folders_without_a_floor])
def test_the_house_keeps(rule: Rule) -> None:
    assert_kept(rule)


def test_a_module_of_301_lines_is_too_long_and_one_of_300_is_not(tmp_path: Path) -> None:
    plant(tmp_path, "bosett/forecast/long.py", "x = 1\n" * 301)
    plant(tmp_path, "bosett/forecast/fits.py", "x = 1\n" * 300)
    assert too_long(tmp_path) == ["bosett/forecast/long.py has 301 lines (at most 300)"]


def test_a_function_of_51_lines_is_too_long_and_its_docstring_is_not_counted(tmp_path: Path) -> None:
    plant(tmp_path, "bosett/a.py", "def long():\n" + "    x = 1\n" * 50)
    told = 'def told():\n    """One.\n\n' + "    more\n" * 40 + '    """\n' + "    x = 1\n" * 49
    plant(tmp_path, "bosett/b.py", told)
    assert too_long(tmp_path) == ["bosett/a.py:1 long has 51 lines (at most 50)"]


def test_a_long_test_or_migration_is_let_be(tmp_path: Path) -> None:
    plant(tmp_path, "tests/bosett/test_a.py", "x = 1\n" * 400)
    plant(tmp_path, "bosett_server/records/migrations/0001_initial.py", "x = 1\n" * 400)
    assert too_long(tmp_path) == []


def test_a_module_or_a_folder_named_for_nothing_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "bosett/utils.py", "")
    plant(tmp_path, "bosett_server/web/common/table.html", "")
    plant(tmp_path, "bosett/forecast/arrivals.py", "")
    assert empty_names(tmp_path) == [
        "bosett/utils.py is named for nothing",
        "bosett_server/web/common is named for nothing",
    ]


def test_a_silent_module_and_a_silent_public_function_are_found(tmp_path: Path) -> None:
    plant(tmp_path, "bosett/a.py", "def told():\n    '''Says.'''\n\ndef silent(): ...\n\ndef _own(): ...\n")
    plant(tmp_path, "bosett_server/b.py", "'''Says.'''\ndef silent(): ...\n")
    assert untold(tmp_path) == [
        "bosett/a.py does not say what it holds",
        "bosett/a.py:4 silent has no docstring",
    ]


def test_a_silent_method_of_a_public_class_is_found(tmp_path: Path) -> None:
    plant(
        tmp_path,
        "bosett/a.py",
        "'''A.'''\nclass B:\n    '''B.'''\n    def c(self): ...\n    def _d(self): ...\n",
    )
    assert untold(tmp_path) == ["bosett/a.py:4 c has no docstring"]


def test_a_folder_with_code_that_is_no_package_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "bosett/__init__.py", "")
    plant(tmp_path, "bosett/lost/a.py", "")
    assert folders_without_a_floor(tmp_path) == ["bosett/lost has no __init__.py"]
