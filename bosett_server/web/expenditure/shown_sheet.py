"""One questionnaire as its page shows it: lines with their flags, the sum, the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bosett.expenditure.typed import Flag, Typed
from bosett_server.queries.expenditure_sheet import LogRow, Sheet
from bosett_server.web.expenditure.forms import word_language
from bosett_server.web.look.dates import date_digits
from bosett_server.web.look.numbers import kroner, number
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.words.expenditure import FLAGS, STEPS
from bosett_server.words.refusals import filled


@dataclass(frozen=True)
class LineShown:
    """One line of the form with all that stands beside it."""

    area: str
    name: str
    help: str
    counts: bool
    typed: Typed
    value: str
    flags: tuple[str, ...]
    wrong: bool
    known: tuple[str, ...]


def lines_shown(told: Sheet, *, strict: bool) -> list[LineShown]:
    """Every line; an empty one is marked only when somebody has tried to send (`strict`), or when it is sent."""
    language = word_language()
    return [
        LineShown(
            line.area, line.name.in_language(language), line.help.in_language(language), line.unit == "count",
            told.typed.get(line.area, Typed(line.area)), _value(told.values.get(line.area), line.unit),
            tuple(flag_sentence(flag) for flag in _flags(told, line.area, strict)),
            any(flag.stops for flag in _flags(told, line.area, strict)), _known(told, line.area),
        )
        for line in told.lines
    ]  # fmt: skip


def flag_sentence(flag: Flag) -> str:
    """What is odd about a line, and what to do."""
    return filled(FLAGS[flag.code], dict(flag.facts))


def total(told: Sheet) -> str:
    """The sum so far; nothing when no line has a number."""
    return kroner(told.total) if told.total is not None else ""


def clock_words(at: datetime) -> str:
    """Hours and minutes in Norway."""
    return timezone.localtime(at).strftime("%H.%M.%S" if word_language() != "en" else "%H:%M:%S")


def log_table(told: Sheet, rows: Sequence[LogRow]) -> Table:
    """The revision log."""
    language = word_language()
    names = {line.area: line.name.in_language(language) for line in told.lines}
    columns = (
        Column("at", pgettext("expenditure", "When")),
        Column("by", pgettext("expenditure", "Who")),
        Column("step", pgettext("expenditure", "What was done")),
        Column("line", pgettext("expenditure", "Line")),
        Column("said", pgettext("expenditure", "What it said")),
    )
    body = tuple(
        Row(
            (_moment(one.at), one.by, str(STEPS[one.step]), names.get(one.area, one.area), _said(one)),
            label=f"{names.get(one.area, '')} {_moment(one.at)}",
        )
        for one in rows
    )
    return Table(_("What has been written and done, newest first"), columns, body)


def _flags(told: Sheet, area: str, strict: bool) -> list[Flag]:
    kept = strict or told.state != "open"
    return [flag for flag in told.flags if flag.area == area and (kept or flag.code != "empty")]


def _known(told: Sheet, area: str) -> tuple[str, ...]:
    """What the line is compared with."""
    found = []
    last, others = told.known.last_nok.get(area), told.known.others_per_person.get(area)
    if last is not None:
        found.append(_("Your last answer: %(nok)s.") % {"nok": kroner(last)})
    if others and told.persons:
        found.append(_("Others spent %(nok)s per person in the last round.") % {"nok": kroner(round(others))})
    if area in told.known.kostra_nok:
        found.append(
            _("KOSTRA has %(nok)s for the whole service.") % {"nok": kroner(told.known.kostra_nok[area])}
        )
    return tuple(found)


def _value(value: int | None, unit: str) -> str:
    if value is None:
        return ""
    return kroner(value) if unit == "nok" else number(value)


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{date_digits(local)} {clock_words(at)}"


def _said(row: LogRow) -> str:
    told = row.told
    if row.step != "saved":
        return str(told.get("reason", ""))
    parts = [str(told.get("amount_typed", ""))]
    if told.get("share_typed") or told.get("whole_typed"):
        parts = [f"{told.get('share_typed', '')} % × {told.get('whole_typed', '')}"]
    if told.get("explanation"):
        parts.append(f"«{told['explanation']}»")
    return " ".join(part for part in parts if part) or "–"


def persons_text(persons: Fraction) -> str:
    """Persons with at most one decimal."""
    return number(persons, 0 if persons.denominator == 1 else 1)
