"""Municipality codes: four digits, kept as text so that Oslo stays 0301."""

from __future__ import annotations

from typing import NewType

from bosett.terms.errors import BadInput

MunicipalityCode = NewType("MunicipalityCode", str)


def municipality_code(text: str) -> MunicipalityCode:
    """Read a municipality code as written; whether it exists is the registry's question.

    Raises
    ------
    BadInput
        If it is not exactly four digits.
    """
    if len(text) != 4 or not text.isascii() or not text.isdigit():
        raise BadInput(found=repr(text), allowed="a municipality code of four digits, such as 0301")
    return MunicipalityCode(text)


def county_of(code: MunicipalityCode) -> str:
    """The county code, the first two digits."""
    return code[:2]
