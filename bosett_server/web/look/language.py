"""The language in use, as one of those that Bosett formats numbers and dates in."""

from __future__ import annotations

from django.utils.translation import get_language

FORMATTED = ("nb", "nn", "en", "se")


def current_language() -> str:
    """`nb`, `nn`, `en` or `se`; any other language (a household's own) is given as it is."""
    code = (get_language() or "nb").split("-", maxsplit=1)[0]
    return "nb" if code == "no" else code


def reading_language() -> str:
    """The reader's language as the library has it: bokmål where it has no other."""
    language = current_language()
    return language if language in ("en", "nn") else "nb"
