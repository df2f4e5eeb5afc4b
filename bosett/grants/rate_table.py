"""An official table of rates: looked at before it counts, and refused whole when anything in it is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from bosett.rules.parameters import Parameters
from bosett.rules.series import Entry, Series
from bosett.rules.value import Certainty, Validity
from bosett.terms.errors import BadInput
from bosett.terms.label import Label
from bosett.terms.source import Source

ROOT = "grants/"


def _later(number: int) -> Label:
    return Label(
        f"Integration grant, year {number}",
        f"Integreringstilskudd, år {number}",
        f"Integreringstilskot, år {number}",
    )


def _training(number: int, en: str, nb: str, nn: str) -> Label:
    return Label(
        f"Grant for Norwegian training, {en}, year {number}",
        f"Norsktilskudd, {nb}, år {number}",
        f"Norsktilskot, {nn}, år {number}",
    )


ORDINARY = ("ordinary group", "ordinær gruppe", "ordinær gruppe")
EXTENDED = (
    "extended training under collective protection",
    "utvidet opplæring med kollektiv beskyttelse",
    "utvida opplæring med kollektivt vern",
)
WITHOUT_VALUE: Mapping[str, Label] = {
    **{f"{ROOT}integration/year{number}": _later(number) for number in (3, 4)},
    **{f"{ROOT}norwegian/person_ordinary_year{number}": _training(number, *ORDINARY) for number in (1, 2, 3)},
    **{
        f"{ROOT}norwegian/person_collective_protection_year{number}": _training(number, *EXTENDED)
        for number in (2, 3)
    },
}
"""Rates that the rules ask for and no source has given yet."""


@dataclass(frozen=True)
class RateRow:
    """One row of a table of rates.

    Parameters
    ----------
    rule
        Path of the rate, such as `grants/integration/year3`.
    start, end
        First and last day; `end` None = the end of the calendar year.
    value
        As read: a fraction is refused when previewed, so that the row can be named.
    source
        None is refused.
    line, file
        Where it stands, for whoever has to mend it.
    """

    rule: str
    start: date
    value: Decimal
    source: Source | None
    end: date | None = None
    certainty: Certainty = Certainty.SOURCE
    note: str = ""
    line: int | None = None
    file: str = ""

    @property
    def last(self) -> date:
        """The last day it holds."""
        return self.end or date(self.start.year, 12, 31)


class ChangeKind(StrEnum):
    """What a row would do: fill a hole, correct what stands, or nothing."""

    NEW = "new"
    CORRECTION = "correction"
    SAME = "same"


@dataclass(frozen=True)
class RateChange:
    """What one row changes; `old_nok` is what counts today, None when nothing is known."""

    rule: str
    year: int
    old_nok: int | None
    new_nok: int
    kind: ChangeKind
    source: Source
    certainty: Certainty
    note: str = ""


@dataclass(frozen=True)
class RatePreview:
    """Every change of a table, one a rate and calendar year, in order."""

    changes: tuple[RateChange, ...]

    def of_kind(self, kind: ChangeKind) -> tuple[RateChange, ...]:
        """The changes of one kind."""
        return tuple(one for one in self.changes if one.kind is kind)


def preview_rates(parameters: Parameters, rows: Sequence[RateRow]) -> RatePreview:
    """What the table would change; nothing is changed.

    Raises
    ------
    BadInput
        Names the row: no source, a fraction of a krone, below zero, not a rate of the grants, a day that is
        not a calendar year's first or last, a gap or an overlap between the rows of one rate, or a
        correction without a later day of publication.
    """
    if not rows:
        raise BadInput("no rates", "at least one row")
    for row in rows:
        _check(row)
    changes = []
    for rule in sorted({row.rule for row in rows}):
        own = sorted((row for row in rows if row.rule == rule), key=lambda row: row.start)
        _check_order(own)
        changes += [_change(parameters, row, year) for row in own for year in _years(row)]
    return RatePreview(tuple(changes))


def with_rates(parameters: Parameters, preview: RatePreview) -> Parameters:
    """The parameters with the table's changes; the ones given stay as they are."""
    series = dict(parameters.series)
    for change in preview.changes:
        if change.kind is not ChangeKind.SAME:
            series[change.rule] = _with(series.get(change.rule), change)
    return Parameters(series)


def _check(row: RateRow) -> None:
    if row.source is None or not row.source.title.strip():
        raise _bad(row, "source_title", "no source", "a title of where the rate stands")
    if row.value != row.value.to_integral_value():
        raise _bad(row, "amount_nok", str(row.value), "whole kroner")
    if row.value < 0:
        raise _bad(row, "amount_nok", str(row.value), "0 or more")
    if (row.start.month, row.start.day) != (1, 1):
        raise _bad(row, "from", str(row.start), "1 January: a rate holds for calendar years")
    if (row.last.month, row.last.day) != (12, 31) or row.last < row.start:
        raise _bad(row, "to", str(row.last), "31 December of the same or a later year")


def _check_order(rows: Sequence[RateRow]) -> None:
    for before, after in pairwise(rows):
        if after.start <= before.last:
            found = f"{after.rule} from {after.start}, an overlap with the row that holds to {before.last}"
            raise _bad(after, "from", found, f"a day after {before.last}")
        if after.start > before.last + timedelta(days=1):
            found = f"{after.rule} from {after.start}, a gap after {before.last}"
            raise _bad(after, "from", found, "rows without years between them")


def _years(row: RateRow) -> range:
    return range(row.start.year, row.last.year + 1)


def _change(parameters: Parameters, row: RateRow, year: int) -> RateChange:
    series = parameters.series.get(row.rule)
    if series is None and row.rule not in WITHOUT_VALUE:
        raise _bad(row, "rule", repr(row.rule), f"the path of a rate, such as {ROOT}integration/year3")
    if series is not None and not (series.unit.startswith("NOK") and row.rule.startswith(ROOT)):
        raise _bad(row, "rule", f"{row.rule}, which is no rate of the grants", "a rate in kroner")
    if row.source is None:
        raise _bad(row, "source_title", "no source", "a title of where the rate stands")
    standing = [one for one in series.entries if one.start.year == year] if series else []
    old = None if not standing or standing[-1].value is None else int(Decimal(standing[-1].value))
    kind = ChangeKind.NEW if not standing else ChangeKind.CORRECTION
    if old == int(row.value):
        kind = ChangeKind.SAME
    if kind is ChangeKind.CORRECTION:
        _check_later(row, standing[-1])
    return RateChange(row.rule, year, old, int(row.value), kind, row.source, row.certainty, row.note)


def _check_later(row: RateRow, standing: Entry) -> None:
    published = row.source.published if row.source else None
    if published is None:
        raise _bad(
            row, "published", f"no day for a correction of {standing.value}", "the day it was published"
        )
    earlier = standing.source.published
    if earlier is not None and published <= earlier:
        raise _bad(
            row, "published", str(published), f"a day after {earlier}, when {standing.value} was published"
        )


def _with(series: Series | None, change: RateChange) -> Series:
    entry = Entry(date(change.year, 1, 1), change.new_nok, change.source, change.certainty, change.note)
    if series is None:
        label = WITHOUT_VALUE[change.rule]
        return Series(change.rule, label, "NOK per person per year", Validity.CALENDAR_YEAR, (entry,))
    before = tuple(one for one in series.entries if one.start <= entry.start)
    after = tuple(one for one in series.entries if one.start > entry.start)
    return replace(series, entries=(*before, entry, *after))


def _bad(row: RateRow, column: str, found: str, allowed: str) -> BadInput:
    return BadInput(found, allowed, row.file, row.line, column)


def series_text(series: Series) -> str:
    """A parameter as its file holds it, to be read back by `Parameters.load`."""
    told = [
        "label:",
        *(f"  {language}: {_quoted(series.label.in_language(language))}" for language in ("en", "nb", "nn")),
        f"unit: {series.unit}",
        f"validity: {series.validity.value}",
        "values:",
    ]
    for entry in series.entries:
        told += _entry_text(entry)
    return "\n".join(told) + "\n"


def _entry_text(entry: Entry) -> list[str]:
    source = entry.source
    value = "null" if entry.value is None else str(entry.value)
    told = [f"  - from: {entry.start}", f"    value: {value}", "    source:"]
    told.append(f"      title: {_quoted(source.title)}")
    told += [f"      section: {_quoted(source.section)}"] if source.section else []
    told += [f"      href: {_quoted(source.href)}"] if source.href else []
    told += [f"      published: {source.published}"] if source.published else []
    told.append(f"    certainty: {entry.certainty.value}")
    told += [f"    note: {_quoted(entry.note)}"] if entry.note else []
    return told


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
