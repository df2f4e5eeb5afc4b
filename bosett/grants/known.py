"""The rates as they were known on a day: what one believed then, before later corrections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bosett.rules.parameters import Parameters
from bosett.rules.value import DatedRule, DatedValue


@dataclass(frozen=True)
class KnownOn:
    """Rates to pass where rates are asked for; what was published after `day` is not believed."""

    parameters: Parameters
    day: date

    def lookup(self, path: str, on: date) -> DatedValue:
        """As `Parameters.lookup` with what was known on the day."""
        return self.parameters.lookup(path, on, self.day)

    def version(self, path: str, on: date) -> DatedRule:
        """As `Parameters.version` with what was known on the day."""
        return self.parameters.version(path, on, self.day)
