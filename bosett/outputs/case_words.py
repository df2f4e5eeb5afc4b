"""Words of the case paper: resources, months, money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from bosett.decisions.planner import Alternative, Resource
from bosett.outputs.paper import Language, say
from bosett.outputs.plain_numbers import day_text, number_text
from bosett.terms.days import Month
from bosett.terms.label import Label

NOT_KNOWN = Label(en="not known", nb="ikke kjent", nn="ikkje kjent")

RESOURCES: Mapping[Resource, Label] = {
    Resource.HOUSING: Label(en="places in homes", nb="boligplasser", nn="bustadplassar"),
    Resource.SCHOOL: Label(en="places in school", nb="skoleplasser", nn="skuleplassar"),
    Resource.KINDERGARTEN: Label(en="places in kindergarten", nb="barnehageplasser", nn="barnehageplassar"),
    Resource.TEACHING: Label(
        en="places in Norwegian teaching", nb="plasser i norskopplæringen", nn="plassar i norskopplæringa"
    ),
    Resource.HEALTH: Label(en="health services", nb="helsetjenester", nn="helsetenester"),
    Resource.STAFF: Label(
        en="staff hours", nb="arbeidstimer i flyktningtjenesten", nn="arbeidstimar i flyktningtenesta"
    ),
    Resource.INTERPRETER: Label(en="interpreter hours", nb="tolketimer", nn="tolketimar"),
}


def resource_text(resource: Resource, language: Language) -> str:
    """One resource in words."""
    return RESOURCES[resource].in_language(language)


def resources_text(resources: Iterable[Resource], language: Language) -> str:
    """Several resources, with commas; a dash for none."""
    return ", ".join(resource_text(one, language) for one in resources) or "\u2013"


def month_text(month: Month, language: Language) -> str:
    """A month in words."""
    return day_text(date(month.year, month.number, 1), language).partition(" ")[2]


def years_text(years: Iterable[int], language: Language) -> str:
    """Years with commas and an "and" before the last."""
    told = [str(year) for year in years]
    return f" {say(language, 'og', 'og')} ".join(part for part in (", ".join(told[:-1]), told[-1]) if part)


def persons_text(persons: int, language: Language) -> str:
    """So many persons."""
    if persons == 1:
        return say(language, "1 person", "1 person")
    return say(language, f"{number_text(persons, 'nb')} personer", f"{number_text(persons, 'nn')} personar")


def money_text(one: Alternative, language: Language) -> str:
    """The kroner that are known, with a word when not all years are; 0 only when nobody comes."""
    if one.persons == 0:
        return "0"
    if not one.money or len(one.years_without_rate) == len(one.money):
        return NOT_KNOWN.in_language(language)
    known = number_text(one.money_known, language)
    if one.years_without_rate:
        return say(language, f"{known} i kjente år", f"{known} i kjende år")
    return known
