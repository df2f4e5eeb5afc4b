"""IMDi's bulk file with all its quirks."""

from __future__ import annotations

import pytest

from bosett.terms.figure import State
from tests.bosett.sources.given import codes, read

HEADER = "Enhet;År;Kommunenummer;Kommune;Bosetting;Antall\n"
# The form of the genuine file: each row as persons and as per cent, `.` and `:` among the numbers.
ROWS = """\
Personer;2016;0104;Moss (t.o.m. 2019);Anmodning om bosetting;115
Prosent;2016;0104;Moss (t.o.m. 2019);Anmodning om bosetting;100
Personer;2016;0104;Moss (t.o.m. 2019);Vedtak om bosetting;90
Prosent;2016;0104;Moss (t.o.m. 2019);Vedtak om bosetting;78
Personer;2016;0104;Moss (t.o.m. 2019);Faktisk bosetting;:
Prosent;2016;0104;Moss (t.o.m. 2019);Faktisk bosetting;:
Personer;2016;0121;Rømskog (t.o.m. 2019);Faktisk bosetting;.
"""


def bulk(rows: str, encoding: str = "latin-1") -> bytes:
    return (HEADER + rows).encode(encoding)


def test_only_persons_are_read_so_that_sums_are_not_wrong() -> None:
    found = read("imdi_bulk", "b.csv", bulk(ROWS))
    numbers = {one.measure_id: one.value for one in found.observations}
    assert numbers == {"asked": 115, "voted": 90, "settled": None}
    assert found.counts["per_cent_left_out"] == 3


def test_a_colon_is_hidden_and_a_dot_is_no_figure() -> None:
    found = read("imdi_bulk", "b.csv", bulk(ROWS))
    settled = [one for one in found.observations if one.measure_id == "settled"]
    assert [(one.place, one.state) for one in settled] == [("0104", State.SUPPRESSED)]
    assert found.counts["not_in_source"] == 1


def test_a_file_that_somebody_saved_as_utf_8_is_read_and_told() -> None:
    for encoding in ("utf-8", "utf-8-sig"):
        found = read("imdi_bulk", "b.csv", bulk(ROWS, encoding))
        assert len(found.observations) == 3
        assert codes(found) == ["encoding_other"]


def test_a_file_in_another_encoding_is_refused() -> None:
    error = read("imdi_bulk", "b.csv", bulk(ROWS, "utf-16")).errors[0]
    assert "Latin-1" in error.allowed


def test_a_code_that_had_ended_is_moved_to_its_successor_of_the_day_and_told() -> None:
    # Trondheim was 1601 until 31 December 2017, 5001 from then on.
    rows = "Personer;2018;1601;Trondheim (t.o.m. 2017);Anmodning om bosetting;200\n"
    found = read("imdi_bulk", "b.csv", bulk(rows))
    assert [one.place for one in found.observations] == ["5001"]
    assert [(one.code, one.place, one.year) for one in found.defects] == [("code_ended", "1601", 2018)]


def test_a_split_municipality_keeps_its_code_of_the_day() -> None:
    rows = "Personer;2020;1507;Ålesund (2020-2023);Anmodning om bosetting;41\n"
    found = read("imdi_bulk", "b.csv", bulk(rows))
    assert [one.place for one in found.observations] == ["1507"]
    assert found.defects == ()


def test_persons_without_a_municipality_are_kept_apart() -> None:
    found = read("imdi_bulk", "b.csv", bulk("Personer;2014;9999;Uoppgitt;Faktisk bosetting;112\n"))
    assert [one.place for one in found.observations] == ["9999"]
    assert codes(found) == ["place_not_stated"]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Kroner;2016;0104;Moss;Vedtak om bosetting;5", "Enhet"),
        ("Personer;16;0104;Moss;Vedtak om bosetting;5", "År"),
        ("Personer;2016;104;Moss;Vedtak om bosetting;5", "Kommunenummer"),
        ("Personer;2016;0104;Moss;Flytting;5", "Bosetting"),
        ("Personer;2016;0104;Moss;Vedtak om bosetting;5,0", "Antall"),
        ("Personer;2016;0104;Moss;Vedtak om bosetting;", "Antall"),
    ],
)
def test_a_wrong_cell_stops_the_whole_file(row: str, column: str) -> None:
    found = read("imdi_bulk", "b.csv", bulk(ROWS + row + "\n"))
    assert [(one.row, one.column) for one in found.errors] == [(9, column)]
    assert found.rows == ()


def test_a_row_twice_and_a_renamed_column_are_errors() -> None:
    assert "row_twice" in codes(read("imdi_bulk", "b.csv", bulk(ROWS + ROWS.splitlines()[0] + "\n")))
    renamed = bulk(ROWS).replace(b"Antall", b"Verdi")
    assert "Verdi" in read("imdi_bulk", "b.csv", renamed).errors[0].found


def test_a_cut_off_file_is_an_error() -> None:
    assert codes(read("imdi_bulk", "b.csv", bulk(ROWS)[:-12])) == ["cell_wrong"]
