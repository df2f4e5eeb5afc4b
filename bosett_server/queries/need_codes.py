"""The codes of need that `parameters/needs/codes.csv` knows; their names stand in `words`."""

from __future__ import annotations

import csv
from functools import cache

from bosett.rules.parameters import SHIPPED


@cache
def need_codes() -> dict[str, str]:
    """Code -> what it follows from (age, size, group, protected, assumed), in the file's order."""
    with (SHIPPED / "needs" / "codes.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["follows_from"] for row in csv.DictReader(file)}
