"""Errors with a name each.  A caller can always tell bad input from no answer from a refusal."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any


class BosettError(Exception):
    """Root of every error raised on purpose by the library.  Can be sent between processes."""

    def __reduce__(self) -> tuple[Any, ...]:
        told = tuple(getattr(self, part.name) for part in fields(self)) if is_dataclass(self) else self.args
        return type(self), told


@dataclass(eq=False)
class BadInput(BosettError):
    """Input that cannot be read as what it claims to be (exit code 2).

    Names the place (file, row, column), what was found and what is allowed, so that a person
    can mend it without reading code.
    """

    found: str
    allowed: str
    file: str = ""
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        place = [part for part in (self.file, _row(self.row), _column(self.column)) if part]
        where = ", ".join(place)
        return f"{where + ': ' if where else ''}found {self.found}; allowed: {self.allowed}"


def _row(row: int | None) -> str:
    return "" if row is None else f"row {row}"


def _column(column: str) -> str:
    return f"column {column}" if column else ""


@dataclass(eq=False)
class NoAnswer(BosettError):
    """No answer exists under the rules (exit code 3); says which rule stands in the way."""

    rule: str
    why: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.why}"


@dataclass(eq=False)
class NoRuleInForce(BosettError):
    """A rule or rate was asked for on a day when none is in force, or none is known.

    Missing is never zero: the caller decides what to do, nothing is assumed here.
    """

    rule: str
    day: str
    why: str = "no value is stored for that day"

    def __str__(self) -> str:
        return f"no rule in force: {self.rule} on {self.day} ({self.why})"


@dataclass(eq=False)
class Refused(BosettError):
    """A step the rules do not allow now.

    Parameters
    ----------
    code
        Stable code, also the key of the translated sentence (`docs/refusals.md`).
    facts
        Values that the sentence names.  Never personal data: they are logged.
    """

    code: str
    facts: dict[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        told = ", ".join(f"{key}={value}" for key, value in sorted(self.facts.items()))
        return f"{self.code}{f' ({told})' if told else ''}"
