"""Small files as people upload them; every number is made up for the test that reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bosett_server.actions.import_files import Incoming

HEADER = "kommunenummer,year,metric,value,status,source,licence,retrieved_at"


def indicator(*rows: str, name: str = "tall.csv", source: str = "Testkilde") -> Incoming:
    """The template with rows `code,year,metric,value,status`."""
    told = [f"{row},{source},CC BY 4.0,2026-03-01" for row in rows]
    return Incoming(name, "\n".join([HEADER, *told, ""]).encode())


def bulk(*rows: str, name: str = "bosatt.csv") -> Incoming:
    """IMDi's bulk file with rows `unit;year;code;name;metric;number`, in Latin-1."""
    lines = ["Enhet;År;Kommunenummer;Kommune;Bosetting;Antall", *rows, ""]
    return Incoming(name, "\n".join(lines).encode("latin-1"))


def settled(year: int, **places: int | str) -> Incoming:
    """IMDi's bulk file with settled persons by `k<code>`."""
    rows = [f"Personer;{year};{code[1:]};;Faktisk bosetting;{number}" for code, number in places.items()]
    return bulk(*rows)


def settled_in(place: str, years: Mapping[int, int]) -> Incoming:
    """IMDi's bulk file with one municipality's settled persons by year."""
    return bulk(*[f"Personer;{year};{place};;Faktisk bosetting;{number}" for year, number in years.items()])


def languages(*rows: str) -> Incoming:
    """Language decisions with rows `code,decision,day`."""
    text = "\n".join(["municipality_id,language_decision,valid_from", *rows, ""])
    return Incoming("vedtak.csv", text.encode())


def long_template(count: int, codes: Sequence[str]) -> Incoming:
    """A template of `count` rows, one value a municipality and year."""
    rows = [f"{codes[i % len(codes)]},{1990 + i // len(codes)},population,{100 + i}," for i in range(count)]
    return indicator(*rows, source="Lang kilde")


def assigned(*rows: tuple[str, str, str]) -> Incoming:
    """Assignments of another register by (DUF number, municipality, day)."""
    lines = [f"{duf},,{place},{day}" for duf, place, day in rows]
    return Incoming(
        "tildelt.csv", "\n".join(["duf,d_number,municipality_id,assigned_on", *lines, ""]).encode()
    )


def ready(*rows: tuple[str, str, str]) -> Incoming:
    """Ready persons of another register by (DUF number, birth date, ready since)."""
    lines = [f"{duf},,A1,{born},{day},asylum" for duf, born, day in rows]
    header = "duf,d_number,household_ref,birth_date,ready_since,track"
    return Incoming("klare.csv", "\n".join([header, *lines, ""]).encode())
