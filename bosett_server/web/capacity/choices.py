"""Languages and countries to choose from, named by CLDR in the reader's language.

The lists are a convenience for the forms; the API takes every code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from babel import Locale
from django.utils.translation import get_language, gettext

LANGUAGES = (
    "uk", "ar", "ti", "so", "prs", "fa", "ps", "tr", "ku", "ru", "am", "om", "sw", "fr", "en", "es", "rn", "rw",
    "ln", "my", "ur", "bn", "zh", "sq", "ka", "nb",
)  # fmt: skip
CITIZENSHIPS = {
    "UKR": "UA", "SYR": "SY", "TUR": "TR", "ERI": "ER", "AFG": "AF", "RUS": "RU", "IRN": "IR", "ETH": "ET",
    "IRQ": "IQ", "SOM": "SO", "YEM": "YE", "SDN": "SD", "SSD": "SS", "PSE": "PS", "COD": "CD", "COL": "CO",
    "VEN": "VE", "NIC": "NI", "MMR": "MM", "BDI": "BI", "RWA": "RW", "UGA": "UG", "LBY": "LY", "EGY": "EG",
    "PAK": "PK", "BLR": "BY", "GEO": "GE", "MDA": "MD", "CHN": "CN", "CUB": "CU",
}  # fmt: skip
"""ISO 3166-1 alpha-3 -> alpha-2, which CLDR names."""
NO_STATE = "XXA"
"""ICAO Doc 9303: stateless."""


def language_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    """(code, name), by name."""
    names = Locale.parse(get_language() or "nb").languages
    return sorted(((code, str(names.get(code, code))) for code in codes), key=lambda one: one[1].casefold())


def country_choices(codes: Mapping[str, str]) -> list[tuple[str, str]]:
    """(alpha-3, name), by name; stateless last."""
    locale = Locale.parse(get_language() or "nb")
    named = [(code, str(locale.territories.get(two, code))) for code, two in codes.items()]
    return [
        *sorted(named, key=lambda one: one[1].casefold()),
        (NO_STATE, gettext("Stateless")),
    ]
