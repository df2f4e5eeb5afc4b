"""How the year's report writes numbers, days and changes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bosett.agreement import Fact
from bosett.agreement.frames import Change
from bosett.outputs.paper import Language, say
from bosett.outputs.plain_numbers import day_text, month_name, number_text
from bosett.terms.partial_day import PartialDay

SMALLEST = 5
"""A count of persons or households from 1 up to this is not told: the report is public."""
COUNTS_OF_PEOPLE = frozenset(
    {
        "ready_waiting", "municipalities_settled_above_vote", "persons_settled_above_vote", "persons_above_allowed",
        "households_ready", "households_ready_over_180_days", "minors_to_report", "minors_reported", "settled_all",
        "settled_under15", "settled_15_17", "answers_due", "answers_in_time", "questions", "questions_answered_in_time",
    }
)  # fmt: skip
Number = int | float | Decimal


def told_number(value: Number, code: str = "") -> str:
    """A number as Norwegian readers write it; a year is no amount, and a small count of people is not told."""
    if code == "last_mapped_year":
        return str(value)
    if code in COUNTS_OF_PEOPLE and 0 < value < SMALLEST:
        return f"færre enn {SMALLEST}"
    return number_text(value, "nb")


def fact_number(one: Fact | None, language: Language) -> str:
    """A fact's number, or that it is not known."""
    return unknown(language) if one is None else told_number(one.value)


def unknown(language: Language) -> str:
    """What stands where a number is not known: never 0."""
    return say(language, "ukjent", "ukjent")


def told_day(day: PartialDay, language: Language) -> str:
    """The day, the month or the year, as precisely as the source tells it."""
    if len(day.text) == len("2025-01-01"):
        return day_text(day.earliest, language)
    if len(day.text) == len("2025-01"):
        return f"{month_name(day.earliest.month, language)} {day.earliest.year}"
    return say(language, f"i løpet av {day.text}", f"i løpet av {day.text}")


def told_changes(found: Sequence[Change], language: Language) -> tuple[str, ...]:
    """Each change with its day and size; a day that is only a bound says so."""
    return tuple(_change(one, language) for one in found)


def _change(one: Change, language: Language) -> str:
    before, after = told_number(one.before.value), told_number(one.after.value)
    size = told_number(abs(one.persons))
    share = told_number(round(100 * abs(float(one.share)), 1))
    more = one.persons > 0
    day = told_day(one.after.on, language)
    nb = f"{day}: fra {before} til {after} personer, {size} {'flere' if more else 'færre'} ({share} %)."
    nn = f"{day}: frå {before} til {after} personar, {size} {'fleire' if more else 'færre'} ({share} %)."
    text = say(language, nb, nn)
    return text[0].upper() + text[1:]
