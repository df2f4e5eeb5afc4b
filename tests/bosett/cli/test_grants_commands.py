"""The grant commands on files: columns, exit codes, and each bad line refused by name with its row and column."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from bosett.cli.grant_frame import read_scenario
from bosett.cli.main import main
from bosett.grants.frames import FrameScenario

HEAD = "person_id,birth_date,settled_date,municipality_id,household_id,single_adult,unaccompanied_minor,basis"
PERSONS = (
    f"{HEAD}\na,1990-01-01,2024-01-15,3301,h,1,0,asylum\nb,2020-05-01,2024-02-15,3301,h2,0,0,collective\n"
)
MOVES = "person_id,moved_date,from_municipality_id,to_municipality_id\n"
CLAIMS = "claim_id,scheme,municipality_id,year,person_id,cost_nok,place_type,places,persons\n"
CONTRACT = Path(__file__).parents[3] / "docs" / "interfaces.md"


def promised_columns(command: str) -> list[str]:
    """The first columns that the contract's page promises for a command's file."""
    section = CONTRACT.read_text(encoding="utf-8").split(f"## bosett {command}\n")[1].split("\n## ")[0]
    return section.split("FILE gets `")[1].split("`")[0].split(",")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "persons.csv").write_text(PERSONS)
    return tmp_path


def grants(folder: Path, *more: object, year: int = 2024) -> int:
    words = ["grants", folder / "persons.csv", "--year", year, "--out", folder / "out.csv", *more]
    return main([str(one) for one in words])


def rows(folder: Path, name: str = "out.csv") -> list[dict[str, str]]:
    with (folder / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def refused(folder: Path, capsys: pytest.CaptureFixture[str], *more: object) -> str:
    """What standard error says when the command ends with 2 and has written nothing."""
    assert grants(folder, *more) == 2
    assert not (folder / "out.csv").exists()
    return capsys.readouterr().err


def test_the_lines_have_the_columns_of_the_contract_and_the_amounts_of_the_law(folder: Path) -> None:
    (folder / "m.csv").write_text(MOVES + "a,2024-03-15,3301,0301\n")
    assert grants(folder, "--moves", folder / "m.csv") == 0
    found = rows(folder)
    assert list(found[0])[:11] == promised_columns("grants")
    told = [(one["person_id"], one["scheme"], one["municipality_id"], one["amount_nok"]) for one in found]
    assert told == [
        ("a", "integration", "3301", "80367"),
        ("a", "integration", "0301", "160733"),
        ("b", "integration", "3301", "194400"),
        ("b", "kindergarten", "3301", "27800"),
    ]
    assert {one["status"] for one in found} == {"calculated"}


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + PERSONS,
        PERSONS.replace("\n", "\r\n"),
        PERSONS.replace("a,1990", '"a",1990'),
        PERSONS.replace("basis\n", "basis,note\n").replace("m\n", 'm,"x, y"\n').replace("tive\n", "tive,\n"),
        PERSONS.rstrip("\n"),
        "".join([PERSONS.splitlines(keepends=True)[one] for one in (0, 2, 1)]),
    ],
    ids=["byte order mark", "CRLF", "quoted", "one more column", "no last line break", "other order"],
)  # fmt: skip
def test_what_spreadsheets_write_is_read_alike(folder: Path, text: str) -> None:
    assert grants(folder) == 0
    expected = (folder / "out.csv").read_bytes()
    (folder / "persons.csv").write_text(text, encoding="utf-8", newline="")
    assert grants(folder) == 0
    assert (folder / "out.csv").read_bytes() == expected


def test_a_file_without_persons_gives_a_file_without_lines(folder: Path) -> None:
    (folder / "persons.csv").write_text(HEAD + "\n")
    assert grants(folder) == 0
    assert (rows(folder), (folder / "out.csv").read_text().split(",")[:11]) == (
        [],
        promised_columns("grants"),
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (PERSONS.replace(",", ";"), "column person_id"),
        ("", "a first row with the names of the columns"),
        (PERSONS + "c,1990-01-01\n", "row 4: found 2 cells"),
        (PERSONS.replace("1990-01-01", "1990-02-30"), "row 2, column birth_date"),
        (PERSONS.replace(",1,0,asylum", ",2,0,asylum"), "row 2, column single_adult"),
        (PERSONS.replace("a,1990", "a ,1990"), "row 2, column person_id"),
    ],
)
def test_what_the_contract_does_not_allow_ends_with_2(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    (folder / "persons.csv").write_text(text)
    assert says in refused(folder, capsys)


def test_the_parts_of_a_divided_year_are_decimals_that_sum_to_one(folder: Path) -> None:
    (folder / "m.csv").write_text(MOVES + "a,2024-03-15,3301,0301\n")
    assert grants(folder, "--moves", folder / "m.csv", "--schemes", "integration") == 0
    parts = [one for one in rows(folder) if one["person_id"] == "a"]
    assert sum(float(one["share"]) for one in parts) == pytest.approx(1)
    assert sum(int(one["amount_nok"]) for one in parts) == int(parts[0]["rate_nok"]) == 241_100


def test_a_rate_that_is_not_in_force_ends_with_3_and_names_each_rule_and_the_year(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert grants(folder, year=2025) == 3
    said = capsys.readouterr().err
    assert "grants/integration/year2" in said
    assert "2025" in said
    assert not (folder / "out.csv").exists()


def test_allowed_to_miss_a_rate_the_line_is_empty_and_says_so(folder: Path) -> None:
    assert grants(folder, "--allow-missing", year=2025) == 0
    assert {(one["amount_nok"], one["rate_nok"], one["status"]) for one in rows(folder)} == {
        ("", "", "rate_missing")
    }


def test_the_same_input_gives_the_same_bytes(folder: Path) -> None:
    grants(folder)
    first = (folder / "out.csv").read_bytes()
    grants(folder)
    assert (folder / "out.csv").read_bytes() == first


@pytest.mark.parametrize(
    ("old", "new", "row", "column", "says"),
    [
        ("asylum", "tourist", 2, "basis", "asylum, collective, family, humanitarian, resettlement"),
        ("1990-01-01,2024-01-15", "2024-01-16,2024-01-15", 2, "settled_date", "before birth"),
        (",1,0,asylum", ",,0,asylum", 2, "single_adult", "an empty cell"),
        ("2024-01-15", "15.01.2024", 2, "settled_date", "YYYY-MM-DD"),
        ("a,1990", " a,1990", 2, "person_id", "without blanks"),
        ("b,2020", "a,2020", 3, "person_id", "again"),
        ("collective", "family", 3, "reference_basis", "the ground of the person joined"),
        ("2024-01-15,3301", "2024-01-15,1507", 2, "municipality_id", "1508 and 1580"),
        ("2024-01-15,3301", "2024-01-15,0228", 2, "municipality_id", "a code of 2024, or one of 2024-01-15"),
    ],
)
def test_a_bad_person_is_named_by_row_and_column(
    folder: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, row: int, column: str, says: str
) -> None:
    if "1507" in new or "0228" in new:
        new = new.replace("2024-01-15", "2023-01-15") if "1507" in new else new
    (folder / "persons.csv").write_text(PERSONS.replace(old, new))
    said = refused(folder, capsys)
    assert f"persons.csv, row {row}, column {column}" in said
    assert says in said


@pytest.mark.parametrize(
    ("moves", "place", "says"),
    [
        ("a,2024-01-14,3301,0301\n", "m.csv, row 2, column moved_date", "before settled"),
        (
            "a,2024-03-01,3301,0301\na,2024-03-28,0301,3301\n",
            "row 3, column moved_date",
            "one move a person and month",
        ),
        (
            "a,2024-05-01,3301,1103\na,2024-03-01,3301,0301\n",
            "m.csv, row 2, column from_municipality_id",
            "a move from 0301",
        ),
        ("z,2024-03-01,3301,0301\n", "m.csv, row 2, column person_id", "a person of the persons table"),
        ("a,2024-03-01,3301,3301\n", "row 2, column to_municipality_id", "another municipality"),
    ],
)
def test_a_bad_move_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], moves: str, place: str, says: str
) -> None:
    (folder / "m.csv").write_text(MOVES + moves)
    said = refused(folder, capsys, "--moves", folder / "m.csv")
    assert place in said
    assert says in said


@pytest.mark.parametrize(
    ("claims", "place", "says"),
    [
        ("c1,dancing,3301,2024,a,,,,\n", "row 2, column scheme", "special_1"),
        ("c1,special_2,3301,2024,a,,,,\n", "row 2, column cost_nok", "special_2 without cost_nok"),
        ("c1,special_2,3301,2024,a,-5,,,\n", "row 2, column cost_nok", "0 or more"),
        ("c1,special_2,3301,2024,a,12.5,,,\n", "row 2, column cost_nok", "whole number"),
        ("c1,special_1,3301,2024,z,,,,\n", "c.csv, row 2, column person_id", "a person of the persons table"),
        (
            "c1,special_1,3301,2024,a,,,,\nc2,special_2,3301,2024,a,5,,,\n",
            "c.csv, row 3, column scheme",
            "one of them a year",
        ),
        ("c1,special_1,3301,2024,a,,,,\nc1,special_1,3301,2024,b,,,,\n", "row 3, column claim_id", "again"),
        ("c1,host_place,3301,2024,,,castle,5,\n", "row 2, column place_type", "ordinary"),
        ("c1,norwegian_base,,2024,,,,,4\n", "row 2, column municipality_id", "an identifier"),
        ("c1,extra_above_request,3301,2024,,,,,\n", "row 2, column persons", "asked and settled"),
    ],
)
def test_a_bad_claim_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], claims: str, place: str, says: str
) -> None:
    (folder / "c.csv").write_text(CLAIMS + claims)
    said = refused(folder, capsys, "--claims", folder / "c.csv")
    assert place in said
    assert says in said


def test_claims_are_calculated_with_the_schemes_of_the_settled(folder: Path) -> None:
    (folder / "c.csv").write_text(
        CLAIMS + "c1,special_2,3301,,a,1900000,,,\nc2,norwegian_base,3301,2024,,,,,42\n"
    )
    assert grants(folder, "--claims", folder / "c.csv") == 0
    found = {one["claim_id"]: one for one in rows(folder) if one["claim_id"]}
    assert found["c1"]["amount_nok"] == "1608000"
    assert (found["c2"]["amount_nok"], found["c2"]["person_id"]) == ("694600", "")


def test_a_claim_of_another_year_waits_for_that_year(folder: Path) -> None:
    (folder / "c.csv").write_text(CLAIMS + "c1,norwegian_base,3301,2023,,,,,42\n")
    assert grants(folder, "--claims", folder / "c.csv") == 0
    assert not any(one["claim_id"] for one in rows(folder))


def test_the_example_of_claims_is_read_by_the_command_itself(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["grants", "--claims-example"]) == 0
    (folder / "c.csv").write_text(capsys.readouterr().out)
    people = (
        f"{HEAD}\na,1990-01-01,2024-01-15,3301,h,1,0,asylum\nb,1990-05-01,2023-02-15,3301,h2,0,0,asylum\n"
    )
    (folder / "persons.csv").write_text(people)
    more = ("--claims", folder / "c.csv", "--schemes", "special_1,special_2,norwegian_base")
    assert grants(folder, *more) == 0
    assert [one["amount_nok"] for one in rows(folder)] == ["694600", "196400", "1608000"]


def test_schemes_restrict_and_an_unknown_or_doubled_one_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "dancing" in refused(folder, capsys, "--schemes", "integration,dancing")
    assert "each scheme once" in refused(folder, capsys, "--schemes", "elder,elder")
    assert grants(folder, "--schemes", "kindergarten") == 0
    assert [one["scheme"] for one in rows(folder)] == ["kindergarten"]


def test_a_code_of_the_day_is_read_as_the_code_of_2024(folder: Path) -> None:
    (folder / "persons.csv").write_text(f"{HEAD}\na,1990-01-01,2019-01-15,0228,h,1,0,asylum\n")
    assert grants(folder, "--allow-missing", year=2023) == 0
    assert [one["municipality_id"] for one in rows(folder)] == ["3224"]


def test_rates_as_known_on_a_day_are_what_was_believed_then(folder: Path) -> None:
    minor = f"{HEAD}\na,2006-05-01,2022-01-15,3301,h,0,1,asylum\n"
    (folder / "persons.csv").write_text(minor)
    for day, amount in (("2023-06-01", "705000"), ("2024-03-11", "721800")):
        assert grants(folder, "--schemes", "unaccompanied_minor", "--known-on", day, year=2023) == 0
        assert [one["amount_nok"] for one in rows(folder)] == [amount]


PART = {"nb": "Kommunens del er 1/3", "nn": "Kommunen sin del er 1/3", "en": "The municipality's part is 1/3"}


@pytest.mark.parametrize(("language", "says"), PART.items())
def test_each_line_is_explained_in_three_languages(folder: Path, language: str, says: str) -> None:
    (folder / "m.csv").write_text(MOVES + "a,2024-03-15,3301,0301\n")
    assert grants(folder, "--moves", folder / "m.csv", "--explain", language) == 0
    assert says in rows(folder)[0]["explanation"]


def test_the_summary_tells_who_has_none_and_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert grants(folder, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["total_nok"] == 241100 + 194400 + 27800
    assert {"person_id": "a", "scheme": "elder", "code": "younger_than_lowest_age", "claim_id": ""} in told[
        "without"
    ]


RATES = "rule,from,amount_nok,source_title,published\n"


def test_an_official_table_is_previewed_then_written_and_used(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = folder / "rates.csv"
    table.write_text(RATES + "grants/integration/year2,2025-01-01,250000,Made up for this test,2025-01-01\n")
    assert main(["grant-rates", str(table)]) == 0
    assert "new: grants/integration/year2 2025: not known -> 250000" in capsys.readouterr().err
    assert main(["grant-rates", str(table), "--out", str(folder / "values")]) == 0
    assert grants(folder, "--rates", folder / "values", year=2025) == 0
    assert {one["amount_nok"] for one in rows(folder)} == {"250000"}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("grants/integration/year2,2025-01-01,250000.5,T,2025-01-01\n", "column amount_nok: found 250000.5"),
        ("grants/integration/year2,2025-01-01,250000,,\n", "no source"),
        ("grants/integration/year2,2025-01-01,1,T,\ngrants/integration/year2,2027-01-01,1,T,\n", "a gap"),
        (
            "grants/integration/year2,2025-01-01,1,T,\ngrants/integration/year2,2025-01-01,2,T,\n",
            "an overlap",
        ),
    ],
)
def test_a_bad_table_of_rates_is_refused_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str], line: str, says: str
) -> None:
    (folder / "rates.csv").write_text(RATES + line)
    assert main(["grant-rates", str(folder / "rates.csv"), "--out", str(folder / "values")]) == 2
    assert says in capsys.readouterr().err
    assert not (folder / "values").exists()


def test_payments_are_compared_and_549_of_549_sums_hold(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["grant-payments", "--out", str(folder / "paid.csv"), "--language", "nb", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["sums_hold"], told["sums_checked"]) == (549, 549)
    extra = [one for one in rows(folder, "paid.csv") if one["scheme"] == "extra_above_request"]
    assert [(one["verdict"], one["municipalities"], one["paid_nok"], one["explained"]) for one in extra] == [
        ("explained", "87", "59200000", "1"),
        ("anonymised_cell", "2", "", "0"),
    ]


def test_a_list_is_compared_with_the_register(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = "person_id,settled_date,municipality_id\n"
    (folder / "own.csv").write_text(head + "a,2024-01-15,3301\nb,2024-02-15,3301\n")
    (folder / "register.csv").write_text(head + "a,2024-01-17,3301\nc,2024-02-15,3301\n")
    command = [
        "grant-lists",
        folder / "own.csv",
        folder / "register.csv",
        "--out",
        folder / "d.csv",
        "--json",
    ]
    assert main([str(one) for one in command]) == 0
    assert [(one["person_id"], one["difference"], one["days"]) for one in rows(folder, "d.csv")] == [
        ("a", "other_date", "2"),
        ("b", "missing_in_register", ""),
        ("c", "missing_in_own", ""),
    ]
    assert json.loads(capsys.readouterr().out)["missing_in_own"] == 1


def test_a_frame_is_written_as_a_workbook_and_as_values_with_alternatives(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "votes.csv").write_text("year,voted,asked\n2025,10,12\n")
    (folder / "s.yaml").write_text("settled_share: [0.8, 0.9, 1.0]\ncollective_ends: 2027\n")
    base = ["grant-frame", folder / "persons.csv", "--first-year", 2025, "--votes", folder / "votes.csv"]
    more = ["--scenario", folder / "s.yaml", "--alternatives", "0,12", "--json", "--draws", 50]
    assert main([str(one) for one in [*base, "--out", folder / "f.xlsx", *more]]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["number"] for one in told["alternatives"]] == [0, 12]
    assert told["alternatives"][0]["difference_nok"] == 0
    assert main([str(one) for one in [*base, "--out", folder / "f.csv"]]) == 0
    totals = [one["year"] for one in rows(folder, "f.csv") if one["scheme"] == "total"]
    assert totals == ["2025", "2026", "2027", "2028", "2029"]


@pytest.mark.parametrize(
    "text", ["dancing: 3\n", "left_share: 0.1\n", "left_share: [0.3, 0.2, 0.1]\n", "- a\n"]
)
def test_a_scenario_that_cannot_be_is_refused(folder: Path, text: str) -> None:
    (folder / "s.yaml").write_text(text)
    words = [
        "grant-frame",
        folder / "persons.csv",
        "--first-year",
        2025,
        "--out",
        folder / "f.csv",
        "--scenario",
    ]
    assert main([str(one) for one in [*words, folder / "s.yaml"]]) == 2


def test_the_example_of_a_scenario_is_our_own_assumptions(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["grant-frame", "--scenario-example"]) == 0
    (folder / "s.yaml").write_text(capsys.readouterr().out)
    assert read_scenario(folder / "s.yaml") == FrameScenario()
