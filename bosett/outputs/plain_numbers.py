"""Numbers and days as Norwegian and English readers write them."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_MONTHS = (
    ("januar", "January"),
    ("februar", "February"),
    ("mars", "March"),
    ("april", "April"),
    ("mai", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("august", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("desember", "December"),
)
NO_BREAK_SPACE = "\u00a0"


def number_text(value: int | Fraction | Decimal | float, language: str, decimals: int = 1) -> str:
    """A number with grouped thousands; whole numbers without decimals, a minus sign as a minus sign."""
    exact = Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else value
    rounded = Decimal(str(exact)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if rounded == rounded.to_integral_value():
        rounded = rounded.to_integral_value()
    text = f"{abs(rounded):,f}"
    if language != "en":
        text = text.replace(",", NO_BREAK_SPACE).replace(".", ",")
    return f"\u2212{text}" if rounded < 0 else text


def day_text(day: date, language: str) -> str:
    """A day with the month in words."""
    norwegian, english = _MONTHS[day.month - 1]
    return f"{day.day} {english} {day.year}" if language == "en" else f"{day.day}. {norwegian} {day.year}"


def month_name(month: int, language: str) -> str:
    """A month in words, 1 to 12."""
    norwegian, english = _MONTHS[month - 1]
    return english if language == "en" else norwegian
