"""What a carrier on the net is asked and what it answers, as values; the service does the asking.

The library opens no connection: an adapter is given a `Transport` that adds address and credentials,
sends the call and gives the answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bosett.terms.errors import BadInput


@dataclass(frozen=True)
class FilePart:
    """One file of a multipart form."""

    name: str
    file_name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Call:
    """One call: a form of fields and files when there are any.  `path` begins with a slash."""

    method: str
    path: str
    fields: tuple[tuple[str, str], ...] = ()
    files: tuple[FilePart, ...] = ()


@dataclass(frozen=True)
class CallAnswer:
    """What came back."""

    status: int
    body: bytes = b""

    def read(self) -> dict[str, Any]:
        """The answer as a JSON object.

        Raises
        ------
        BadInput
            If it is something else.
        """
        try:
            told = json.loads(self.body)
        except ValueError:
            told = None
        if not isinstance(told, dict):
            raise BadInput(f"an answer of {len(self.body)} bytes that is no JSON object", "a JSON object")
        return told


Transport = Callable[[Call], CallAnswer]


@dataclass(frozen=True)
class PostalAddress:
    """Where a body is found: digitally by its number, and on paper when nobody opens it.

    Raises
    ------
    BadInput
        If the number has not nine digits, or the place on paper is not told.
    """

    name: str
    organisation_number: str
    postcode: str
    town: str

    def __post_init__(self) -> None:
        number = self.organisation_number
        if len(number) != 9 or not (number.isascii() and number.isdigit()):
            raise BadInput(repr(number), "an organisation number of nine digits")
        if not (self.name.strip() and self.postcode.strip() and self.town.strip()):
            raise BadInput("an address without name, postcode or town", "all three")
