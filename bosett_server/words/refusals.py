"""A sentence for every refusal code: what happened, why, and what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext

from bosett.terms.errors import Refused
from bosett_server.words.rooms import WORDS

Sentence = str | Promise


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
    def __missing__(self, key: str) -> str:
        return "?"
