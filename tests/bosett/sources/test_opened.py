"""Files as they come: too big, empty, in another encoding, cut off, with formulas."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from bosett.registry import Registry
from bosett.sources.importers import KINDS, import_file
from tests.bosett.sources.given import ASK, codes, read, workbook

HEADER = "kommunenummer,year,metric,value,status,source,licence,retrieved_at"
ROW = ["0301", 2024, "settled", 12, "", "Some agency", "CC BY 4.0", "2026-05-01"]
TEXT = f"{HEADER}\n0301,2024,settled,12,,Some agency,CC BY 4.0,2026-05-01\n"


def test_a_file_of_200_mb_is_refused_by_its_size_without_being_read(tmp_path: Path) -> None:
    big = tmp_path / "big.csv"
    with big.open("wb") as file:
        file.truncate(200 * 2**20)
    tracemalloc.start()
    found = import_file("template", big, ASK)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "209,715,200 bytes" in found.errors[0].found
    assert peak < 2**20


def test_reading_takes_at_most_forty_times_the_size_of_the_file() -> None:
    rows = [f"{HEADER}\n"]
    for place in Registry.shipped().all_municipalities:
        rows += [
            f"{place.code},{year},settled,{year},,Agency,CC BY 4.0,2026-05-01\n" for year in range(2000, 2020)
        ]
    content = "".join(rows).encode()
    read("template", "warm.csv", TEXT)
    tracemalloc.start()
    found = read("template", "a.csv", content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found.rows) == 357 * 20
    assert peak < 40 * len(content)


def test_a_file_that_is_not_there_is_an_error_and_no_crash(tmp_path: Path) -> None:
    assert import_file("template", tmp_path / "none.csv", ASK).errors[0].found == "no such file"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    assert import_file("template", tmp_path / "empty.csv", ASK).errors[0].found == "an empty file"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_importer_refuses_noise_with_one_error_that_names_the_file(kind: str) -> None:
    suffix = KINDS[kind].suffixes[0]
    for noise in (b"\x00\xff\xfe\x00" * 20, b"{", b"<html>", b"a,b\n1,2\n", b"[]", b"PK\x03\x04broken"):
        found = read(kind, f"noise{suffix}", noise)
        assert not found.accepted
        assert found.rows == ()
        assert found.errors[0].file == f"noise{suffix}"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_file_of_another_extension_is_refused(kind: str) -> None:
    assert read(kind, "file.docx", b"something").errors[0].found == "'.docx'"


def test_a_csv_in_latin_1_is_refused_with_the_line_of_the_first_wrong_byte() -> None:
    content = TEXT.replace("Some agency", "Direktørens kontor").encode("latin-1")
    error = read("template", "a.csv", content).errors[0]
    assert (error.row, "0xf8" in error.found) == (2, True)


def test_a_truncated_workbook_is_refused() -> None:
    whole = workbook([HEADER.split(","), ROW])
    assert read("template", "a.xlsx", whole).accepted
    for length in (len(whole) // 2, len(whole) - 10, 30):
        assert "cut off or damaged" in read("template", "a.xlsx", whole[:length]).errors[0].found


def test_a_formula_with_its_result_is_read_and_told() -> None:
    found = read("template", "a.xlsx", workbook([HEADER.split(","), ROW], (1, 3, "=6+6", 12)))
    assert found.accepted
    assert found.observations[0].value == 12
    assert [(one.code, one.row, one.column) for one in found.defects] == [("formula_in_cell", 2, "D")]


def test_a_formula_without_a_result_is_an_error_and_never_an_empty_cell() -> None:
    found = read("template", "a.xlsx", workbook([HEADER.split(","), ROW], (1, 3, "=6+6", "")))
    assert ("formula_not_computed", 2, "D") in [(one.code, one.row, one.column) for one in found.errors]


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "@SUM(A1)", "+cmd()", "-cmd()", "\t=1"])
def test_a_text_that_a_spreadsheet_would_run_is_refused_in_csv(text: str) -> None:
    content = f'{HEADER}\n0301,2024,settled,12,,"{text}",CC BY 4.0,2026-05-01\n'
    assert "formula_text" in codes(read("template", "a.csv", content))


def test_a_minus_before_a_number_is_no_formula() -> None:
    from bosett.sources.workbook import looks_like_formula

    assert not looks_like_formula("-12")
    assert not looks_like_formula("-")
    assert not looks_like_formula("- 12.5")


def test_the_same_bytes_have_the_same_fingerprint_under_any_name() -> None:
    assert read("template", "a.csv", TEXT).sha256 == read("template", "b.csv", TEXT).sha256
    assert read("template", "a.csv", TEXT + "\n").sha256 != read("template", "b.csv", TEXT).sha256


def test_a_workbook_that_unpacks_to_more_than_the_limit_is_refused_before_it_is_unpacked() -> None:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet,
    ):
        for _ in range(260):
            sheet.write(bytes(2**20))
    tracemalloc.start()
    found = read("template", "bomb.xlsx", made.getvalue())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "bytes unpacked" in found.errors[0].found
    assert peak < 8 * 2**20
