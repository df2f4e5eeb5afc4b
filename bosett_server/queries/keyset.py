"""Pages of a list by key: each begins after the last row seen, so that page 400 costs what page 1 does."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

from bosett.terms.errors import BadInput


@dataclass(frozen=True)
class Place:
    """A place between two rows of a list.

    Parameters
    ----------
    key
        The row's value in the order of the list, as text.
    ident
        The row's id, which decides between rows with the same key.
    backwards
        Whether the page ends at this place instead of beginning there.
    """

    key: str
    ident: str
    backwards: bool = False

    def text(self) -> str:
        """As an address carries it; opaque, and without anything about a person."""
        told = json.dumps([self.key, self.ident, int(self.backwards)], separators=(",", ":"))
        return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def read_place(text: str) -> Place | None:
    """From what an address gives back; None for none.  Raises BadInput when it is not one of ours."""
    if not text:
        return None
    try:
        padded = text + "=" * (-len(text) % 4)
        key, ident, backwards = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
    except (binascii.Error, UnicodeError, ValueError, TypeError) as error:
        raise _not_ours() from error
    if not isinstance(key, str) or not isinstance(ident, str):
        raise _not_ours()
    return Place(key, ident, bool(backwards))


def _not_ours() -> BadInput:
    return BadInput("a place in a list that is not ours", "the `next` of an earlier answer", column="page")
