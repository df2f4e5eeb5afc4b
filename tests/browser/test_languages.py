"""What stands on the pages in bokmål and nynorsk is bokmål and nynorsk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.browser.looks import Look
from tests.browser.site import CLONE
from tests.browser.walker import spaced

SHORTEST = 13
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
# They stand in the English titles and notes of sources, which are shown as the source has them.
IN_SOURCES = {"by municipality", "the municipalities"}


def catalogues(language: str) -> Iterator[Path]:
    return (CLONE / "bosett_server").glob(f"**/locale/{language}/LC_MESSAGES/django.po")


def messages(language: str) -> Iterator[tuple[str, str]]:
    """English and its translation, one form at a time."""
    for path in catalogues(language):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if not message.id:
                    continue
                english = message.id if isinstance(message.id, tuple) else (message.id,)
                norwegian = message.string if isinstance(message.string, tuple) else (message.string,)
                yield from zip(english, norwegian, strict=False)


def english_only(language: str) -> set[str]:
    """Pieces of English sentences, between their placeholders, that no translation uses."""
    pairs = list(messages(language))
    own = "\n".join(spaced(told) for _, told in pairs)
    pieces = {spaced(piece) for english, _ in pairs for piece in PLACEHOLDER.split(english)}
    return {piece for piece in pieces if len(piece) >= SHORTEST and piece not in own}


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_sentence_is_translated(language):
    missing = [english for english, told in messages(language) if not told]
    assert missing == []


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_no_page_falls_back_to_english(looks: list[Look], language: str):
    english = english_only(language) - IN_SOURCES
    assert len(english) > 500
    seen = {one.where: sorted(piece for piece in english if piece in one.text) for one in looks
            if one.language == language}  # fmt: skip
    assert seen
    assert {where: left for where, left in seen.items() if left} == {}
