"""Dates as people read them: `10. februar 2026` in text, `10.02.2026` in tables, ISO for machines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from bosett.terms.days import Month
from bosett_server.web.look.language import current_language

_NORWEGIAN = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
]
_ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_SAMI = [
    "ođđajagimánu",
    "guovvamánu",
    "njukčamánu",
    "cuoŋománu",
    "miessemánu",
    "geassemánu",
    "suoidnemánu",
    "borgemánu",
    "čakčamánu",
    "golggotmánu",
    "skábmamánu",
    "juovlamánu",
]
_SAMI_ALONE = [
    "ođđajagimánnu",
    "guovvamánnu",
    "njukčamánnu",
    "cuoŋománnu",
    "miessemánnu",
    "geassemánnu",
    "suoidnemánnu",
    "borgemánnu",
    "čakčamánnu",
    "golggotmánnu",
    "skábmamánnu",
    "juovlamánnu",
]


def date_words(day: date) -> str:
    """The date for running text, of a moment its day in Norway; numeric where we have no month names."""
    day = _in_norway(day)
    written = {
        "nb": f"{day.day}. {_NORWEGIAN[day.month - 1]} {day.year}",
        "nn": f"{day.day}. {_NORWEGIAN[day.month - 1]} {day.year}",
        "en": f"{day.day} {_ENGLISH[day.month - 1]} {day.year}",
        "se": f"{_SAMI[day.month - 1]} {day.day}. b. {day.year}",
    }
    return written.get(current_language(), date_digits(day))


def date_short(day: date) -> str:
    """16.03.26, for the ends of a chart's axis on a narrow screen."""
    day = _in_norway(day)
    return f"{day:%d.%m.%y}"


def date_digits(day: date) -> str:
    """The date for tables, `10.02.2026`; in English `10 Feb 2026`, since 10.02 could be read both ways."""
    day = _in_norway(day)
    if current_language() == "en":
        return f"{day.day} {_ENGLISH[day.month - 1][:3]} {day.year}"
    return f"{day:%d.%m.%Y}"


def _in_norway(day: date) -> date:
    return timezone.localdate(day) if isinstance(day, datetime) else day


def month_words(month: Month) -> str:
    """A month in running text: `februar 2026`."""
    names = {"nb": _NORWEGIAN, "nn": _NORWEGIAN, "en": _ENGLISH, "se": _SAMI_ALONE}.get(current_language())
    return f"{names[month.number - 1]} {month.year}" if names else f"{month.number:02d}.{month.year}"


def as_stated(text: str) -> str:
    """A time as precisely as a source tells it: `2026-03-02` is a day, `2026-03` a month, anything else stays."""
    if len(text) == len("2026-03-02"):
        return date_digits(date.fromisoformat(text))
    return month_words(Month.parse(text)) if len(text) == len("2026-03") else text


def time_element(day: date, text: str) -> SafeString:
    """`<time>` that shows `text` and tells machines the day."""
    return format_html('<time datetime="{}">{}</time>', f"{_in_norway(day):%Y-%m-%d}", text)


@dataclass(frozen=True)
class Deadline:
    """A day something is due, seen from `today`."""

    due: date
    today: date

    @property
    def days_left(self) -> int:
        """Days until it is due; negative when overdue."""
        return (self.due - self.today).days

    @property
    def tone(self) -> str:
        """`danger` when overdue, `warning` within three days, else `neutral`."""
        if self.days_left < 0:
            return "danger"
        return "warning" if self.days_left <= 3 else "neutral"

    @property
    def words(self) -> str:
        """`om 3 dager`, `i dag`, `2 dager over fristen`."""
        left = self.days_left
        if left < 0:
            over = ngettext("%(days)s day overdue", "%(days)s days overdue", -left)
            return over % {"days": -left}
        if left <= 1:
            return gettext("today") if left == 0 else gettext("tomorrow")
        return ngettext("in %(days)s day", "in %(days)s days", left) % {"days": left}
