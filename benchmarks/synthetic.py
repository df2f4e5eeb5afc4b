"""How long a synthetic population takes: `python -m benchmarks.synthetic` prints a table."""

from __future__ import annotations

import resource
import time
from datetime import date

from bosett import __version__
from bosett.scenario.population import Marginals, generate
from bosett.terms.municipality import MunicipalityCode

SIZES = (20_000, 100_000)
TODAY = date(2026, 11, 23)
MUNICIPALITIES = {MunicipalityCode(f"{1000 + n:04d}"): 1 + n for n in range(357)}
TARGET_SECONDS = 10.0
"""A load test must not wait for its data: 100,000 persons in ten seconds on two cores."""


def main() -> None:
    """Print seconds and peak memory per size; fails above the target."""
    marginals = Marginals.shipped()
    print(f"synthetic population, version {__version__}")
    print(f"{'persons':>8} {'households':>10} {'seconds':>8} {'peak MB':>8}")
    for persons in SIZES:
        start = time.perf_counter()
        population = generate(1, persons, TODAY, marginals, MUNICIPALITIES)
        seconds = time.perf_counter() - start
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{persons:>8} {len(population.households):>10} {seconds:>8.2f} {peak_mb:>8.0f}")
        assert seconds <= TARGET_SECONDS, f"{persons} persons took {seconds:.1f} s"


if __name__ == "__main__":
    main()
