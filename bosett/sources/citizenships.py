"""Citizenships as sources write them, to ISO 3166 alpha-3."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.core import get_global

from bosett.terms.errors import BadInput

SPECIAL = {"STLS": "XXA", "RNC": "XXA", "UNK": "UNK", "XK": "XKX", "EL": "GRC", "UK": "GBR", "TIB": "TIB"}
"""Eurostat's and UNHCR's codes that are no ISO codes: stateless, unknown, Kosovo, Greece, Tibetan."""
SPECIAL_NAMES = {
    ("XXA", "en"): "stateless", ("XXA", "nb"): "statsløse", ("XXA", "nn"): "statslause",
    ("UNK", "en"): "unknown", ("UNK", "nb"): "ukjent", ("UNK", "nn"): "ukjend",
    ("TIB", "en"): "Tibetan", ("TIB", "nb"): "tibetansk", ("TIB", "nn"): "tibetansk",
    ("XKX", "en"): "Kosovo", ("XKX", "nb"): "Kosovo", ("XKX", "nn"): "Kosovo",
    ("SUN", "en"): "Soviet Union", ("SUN", "nb"): "Sovjetunionen", ("SUN", "nn"): "Sovjetunionen",
}  # fmt: skip
RETIRED = ("BUR", "DDR", "FXX", "TMP", "YMD", "ZAR")
"""Codes of countries that CLDR still lists as another name of the present one."""
NOT_ISO = ("UNK", "XXA", "TIB", "XKX", "SUN")
NAMES = {
    "stateless": "XXA",
    "statsløs": "XXA",
    "unknown": "UNK",
    "ukjent": "UNK",
    "kosovo": "XKX",
    "soviet union": "SUN",
    "syrian arab republic": "SYR",
    "iran (islamic republic of)": "IRN",
    "republic of korea": "KOR",
    "russian federation": "RUS",
    "republic of moldova": "MDA",
    "turkey": "TUR",
    "viet nam": "VNM",
    "palestine": "PSE",
    "state of palestine": "PSE",
    "congo, dr": "COD",
    "democratic republic of the congo": "COD",
    "united states of america": "USA",
    "cape verde": "CPV",
    "ivory coast": "CIV",
    "côte d'ivoire": "CIV",
    "bolivia (plurinational state of)": "BOL",
    "venezuela (bolivarian republic of)": "VEN",
    "united republic of tanzania": "TZA",
    "antigua and barbuda": "ATG",
    "myanmar": "MMR",
    "brunei darussalam": "BRN",
    "hong kong": "HKG",
    "cote d'ivoire": "CIV",
    "congo": "COG",
}
"""Names met in tables of UDI and UNHCR that CLDR spells otherwise."""


def alpha3_of_alpha2(code: str, file: str = "") -> str:
    """The alpha-3 code of a two-letter code; BadInput for a code that is no country or special group."""
    if code in SPECIAL:
        return SPECIAL[code]
    found = _by_alpha2().get(code)
    if found is None:
        raise BadInput(f"the citizenship {code!r}", "an ISO 3166 code", file, column="citizenship")
    return found


def alpha3_of_name(name: str) -> str | None:
    """The alpha-3 code of a country's name in English, bokmål or nynorsk; None when nobody has it."""
    plain = " ".join(name.lower().replace("’", "'").split())
    return NAMES.get(plain) or _by_name().get(plain)


def is_citizenship(code: str) -> bool:
    """Whether it is an alpha-3 code, or one of UNHCR's for unknown, stateless and Tibetan."""
    return code in NOT_ISO or code in set(_by_alpha2().values())


def name_of_alpha3(code: str, language: str) -> str:
    """The country's name in a language ("en", "nb", "nn"); the code itself when it is no country."""
    two = {three: two for two, three in _by_alpha2().items()}.get(code, "")
    return str(Locale(language).territories.get(two, SPECIAL_NAMES.get((code, language), code)))


@cache
def _by_alpha2() -> dict[str, str]:
    """From CLDR's aliases, which hold every alpha-3 code of a country in use; the first in order wins."""
    aliases = get_global("territory_aliases")
    names = Locale("en").territories
    found: dict[str, str] = {}
    for alias in sorted(aliases):
        target = aliases[alias][0]
        if (
            len(alias) == 3
            and alias.isalpha()
            and alias not in RETIRED
            and len(aliases[alias]) == 1
            and target in names
        ):
            found.setdefault(target, alias)
    return found


@cache
def _by_name() -> dict[str, str]:
    codes = _by_alpha2()
    found = {}
    for language in ("en", "nb", "nn"):
        for code, name in Locale(language).territories.items():
            if code in codes:
                found[name.lower().replace("’", "'")] = codes[code]
    return found
