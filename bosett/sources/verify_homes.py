"""Homes of a run as its files give them, for the check and for computing the run again."""

from __future__ import annotations

from pathlib import Path

from bosett.placement.verify_homes import HomeNeed, HomesOffered, OfferedHome
from bosett.sources.tables import Row, read_table


def read_homes(folder: Path) -> HomesOffered | None:
    """`home_offers.csv` and `home_needs.csv` of an instance; None where the run knew of no homes."""
    offers, needs = folder / "home_offers.csv", folder / "home_needs.csv"
    if not offers.is_file() or not needs.is_file():
        return None
    homes = read_table(offers)
    homes.need(["home_id", "municipality_id", "bedrooms", "step_free"])
    homes.refuse_repeats("home_id")
    wanted = read_table(needs)
    wanted.need(["household_id", "bedrooms", "step_free"])
    wanted.refuse_repeats("household_id")
    return HomesOffered(
        {
            row.identifier("household_id"): HomeNeed(row.whole("bedrooms", 0), _yes(row))
            for row in wanted.rows
        },
        tuple(
            OfferedHome(
                row.identifier("home_id"),
                row.identifier("municipality_id"),
                row.whole("bedrooms", 0),
                _yes(row),
            )
            for row in homes.rows
        ),
    )


def read_given_homes(folder: Path) -> dict[str, str]:
    """`homes.csv` of an answer: household -> home; empty where there is none."""
    path = folder / "homes.csv"
    if not path.is_file():
        return {}
    table = read_table(path)
    table.need(["household_id", "home_id"])
    table.refuse_repeats("household_id")
    return {row.identifier("household_id"): row.identifier("home_id") for row in table.rows}


def _yes(row: Row) -> bool:
    told = row.whole("step_free", 0)
    if told > 1:
        raise row.bad("step_free", "0 or 1")
    return told == 1
