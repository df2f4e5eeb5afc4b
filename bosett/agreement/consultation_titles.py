"""What a matter is called that no body but an indicator has raised."""

from __future__ import annotations

from bosett.agreement.names import name
from bosett.terms.label import Label


def indicator_title(commitment: str, indicator: str) -> Label:
    """The commitment, and in a few words what measures it.

    Raises
    ------
    KeyError
        If one of them has no name.
    """
    one, other = name("commitment", commitment), name("indicator", indicator)
    return Label(_joined(one.en, other.en), _joined(one.nb, other.nb), _joined(one.nn, other.nn))


def _joined(commitment: str, indicator: str) -> str:
    measure = indicator.split(". ")[0].rstrip(".")
    return f"{commitment}: {measure[:1].lower()}{measure[1:]}"
