"""A published year's report, with a section that was written."""

from __future__ import annotations

from typing import Any

from tests.bosett_server.agreement.reports import ABOUT, published


def report_of_a_year(stage: Any) -> None:
    """Adds the samples `report_year` and `section`."""
    published(stage.world)
    stage.samples |= {"report_year": ABOUT, "section": "need"}
