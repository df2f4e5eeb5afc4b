"""How many persons a municipality counts to a bedroom: its own choice for the year, else the usual number."""

from __future__ import annotations

from dataclasses import dataclass

from bosett.rules import Parameters
from bosett_server.access import clock
from bosett_server.records.models import Plan

PARAMETER = "decisions/persons_a_bedroom"


@dataclass(frozen=True)
class BedroomRule:
    """What is counted with; `own` None when the municipality has chosen nothing, and `usual` holds."""

    own: int | None
    usual: int

    @property
    def persons(self) -> int:
        """Persons to a bedroom."""
        return self.usual if self.own is None else self.own


def bedroom_rule(municipality: str, year: int) -> BedroomRule:
    """The municipality's choice in its plan of the year, beside the dated parameter; one query."""
    plans = Plan.objects.filter(municipality_id=municipality, year=year)
    return BedroomRule(plans.values_list("persons_a_bedroom", flat=True).first(), usual_persons())


def usual_persons() -> int:
    """The parameter in force today."""
    return Parameters.shipped().lookup(PARAMETER, clock.today()).whole
