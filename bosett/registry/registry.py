"""The registry of municipalities and counties: one value, read once, asked by code, name and day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from bosett.registry import names
from bosett.registry.codes import CodeHistory
from bosett.registry.conversion import SplitRule, figures_today
from bosett.registry.municipality import County, Municipality, Unit
from bosett.registry.population import read_population
from bosett.registry.read import read_aliases, read_counties, read_history, read_municipalities
from bosett.rules.parameters import SHIPPED
from bosett.terms.errors import BadInput, NoRuleInForce
from bosett.terms.figure import Figure, State
from bosett.terms.municipality import MunicipalityCode

BORDERS_FROM = date(2024, 1, 1)


@dataclass(frozen=True)
class Registry:
    """The 357 municipalities and 15 counties of 2024, with their codes since 2011."""

    all_municipalities: tuple[Municipality, ...]
    all_counties: tuple[County, ...]
    history: CodeHistory
    figures: Mapping[tuple[str, int], Figure]
    aliases: Mapping[str, MunicipalityCode]

    @classmethod
    def load(cls, folder: Path) -> Registry:
        """Read the tables of a folder; BadInput names file and line of what is wrong."""
        municipalities = read_municipalities(folder)
        return cls(
            municipalities,
            read_counties(folder),
            read_history(folder, municipalities),
            read_population(folder / "population.csv"),
            read_aliases(folder),
        )

    @classmethod
    def shipped(cls) -> Registry:
        """The registry that comes with this version."""
        return _shipped()

    def municipalities(self, on: date) -> tuple[Municipality, ...]:
        """The municipalities valid on a day, in order of code.

        Raises
        ------
        NoRuleInForce
            Before 2024: then only codes and names are stored, see `units`.
        """
        if on < BORDERS_FROM:
            why = "facts are stored for the borders of 2024; codes and names since 2011 are units"
            raise NoRuleInForce("registry/municipalities", on.isoformat(), why)
        return self.all_municipalities

    def municipality(self, code: str) -> Municipality:
        """The municipality with a code of 2024; BadInput when there is none."""
        if code not in self._by_code:
            raise BadInput(repr(code), "a municipality code of 2024")
        return self._by_code[code]

    def counties(self) -> tuple[County, ...]:
        """The 15 counties of 2024, in order of code."""
        return self.all_counties

    def county(self, code: str) -> County:
        """The county with a code of 2024; BadInput when there is none."""
        for county in self.all_counties:
            if county.code == code:
                return county
        raise BadInput(repr(code), "a county code of 2024, two digits")

    def in_county(self, code: str) -> tuple[Municipality, ...]:
        """The municipalities of a county, in order of code."""
        wanted = self.county(code).code
        return tuple(one for one in self.all_municipalities if one.county_code == wanted)

    def units(self, on: date) -> tuple[Unit, ...]:
        """Codes and names valid on a day since 2011."""
        return self.history.units(on)

    def successors(self, code: str, on: date) -> tuple[MunicipalityCode, ...]:
        """The codes of 2024 of the area that had `code` on a day; more than one when split."""
        return self.history.successors(code, on)

    def translate(self, code: str, from_day: date) -> MunicipalityCode:
        """The code of 2024 of the area that had `code` on a day; BadInput when it was split."""
        return self.history.translate(code, from_day)

    def accept(self, code: str, on: date) -> MunicipalityCode:
        """The code of 2024 for a code as a file may give it: of 2024, or of the day of its row.

        Raises
        ------
        BadInput
            If it is neither, or the municipality was split since.
        """
        return self._by_code[code].code if code in self._by_code else self.translate(code, on)

    def figures_today(
        self, figures: Mapping[str, Figure], on: date, rule: SplitRule | None = None
    ) -> dict[MunicipalityCode, Figure]:
        """Figures by the codes of a day, for every municipality of 2024; see `conversion`."""
        return figures_today(self.history, figures, on, rule)

    def population(self, code: str, year: int) -> Figure:
        """Persons on 1 January on the borders of 2024.

        Promise: a number, `unknown` where the source cannot be divided on today's borders, or
        `not_stored` for a year outside the table; never a zero in the place of a missing figure.

        Raises
        ------
        BadInput
            If no municipality of 2024 has the code.
        """
        known = self.municipality(code).code
        return self.figures.get((known, year), Figure.missing(State.NOT_STORED))

    def by_name(self, name: str, county: str | None = None) -> Municipality:
        """The one municipality with a name, in any of its official spellings or IMDi's.

        Parameters
        ----------
        county
            County code, needed for Herøy and Våler.

        Raises
        ------
        BadInput
            If none or several have the name.
        """
        return names.by_name(self._by_spelling, name, county)

    def search(self, text: str) -> tuple[Municipality, ...]:
        """Municipalities whose code or name holds the text; those beginning with it first."""
        return names.search(self.all_municipalities, text)

    @cached_property
    def _by_spelling(self) -> dict[str, tuple[Municipality, ...]]:
        return names.by_spelling(self.all_municipalities, self.aliases)

    @cached_property
    def _by_code(self) -> dict[str, Municipality]:
        return {one.code: one for one in self.all_municipalities}


@cache
def _shipped() -> Registry:
    return Registry.load(SHIPPED / "registry")
