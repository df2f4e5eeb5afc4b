"""What a value file may not hold: each refused with the file and the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bosett.rules import Parameters
from bosett.terms.errors import BadInput

GOOD = """\
label: {en: A rate, nb: En sats, nn: Ein sats}
unit: NOK per person
values:
  - from: 2023-01-01
    value: 100
    source:
      title: The law
      published: 2022-12-01
    certainty: source
  - from: 2024-01-01
    value: null
    source: {title: The law}
    certainty: source
    note: Repealed.
"""


def load(folder: Path, text: str) -> Parameters:
    (folder / "rate.yaml").write_text(text, encoding="utf-8")
    return Parameters.load(folder)


def test_the_file_that_the_others_are_made_from_is_read(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD).paths() == ("rate",)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("unit: NOK per person", "unit: NOK per person\nuprating: cpi", 3, "unknown key 'uprating'"),
        ("    note: Repealed.", "    remark: Repealed.", 14, "unknown key 'remark'"),
        ("      title: The law\n", "      titel: The law\n", 7, "unknown key 'titel'"),
        ("{title: The law}", "{section: 3}", 12, "no title"),
        ("    source: {title: The law}\n", "", 10, "no source"),
        ("    source: {title: The law}\n", "    source:\n", 10, "no source"),
        ("    certainty: source\n    note", "    note", 10, "no certainty"),
        ("    value: 100\n", "", 4, "no value"),
        ("    certainty: source\n    note", "    certainty: sure\n    note", 13, "'sure'"),
        ("value: 100", "value: 100.5", 5, "whole kroner"),
        ("value: 100", "value: '100'", 5, "a number, or null"),
        ("value: 100", "value: true", 5, "a number, or null"),
        ("value: 100", "value: .nan", 5, "plain digits"),
        ("value: 100", "value: 010", 5, "plain digits"),
        ("value: 100", "value: 1:30", 5, "plain digits"),
        ("value: 100", "value: 1_000", 5, "plain digits"),
        ("value: 100", "value: 1e3", 5, "a number, or null"),
        ("value: 100", "value: 0x10", 5, "plain digits"),
        ("from: 2024-01-01", "from: 2024-02-30", 10, "a day that exists"),
        ("value: 100", "value: 100\n    value: 200", 6, "the key 'value' twice"),
        ("unit: NOK per person", "unit: NOK per person\nunit: NOK", 3, "the key 'unit' twice"),
        ("from: 2024-01-01", "from: 2022-01-01", 10, "rising order"),
        ("from: 2024-01-01", "from: 2023-01-01", 10, "later published day"),
        ("from: 2024-01-01", "from: 2024-07-01", 10, "1 January"),
        ("from: 2024-01-01", "from: 2024", 10, "a day"),
        ("from: 2024-01-01", "from: 2024-01-01 12:00:00", 10, "a day"),
        ("published: 2022-12-01", "published: soon", 8, "a day"),
        ("unit: NOK per person", "unit: NOK per person\nvalidity: forever", 3, "calendar_year"),
        ("nn: Ein sats", "nn: ''", 1, "nn: a text"),
        (", nn: Ein sats", "", 1, "no nn"),
        ("unit: NOK per person\n", "", 1, "no unit"),
    ],
)
def test_a_file_that_is_not_as_described_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    assert old in GOOD
    with pytest.raises(BadInput, match=says) as caught:
        load(tmp_path, GOOD.replace(old, new, 1))
    assert caught.value.file.endswith("rate.yaml")
    assert caught.value.row == line


def test_date_keys_in_the_place_of_a_list_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="list of values"):
        load(tmp_path, GOOD.split("values:")[0] + "values:\n  2024-01-01: 1\n")


@pytest.mark.parametrize("text", ["", "- 1\n", "label: [\n", "just words\n"])
def test_what_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput, match=r"rate\.yaml"):
        load(tmp_path, text)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rate.yaml").write_bytes(GOOD.replace("En sats", "Én sats").encode("latin-1"))
    with pytest.raises(BadInput, match="UTF-8"):
        Parameters.load(tmp_path)


def test_the_name_of_a_rule_is_one_word(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="name of a rule"):
        load(
            tmp_path,
            GOOD.replace("unit: NOK per person", "unit: rule").replace("value: 100", "value: two words"),
        )


def test_kroner_that_last_must_say_so(tmp_path: Path) -> None:
    text = GOOD.replace("2024-01-01", "2024-07-01")
    assert load(tmp_path, text.replace("values:", "validity: until_changed\nvalues:")).paths() == ("rate",)
