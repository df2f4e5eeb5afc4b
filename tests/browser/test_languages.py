"""What stands on the pages in bokmål and nynorsk is bokmål and nynorsk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.browser.site import CLONE, Site
from tests.browser.walker import spaced

SHORTEST = 13
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
# What is marked as English (the titles of English sources) may be English.
TEXTS = """() => {
  for (const e of document.querySelectorAll('main [lang=en]')) e.remove();
  const found = [document.title, document.body.innerText];
  for (const e of document.querySelectorAll('[aria-label], [title], [placeholder]'))
    found.push(e.getAttribute('aria-label') || '', e.getAttribute('title') || '', e.getAttribute('placeholder') || '');
  return found.join('\\n');
}"""


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
def test_no_page_falls_back_to_english(site: Site, pages: dict[str, tuple[str, str]], language: str):
    english = english_only(language)
    assert len(english) > 500
    left = {}
    rows = sorted((user, path) for user, path in pages.values())
    for user, paths in groupby(rows, key=lambda row: row[0]):
        with site.visit(user, language=language) as page:
            for _, path in paths:
                page.goto(site.address + path)
                told = spaced(page.evaluate(TEXTS))
                found = sorted(piece for piece in english if piece in told)
                if found:
                    left[path] = found
    assert left == {}
