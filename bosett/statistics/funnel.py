"""Asked -> voted -> agreed -> settled: four numbers and the gaps between them, never filled in."""

from __future__ import annotations

from dataclasses import dataclass

from bosett.terms.figure import Figure, State


@dataclass(frozen=True)
class Gap:
    """The difference from one step to the next (negative = more than before); None = cannot be said."""

    earlier: str
    later: str
    persons: int | None


@dataclass(frozen=True)
class Funnel:
    """Need, asked, voted, agreed and settled for one place, year and group."""

    need: Figure
    asked: Figure
    voted: Figure
    agreed: Figure
    settled: Figure

    @property
    def steps(self) -> tuple[tuple[str, Figure], ...]:
        """The steps in order."""
        names = ("need", "asked", "voted", "agreed", "settled")
        return tuple((name, getattr(self, name)) for name in names)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The named gaps; a gap beside a step without a number is None, not 0."""
        found = []
        for (first, a), (second, b) in zip(self.steps[:-1], self.steps[1:], strict=True):
            known = a.value is not None and b.value is not None
            found.append(Gap(first, second, (a.value or 0) - (b.value or 0) if known else None))
        return tuple(found)


def add_figures(figures: tuple[Figure, ...]) -> tuple[Figure, int]:
    """The sum of the known numbers, and how many parts had none.

    `NOT_ASKED` adds nothing and is not a missing part; when nothing is known, the sum is unknown.
    """
    known = [one.value for one in figures if one.value is not None]
    missing = sum(1 for one in figures if one.value is None and one.state is not State.NOT_ASKED)
    return (Figure.of(sum(known)) if known else Figure.missing(State.UNKNOWN)), missing
