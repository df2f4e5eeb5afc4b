"""Good files with noise in them: an importer answers with rows or with errors, and never falls over."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from bosett.sources.importers import KINDS, import_opened
from bosett.sources.opened import opened
from tests.bosett.sources import test_agencies as agencies
from tests.bosett.sources import test_imdi_bulk as bulk
from tests.bosett.sources import test_imdi_pages as pages
from tests.bosett.sources import test_indicator_template as template
from tests.bosett.sources import test_jsonstat as jsonstat
from tests.bosett.sources import test_places_and_persons as places
from tests.bosett.sources.given import ASK, workbook

MAPS = {**places.geojson(), "features": places.geojson()["features"][:3]}
ARCS = places.topojson()
ARCS["objects"]["kommuner"]["geometries"] = ARCS["objects"]["kommuner"]["geometries"][:3]
ARCS["arcs"] = ARCS["arcs"][:6]
ROW = ["0301", 2024, "settled", 12, "", "S", "L", "2026-05-01"]
GOOD: list[tuple[str, str, bytes]] = [
    ("imdi_bulk", "b.csv", bulk.bulk(bulk.ROWS)),
    ("imdi_pages", "p.html", pages.page(pages.COUNTIES, pages.AGDER).encode()),
    ("jsonstat", "j.json", jsonstat.population().encode()),
    ("jsonstat", "e.json", jsonstat.eurostat().encode()),
    ("unhcr", "u.json", agencies.answer(agencies.DECISION).encode()),
    ("udi_monthly", "u.html", agencies.UDI.encode()),
    ("nav", "n.csv", (agencies.NAV + agencies.NAV_ROWS).encode()),
    ("klass_changes", "c.json", agencies.klass().encode()),
    ("klass_codes", "c.json", b'{"codes":[{"code":"0301","name":"Oslo","validFrom":"2020-01-01"}]}'),
    ("boundaries", "b.geojson", json.dumps(MAPS).encode()),
    ("boundaries", "b.topojson", json.dumps(ARCS).encode()),
    ("language_decisions", "l.csv", (places.LANGUAGE + "0301,nynorsk,2026-01-01\n").encode()),
    ("ready_persons", "r.csv", (places.READY + "900012345678,,h1,1990-02-03,2026-04-01,asylum\n").encode()),
    ("assignments", "a.csv", b"duf,d_number,municipality_id,assigned_on\n900012345678,,0301,2026-05-01\n"),
    ("template", "t.csv", (template.HEADER + "0301,2024,settled,4," + template.END).encode()),
    ("template", "t.xlsx", workbook([template.HEADER.strip().split(","), ROW])),
]
PIECES = (
    b"null",
    b"-1",
    b'"x"',
    b"[]",
    b"{}",
    b"1e999",
    b";",
    b",",
    b"\n",
    b"<td>",
    b"<![",
    b"9" * 30,
    "²٣".encode(),
)
VALUES: tuple[Any, ...] = (None, -1, "x", [], {}, True, 1e300, 0, "0", [1], {"a": 1}, 2.5, [[1]], "²")


def spoiled(content: bytes, rng: random.Random) -> bytes:
    """Bytes changed, taken out, put in, or doubled, once to five times."""
    made = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 5))):
        at = rng.randrange(len(made))
        choice = rng.randrange(4)
        if choice == 0:
            made[at] = rng.randrange(256)
        elif choice == 1:
            del made[at : at + rng.randrange(1, 20)]
        elif choice == 2:
            made[at:at] = rng.choice(PIECES)
        else:
            made[at:at] = made[at : at + 30]
        made = made or bytearray(b"x")
    return bytes(made)


def bent(content: bytes, rng: random.Random) -> bytes:
    """A JSON file with one value somewhere exchanged for one of another kind."""
    told = json.loads(content)
    within: Any = told
    while True:
        keys = list(within) if isinstance(within, dict) else list(range(len(within)))
        key = rng.choice(keys)
        if not isinstance(within[key], dict | list) or not within[key] or rng.random() < 0.25:
            within[key] = rng.choice(VALUES)
            return json.dumps(told).encode()
        within = within[key]


def test_every_kind_is_tried() -> None:
    assert {kind for kind, _, _ in GOOD} == set(KINDS)


# A workbook holds the second it was made in, so the contents name no test: each worker would name it differently.
@pytest.mark.parametrize(
    ("kind", "name", "content"), GOOD, ids=[f"{kind}-{number}" for number, (kind, *_) in enumerate(GOOD)]
)
def test_noise_gives_rows_or_errors_and_never_a_crash(kind: str, name: str, content: bytes) -> None:
    rng = random.Random(f"{kind} {name}")  # noqa: S311
    for number in range(120):
        is_json = content.startswith(b"{")
        made = bent(content, rng) if is_json and number % 2 else spoiled(content, rng)
        found = import_opened(kind, opened(name, made), ASK)
        assert found.accepted or found.rows == ()
        assert all(one.file == name for one in found.errors)
