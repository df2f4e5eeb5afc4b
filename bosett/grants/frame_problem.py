"""What a five-year frame is made from: the settled, the number voted for, and what is assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bosett.grants.problem import Move, SettledPerson
from bosett.terms.errors import BadInput
from bosett.terms.label import Label

MOST_YEARS = 10


@dataclass(frozen=True)
class Range:
    """Lowest, likely and highest value of something that is not known; all of it an assumption.

    Raises
    ------
    BadInput
        If they are not in rising order.
    """

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.likely <= self.high:
            raise BadInput(
                f"{self.low}, {self.likely}, {self.high}", "lowest, likely and highest in rising order"
            )


@dataclass(frozen=True)
class PersonGroup:
    """Persons paid for alike, who live there: one of them in the place of all.

    Raises
    ------
    BadInput
        For fewer than one.
    """

    person: SettledPerson
    number: int

    def __post_init__(self) -> None:
        if self.number < 1:
            raise BadInput(str(self.number), "1 person or more", column="number")


@dataclass(frozen=True)
class FrameProblem:
    """Who is settled and what is voted.

    Parameters
    ----------
    municipality_id
        Empty for the country.
    first_year, years
        The budget years.
    persons, moves
        Everybody settled so far, with their moves; who lives elsewhere now, or has left, is left out.
    groups
        More of those who live there, the same course once (`frame_persons.same_course`).
    voted, asked
        Persons to be settled in a year, by the municipality's answer and by the request.

    Raises
    ------
    BadInput
        For a negative number, or years outside 1 to 10.
    """

    municipality_id: str
    first_year: int
    years: int = 5
    persons: tuple[SettledPerson, ...] = ()
    moves: tuple[Move, ...] = ()
    voted: Mapping[int, int] = field(default_factory=dict)
    asked: Mapping[int, int] = field(default_factory=dict)
    groups: tuple[PersonGroup, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.years <= MOST_YEARS:
            raise BadInput(str(self.years), f"1 to {MOST_YEARS} years", column="years")
        for name, numbers in (("voted", self.voted), ("asked", self.asked)):
            for year, number in numbers.items():
                if number < 0:
                    raise BadInput(f"{number} in {year}", "0 persons or more", column=name)

    @property
    def budget_years(self) -> range:
        """The years of the frame."""
        return range(self.first_year, self.first_year + self.years)

    def with_vote(self, number: int) -> FrameProblem:
        """The same with another answer for the first year."""
        return replace(self, voted={**self.voted, self.first_year: number})


CATEGORIES = ("single_adult", "other_adult", "child", "unaccompanied_minor")
SHARES = ("settled_share", "moved_out_share", "moved_in_share", "family_per_person", "left_share")


@dataclass(frozen=True)
class FrameScenario:
    """Everything that is assumed; nothing here is read in a source, and each field has its label in `LABELS`.

    Parameters
    ----------
    growth_percent
        A year, of rates that are not known and are carried forward from the last year they were.
    rates
        Own amounts by rule, in kroner of the first year, for rates that are not known.
    between_years_2_and_5
        Take the rates of years 3 and 4, which no source gives, between those of years 2 and 5.
    composition
        Share of each of `CATEGORIES` among those who come; they sum to 1.
    elder_share, kindergarten_share
        Of those who come.
    minor_age
        An unaccompanied minor's age in the year of settlement.
    settled_share
        Of the number voted for, how many come.
    moved_out_share, moved_in_share, left_share
        A year, of those who live there.
    family_per_person
        Family that comes in a year, per person who lives there.
    collective_share
        Under collective protection, of those who come.
    collective_ends, collective_left_share
        First year without collective protection, None = it goes on; and the share that leaves then.
    innbyggertilskudd_nok, unused_place_nok
        Kroner per person and place; None = not known, which is not 0.
    """

    growth_percent: Range = Range(0, 0, 3)
    rates: Mapping[str, int] = field(default_factory=dict)
    between_years_2_and_5: bool = True
    composition: Mapping[str, float] = field(
        default_factory=lambda: dict(zip(CATEGORIES, (0.3, 0.4, 0.28, 0.02), strict=True))
    )
    elder_share: float = 0.03
    kindergarten_share: float = 0.09
    minor_age: int = 16
    settled_share: Range = Range(0.6, 0.9, 1.0)
    moved_out_share: Range = Range(0.01, 0.03, 0.06)
    moved_in_share: Range = Range(0.0, 0.01, 0.03)
    family_per_person: Range = Range(0.01, 0.03, 0.08)
    left_share: Range = Range(0.0, 0.02, 0.05)
    collective_share: float = 0.8
    collective_ends: int | None = None
    collective_left_share: Range = Range(0.2, 0.5, 0.9)
    innbyggertilskudd_nok: int | None = None
    unused_place_nok: int | None = None

    def __post_init__(self) -> None:
        if set(self.composition) != set(CATEGORIES) or abs(sum(self.composition.values()) - 1) > SLACK:
            raise BadInput(str(dict(self.composition)), f"shares of {', '.join(CATEGORIES)} that sum to 1")
        plain = (self.elder_share, self.kindergarten_share, self.collective_share, *self.composition.values())
        if not all(0 <= one <= 1 for one in plain):
            raise BadInput(str(plain), "shares from 0 to 1")
        for name in (*SHARES, "collective_left_share"):
            share: Range = getattr(self, name)
            if share.low < 0 or share.high > 1:
                raise BadInput(f"{share.low} to {share.high}", "shares from 0 to 1", column=name)
        if not 0 <= self.minor_age < ADULT:
            raise BadInput(str(self.minor_age), "0 to 17 years", column="minor_age")
        for rule, amount in self.rates.items():
            if amount < 0:
                raise BadInput(f"{amount} for {rule}", "whole kroner, 0 or more", column="rates")


ADULT = 18
SLACK = 1e-9
LABELS: Mapping[str, Label] = {
    name: Label(en, nb, nn)
    for name, en, nb, nn in (
        (
            "growth_percent",
            "Growth a year of rates that are not known, per cent",
            "Vekst i året for satser som ikke er kjent, prosent",
            "Vekst i året for satsar som ikkje er kjende, prosent",
        ),
        ("rates", "Own amounts for rates", "Egne beløp for satser", "Eigne beløp for satsar"),
        (
            "between_years_2_and_5",
            "Rates of years 3 and 4 taken between those of years 2 and 5",
            "Satsene for år 3 og 4 lagt mellom dem for år 2 og 5",
            "Satsane for år 3 og 4 lagde mellom dei for år 2 og 5",
        ),
        ("composition", "Who comes", "Hvem som kommer", "Kven som kjem"),
        (
            "elder_share",
            "Share of 60 years or more among those who come",
            "Andel på 60 år eller mer blant dem som kommer",
            "Del på 60 år eller meir mellom dei som kjem",
        ),
        (
            "kindergarten_share",
            "Share of 0 to 5 years among those who come",
            "Andel på 0 til 5 år blant dem som kommer",
            "Del på 0 til 5 år mellom dei som kjem",
        ),
        (
            "minor_age",
            "Age of an unaccompanied minor in the year of settlement",
            "Alderen til en enslig mindreårig i bosettingsåret",
            "Alderen til ein einsleg mindreårig i busetjingsåret",
        ),
        (
            "settled_share",
            "Share of the number voted for that comes",
            "Andel av vedtaket som kommer",
            "Del av vedtaket som kjem",
        ),
        (
            "moved_out_share",
            "Share that moves out a year",
            "Andel som flytter ut i året",
            "Del som flyttar ut i året",
        ),
        (
            "moved_in_share",
            "Share that moves in a year",
            "Andel som flytter inn i året",
            "Del som flyttar inn i året",
        ),
        (
            "family_per_person",
            "Family that comes a year, per settled person",
            "Familie som kommer i året, per bosatt person",
            "Familie som kjem i året, per busett person",
        ),
        (
            "left_share",
            "Share that leaves the country a year",
            "Andel som forlater landet i året",
            "Del som forlèt landet i året",
        ),
        (
            "collective_share",
            "Share under collective protection among those who come",
            "Andel med kollektiv beskyttelse blant dem som kommer",
            "Del med kollektivt vern mellom dei som kjem",
        ),
        (
            "collective_ends",
            "First year without collective protection",
            "Første år uten kollektiv beskyttelse",
            "Første år utan kollektivt vern",
        ),
        (
            "collective_left_share",
            "Share that leaves when collective protection ends",
            "Andel som forlater landet når den kollektive beskyttelsen slutter",
            "Del som forlèt landet når det kollektive vernet sluttar",
        ),
        (
            "innbyggertilskudd_nok",
            "Innbyggertilskudd per person, kroner",
            "Innbyggertilskudd per person, kroner",
            "Innbyggjartilskot per person, kroner",
        ),
        (
            "unused_place_nok",
            "Cost of an unused place a year, kroner",
            "Kostnad for en ubenyttet plass i året, kroner",
            "Kostnad for ein unytta plass i året, kroner",
        ),
    )
}
