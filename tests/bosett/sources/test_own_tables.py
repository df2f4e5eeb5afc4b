"""The project's own figure tables: one form, read strictly, and the codes of their rows."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from bosett.registry import Registry
from bosett.sources.defect_codes import DEFECT_CODES
from bosett.sources.own_tables import FIGURES, read_own_table
from bosett.sources.places import PlaceFinder
from bosett.sources.shipped import shipped_figures
from bosett.statistics.measures import MEASURES
from bosett.terms.errors import BadInput
from bosett.terms.figure import State

REGISTRY = Registry.shipped()
SOURCE = "title: t\npublisher: p\nlicence: CC BY 4.0\nmade: by hand\nretrieved: 2026-01-02\n"


def table(folder: Path, text: str, source: str = SOURCE) -> Path:
    file = folder / "data" / "made.csv"
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    file.with_suffix(".source.yaml").write_text(source, encoding="utf-8")
    return file


def test_a_cell_is_a_number_a_mark_or_not_stored(tmp_path: Path) -> None:
    header = "place,year,asked,voted,settled|group=em,gp_reserve_capacity\n"
    text = header + "0301,2024,0,awaiting,:,101.5\n1103,2024,-,?,,\n"
    found = read_own_table(table(tmp_path, text), REGISTRY).observations
    assert [(one.place, one.measure_id, one.state, one.value) for one in found] == [
        ("0301", "asked", State.NUMBER, 0),
        ("0301", "voted", State.AWAITING, None),
        ("0301", "settled", State.SUPPRESSED, None),
        ("0301", "gp_reserve_capacity", State.NUMBER, Decimal("101.5")),
        ("1103", "asked", State.NOT_ASKED, None),
        ("1103", "voted", State.UNKNOWN, None),
    ]


def test_the_data_set_is_the_folder_and_the_source_the_name(tmp_path: Path) -> None:
    found = read_own_table(table(tmp_path, "place,year,asked\n0301,2024,5\n"), REGISTRY)
    assert (found.observations[0].dataset_id, found.observations[0].source_id) == ("data", "made")
    assert found.source.licence == "CC BY 4.0"


def test_years_may_stand_in_the_headings_and_dimensions_in_columns(tmp_path: Path) -> None:
    text = "citizenship,applications@2023|procedure=asylum,applications@2024|procedure=asylum\nSYR,5,6\n"
    found = read_own_table(table(tmp_path, text), REGISTRY).observations
    told = (("citizenship", "SYR"), ("procedure", "asylum"))
    assert [(one.place, one.year, one.breakdown, one.value) for one in found] == [
        ("0", 2023, told, 5),
        ("0", 2024, told, 6),
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("place,year\n0301,2024\n", "no column of figures"),
        ("place,asked\n0301,5\n", "and the year"),
        ("place,year,asked@2024\n0301,2024,5\n", "and the year"),
        ("place,year,wish,asked\n0301,2024,1,5\n", "'wish'"),
        ("place,year,asked|wish=1\n0301,2024,5\n", "'wish'"),
        ("place,year,asked|group\n0301,2024,5\n", r"asked\|group"),
        ("place,year,asked\n0301,2024\n", "2 cells"),
        ("place,year,asked\n0301,2024,many\n", "'many'"),
        ("place,year,asked\n0301,soon,5\n", "period"),
        ("place,year,asked\n0301,2024,5\n0301,2024,6\n", "twice"),
    ],
)
def test_a_table_of_another_form_is_refused(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        read_own_table(table(tmp_path, text), REGISTRY)


def test_a_table_without_its_source_is_refused(tmp_path: Path) -> None:
    file = table(tmp_path, "place,year,asked\n0301,2024,5\n")
    file.with_suffix(".source.yaml").unlink()
    with pytest.raises(BadInput):
        read_own_table(file, REGISTRY)


def test_every_own_table_names_source_licence_and_how_it_was_made() -> None:
    for found in shipped_figures():
        assert found.source.title
        assert found.source.publisher
        assert found.source.licence
        assert found.accepted


def test_every_figure_has_a_known_measure_its_unit_and_only_its_dimensions() -> None:
    for found in shipped_figures():
        for one in found.observations:
            known = MEASURES[one.measure_id]
            assert one.unit == known.unit
            assert {dimension for dimension, _ in one.breakdown} <= set(known.dimensions)


def test_no_figure_stands_twice_in_all_tables_together() -> None:
    keys = [one.key for found in shipped_figures() for one in found.observations]
    assert len(keys) == len(set(keys))


def test_every_defect_has_a_sentence_in_three_languages() -> None:
    for found in shipped_figures():
        assert {one.code for one in found.defects} <= set(DEFECT_CODES)


def test_own_tables_stay_below_a_megabyte() -> None:
    assert sum(file.stat().st_size for file in FIGURES.rglob("*") if file.is_file()) < 1_000_000


@pytest.mark.parametrize(
    ("code", "year", "kept", "told"),
    [
        ("0", 2024, "0", []),
        ("03", 1995, "03", []),
        ("0104", 2016, "0104", []),  # Moss, valid then
        ("3103", 2016, "3103", []),  # Moss's code of 2024
        ("1601", 2018, "5001", ["code_ended"]),  # Trondheim
        ("1729", 2012, "1756", ["code_ended"]),  # Inderøy joined with Mosvik
        ("1613", 2017, "1613", []),  # Snillfjord, split later: valid then
        ("0503", 2020, "0503", ["code_unknown"]),
        ("1503", 1999, "1503", ["code_unknown"]),  # Kristiansund until 2008, before the stored changes
        ("1507", 2024, "1507", ["code_split"]),  # Ålesund and Haram
        ("9999", 2014, "9999", ["place_not_stated"]),
    ],
)
def test_a_code_is_kept_moved_or_told(code: str, year: int, kept: str, told: list[str]) -> None:
    finder = PlaceFinder(REGISTRY, "a.csv")
    assert finder.place(code, year, 7) == kept
    assert finder.place(code, year, 8) == kept
    assert [one.code for one in finder.defects] == told
