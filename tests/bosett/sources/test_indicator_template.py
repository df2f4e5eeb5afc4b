"""The template for any indicator."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bosett.sources.imported import difference
from bosett.sources.importers import KINDS
from bosett.terms.figure import State
from tests.bosett.sources.given import codes, read

HEADER = "kommunenummer,year,metric,value,status,source,licence,retrieved_at\n"
END = ",Some agency,CC BY 4.0,2026-05-01\n"


def test_the_template_that_is_handed_out_is_the_header_that_is_read() -> None:
    assert KINDS["template"].template == HEADER


def test_numbers_and_the_reasons_for_none_stay_apart() -> None:
    rows = "".join(
        f"0301,{year},{cells}{END}"
        for year, cells in [
            (2018, "settled,0,"), (2019, "settled,,skjermet"), (2020, "settled,,ikke_anmodet"),
            (2021, "settled,,avventer_vedtak"), (2022, "settled,,ukjent"), (2023, "settled,,not_stored"),
        ]
    )  # fmt: skip
    found = read("template", "a.csv", HEADER + rows)
    assert [one.state for one in found.observations] == [
        State.NUMBER, State.SUPPRESSED, State.NOT_ASKED, State.AWAITING, State.UNKNOWN, State.NOT_STORED,
    ]  # fmt: skip
    assert found.observations[0].value == 0


def test_an_empty_value_without_a_status_is_an_error_and_never_zero() -> None:
    found = read("template", "a.csv", f"{HEADER}0301,2024,settled,,{END}")
    assert [(one.row, one.column, one.found) for one in found.errors] == [(2, "value", "an empty cell")]


def test_norwegian_names_and_our_ids_with_a_breakdown_are_read() -> None:
    rows = f"0301,2024,bosatt_ema,3,{END}1103,2024,settled|protection=collective,9,{END}"
    found = read("template", "a.csv", HEADER + rows)
    assert [one.breakdown for one in found.observations] == [
        (("group", "em"),),
        (("protection", "collective"),),
    ]


def test_a_share_is_kept_exactly_as_written() -> None:
    found = read("template", "a.csv", f"{HEADER}0301,2024,gp_reserve_capacity,101.25,{END}")
    assert found.observations[0].value == Decimal("101.25")
    assert found.observations[0].unit == "percent"


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("9999,2024,settled,1,", "kommunenummer"),
        ("1507,2021,settled,1,", "kommunenummer"),  # Ålesund, split in 2024
        ("3803,2024,settled,1,", "kommunenummer"),  # Tønsberg's code of 2020-2023
        ("77,2024,settled,1,", "kommunenummer"),
        ("0301,24,settled,1,", "year"),
        ("0301,2031,settled,1,", "year"),
        ("0301,2024,happiness,1,", "metric"),
        ("0301,2024,settled|shoe_size=42,1,", ""),
        ('0301,2024,settled,"1,5",', "value"),
        ("0301,2024,settled,1e3,", "value"),
        ("0301,2024,settled,NaN,", "value"),
        ("0301,2024,settled,-4,", "value"),
        ("0301,2024,settled,4,skjermet", "value"),
        ("0301,2024,settled,,secret", "status"),
    ],
)
def test_a_wrong_cell_is_told_by_row_and_column_and_nothing_is_loaded(cells: str, column: str) -> None:
    found = read("template", "a.csv", f"{HEADER}1103,2024,settled,1,{END}{cells}{END}")
    told = [one for one in found.errors if one.row == 3 or one.code == "unreadable"]
    assert told
    assert found.rows == ()
    if column:
        assert told[0].column == column


def test_a_code_of_the_rows_own_day_is_accepted() -> None:
    found = read("template", "a.csv", f"{HEADER}3803,2021,settled,4,{END}")  # Tønsberg 2020-2023
    assert [one.place for one in found.observations] == ["3803"]


def test_a_renamed_and_a_missing_column_are_named() -> None:
    error = read("template", "a.csv", HEADER.replace("metric", "Metric")).errors[0]
    assert (error.column, error.row) == ("metric", 1)
    assert "Metric" in error.found
    assert read("template", "a.csv", HEADER.replace(",status", "")).errors[0].column == "status"


def test_the_same_figure_in_two_rows_is_an_error() -> None:
    found = read("template", "a.csv", f"{HEADER}0301,2024,settled,4,{END}0301,2024,bosatt,5,{END}")
    assert codes(found) == ["row_twice"]


def test_two_sources_in_one_file_are_an_error() -> None:
    other = END.replace("Some", "Another")
    found = read("template", "a.csv", f"{HEADER}0301,2024,settled,4,{END}1103,2024,settled,5,{other}")
    assert codes(found) == ["several_sources"]


def test_a_day_of_retrieval_in_the_future_is_an_error() -> None:
    end = END.replace("2026-05-01", "2027-05-01")
    assert "day_to_come" in codes(read("template", "a.csv", f"{HEADER}0301,2024,settled,4,{end}"))


def test_a_header_alone_is_an_error() -> None:
    assert codes(read("template", "a.csv", HEADER)) == ["no_rows"]


def test_the_same_file_twice_changes_nothing() -> None:
    content = f"{HEADER}0301,2024,settled,4,{END}1103,2024,settled,5,{END}"
    first, second = read("template", "a.csv", content), read("template", "a.csv", content)
    assert first.sha256 == second.sha256
    assert difference(first.observations, second.observations).empty
