"""The agreements between the State and KS, their parties, what is known of them and what is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from bosett.registry.read_agreements import Agreement, Party, Term, read_agreement, read_parties
from bosett.rules.parameters import SHIPPED
from bosett.terms.errors import BadInput, NoRuleInForce

__all__ = ["Agreement", "Agreements", "Party", "Term"]


@dataclass(frozen=True)
class Agreements:
    """Every stored agreement, oldest first, and every party that ever signed."""

    agreements: tuple[Agreement, ...]
    parties: tuple[Party, ...]

    @classmethod
    def load(cls, folder: Path) -> Agreements:
        """Read `parties.yaml` and one file per agreement.

        Raises
        ------
        BadInput
            Names file and line; also if periods overlap or a party is not in `parties.yaml`.
        """
        parties = read_parties(folder / "parties.yaml")
        files = sorted(file for file in folder.glob("*.yaml") if file.name != "parties.yaml")
        found = sorted((read_agreement(file) for file in files), key=lambda one: one.period.start)
        _check(found, parties, folder)
        return cls(tuple(found), parties)

    @classmethod
    def shipped(cls) -> Agreements:
        """The agreements that come with this version: 2016-17, 2018-21, 2022-25, 2026-29."""
        return _shipped()

    def in_force(self, on: date) -> Agreement:
        """The agreement whose period holds the day; NoRuleInForce when none is stored."""
        for agreement in self.agreements:
            if on in agreement.period:
                return agreement
        raise NoRuleInForce("agreements", on.isoformat(), "no agreement is stored for that day")

    def holding(self, code: str, year: int) -> Agreement:
        """The agreement that is named, when the year lies in it.

        Raises
        ------
        BadInput
            Names an agreement that is not stored, and a year outside its period.
        """
        for agreement in self.agreements:
            if agreement.code == code:
                if date(year, 12, 31) in agreement.period:
                    return agreement
                first, after = agreement.period.start, agreement.period.end
                allowed = f"a year of the agreement {code}: from {first}" + (
                    f", before {after}" if after else ""
                )
                raise BadInput(f"the year {year}", allowed)
        raise BadInput(f"the agreement {code!r}", ", ".join(one.code for one in self.agreements))

    def party(self, code: str) -> Party:
        """The party with a code such as AID or KS; BadInput when there is none."""
        for party in self.parties:
            if party.code == code:
                return party
        raise BadInput(repr(code), ", ".join(party.code for party in self.parties))


def _check(found: list[Agreement], parties: tuple[Party, ...], folder: Path) -> None:
    codes = {party.code for party in parties}
    for agreement in found:
        unknown = sorted({*agreement.parties, agreement.coordinator} - codes)
        if unknown:
            raise BadInput(f"{', '.join(unknown)} in {agreement.code}", ", ".join(sorted(codes)), str(folder))
    for earlier, later in pairwise(found):
        if earlier.period.overlaps(later.period):
            raise BadInput(f"{earlier.code} and {later.code} overlap", "one agreement on a day", str(folder))


@cache
def _shipped() -> Agreements:
    return Agreements.load(SHIPPED / "agreements")
