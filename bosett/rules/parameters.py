"""All dated parameters of a folder: look one up by path and day, or be told that none is in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bosett.rules.read import read_series
from bosett.rules.series import Series
from bosett.rules.value import DatedRule, DatedValue
from bosett.terms.errors import BadInput, NoRuleInForce

SHIPPED = Path(__file__).resolve().parents[2] / "parameters"
OWN_FORM = ("agreements", "anmodning")
"""Folders whose YAML has another form and another reader; `*.source.yaml` beside a table has too."""


@dataclass(frozen=True)
class Parameters:
    """Dated values by path.  Missing is never zero: what is not stored raises."""

    series: dict[str, Series]

    @classmethod
    def load(cls, folder: Path) -> Parameters:
        """Read every value file under `folder`.

        Promise: the whole folder is read or nothing; no key and no value is dropped silently.

        Raises
        ------
        BadInput
            Names the file and line of the first thing that is not as docs/parameters.md says, or
            the folder when it holds no parameter.
        """
        found = {path: read_series(file, path) for path, file in _files(folder)}
        if not found:
            raise BadInput("no parameter file", "a folder of dated values (docs/parameters.md)", str(folder))
        return cls(found)

    @classmethod
    def shipped(cls) -> Parameters:
        """The parameters that come with this version, in the folder beside the package."""
        return _shipped()

    def paths(self) -> tuple[str, ...]:
        """Every stored path, sorted."""
        return tuple(sorted(self.series))

    def get(self, path: str) -> Series:
        """The whole history of one parameter; NoRuleInForce when the path does not exist."""
        if path not in self.series:
            raise NoRuleInForce(path, "any day", "no parameter of that name is stored")
        return self.series[path]

    def lookup(self, path: str, on: date, known: date | None = None) -> DatedValue:
        """The number in force on a day.

        Parameters
        ----------
        path
            File path under the folder without its ending.
        on
            The day the value must be in force.
        known
            Believe only what was published by this day; None takes every correction into account.

        Raises
        ------
        NoRuleInForce
            Names path and day when nothing is stored, it is repealed, or not yet known.
        """
        return self._found(path, on).value_on(on, known)

    def version(self, path: str, on: date, known: date | None = None) -> DatedRule:
        """The name of the version of the logic in force on a day; raises as `lookup` does."""
        return self._found(path, on).rule_on(on, known)

    def _found(self, path: str, on: date) -> Series:
        if path not in self.series:
            raise NoRuleInForce(path, on.isoformat(), "no parameter of that name is stored")
        return self.series[path]


def _files(folder: Path) -> list[tuple[str, Path]]:
    found = []
    for file in sorted(folder.rglob("*.yaml")):
        inside = file.relative_to(folder)
        if inside.parts[0] not in OWN_FORM and not file.name.endswith(".source.yaml"):
            found.append((inside.with_suffix("").as_posix(), file))
    return found


@cache
def _shipped() -> Parameters:
    return Parameters.load(SHIPPED)
