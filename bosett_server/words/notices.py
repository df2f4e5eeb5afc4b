"""A sentence for every notice code, for the inbox and for e-mail.  Never personal data."""

from __future__ import annotations

from django.utils.translation import gettext

from bosett_server.words.refusals import Sentence, filled
from bosett_server.words.rooms import WORDS


def notice_sentence(code: str, facts: dict[str, object]) -> str:
    """What the notice says, in the reader's language (`words/<room>.py`, `NOTICES`)."""
    found: dict[str, Sentence] = {}
    for words in WORDS:
        found.update(words.NOTICES)
    text = found.get(code)
    if text is None:
        return gettext("Something happened (code %(code)s).") % {"code": code}
    return filled(text, facts)
