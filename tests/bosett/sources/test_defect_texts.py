"""Every sentence that an importer can write of a defect has its words, and what came from the file stays."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bosett.sources import defect_texts
from bosett.sources.defect_texts import templates, worded

SOURCES = Path(defect_texts.__file__).parent
OWN_TABLES = {
    "anmodning", "commitment_facts", "criteria_columns", "forecast_ledger", "grant_rows", "home_rows",
    "known_defects", "observation_table",
    "own_columns", "own_tables", "rate_rows", "defect_texts",
}  # fmt: skip
"""Readers of the project's own tables, which nobody uploads."""
COMMAND_LINE = {"placement_instance", "placement_matrix", "verify_answer", "verify_instance"}
"""Readers of what only the command line is given, which speaks English."""
TEXTS = {
    "BadInput": (0, 1),
    "error": (1, 2),
    "warn": (1, 2),
    "note": (1, 2),
    "_defect": (2, 3),
    "_tell": (3,),
}
"""Call -> the places of its sentences."""


def template(node: ast.expr | None, names: dict[str, str]) -> str:
    """A sentence with {} for what is filled in; empty when it is a value alone."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return names.get(node.id, "") if isinstance(node, ast.Name) else ""


def sentences() -> Iterator[tuple[str, str]]:
    """(file, sentence) of every reader."""
    for file in sorted(SOURCES.glob("*.py")):
        if file.stem in OWN_TABLES | COMMAND_LINE:
            continue
        tree = ast.parse(file.read_text())
        names: dict[str, str] = {}
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Assign)
                and len(node.targets) == 1
                and isinstance(node.targets[0], ast.Name)
            ):
                names[node.targets[0].id] = template(node.value, {})
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                for place in TEXTS.get(called, ()):
                    if len(node.args) > place and (told := template(node.args[place], names)):
                        yield file.name, told


def needs_words(sentence: str) -> bool:
    """Whether it has a word of English in it: a lower-case word between spaces."""
    own = sentence.replace("{}", " ")
    return any(word.isalpha() and word.islower() and len(word) > 1 for word in own.split())


NO_ENGLISH = {
    "anmodet, opprinnelig anmodet, vedtatt, avtalt, bosatt, kollektiv beskyttelse, enslige mindreårige",
    "dimension with category",
}


def test_every_sentence_of_the_readers_has_its_words() -> None:
    missing = {
        f"{file}: {one}"
        for file, one in sentences()
        if needs_words(one) and one not in templates() and one not in NO_ENGLISH
    }
    assert sorted(missing) == []


def test_enough_sentences_are_looked_at() -> None:
    assert len(set(sentences())) > 120


@pytest.mark.parametrize(
    ("text", "bokmal", "nynorsk"),
    [
        ("5001, its successor in 2018", "5001, arvtakeren i 2018", "5001, arvtakaren i 2018"),
        ("a year from 1980 to 2026", "et år fra 1980 til 2026", "eit år frå 1980 til 2026"),
        ("no column", "ingen column", "ingen column"),
        ("'Bjørnøya'", "'Bjørnøya'", "'Bjørnøya'"),
        ("12", "12", "12"),
        ("12 (imdi_bulk), 15 (collected_2024)",) * 3,
    ],
)
def test_a_sentence_is_said_in_both_forms_with_what_came_from_the_file(
    text: str, bokmal: str, nynorsk: str
) -> None:
    assert worded(text, "nb") == bokmal
    assert worded(text, "nn") == nynorsk
    assert worded(text, "en") == text


def test_every_shape_has_three_forms_with_as_many_places() -> None:
    for one in templates():
        assert worded(one.replace("{}", "x"), "nb")
