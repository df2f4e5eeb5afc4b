"""A sentence for every refusal code: what happened, why, and what to do."""

from __future__ import annotations

import re
from datetime import date

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from bosett.terms.errors import Refused
from bosett_server.words.rooms import WORDS

Sentence = str | Promise
FIRST_GROUPED = 10_000
NARROW_SPACE = "\u202f"
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def sentences() -> dict[str, Sentence]:
    """All codes of all rooms (`words/<room>.py`, `REFUSALS`)."""
    found: dict[str, Sentence] = {}
    for words in WORDS:
        found.update(words.REFUSALS)
    return found


def sentence(refusal: Refused) -> str:
    """The refusal in the reader's language; an unknown code is shown as such, never hidden."""
    text = sentences().get(refusal.code)
    if text is None:
        return gettext("This step was refused (code %(code)s).") % {"code": refusal.code}
    return filled(text, dict(refusal.facts))


def filled(text: Sentence, facts: dict[str, object]) -> str:
    """The sentence with its facts; a fact that the sentence names but nobody gave is shown as a question mark."""
    return str(text) % _Given(facts) if "%(" in str(text) else str(text)


class _Given(dict[str, object]):
    """Facts as people write them; what was not given is a question mark."""

    def __getitem__(self, key: str) -> object:
        return written(super().__getitem__(key))

    def __missing__(self, key: str) -> str:
        return "?"


def written(fact: object) -> object:
    """A day in words and a large number in groups; codes, years and small numbers as they are."""
    if isinstance(fact, int) and abs(fact) >= FIRST_GROUPED:
        return f"{fact:,}".replace(",", NARROW_SPACE if get_language() != "en" else ",")
    if isinstance(fact, str) and ISO_DAY.fullmatch(fact):
        return formats.date_format(date.fromisoformat(fact))
    return fact
