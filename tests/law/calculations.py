"""What a sentence case may calculate, by name: input mapping in, mapping of results out.

A room that wants cases adds one function here and one line in `CALCULATIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bosett.registry import Agreements, Registry
from bosett.rules import Parameters
from bosett.terms.groups import minor_group
from tests.law.distribution_calculations import division
from tests.law.grant_calculations import grants, paid_in, paid_sums

Result = Mapping[str, Any]


def rate(asked: Mapping[str, Any]) -> Result:
    """A dated number: `path`, `on`, optional `known`."""
    found = Parameters.shipped().lookup(asked["path"], asked["on"], asked.get("known"))
    return {"value": found.value, "unit": found.unit, "certainty": found.certainty, "start": found.start}


def rule(asked: Mapping[str, Any]) -> Result:
    """The version of the logic in force: `path`, `on`."""
    found = Parameters.shipped().version(asked["path"], asked["on"])
    return {"name": found.name, "certainty": found.certainty}


def agreement(asked: Mapping[str, Any]) -> Result:
    """The agreement in force: `on`."""
    found = Agreements.shipped().in_force(asked["on"])
    return {"code": found.code, "parties": " ".join(found.parties), "coordinator": found.coordinator}


def municipality(asked: Mapping[str, Any]) -> Result:
    """A municipality of 2024: `code`."""
    found = Registry.shipped().municipality(asked["code"])
    names = " ".join(f"{name.text} ({name.language})" for name in found.other_names)
    facts = {"name": found.name, "official_name": found.official_name, "other_names": names}
    return {**facts, "language": found.language, "county": found.county_code}


def code_today(asked: Mapping[str, Any]) -> Result:
    """The code of 2024 of an older code: `code`, `on`."""
    return {"code": Registry.shipped().translate(asked["code"], asked["on"])}


def codes_today(asked: Mapping[str, Any]) -> Result:
    """Every code of 2024 that an older code's area has: `code`, `on`."""
    return {"codes": " ".join(Registry.shipped().successors(asked["code"], asked["on"]))}


def group(asked: Mapping[str, Any]) -> Result:
    """The group of an unaccompanied minor: `born`, `on`."""
    born: date = asked["born"]
    return {"group": minor_group(born, asked["on"])}


CALCULATIONS: dict[str, Callable[[Mapping[str, Any]], Result]] = {
    "rate": rate,
    "rule": rule,
    "agreement": agreement,
    "municipality": municipality,
    "code_today": code_today,
    "codes_today": codes_today,
    "group": group,
    "grants": grants,
    "paid_in": paid_in,
    "paid_sums": paid_sums,
    "division": division,
}
