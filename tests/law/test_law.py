"""Sentence cases: what the law and the agreed rules say, with a source each.

Every YAML file here is a list of cases with `name`, `source`, `calculate`, `input` and `expect`.
`calculate` is a key of `CALCULATIONS` in `calculations.py`; `expect` is what must come out, compared
as text key by key, or `{raises: <name of the error>, says: <part of its sentence>}`.
People who don't write programs can add a case; a case without a source or with an unknown key fails.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bosett.rules.strict_yaml import read_yaml
from tests.law.calculations import CALCULATIONS

HERE = Path(__file__).parent
KEYS = {"name", "source", "calculate", "input", "expect"}


def cases() -> list[Any]:
    found = []
    for file in sorted(HERE.glob("*.yaml")):
        for case in read_yaml(file):
            found.append(pytest.param(case, id=f"{file.stem}: {case.get('name', 'without name')}"))
    return found


@pytest.mark.parametrize("case", cases())
def test_what_the_rules_say(case: dict[str, Any]) -> None:
    assert set(case) == KEYS
    assert str(case["source"]).strip(), "a case needs a source"
    calculate = CALCULATIONS[case["calculate"]]
    expected = case["expect"]
    if "raises" in expected:
        with pytest.raises(Exception, match=expected["says"]) as caught:
            calculate(case["input"])
        assert type(caught.value).__name__ == expected["raises"]
        return
    found = calculate(case["input"])
    assert {key: str(found[key]) for key in expected} == {key: str(value) for key, value in expected.items()}


def test_there_are_cases_and_no_two_have_the_same_name() -> None:
    names = [param.id for param in cases()]
    assert len(names) > 20
    assert len(set(names)) == len(names)
