"""Whose fault bad input is, where the library that found it cannot know: an option, or a file as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bosett.terms.errors import BadInput


@contextmanager
def blaming(what: str) -> Iterator[None]:
    """Within it, bad input that names no file is told as that of `what`."""
    try:
        yield
    except BadInput as bad:
        if bad.file:
            raise
        raise BadInput(bad.found, bad.allowed, what, bad.row, bad.column) from None
