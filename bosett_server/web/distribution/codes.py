"""Municipality codes as somebody writes them in a field."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"[\s,;]+")


def split_codes(text: str, known: frozenset[str]) -> tuple[tuple[str, ...], list[str]]:
    """The codes in order, each once, and those that no municipality has."""
    codes = [code for code in _BETWEEN.split(text) if code]
    return tuple(sorted(set(codes))), [code for code in codes if code not in known]
