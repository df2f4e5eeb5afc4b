"""One population for the reading tests: the demo's size and day."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.scenario.population import Marginals, SyntheticPopulation, generate
from bosett.terms.municipality import MunicipalityCode

DEMO_DAY = date(2026, 11, 23)
WEIGHTS = {
    MunicipalityCode(code): weight for code, weight in (("0301", 7), ("1103", 2), ("4601", 3), ("5601", 1))
}


@pytest.fixture(scope="session")
def demo() -> SyntheticPopulation:
    return generate(20261123, 20_000, DEMO_DAY, Marginals.shipped(), WEIGHTS)
