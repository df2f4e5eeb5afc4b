"""The numbers behind the workbench, each with its source or marked as assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bosett.scenario.population.marginals import SHIPPED
from bosett.scenario.population.tables import number, read_table
from bosett.terms.errors import BadInput

COLUMNS = ("group", "name", "value", "unit", "certainty", "why")
CERTAINTIES = ("source", "assumed")


@dataclass(frozen=True)
class Assumption:
    """One number: what it is about, its name, value and unit, whether it has a source, and why it is so."""

    about: str
    name: str
    value: float
    unit: str
    assumed: bool
    why: str


@dataclass(frozen=True)
class ChainAssumptions:
    """All of them, found by (about, name)."""

    listed: tuple[Assumption, ...]
    _by_name: Mapping[tuple[str, str], float]

    def of(self, about: str, name: str) -> float:
        """The value.  Raises BadInput for one that is not in the table: missing is never 0."""
        if (about, name) not in self._by_name:
            raise BadInput(f"no {name} of {about}", "a row in parameters/scenario/chain.csv")
        return self._by_name[about, name]

    @classmethod
    def read(cls, file: Path) -> ChainAssumptions:
        """From a table with the columns `group,name,value,unit,certainty,why`.

        Raises
        ------
        BadInput
            If a row comes twice, a value is no number or below 0, or a certainty is not known.
        """
        found = []
        for place, row in enumerate(read_table(file, COLUMNS), start=2):
            if row["certainty"] not in CERTAINTIES:
                raise BadInput(row["certainty"], ", ".join(CERTAINTIES), str(file), place, "certainty")
            value = number(row, "value", file)
            assumed = row["certainty"] == "assumed"
            found.append(Assumption(row["group"], row["name"], value, row["unit"], assumed, row["why"]))
        names = [(one.about, one.name) for one in found]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise BadInput(f"{twice[0][1]} of {twice[0][0]} twice", "each once", str(file))
        return cls(tuple(found), {(one.about, one.name): one.value for one in found})

    @classmethod
    def shipped(cls) -> ChainAssumptions:
        """Those that come with this version."""
        return _shipped()


@cache
def _shipped() -> ChainAssumptions:
    return ChainAssumptions.read(SHIPPED / "scenario" / "chain.csv")
