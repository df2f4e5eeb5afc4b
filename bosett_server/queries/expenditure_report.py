"""What the committee's report is written from."""

from __future__ import annotations

from datetime import date

from bosett.outputs.expenditure_report import ReportInput
from bosett_server.queries.expenditure import ExpenditureBaselineRow, RoundRow


def report_input(row: RoundRow, baseline: ExpenditureBaselineRow, day: date) -> ReportInput:
    """A closed round as the report takes it; how it was drawn is kept with its estimates."""
    strata = [(one["name"], one["municipalities"], one["asked"]) for one in baseline.result["strata"]]
    return ReportInput(
        row.year, row.kind, day, baseline.result, strata, row.seed, row.frame_source, baseline.input_sha256,
        baseline.library_version, row.synthetic,
    )  # fmt: skip
