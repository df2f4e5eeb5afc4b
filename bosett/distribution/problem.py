"""What is divided, between whom, and by which criteria."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from bosett.terms.errors import BadInput


class Method(StrEnum):
    """How the exact share is made; the published formulas and their sources are in `methods.py`."""

    WEIGHTS = "weights"
    NORWAY_2018 = "norway-2018"
    DENMARK = "denmark"
    GERMANY = "germany"
    EU = "eu"
    SWITZERLAND = "switzerland"


class Rounding(StrEnum):
    """How exact shares become whole persons."""

    LARGEST_REMAINDER = "largest-remainder"
    SAINTE_LAGUE = "sainte-lague"


class Transform(StrEnum):
    """What is done to an indicator before its parts are made; it tempers the largest."""

    AS_IS = "as_is"
    SQUARE_ROOT = "square_root"
    RANK = "rank"


class Direction(StrEnum):
    """Whether more of an indicator gives a larger share, or less of it does."""

    MORE = "more"
    LESS = "less"


@dataclass(frozen=True)
class Criterion:
    """One indicator's weight in the share.

    Parameters
    ----------
    column
        The indicator's name.
    weight
        Its part of the whole, 0 to 1.
    direction
        `LESS` uses the highest value among the municipalities that take part minus the value.
    times
        An indicator that turns a rate into a size, multiplied in after `direction` and `transform`.
    transform
        `RANK` counts how many have a lower value, so that the lowest has 0; equal values share the
        middle of their places.  Done after `direction`.
    at_most
        The largest part of this criterion's persons that one municipality may have, above 0 up to 1;
        the others share the rest in proportion.  None = no such cap.
    """

    column: str
    weight: Fraction
    direction: Direction = Direction.MORE
    times: str | None = None
    transform: Transform = Transform.AS_IS
    at_most: Fraction | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.weight <= 1:
            raise BadInput(found=f"weight {self.weight} of {self.column}", allowed="a share from 0 to 1")
        if self.at_most is not None and not 0 < self.at_most <= 1:
            raise BadInput(found=f"at_most {self.at_most} of {self.column}", allowed="above 0, up to 1")


@dataclass(frozen=True)
class DistributionCriteria:
    """The rules of one division.

    Parameters
    ----------
    method
        `WEIGHTS` uses `criteria`; the published methods bring their own and read `columns`.
    criteria
        The weighted indicators; their weights sum to 1.  A published method of weights takes them
        only if they are the published ones (it then learns the columns from them).
    floor
        Fewest persons that a municipality with a share is asked for, >= 0.
    columns
        For the published methods: which indicator plays which part, where its name differs.
    size_minimum, size_exceptions
        For `NORWAY_2018`: smallest population that takes part, and the identifiers excepted.

    Raises
    ------
    BadInput
        If the weights do not sum to 1, an indicator is named twice or the floor is negative.
    """

    method: Method = Method.WEIGHTS
    criteria: tuple[Criterion, ...] = ()
    floor: int | None = None
    rounding: Rounding = Rounding.LARGEST_REMAINDER
    columns: Mapping[str, str] = field(default_factory=dict)
    size_minimum: int | None = None
    size_exceptions: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        total = sum((criterion.weight for criterion in self.criteria), Fraction(0))
        if self.criteria and total != 1:
            raise BadInput(found=f"weights that sum to {float(total)}", allowed="weights that sum to 1")
        if self.method is Method.WEIGHTS and not self.criteria:
            raise BadInput(found="no weights", allowed="at least one weight for the method weights")
        if self.floor is not None and self.floor < 0:
            raise BadInput(found=f"floor {self.floor}", allowed="a whole number of persons, 0 or more")
        _refuse_repeats([criterion.column for criterion in self.criteria], "criterion")


@dataclass(frozen=True)
class MunicipalityInput:
    """A municipality as the division sees it.

    Parameters
    ----------
    identifier
        The municipality code (or another key), unique in the problem.
    indicators
        Column -> value, >= 0.  An indicator that is not known is left out, never 0.
    minimum, maximum
        Fewest and most persons it may be asked for; None = no such bound.
    excluded
        Takes no part and is asked for nobody.
    deduct
        Persons taken off the exact share for what it already carries, >= 0.
    deduct_for
        (cause, persons >= 0) taken off too, each told by its cause: a reception centre that it hosts,
        earlier settlement, persons who have moved in.
    deduct_share
        (cause, part from 0 to 1) of its own exact share taken off: pressure on its housing and services.
    fixed, reason
        A number set by hand, and why: it replaces whatever the rules give, and the others are
        re-solved around it.  Neither without the other.
    """

    identifier: str
    name: str
    county: str
    indicators: Mapping[str, Fraction]
    minimum: int | None = None
    maximum: int | None = None
    excluded: bool = False
    deduct: Fraction = Fraction(0)
    fixed: int | None = None
    reason: str = ""
    deduct_for: tuple[tuple[str, Fraction], ...] = ()
    deduct_share: tuple[tuple[str, Fraction], ...] = ()

    def __post_init__(self) -> None:
        for column, value in self.indicators.items():
            if value < 0:
                raise BadInput(str(float(value)), "an indicator of 0 or more", row_of(self), column=column)
        if (self.minimum or 0) < 0 or (self.maximum or 0) < 0 or self.deduct < 0:
            raise BadInput("a negative bound or deduction", "0 or more", row_of(self))
        if any(persons < 0 for _, persons in self.deduct_for):
            raise BadInput("a negative deduction", "0 or more", row_of(self))
        if any(not 0 <= part <= 1 for _, part in self.deduct_share):
            raise BadInput("a part of the share outside 0 to 1", "0 to 1", row_of(self))
        if self.maximum is not None and (self.minimum or 0) > self.maximum:
            found = f"minimum {self.minimum} above maximum {self.maximum}"
            raise BadInput(found, "a minimum at or below the maximum", row_of(self))
        self._check_fixed()

    def deductions(self, share: Fraction) -> tuple[tuple[str, Fraction], ...]:
        """(cause, persons) taken off an exact share; what has no cause of its own is `deduct`."""
        unnamed = (("deduct", self.deduct),) if self.deduct else ()
        parts = ((cause, part * share) for cause, part in self.deduct_share)
        return (*unnamed, *((cause, persons) for cause, persons in (*self.deduct_for, *parts) if persons))

    def _check_fixed(self) -> None:
        if (self.fixed is None) != (not self.reason.strip()):
            raise BadInput(f"fixed {self.fixed}, reason {self.reason!r}", "both, or neither", row_of(self))
        if self.fixed is not None and (self.fixed < 0 or self.excluded):
            raise BadInput(f"fixed {self.fixed}", "0 or more, of one that takes part", row_of(self))


def row_of(municipality: MunicipalityInput) -> str:
    """How a fault names the municipality when no file is known."""
    return f"municipality {municipality.identifier}"


@dataclass(frozen=True)
class GroupNeed:
    """A part of the need that is divided inside what each municipality is asked for.

    Parameters
    ----------
    excluded
        Identifiers of the municipalities that are asked for none of the group.
    """

    group: str
    persons: int
    excluded: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.persons < 0:
            raise BadInput(f"{self.group}={self.persons}", "a whole number of persons, 0 or more")


@dataclass(frozen=True)
class DistributionProblem:
    """A need to divide.

    Parameters
    ----------
    need
        Persons, whole, >= 0.
    groups
        Divided in the order given; together at most `need`.

    Raises
    ------
    BadInput
        If the need is negative, nobody takes part, an identifier or group comes twice, or the groups
        together exceed the need.
    """

    need: int
    municipalities: tuple[MunicipalityInput, ...]
    criteria: DistributionCriteria
    groups: tuple[GroupNeed, ...] = ()

    def __post_init__(self) -> None:
        if self.need < 0:
            raise BadInput(found=f"need {self.need}", allowed="a whole number of persons, 0 or more")
        _refuse_repeats([one.identifier for one in self.municipalities], "municipality")
        _refuse_repeats([one.group for one in self.groups], "group")
        minors = sum(one.persons for one in self.groups)
        if minors > self.need:
            raise BadInput(f"groups of {minors} in a need of {self.need}", "groups inside the need")


def _refuse_repeats(names: list[str], what: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise BadInput(found=f"{what} {name} twice", allowed=f"each {what} once")
        seen.add(name)
