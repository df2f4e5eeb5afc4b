"""No code without words, and no words in one language only."""

from __future__ import annotations

import ast
import io
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation import override
from django.utils.translation.template import templatize

from bosett.placement.problem import Objective
from bosett_server.actions import (
    assignments,
    opened_places,
    placement_answers,
    placement_choices,
    placement_scores,
    self_settlement,
)
from bosett_server.actions.assignment_undo import UNDONE
from bosett_server.actions.card import BANDS
from bosett_server.queries.placement_homes import TIE_KINDS
from bosett_server.queries.placement_instance import RULES
from bosett_server.records.placement import RUN_STATES
from bosett_server.words import placement as words
from bosett_server.words import placement_codes as codes
from bosett_server.words import placement_runs as runs

ROOT = Path(__file__).parents[3]
SERVER = ROOT / "bosett_server"
ROOM = SERVER / "web" / "placement"
SOURCES = [*ROOM.glob("*.py"), SERVER / "words" / "placement.py", SERVER / "words" / "placement_codes.py",
           SERVER / "words" / "placement_runs.py"]  # fmt: skip
ACTIONS = (
    "placement",
    "placement_choices",
    "placement_scores",
    "placement_work",
    "assignments",
    "assignment_undo",
    "placement_answers",
    "opened_places",
    "self_settlement",
)
KEYWORDS = {"gettext": None, "gettext_lazy": None, "_": None, "ngettext": (1, 2)}


def messages() -> set[str | tuple[str, ...]]:
    sources = [path.read_text() for path in SOURCES]
    sources += [templatize(path.read_text(), origin=str(path)) for path in ROOM.rglob("*.html")]
    found: set[str | tuple[str, ...]] = set()
    for source in sources:
        for _, message, _, _ in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
            found.add(message if isinstance(message, str) else tuple(message))
    return found


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_sentence_of_the_room_is_written_in_both_norwegian_forms(language):
    path = ROOM / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        written = {
            tuple(m.id) if isinstance(m.id, list | tuple) else m.id: m
            for m in read_po(file, locale=language)
            if m.id
        }
    assert sorted(map(str, messages() - written.keys())) == []
    for message in written.values():
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(texts), message.id
        assert not list(message.check()), message.id


def refused_codes() -> set[str]:
    """Every code that the room's actions refuse with, read from their source."""
    found = set()
    for name in ACTIONS:
        for node in ast.walk(ast.parse((SERVER / "actions" / f"{name}.py").read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused" and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    found.add(first.value)
    return found


def test_every_refusal_and_notice_has_a_sentence():
    general = {"somebody_changed_it_meanwhile"}
    assert "proposal_expired" in refused_codes()
    assert sorted(refused_codes() - words.REFUSALS.keys() - runs.REFUSALS.keys() - general) == []


def test_every_code_that_is_stored_has_words():
    assert {*assignments.WITHDRAW_REASONS, UNDONE} == codes.WITHDRAW.keys()
    assert set(placement_answers.DECLINE_REASONS) == codes.DECLINE.keys()
    assert set(placement_answers.QUESTION_CODES) == codes.QUESTIONS.keys()
    assert set(opened_places.OPEN_REASONS) == codes.OPEN.keys()
    assert set(self_settlement.REFUSE_REASONS) == codes.REFUSE.keys()
    assert {band for _, band in BANDS} == codes.BANDS.keys()
    assert set(RULES) <= codes.RULES.keys()
    assert TIE_KINDS.keys() <= codes.TIES.keys()
    assert codes.DOUBTS.keys() == codes.DOUBT_WHY.keys()
    assert set(placement_choices.OVERRIDE_CODES) == runs.OVERRIDES.keys()
    assert set(placement_choices.CHOICE_KINDS) == runs.CHOICES.keys()
    assert set(placement_scores.CARD) == runs.CARD.keys()
    assert {one.value for one in Objective} == runs.OBJECTIVES.keys() == runs.OBJECTIVE_HELP.keys()
    assert set(RUN_STATES) == runs.STATES.keys() == runs.TONES.keys()


def test_needs_and_languages_read_in_the_readers_language():
    with override("nn"):
        assert codes.need_words(["kindergarten"]) == ["Plass i barnehage"]
        assert codes.language_word("uk") == "ukrainsk"
    with override("en"):
        assert codes.need_words(["kindergarten"]) == ["Place in kindergarten"]
