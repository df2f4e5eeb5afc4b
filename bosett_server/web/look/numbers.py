"""Numbers as people read them: 13 000 with a narrow no-break space, 82,5 %, 241 100 kr."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from bosett_server.web.look.language import current_language

Number = int | float | Decimal | Fraction

THIN = "\u202f"
MINUS = "\u2212"


def number(value: Number, decimals: int = 0) -> str:
    """The number with thousands grouped, rounded half up to `decimals` (0 or more) places.

    Raises
    ------
    TypeError
        If the value is missing or is not a number: missing is never zero, use a `Figure`.
    """
    group, comma = (",", ".") if current_language() == "en" else (THIN, ",")
    if type(value) is int and decimals == 0:  # nearly every number of a page
        grouped = f"{abs(value):,}".replace(",", group)
        return f"{MINUS}{grouped}" if value < 0 else grouped
    exact = _exact(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, part = f"{abs(exact):f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", group)
    sign = MINUS if exact < 0 else ""
    return f"{sign}{grouped}{comma + part if part else ''}"


def signed(value: Number, decimals: int = 0) -> str:
    """A change: +12, −3 (a true minus sign), 0."""
    return f"+{number(value, decimals)}" if value > 0 else number(value, decimals)


def kroner(value: int) -> str:
    """Whole kroner: `241 100 kr`; in English `NOK 241,100`."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"kroner are whole numbers, not {value!r}")
    return f"NOK\u00a0{number(value)}" if current_language() == "en" else f"{number(value)}\u00a0kr"


def percent(share: Number, decimals: int = 1) -> str:
    """A share of 1 as per cent: 0.825 becomes `82,5 %` (in English `82.5%`)."""
    space = "" if current_language() == "en" else "\u00a0"
    return f"{number(_exact(share) * 100, decimals)}{space}%"


def _exact(value: Number) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise TypeError(f"not a number: {value!r} (missing is never zero: give a Figure)")
    return Decimal(str(value))
