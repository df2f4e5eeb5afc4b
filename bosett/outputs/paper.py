"""A paper as plain values: headings, paragraphs, lists and tables, to be written as PDF or docx."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

FORMS = ("nb", "nn")
Language = Literal["nb", "nn"]
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The kinds of file a paper is written as."""


@dataclass(frozen=True)
class Heading:
    """A heading; the paper's title is the only one of the first level.

    Parameters
    ----------
    level
        2, or 3 under one of those.
    new_page
        Whether it begins a page.
    """

    text: str
    level: Literal[2, 3] = 2
    new_page: bool = False


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Points:
    """A list with at least one point."""

    points: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.points:
            raise ValueError("a list without points is left out")


@dataclass(frozen=True)
class Grid:
    """A table with a caption that says what it shows.

    Parameters
    ----------
    numbers
        Places of the columns that hold numbers and stand to the right.

    Raises
    ------
    ValueError
        If a row has another number of cells than the header, or there is no row.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not self.rows or any(len(row) != len(self.header) for row in self.rows):
            raise ValueError("a table has rows, each with a cell for every column")


@dataclass(frozen=True)
class Bar:
    """One bar from zero; `low` and `high` are the ends of its interval, None without one; `told` is its number."""

    label: str
    value: float
    told: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Bars:
    """A chart of bars with a caption that says what it shows, and in words what is to be seen.

    Raises
    ------
    ValueError
        If there is no bar, a value is negative, or the words are lacking.
    """

    caption: str
    seen: str
    bars: tuple[Bar, ...]

    def __post_init__(self) -> None:
        if not self.bars or not self.seen.strip() or any(one.value < 0 for one in self.bars):
            raise ValueError("a chart has bars from zero, and words for who cannot see it")

    @property
    def longest(self) -> float:
        """The highest end of a bar or of its interval."""
        return max(max(one.value, one.high or 0.0) for one in self.bars) or 1.0


Block = Heading | Text | Points | Grid | Bars


@dataclass(frozen=True)
class Paper:
    """One paper in one language form.

    Parameters
    ----------
    sender
        The body that it is from.
    day
        The day it is dated.
    particulars
        (label, value) above the text, such as recipient and case number.
    mark
        A line above everything, such as that this is an exercise; empty for none.
    """

    title: str
    language: Language
    sender: str
    day: date
    particulars: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    mark: str = ""

    def __post_init__(self) -> None:
        if self.language not in FORMS:
            raise ValueError(f"papers are written in nb and nn, not {self.language!r}")
        if not self.title.strip() or not self.blocks:
            raise ValueError("a paper has a title and a text")


def say(language: Language, nb: str, nn: str) -> str:
    """The sentence in the form asked for; both are written by hand and stand side by side."""
    return nb if language == "nb" else nn
