"""Synthetic households and persons: published marginals, named assumptions, nobody real."""

from bosett.scenario.population.digest import digest
from bosett.scenario.population.generate import generate
from bosett.scenario.population.marginals import Marginals
from bosett.scenario.population.people import (
    Centre,
    Days,
    Household,
    Person,
    Protection,
    Role,
    Sex,
    Stage,
    SyntheticPopulation,
    Tie,
)

__all__ = [
    "Centre",
    "Days",
    "Household",
    "Marginals",
    "Person",
    "Protection",
    "Role",
    "Sex",
    "Stage",
    "SyntheticPopulation",
    "Tie",
    "digest",
    "generate",
]
