"""A municipality and a county as the registry holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bosett.registry.sort_key import sort_key
from bosett.terms.municipality import MunicipalityCode


class NameLanguage(StrEnum):
    """Language of an official name beside the Norwegian one (ISO 639 codes)."""

    NORTH_SAMI = "sme"
    LULE_SAMI = "smj"
    SOUTH_SAMI = "sma"
    SAMI = "smi"
    """Sámi, where the spelling alone does not tell which."""
    KVEN = "fkv"


class LanguageDecision(StrEnum):
    """The form of Norwegian that the municipality has asked the State to write to it in."""

    BOKMAL = "bokmål"
    NYNORSK = "nynorsk"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class Name:
    """An official name in another language than Norwegian."""

    text: str
    language: NameLanguage


@dataclass(frozen=True)
class Municipality:
    """A municipality on the borders of 1 January 2024.

    Parameters
    ----------
    name, official_name, other_names
        The Norwegian name, the whole official name as written, and its Sámi and Kven parts.
    longitude, latitude
        A point inside, WGS84, in degrees; for a mark on a map, not for distances of travel.
    centrality
        Statistics Norway's class, 1 (most central) to 6.
    kostra_group
        Group of comparable municipalities, 1 to 17.
    robek_2024
        Whether it stood in the register of conditional approval and control in 2024.
    imdi_name
        The spelling on IMDi's pages, the join key together with the county.
    """

    code: MunicipalityCode
    name: str
    official_name: str
    other_names: tuple[Name, ...]
    county_code: str
    longitude: float
    latitude: float
    centrality: int
    kostra_group: int
    robek_2024: bool
    language: LanguageDecision
    imdi_name: str

    @property
    def sort_key(self) -> str:
        """Key that sorts the Norwegian name in Norwegian order, also by plain bytes."""
        return sort_key(self.name)


@dataclass(frozen=True)
class County:
    """A county of 1 January 2024."""

    code: str
    name: str
    official_name: str
    other_names: tuple[Name, ...]

    @property
    def sort_key(self) -> str:
        """Key that sorts the Norwegian name in Norwegian order, also by plain bytes."""
        return sort_key(self.name)


@dataclass(frozen=True)
class Unit:
    """A municipality's code and name as valid on some day since 2011."""

    code: MunicipalityCode
    name: str


@dataclass(frozen=True)
class CodeChange:
    """From `day`, the area of one code has (wholly or partly) another code or name."""

    old: Unit
    new: Unit
    day: date
