"""Who there is: municipalities and counties as of a day, parties and agreements."""

from bosett.registry.agreements import Agreement, Agreements, Party, Term
from bosett.registry.conversion import SplitRule
from bosett.registry.municipality import (
    County,
    LanguageDecision,
    Municipality,
    Name,
    NameLanguage,
    Unit,
)
from bosett.registry.registry import Registry
from bosett.registry.sort_key import sort_key

__all__ = [
    "Agreement",
    "Agreements",
    "County",
    "LanguageDecision",
    "Municipality",
    "Name",
    "NameLanguage",
    "Party",
    "Registry",
    "SplitRule",
    "Term",
    "Unit",
    "sort_key",
]
