"""What the synthetic population is drawn to agree with: published sums, and assumptions with names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bosett.scenario.population.tables import number, read_table, whole
from bosett.terms.errors import BadInput
from bosett.terms.groups import Track

SHIPPED = Path(__file__).resolve().parents[3] / "parameters"
ORIGINS = ("collective", "other")
CHILD_BANDS = ("0-4", "5-11", "12-17")


@dataclass(frozen=True)
class Citizenship:
    """A citizenship (ISO 3166 alpha-3), the language assumed for it, and applicants by sex."""

    code: str
    language: str
    applicants: int
    resettlement_weight: int


@dataclass(frozen=True)
class HostUnits:
    """Reception units of one kind in one municipality; residents are Ukrainians on 31 January 2024."""

    municipality_code: str
    municipality: str
    kind: str
    units: int
    residents: int


@dataclass(frozen=True)
class Marginals:
    """The tables of `parameters/synthetic` and the codes of `parameters/needs`.

    Each table has a `.source.yaml` beside it that says where it is from and what is wrong with it.
    """

    settled: Mapping[tuple[str, str, str], int]
    ages: Mapping[tuple[str, str], int]
    citizenships: tuple[Citizenship, ...]
    tracks: Mapping[Track, int]
    household_types: Mapping[str, Mapping[str, float]]
    needs: Mapping[str, float]
    need_codes: tuple[str, ...]
    given_names: tuple[str, ...]
    family_names: tuple[str, ...]
    hosts: tuple[HostUnits, ...]
    assumptions: Mapping[str, float]

    def __post_init__(self) -> None:
        for origin in ORIGINS:
            total = sum(self.household_types[origin].values())
            if abs(total - 1) > 1e-9:
                raise BadInput(f"household types of {origin} summing to {total}", "shares summing to 1")
        unknown = set(self.needs) - set(self.need_codes)
        if unknown:
            raise BadInput(f"needs without a code: {sorted(unknown)}", "codes of parameters/needs")

    def assume(self, name: str) -> float:
        """A named single number; BadInput when it is not stored."""
        if name not in self.assumptions:
            raise BadInput(f"no number named {name}", "a row in parameters/synthetic/assumptions.csv")
        return self.assumptions[name]

    def share_under18(self, origin: str) -> float:
        """Share of persons under 18, both sexes."""
        bands = {band: n for (of, band), n in self.ages.items() if of == origin}
        return sum(bands[band] for band in CHILD_BANDS) / sum(bands.values())

    def share_over55(self, origin: str) -> float:
        """Share of persons over 55; for others a lower bound, since the source hides nearly all."""
        if origin == "other":
            return self.assume("older_share_other")
        shown = {key: n for key, n in self.settled.items() if key[0] == origin}
        return sum(n for key, n in shown.items() if key[2] == "56+") / sum(shown.values())

    def share_female(self, origin: str, age_band: str) -> float:
        """Share of women and girls; for others one share for all ages (hidden cells over 55)."""
        band = "0-55" if origin == "other" else age_band
        female, male = self.settled[origin, "female", band], self.settled[origin, "male", band]
        return female / (female + male)

    @classmethod
    def shipped(cls) -> Marginals:
        """The tables that come with this version."""
        return _shipped()

    @classmethod
    def read(cls, folder: Path) -> Marginals:
        """Read `folder/synthetic` and `folder/needs`; BadInput names file and row."""
        tables, needs = folder / "synthetic", folder / "needs"
        names = read_table(tables / "names.csv", ("part", "word"))
        return cls(
            settled=_settled(tables / "settled_sex_age.csv"),
            ages=_ages(tables / "refugees_age.csv"),
            citizenships=_citizenships(tables / "applicants_citizenship.csv"),
            tracks=_tracks(tables / "tracks.csv"),
            household_types=_types(tables / "household_types.csv"),
            needs=_named(tables / "needs.csv", ("code", "share"), "share"),
            need_codes=_codes(needs / "codes.csv"),
            given_names=tuple(row["word"] for row in names if row["part"] == "given"),
            family_names=tuple(row["word"] for row in names if row["part"] == "family"),
            hosts=_hosts(tables / "centres.csv"),
            assumptions=_named(tables / "assumptions.csv", ("name", "value", "unit", "why"), "value"),
        )


@cache
def _shipped() -> Marginals:
    return Marginals.read(SHIPPED)


def _settled(file: Path) -> dict[tuple[str, str, str], int]:
    rows = read_table(file, ("origin", "sex", "age_band", "persons", "hidden_cells"))
    return {(row["origin"], row["sex"], row["age_band"]): whole(row, "persons", file) for row in rows}


def _ages(file: Path) -> dict[tuple[str, str], int]:
    rows = read_table(file, ("origin", "age_band", "persons"))
    return {(row["origin"], row["age_band"]): whole(row, "persons", file) for row in rows}


def _citizenships(file: Path) -> tuple[Citizenship, ...]:
    rows = read_table(file, ("citizenship", "language", "female", "male", "resettlement_weight"))
    return tuple(
        Citizenship(
            row["citizenship"],
            row["language"],
            whole(row, "female", file) + whole(row, "male", file),
            whole(row, "resettlement_weight", file),
        )
        for row in rows
    )


def _tracks(file: Path) -> dict[Track, int]:
    rows = read_table(file, ("track", "persons"))
    return {Track(row["track"]): whole(row, "persons", file) for row in rows}


def _types(file: Path) -> dict[str, dict[str, float]]:
    rows = read_table(file, ("origin", "type", "share"))
    return {
        origin: {row["type"]: number(row, "share", file) for row in rows if row["origin"] == origin}
        for origin in ORIGINS
    }


def _named(file: Path, columns: tuple[str, ...], value: str) -> dict[str, float]:
    return {row[columns[0]]: number(row, value, file) for row in read_table(file, columns)}


def _codes(file: Path) -> tuple[str, ...]:
    columns = ("code", "follows_from", "label_en", "label_nb", "label_nn")
    return tuple(row["code"] for row in read_table(file, columns))


def _hosts(file: Path) -> tuple[HostUnits, ...]:
    columns = ("municipality_code", "municipality", "kind", "units", "residents")
    return tuple(
        HostUnits(
            row["municipality_code"],
            row["municipality"],
            row["kind"],
            whole(row, "units", file),
            whole(row, "residents", file),
        )
        for row in read_table(file, columns)
    )
