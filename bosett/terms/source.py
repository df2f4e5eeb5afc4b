"""Where a value comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Source:
    """A source that a reader can look up.

    Parameters
    ----------
    title, section, href
        What it is, where in it, and its public address.
    published
        The day it was published; None when the source does not say.
    """

    title: str
    section: str = ""
    href: str = ""
    published: date | None = None
